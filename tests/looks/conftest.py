"""The world of the looks is the one of the flows."""

from tests.flow.conftest import at_reception, engaged, engaging, planned, planning, received, staffed

__all__ = ["at_reception", "engaged", "engaging", "planned", "planning", "received", "staffed"]
