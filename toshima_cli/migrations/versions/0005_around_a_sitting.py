"""agendas as people changed them, papers handed out and collected, what was said, minutes; a sitting that moves"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "meeting_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_meeting_gap_gap_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_gap_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_meeting_gap_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_gap")),
    )
    with op.batch_alter_table("meeting_gap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_gap_gap_id"), ["gap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_gap_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_gap_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_gap_seq"), ["seq"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_minutes_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", "version", name=op.f("uq_minutes_meeting_id_version")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_seq"), ["seq"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("staff_code", sa.String(), nullable=True),
        sa.Column("guest_name", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_paper_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_paper_seq")),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.code"], name=op.f("fk_paper_staff_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("meeting_id", "copy_number", name=op.f("uq_paper_meeting_id_copy_number")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_seq"), ["seq"], unique=False)

    op.create_table(
        "text_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("goes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_text_check_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_text_check_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_check")),
    )
    with op.batch_alter_table("text_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_check_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_text_check_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_text_check_seq"), ["seq"], unique=False)

    op.create_table(
        "agenda_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum("drop", "add", "move", name="agenda_change", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "part",
            sa.Enum("discussion", "written", name="part", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_agenda_change_item_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_agenda_change_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_change")),
    )
    with op.batch_alter_table("agenda_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_change_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_change_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_change_seq"), ["seq"], unique=False)

    op.create_table(
        "item_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "heading",
            sa.Enum(
                "discussion",
                "approach",
                "indirect",
                "household",
                "groundwork",
                name="heading",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_item_text_item_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_item_text_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_text")),
    )
    with op.batch_alter_table("item_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_text_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_text_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_text_seq"), ["seq"], unique=False)

    op.create_table(
        "paper_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_paper_item_item_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_item_paper_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_paper_item_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_item")),
    )
    with op.batch_alter_table("paper_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_item_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_item_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_item_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_item_seq"), ["seq"], unique=False)

    op.create_table(
        "paper_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_return_paper_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_paper_return_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_return")),
    )
    with op.batch_alter_table("paper_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_return_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_return_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_return_seq"), ["seq"], unique=False)

    op.create_table(
        "paper_member",
        sa.Column("paper_item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_paper_member_member_id")),
        sa.ForeignKeyConstraint(["paper_item_id"], ["paper_item.id"], name=op.f("fk_paper_member_paper_item_id")),
        sa.PrimaryKeyConstraint("paper_item_id", "member_id", name=op.f("pk_paper_member")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_correction_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_correction_meeting_id"), "meeting", ["meeting_id"], ["id"])

    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_key_newest"))
        batch_op.create_index("ix_search_key_newest", ["key", sa.literal_column("person_id DESC")], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.drop_index("ix_search_key_newest")
        batch_op.create_index(batch_op.f("ix_search_key_newest"), ["key", "person_id"], unique=False)

    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_correction_meeting_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_correction_meeting_id"))
        batch_op.drop_column("meeting_id")

    op.drop_table("paper_member")
    with op.batch_alter_table("paper_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_return_seq"))
        batch_op.drop_index(batch_op.f("ix_paper_return_paper_id"))
        batch_op.drop_index(batch_op.f("ix_paper_return_on_date"))

    op.drop_table("paper_return")
    with op.batch_alter_table("paper_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_item_seq"))
        batch_op.drop_index(batch_op.f("ix_paper_item_paper_id"))
        batch_op.drop_index(batch_op.f("ix_paper_item_on_date"))
        batch_op.drop_index(batch_op.f("ix_paper_item_item_id"))

    op.drop_table("paper_item")
    with op.batch_alter_table("item_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_text_seq"))
        batch_op.drop_index(batch_op.f("ix_item_text_on_date"))
        batch_op.drop_index(batch_op.f("ix_item_text_item_id"))

    op.drop_table("item_text")
    with op.batch_alter_table("agenda_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_change_seq"))
        batch_op.drop_index(batch_op.f("ix_agenda_change_on_date"))
        batch_op.drop_index(batch_op.f("ix_agenda_change_item_id"))

    op.drop_table("agenda_change")
    with op.batch_alter_table("text_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_check_seq"))
        batch_op.drop_index(batch_op.f("ix_text_check_on_date"))
        batch_op.drop_index(batch_op.f("ix_text_check_meeting_id"))

    op.drop_table("text_check")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_seq"))
        batch_op.drop_index(batch_op.f("ix_paper_on_date"))
        batch_op.drop_index(batch_op.f("ix_paper_meeting_id"))

    op.drop_table("paper")
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_seq"))
        batch_op.drop_index(batch_op.f("ix_minutes_on_date"))
        batch_op.drop_index(batch_op.f("ix_minutes_meeting_id"))

    op.drop_table("minutes")
    with op.batch_alter_table("meeting_gap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_gap_seq"))
        batch_op.drop_index(batch_op.f("ix_meeting_gap_on_date"))
        batch_op.drop_index(batch_op.f("ix_meeting_gap_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_gap_gap_id"))

    op.drop_table("meeting_gap")
