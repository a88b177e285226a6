"""`python -m toshima_cli` does what `toshima` does."""

from toshima_cli.app import run

run()
