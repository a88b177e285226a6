"""Alembic's folder: every revision of the books since the first. Imported by `init` only."""
