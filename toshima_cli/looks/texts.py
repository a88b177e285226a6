"""Typed texts as a screen may show them: held back where they name somebody withheld, with `mask` anybody."""

from toshima_cli.domain.shown import shown as shown
