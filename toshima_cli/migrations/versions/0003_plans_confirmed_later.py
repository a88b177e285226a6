"""the person's own confirmation of a plan, noted once they gave it"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_plan_confirmation_member_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_confirmation_plan_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_plan_confirmation_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_confirmation")),
    )
    with op.batch_alter_table("plan_confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_confirmation_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_confirmation_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_confirmation_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_confirmation_seq"), ["seq"], unique=False)


def downgrade() -> None:
    op.drop_table("plan_confirmation")
