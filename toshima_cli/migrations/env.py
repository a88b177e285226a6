"""How Alembic runs a revision: on the connection it is handed, one transaction for each revision, SQLite in batches.

The caller opened the connection with `isolation_level=None`; the BEGIN below makes the DDL of a revision one unit, so
that a step that fails half-way leaves the file as it was.
"""

from alembic import context
from sqlalchemy import Connection, event
from sqlmodel import SQLModel

from toshima_cli import change_tables, office_tables, paper_tables, reference_tables, tables

__all__ = ["change_tables", "office_tables", "paper_tables", "reference_tables", "tables"]  # imported for their tables

connection: Connection = context.config.attributes["connection"]

if connection.dialect.name == "sqlite":

    @event.listens_for(connection.engine, "begin")
    def begin_now(started: Connection) -> None:
        started.exec_driver_sql("BEGIN IMMEDIATE")


context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
