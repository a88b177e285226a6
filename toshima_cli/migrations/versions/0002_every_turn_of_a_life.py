"""what turns later: departures, corrections, merges, outreach, resources, who may see a restricted case"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_search_key_person_id")),
        sa.PrimaryKeyConstraint("key", "kind", "person_id", name=op.f("pk_search_key")),
    )
    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_key_person_id"), ["person_id"], unique=False)

    op.create_table(
        "case_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("staff_code", sa.String(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_holder_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_case_holder_seq")),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.code"], name=op.f("fk_case_holder_staff_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_holder")),
    )
    with op.batch_alter_table("case_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_holder_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_holder_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_holder_seq"), ["seq"], unique=False)

    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kept_case_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kept_person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_merge_case_id")),
        sa.ForeignKeyConstraint(["kept_case_id"], ["case_file.id"], name=op.f("fk_merge_kept_case_id")),
        sa.ForeignKeyConstraint(["kept_person_id"], ["person.id"], name=op.f("fk_merge_kept_person_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_merge_person_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_merge_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_kept_case_id"), ["kept_case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_kept_person_id"), ["kept_person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_seq"), ["seq"], unique=False)

    op.create_table(
        "other_conference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("conference_code", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("not_enough", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_other_conference_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_other_conference_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_conference")),
    )
    with op.batch_alter_table("other_conference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_other_conference_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_other_conference_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_other_conference_seq"), ["seq"], unique=False)

    op.create_table(
        "outreach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("programme_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_outreach_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_outreach_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    with op.batch_alter_table("outreach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outreach_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outreach_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_outreach_seq"), ["seq"], unique=False)

    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("offers", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_resource_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("code", name=op.f("uq_resource_code")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_resource_seq"), ["seq"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("staff_code", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_correction_household_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_correction_member_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_correction_seq")),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.code"], name=op.f("fk_correction_staff_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_seq"), ["seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_staff_code"), ["staff_code"], unique=False)

    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("to_case_id", sa.Integer(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_departure_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_departure_seq")),
        sa.ForeignKeyConstraint(["to_case_id"], ["case_file.id"], name=op.f("fk_departure_to_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
    )
    with op.batch_alter_table("departure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_departure_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_departure_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_departure_seq"), ["seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_departure_to_case_id"), ["to_case_id"], unique=False)

    op.create_table(
        "gap_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_gap_case_case_id")),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_gap_case_gap_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_gap_case_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_case")),
    )
    with op.batch_alter_table("gap_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_case_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_case_gap_id"), ["gap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_case_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_case_seq"), ["seq"], unique=False)

    op.create_table(
        "merge_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["merge_id"], ["merge.id"], name=op.f("fk_merge_end_merge_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_merge_end_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_end")),
    )
    with op.batch_alter_table("merge_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merge_end_merge_id"), ["merge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_end_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_merge_end_seq"), ["seq"], unique=False)

    op.create_table(
        "concern_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_end_concern_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_concern_end_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_end")),
    )
    with op.batch_alter_table("concern_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_end_concern_id"), ["concern_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_end_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_end_seq"), ["seq"], unique=False)

    op.create_table(
        "approach_member",
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["approach_id"], ["approach.id"], name=op.f("fk_approach_member_approach_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_approach_member_member_id")),
        sa.PrimaryKeyConstraint("approach_id", "member_id", name=op.f("pk_approach_member")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("programme_code", sa.String(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assistance_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("assistance_office", sa.Text(), nullable=True))
