"""people found by more, the newest record first: the keys themselves are written anew by `db upgrade`"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_search_key_newest", "search_key", ["key", sa.text("person_id DESC")], unique=False)


def downgrade() -> None:
    op.drop_index("ix_search_key_newest", table_name="search_key")
