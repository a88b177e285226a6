"""the first books"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body_member",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("council", sa.Boolean(), nullable=False),
        sa.Column("subcommittee", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_body_member")),
    )
    op.create_table(
        "code",
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("national", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("list", "code", name=op.f("pk_code")),
    )
    op.create_table(
        "concern_kind",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("short_en", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_concern_kind")),
    )
    op.create_table(
        "conference",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_conference")),
    )
    op.create_table(
        "counter",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "scope", name=op.f("pk_counter")),
    )
    op.create_table(
        "decider",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_age", sa.Integer(), nullable=True),
        sa.Column("to_age", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("child_view_required", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_decider")),
    )
    op.create_table(
        "holiday",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("on_date", name=op.f("pk_holiday")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    op.create_table(
        "journal",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("replayed", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_journal")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kana", sa.Text(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.Column("kana_key", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female", "male", "other", "unknown", name="sex", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("contact_rule", sa.Text(), nullable=True),
        sa.Column("visit_alert", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_birth_date"), ["birth_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_kana_key"), ["kana_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name_key"), ["name_key"], unique=False)

    op.create_table(
        "programme",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=True),
        sa.Column("staffing", sa.Integer(), nullable=True),
        sa.Column("staffing_note", sa.String(), nullable=True),
        sa.Column("places", sa.String(), nullable=True),
        sa.Column("subsidised", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_programme")),
    )
    op.create_table(
        "routing",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("concern", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_routing")),
    )
    with op.batch_alter_table("routing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routing_concern"), ["concern"], unique=False)

    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "staff",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("window_code", sa.String(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "window_worker",
                "coordinator",
                "secretariat",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_staff")),
    )
    op.create_table(
        "window",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("sites", sa.Integer(), nullable=False),
        sa.Column("site_type", sa.String(), nullable=False),
        sa.Column("subsidised", sa.Boolean(), nullable=False),
        sa.Column("coordinator_posted", sa.String(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_window")),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "intake",
                "outreach",
                "split",
                "return",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("window_code", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "outreach",
                "received",
                "single",
                "complex",
                "engaging",
                "planning",
                "supporting",
                "watching",
                "closed",
                "interrupted",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("coordinator", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("last_contact_method", sa.String(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("next_due_kind", sa.String(), nullable=True),
        sa.Column("next_due_what", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_case_file_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("fiscal_year", "ordinal", name=op.f("uq_case_file_fiscal_year_ordinal")),
        sa.UniqueConstraint("number", name=op.f("uq_case_file_number")),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_file_coordinator_open", ["coordinator", "ended_on", "next_due_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_file_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_case_file_open", ["ended_on", "next_due_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_opened_on"), ["opened_on"], unique=False)
        batch_op.create_index("ix_case_file_stage_open", ["stage", "next_due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_case_file_window_open", ["window_code", "ended_on", "next_due_on", "id"], unique=False
        )

    op.create_table(
        "journal_subject",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["journal.entry"], name=op.f("fk_journal_subject_entry")),
        sa.PrimaryKeyConstraint("kind", "ref", "entry", name=op.f("pk_journal_subject")),
    )
    op.create_table(
        "act",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("replayed", sa.Boolean(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_act_case_id")),
        sa.ForeignKeyConstraint(["undone_by"], ["act.seq"], name=op.f("fk_act_undone_by")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_case_id"), ["case_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("staff_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_assignment_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_assignment_seq")),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.code"], name=op.f("fk_assignment_staff_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_seq"), ["seq"], unique=False)

    op.create_table(
        "case_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_link_case_id")),
        sa.ForeignKeyConstraint(["other_id"], ["case_file.id"], name=op.f("fk_case_link_other_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_case_link_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_link_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_link_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_link_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_link_seq"), ["seq"], unique=False)

    op.create_table(
        "ending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "outreach",
                "received",
                "single",
                "complex",
                "engaging",
                "planning",
                "supporting",
                "watching",
                "closed",
                "interrupted",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "resolved",
                "lead_takes_over",
                "other_system",
                "information_only",
                "out_of_scope",
                "declined",
                "moved",
                "deceased",
                "duplicate",
                name="end_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("evaluation", sa.Text(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("groundwork", sa.Text(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("safety", sa.Text(), nullable=True),
        sa.Column("kept_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_ending_case_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["case_file.id"], name=op.f("fk_ending_kept_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_ending_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ending")),
    )
    with op.batch_alter_table("ending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ending_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ending_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ending_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_ending_seq"), ["seq"], unique=False)

    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "resource",
                "system",
                "training",
                "coordination",
                name="gap_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_gap_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_gap_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
    )
    with op.batch_alter_table("gap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_seq"), ["seq"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "body",
            sa.Enum(
                "stakeholder",
                "subcommittee",
                "council",
                name="body",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "held_as",
            sa.Enum(
                "in_person",
                "online",
                "circulated",
                "phone",
                name="held_as",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("recorder", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_meeting_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("number", name=op.f("uq_meeting_number")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_held_on"), ["held_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_seq"), ["seq"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_member_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_member_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("case_id", "label", name=op.f("uq_member_case_id_label")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_seq"), ["seq"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("care", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_plan_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_plan_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_plan_case_id_version")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_seq"), ["seq"], unique=False)

    op.create_table(
        "reporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_reporter_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_reporter_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
    )
    with op.batch_alter_table("reporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reporter_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reporter_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_reporter_seq"), ["seq"], unique=False)

    op.create_table(
        "secrecy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("staff_code", sa.String(), nullable=True),
        sa.Column("guest_name", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_secrecy_seq")),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.code"], name=op.f("fk_secrecy_staff_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secrecy")),
    )
    with op.batch_alter_table("secrecy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_secrecy_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_secrecy_seq"), ["seq"], unique=False)

    op.create_table(
        "stage_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "connect",
                "settle",
                "escalate",
                "approach",
                "plan",
                "start",
                "revise",
                "last_consent_withdrawn",
                "watch",
                "resume",
                "conclude",
                "interrupt",
                "return",
                "note",
                "contact",
                "concern",
                "person",
                "wish",
                "consent",
                "refer",
                "report_by_law",
                "convene",
                "gap",
                "split",
                "merge",
                "hand_over",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "outreach",
                "received",
                "single",
                "complex",
                "engaging",
                "planning",
                "supporting",
                "watching",
                "closed",
                "interrupted",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_stage_step_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_stage_step_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_step")),
    )
    with op.batch_alter_table("stage_step", schema=None) as batch_op:
        batch_op.create_index("ix_stage_step_held", ["case_id", "on_date", "seq", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_step_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_step_seq"), ["seq"], unique=False)

    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("watcher", sa.Text(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_watch_case_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_watch_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_seq"), ["seq"], unique=False)

    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("most_pressing", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_concern_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_concern_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_concern_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_concern_seq"), ["seq"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "given",
                "refused",
                "withdrawn",
                "not_possible",
                "none",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("scope_plan", sa.Boolean(), nullable=False),
        sa.Column("scope_sharing", sa.Boolean(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column(
            "decided_by",
            sa.Enum(
                "self",
                "parent",
                "minor_guardian",
                "adult_guardian",
                "curator",
                name="decided_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("explained_by", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("judged_by", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.CheckConstraint("decision <> 'none'", name=op.f("ck_consent_stored")),
        sa.CheckConstraint("scope_plan OR scope_sharing", name=op.f("ck_consent_scope")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_consent_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("number", name=op.f("uq_consent_number")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_seq"), ["seq"], unique=False)

    op.create_table(
        "ending_change",
        sa.Column("ending_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ending_id"], ["ending.id"], name=op.f("fk_ending_change_ending_id")),
        sa.PrimaryKeyConstraint("ending_id", "code", name=op.f("pk_ending_change")),
    )
    op.create_table(
        "gap_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "raised",
                "forwarded",
                "answered",
                name="gap_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_gap_step_gap_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_gap_step_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_step")),
    )
    with op.batch_alter_table("gap_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_step_gap_id"), ["gap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_step_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_step_seq"), ["seq"], unique=False)

    op.create_table(
        "meeting_cancel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_cancel_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_meeting_cancel_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_cancel")),
    )
    with op.batch_alter_table("meeting_cancel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_cancel_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_cancel_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_cancel_seq"), ["seq"], unique=False)

    op.create_table(
        "meeting_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_meeting_case_case_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_case_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_meeting_case_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_case")),
    )
    with op.batch_alter_table("meeting_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_case_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_case_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_case_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_case_seq"), ["seq"], unique=False)

    op.create_table(
        "meeting_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "support_conference",
                "multilayer_conference",
                "information_sharing",
                "resources",
                "system",
                "training",
                "coordination",
                name="item_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "approach",
                "new_plan",
                "plan_sharing",
                "progress",
                "re_plan",
                "watch",
                "conclusion",
                "interruption",
                "emergency_report",
                "advice",
                "gap",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "part",
            sa.Enum("discussion", "written", name="part", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_meeting_item_case_id")),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_meeting_item_gap_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_item_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_meeting_item_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_item")),
        sa.UniqueConstraint("meeting_id", "item", name=op.f("uq_meeting_item_meeting_id_item")),
    )
    with op.batch_alter_table("meeting_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_item_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_item_gap_id"), ["gap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_item_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_item_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_item_seq"), ["seq"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_note_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_note_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_note_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("number", name=op.f("uq_note_number")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_seq"), ["seq"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("staff_code", sa.String(), nullable=True),
        sa.Column("guest_name", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_party_meeting_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_party_seq")),
        sa.ForeignKeyConstraint(["staff_code"], ["staff.code"], name=op.f("fk_party_staff_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_seq"), ["seq"], unique=False)

    op.create_table(
        "plan_member",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_method", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_plan_member_member_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_member_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "member_id", name=op.f("pk_plan_member")),
    )
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "proposed",
                "approved",
                "superseded",
                "ended",
                name="plan_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("afterwards", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_plan_step_meeting_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_step_plan_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_plan_step_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
    )
    with op.batch_alter_table("plan_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_step_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_step_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_step_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_step_seq"), ["seq"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column(
            "to_kind",
            sa.Enum(
                "window",
                "programme",
                "resource",
                "outside",
                name="to_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("to_code", sa.String(), nullable=True),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "consent",
                "none_shared",
                "same_office",
                "support_conference",
                "emergency",
                "statutory_report",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "report_kind",
            sa.Enum(
                "child", "elder", "disabled", name="report_kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("from_window", sa.String(), nullable=False),
        sa.Column("permit", sa.Text(), nullable=False),
        sa.CheckConstraint("ground <> 'statutory_report' OR report_kind IS NOT NULL", name=op.f("ck_referral_report")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_referral_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_referral_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("number", name=op.f("uq_referral_number")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_seq"), ["seq"], unique=False)

    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_wish_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_wish_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_seq"), ["seq"], unique=False)

    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "window",
                "participation",
                "participation_national",
                "outreach",
                "community",
                "other",
                name="action_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("why_not_existing", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'participation_national' OR why_not_existing IS NOT NULL", name=op.f("ck_action_why_not_existing")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_action_case_id")),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_action_item_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_action_member_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_plan_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_action_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("number", name=op.f("uq_action_number")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_seq"), ["seq"], unique=False)

    op.create_table(
        "approach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("afterwards", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_approach_case_id")),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_approach_item_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_approach_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approach")),
    )
    with op.batch_alter_table("approach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approach_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approach_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approach_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_approach_seq"), ["seq"], unique=False)

    op.create_table(
        "consent_exclusion",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("window_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_exclusion_consent_id")),
        sa.PrimaryKeyConstraint("consent_id", "window_code", name=op.f("pk_consent_exclusion")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "approach",
                "approved",
                "approved_with_changes",
                "returned",
                "continue",
                "move_to_multilayer",
                "watch",
                "conclude",
                "interrupt",
                "advised",
                "forward_to_council",
                "noted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_decision_item_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_decision_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_seq"), ["seq"], unique=False)

    op.create_table(
        "item_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["meeting_item.id"], name=op.f("fk_item_member_item_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_item_member_member_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_item_member_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_member")),
    )
    with op.batch_alter_table("item_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_member_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_member_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_member_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_member_seq"), ["seq"], unique=False)

    op.create_table(
        "referral_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "sent",
                "waiting",
                "accepted",
                "declined",
                "revoked",
                "completed",
                name="referral_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_answer_referral_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_referral_answer_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_answer")),
    )
    with op.batch_alter_table("referral_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_answer_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_answer_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_answer_seq"), ["seq"], unique=False)

    op.create_table(
        "action_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_end_action_id")),
        sa.ForeignKeyConstraint(["seq"], ["act.seq"], name=op.f("fk_action_end_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_end")),
    )
    with op.batch_alter_table("action_end", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_end_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_end_on_date"), ["on_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_end_seq"), ["seq"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        for table in ("journal", "journal_subject"):
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
                )
