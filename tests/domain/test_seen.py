"""What may be put on a screen stays what it was when it was read."""

from dataclasses import FrozenInstanceError

import pytest

from toshima_cli.domain.seen import Reference, Seen


def test_a_look_keeps_its_journal_entry() -> None:
    seen = Seen(("A",), 7)
    assert (seen.value, seen.entry) == (("A",), 7)
    with pytest.raises(FrozenInstanceError):
        seen.entry = 8  # type: ignore[misc]


def test_what_is_about_no_person_has_none() -> None:
    reference = Reference(("csw",))
    assert reference.value == ("csw",)
    assert not hasattr(reference, "entry")
