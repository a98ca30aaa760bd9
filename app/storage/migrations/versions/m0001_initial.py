"""The tables as of the first release."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    _calendar_day(op)
    _certificate_template(op)
    _draft(op)
    _forbidden_item(op)
    _grid(op)
    _import_layout(op)
    _notice(op)
    _number_book(op)
    _operation(op)
    _permission(op)
    _search_key(op)
    _search_text(op)
    _setting(op)
    _tag(op)
    _user(op)
    _building(op)
    _change(op)
    _notice_photo(op)
    _objection(op)
    _user_grid(op)
    _dwelling(op)
    _household(op)
    _resident(op)
    _certificate(op)
    _distinct_pair(op)
    _privacy_event(op)
    _refusal(op)
    _resident_event(op)
    _resident_photo(op)
    _resident_tag(op)
    _seal_use(op)


def _calendar_day(op: Operations) -> None:
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
    )


def _certificate_template(op: Operations) -> None:
    op.create_table(
        "certificate_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("layout", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("basis_grade", sa.String(length=10), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=True),
        sa.Column("recipient", sa.String(length=120), nullable=True),
        sa.Column("verification", sa.String(length=200), nullable=True),
        sa.Column("valid_days", sa.Integer(), nullable=True),
        sa.Column("approver", sa.String(length=20), nullable=False),
        sa.Column("seal_mark", sa.Boolean(), nullable=False),
        sa.Column("counterfoil", sa.Boolean(), nullable=False),
        sa.Column("book_word", sa.String(length=10), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_template")),
        sa.UniqueConstraint("key", name=op.f("uq_certificate_template_key")),
    )


def _draft(op: Operations) -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_key")),
    )


def _forbidden_item(op: Operations) -> None:
    op.create_table(
        "forbidden_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=True),
        sa.Column("redirect", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forbidden_item")),
    )


def _grid(op: Operations) -> None:
    op.create_table(
        "grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid")),
    )


def _import_layout(op: Operations) -> None:
    op.create_table(
        "import_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_layout")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_import_layout_fingerprint")),
    )


def _notice(op: Operations) -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("recipients", sa.String(length=120), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(length=120), nullable=True),
        sa.Column("red_heading", sa.String(length=60), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("when_words", sa.String(length=120), nullable=True),
        sa.Column("where_words", sa.String(length=200), nullable=True),
        sa.Column("copied_to", sa.String(length=200), nullable=True),
        sa.Column("issued_by", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("take_down_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("period_days", sa.Integer(), nullable=True),
        sa.Column("period_kind", sa.String(length=10), nullable=True),
        sa.Column("affair", sa.String(length=40), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("objections_to", sa.String(length=120), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=200), nullable=True),
        sa.Column("consent_reason", sa.String(length=200), nullable=True),
        sa.Column("not_people", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_ends_on"), "notice", ["ends_on"], unique=False)


def _number_book(op: Operations) -> None:
    op.create_table(
        "number_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_book")),
    )
    op.create_index("uq_number_book_series", "number_book", ["series", "year"], unique=True)


def _operation(op: Operations) -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.Column("computer", sa.String(length=60), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=24), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["operation.id"], name=op.f("fk_operation_undoes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_operation_at"), "operation", ["at"], unique=False)
    op.create_index(op.f("ix_operation_undoes_id"), "operation", ["undoes_id"], unique=False)


def _permission(op: Operations) -> None:
    op.create_table(
        "permission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("right", sa.String(length=40), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission")),
    )
    op.create_index("uq_permission", "permission", ["role", "right"], unique=True)


def _search_key(op: Operations) -> None:
    op.create_table(
        "search_key",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", "doc", name=op.f("pk_search_key")),
        info={"module": "fts5vocab", "arguments": ["search_text", "instance"]},
    )


def _search_text(op: Operations) -> None:
    op.create_table(
        "search_text",
        sa.Column("rowid", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rowid", name=op.f("pk_search_text")),
        info={
            "module": "fts5",
            "arguments": [
                "tokens",
                "detail=none",
                "columnsize=0",
                "tokenize=\"ascii tokenchars ' !\"\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'\"",
            ],
        },
    )


def _setting(op: Operations) -> None:
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
    )


def _tag(op: Operations) -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("tone", sa.String(length=10), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
    )


def _user(op: Operations) -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
        sa.UniqueConstraint("slot", name=op.f("uq_user_slot")),
    )


def _building(op: Operations) -> None:
    op.create_table(
        "building",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_building_grid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint("number", name=op.f("uq_building_number")),
    )


def _change(op: Operations) -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("last_row_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "created",
                "updated",
                "deleted",
                "erased",
                "looked",
                "printed",
                "exported",
                "refused",
                "keyed",
                name="action",
                native_enum=False,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salt", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_change_operation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_operation_id"), "change", ["operation_id"], unique=False)
    op.create_index(
        "ix_change_row", "change", ["table_name", "row_id", "last_row_id"], unique=False
    )


def _notice_photo(op: Operations) -> None:
    op.create_table(
        "notice_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_photo_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_photo")),
    )
    op.create_index(op.f("ix_notice_photo_notice_id"), "notice_photo", ["notice_id"], unique=False)


def _objection(op: Operations) -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_objection_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_notice_id"), "objection", ["notice_id"], unique=False)


def _user_grid(op: Operations) -> None:
    op.create_table(
        "user_grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_user_grid_grid_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_grid_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_grid")),
    )
    op.create_index("uq_user_grid", "user_grid", ["user_id", "grid_id"], unique=True)


def _dwelling(op: Operations) -> None:
    op.create_table(
        "dwelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("place_order", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_dwelling_building_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dwelling")),
    )
    op.create_index(op.f("ix_dwelling_place_order"), "dwelling", ["place_order"], unique=False)
    op.create_index("uq_dwelling_place", "dwelling", ["building_id", "unit", "room"], unique=True)


def _household(op: Operations) -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("dwelling_id", sa.Integer(), nullable=True),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_household_dwelling_id")
        ),
        sa.ForeignKeyConstraint(
            ["head_id"], ["resident.id"], name=op.f("fk_household_head_id"), use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("number", name=op.f("uq_household_number")),
    )
    op.create_index(op.f("ix_household_dwelling_id"), "household", ["dwelling_id"], unique=False)
    op.create_index(op.f("ix_household_head_id"), "household", ["head_id"], unique=False)


def _resident(op: Operations) -> None:
    op.create_table(
        "resident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("former_name", sa.String(length=60), nullable=True),
        sa.Column("name_order", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=2), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("document_kind", sa.String(length=20), nullable=False),
        sa.Column("document_number", sa.String(length=40), nullable=True),
        sa.Column("ethnic_group", sa.String(length=20), nullable=True),
        sa.Column("political_status", sa.String(length=20), nullable=True),
        sa.Column("education", sa.String(length=20), nullable=True),
        sa.Column("marital_status", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("other_phones", sa.String(length=100), nullable=True),
        sa.Column("occupation", sa.String(length=60), nullable=True),
        sa.Column("workplace", sa.String(length=120), nullable=True),
        sa.Column("registered_address", sa.String(length=200), nullable=True),
        sa.Column("dwelling_id", sa.Integer(), nullable=True),
        sa.Column("other_address", sa.String(length=200), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=True),
        sa.Column("residence_status", sa.String(length=20), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("lawful_basis", sa.String(length=20), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "departure",
            sa.Enum("moved_out", "died", name="departure", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_resident_dwelling_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_resident_grid_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_resident_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["resident.id"], name=op.f("fk_resident_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
    )
    op.create_index(op.f("ix_resident_birth_date"), "resident", ["birth_date"], unique=False)
    op.create_index(
        op.f("ix_resident_document_number"), "resident", ["document_number"], unique=False
    )
    op.create_index(op.f("ix_resident_dwelling_id"), "resident", ["dwelling_id"], unique=False)
    op.create_index(op.f("ix_resident_grid_id"), "resident", ["grid_id"], unique=False)
    op.create_index(op.f("ix_resident_household_id"), "resident", ["household_id"], unique=False)
    op.create_index(
        op.f("ix_resident_merged_into_id"), "resident", ["merged_into_id"], unique=False
    )
    op.create_index(op.f("ix_resident_phone"), "resident", ["phone"], unique=False)
    op.create_index(
        "ix_resident_present_by_household",
        "resident",
        ["household_id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL AND departure IS NULL"),
    )
    op.create_index(
        "ix_resident_present_by_name",
        "resident",
        ["name_order", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL AND departure IS NULL"),
    )


def _certificate(op: Operations) -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("holder_document", sa.String(length=60), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "waiting",
                "approved",
                "numbered",
                "printing",
                "printed",
                "collected",
                "void",
                name="stage",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=True),
        sa.Column("recipient", sa.String(length=120), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("verification", sa.String(length=200), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("applicant", sa.String(length=60), nullable=True),
        sa.Column("applicant_phone", sa.String(length=40), nullable=True),
        sa.Column("handled_by", sa.String(length=40), nullable=False),
        sa.Column("verified_by", sa.String(length=40), nullable=True),
        sa.Column("approver", sa.String(length=20), nullable=False),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approval_note", sa.String(length=200), nullable=True),
        sa.Column("override_reason", sa.String(length=200), nullable=True),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("previewed_at", sa.DateTime(), nullable=True),
        sa.Column("series", sa.String(length=40), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("numbered_at", sa.DateTime(), nullable=True),
        sa.Column("check_code", sa.String(length=12), nullable=True),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.Column("reprints", sa.Integer(), nullable=False),
        sa.Column("collected_at", sa.DateTime(), nullable=True),
        sa.Column("collected_by", sa.String(length=60), nullable=True),
        sa.Column("collector_relation", sa.String(length=20), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["certificate.id"], name=op.f("fk_certificate_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_certificate_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["certificate_template.id"], name=op.f("fk_certificate_template_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(
        op.f("ix_certificate_corrects_id"), "certificate", ["corrects_id"], unique=False
    )
    op.create_index(
        "ix_certificate_list",
        "certificate",
        ["stage", "issued_on", "numbered_at", "drafted_at", "serial"],
        unique=False,
    )
    op.create_index(op.f("ix_certificate_number"), "certificate", ["number"], unique=False)
    op.create_index(
        op.f("ix_certificate_resident_id"), "certificate", ["resident_id"], unique=False
    )
    op.create_index(op.f("ix_certificate_stage"), "certificate", ["stage"], unique=False)
    op.create_index(
        op.f("ix_certificate_template_id"), "certificate", ["template_id"], unique=False
    )
    op.create_index(
        "uq_certificate_number", "certificate", ["series", "year", "serial"], unique=True
    )


def _distinct_pair(op: Operations) -> None:
    op.create_table(
        "distinct_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_distinct_pair_ordered")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["resident.id"], name=op.f("fk_distinct_pair_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["resident.id"], name=op.f("fk_distinct_pair_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_pair")),
    )
    op.create_index(
        op.f("ix_distinct_pair_second_id"), "distinct_pair", ["second_id"], unique=False
    )
    op.create_index("uq_distinct_pair", "distinct_pair", ["first_id", "second_id"], unique=True)


def _privacy_event(op: Operations) -> None:
    op.create_table(
        "privacy_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "informed",
                "consented",
                "guardian_consented",
                "withdrawn",
                "correction_asked",
                "corrected",
                "copy_given",
                "kept_longer",
                "erased",
                name="privacykind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=True),
        sa.Column("by_relation", sa.String(length=20), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("filed_at", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["privacy_event.id"], name=op.f("fk_privacy_event_answers_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_privacy_event_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_event")),
    )
    op.create_index(
        op.f("ix_privacy_event_answers_id"), "privacy_event", ["answers_id"], unique=False
    )
    op.create_index(op.f("ix_privacy_event_on_date"), "privacy_event", ["on_date"], unique=False)
    op.create_index(
        op.f("ix_privacy_event_resident_id"), "privacy_event", ["resident_id"], unique=False
    )


def _refusal(op: Operations) -> None:
    op.create_table(
        "refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("applicant", sa.String(length=60), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("matter", sa.String(length=120), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("handled_by", sa.String(length=40), nullable=False),
        sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_refusal_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
    )
    op.create_index(op.f("ix_refusal_resident_id"), "refusal", ["resident_id"], unique=False)


def _resident_event(op: Operations) -> None:
    op.create_table(
        "resident_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "born",
                "moved_in",
                "moved_out",
                "died",
                "changed_household",
                name="eventkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("from_household_id", sa.Integer(), nullable=True),
        sa.Column("to_household_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_household_id"],
            ["household.id"],
            name=op.f("fk_resident_event_from_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_event_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_household_id"], ["household.id"], name=op.f("fk_resident_event_to_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_event")),
    )
    op.create_index(
        op.f("ix_resident_event_resident_id"), "resident_event", ["resident_id"], unique=False
    )


def _resident_photo(op: Operations) -> None:
    op.create_table(
        "resident_photo",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_photo_resident_id")
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_resident_photo")),
    )


def _resident_tag(op: Operations) -> None:
    op.create_table(
        "resident_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_tag_resident_id")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_resident_tag_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_tag")),
    )
    op.create_index(
        op.f("ix_resident_tag_resident_id"), "resident_tag", ["resident_id"], unique=False
    )
    op.create_index("ix_resident_tag_tag", "resident_tag", ["tag_id", "resident_id"], unique=False)


def _seal_use(op: Operations) -> None:
    op.create_table(
        "seal_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.Column("seal", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=200), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("handled_by", sa.String(length=40), nullable=False),
        sa.Column("applicant", sa.String(length=60), nullable=True),
        sa.Column("applicant_phone", sa.String(length=40), nullable=True),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_seal_use_certificate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_use")),
    )
    op.create_index(
        op.f("ix_seal_use_certificate_id"), "seal_use", ["certificate_id"], unique=False
    )
    op.create_index(op.f("ix_seal_use_used_at"), "seal_use", ["used_at"], unique=False)
