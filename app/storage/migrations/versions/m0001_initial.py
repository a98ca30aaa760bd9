"""The tables as of the first release."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    for make in (
        _activity_series,
        _calendar_day,
        _canteen,
        _category,
        _certificate_template,
        _deadline_rule,
        _dish,
        _draft,
        _expiry_rule,
        _forbidden_item,
        _fund_source,
        _goods,
        _grid,
        _import_layout,
        _joint_unit,
        _meal_month,
        _notice,
        _number_book,
        _operation,
        _permission,
        _points_item,
        _points_month,
        _search_key,
        _search_text,
        _setting,
        _star_level,
        _stock_receipt,
        _stocktake,
        _tag,
        _topic_key,
        _user,
        _visit_rule,
        _vote_rule,
        _body,
        _building,
        _canteen_period,
        _canteen_staff,
        _change,
        _food_receipt,
        _food_sample,
        _fund_balance,
        _goods_photo,
        _meal_claim,
        _meal_opinion,
        _meal_sheet,
        _menu_dish,
        _notice_photo,
        _objection,
        _points_rule,
        _resource,
        _set_meal,
        _stock_level,
        _stocktake_line,
        _subsidy_rule,
        _user_grid,
        _visit_rule_tag,
        _building_move,
        _dwelling,
        _meal_claim_part,
        _meeting,
        _staff_check,
        _subsidy_rule_tag,
        _subsidy_share,
        _appraisal,
        _household,
        _resident,
        _body_member,
        _certificate,
        _diner,
        _distinct_pair,
        _grid_member,
        _meal_account,
        _meal_voucher,
        _order_pause,
        _owner,
        _privacy_event,
        _refusal,
        _resident_event,
        _resident_photo,
        _resident_tag,
        _standing_order,
        _visit_deferral,
        _volunteer,
        _appraisal_line,
        _attendee,
        _chair_turn,
        _delivery_route,
        _diary_entry,
        _grid_member_photo,
        _meal_balance,
        _member_report,
        _owner_unit,
        _party_pairing,
        _points_account,
        _post,
        _seal_use,
        _star_award,
        _team,
        _visit_sheet,
        _volunteer_note,
        _activity,
        _diary_met,
        _diary_photo,
        _held_basket,
        _meal_order,
        _points_balance,
        _points_card,
        _redemption,
        _route_stop,
        _team_member,
        _visit,
        _activity_photo,
        _care_case,
        _participation,
        _points_claim,
        _redemption_line,
        _request,
        _reservation,
        _stock_entry,
        _visit_alarm,
        _visit_sheet_row,
        _care_step,
        _delivery_run,
        _hour_entry,
        _points_entry,
        _request_extension,
        _request_photo,
        _request_step,
        _topic,
        _agenda_item,
        _appeal,
        _meal,
        _need,
        _points_lot,
        _topic_person,
        _ballot,
        _lot_use,
        _meal_dish,
        _meal_entry,
        _minutes_amendment,
        _motion,
        _speech,
        _vote,
        _resolution,
        _vote_option,
        _project,
        _evaluation,
        _fund_entry,
        _progress,
        _project_resource,
        _progress_photo,
    ):
        make(op)


def _activity_series(op: Operations) -> None:
    op.create_table(
        "activity_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "repeat",
            sa.Enum(
                "weekly", "fortnightly", "monthly", name="repeat", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_series")),
    )


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


def _canteen(op: Operations) -> None:
    op.create_table(
        "canteen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "facility",
            sa.Enum("kitchen", "servery", name="facility", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("operator", sa.String(length=60), nullable=True),
        sa.Column("supplier", sa.String(length=60), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("delivery_fee", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canteen")),
    )


def _category(op: Operations) -> None:
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "group",
            sa.Enum("matter", "hazard", name="categorygroup", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("consultation", sa.Boolean(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_index("uq_category_name", "category", ["group", "name"], unique=True)


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


def _deadline_rule(op: Operations) -> None:
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "accept",
                "consult",
                "other",
                "urgent_case",
                "follow_up",
                name="deadlinestep",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
    )
    op.create_index("ix_deadline_rule_step", "deadline_rule", ["step", "since"], unique=False)


def _dish(op: Operations) -> None:
    op.create_table(
        "dish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "meat_dish",
                "half_meat",
                "vegetable",
                "soup",
                "staple",
                "snack",
                "other_dish",
                name="dishkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("allergens", sa.String(length=80), nullable=False),
        sa.Column("suits", sa.String(length=40), nullable=False),
        sa.Column("on_offer", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dish")),
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


def _expiry_rule(op: Operations) -> None:
    op.create_table(
        "expiry_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "never",
                "year_end",
                "next_year",
                "months",
                name="expiryway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expiry_rule")),
    )
    op.create_index(op.f("ix_expiry_rule_since"), "expiry_rule", ["since"], unique=False)


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


def _fund_source(op: Operations) -> None:
    op.create_table(
        "fund_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_source")),
    )
    op.create_index("uq_fund_source", "fund_source", ["year", "name"], unique=True)


def _goods(op: Operations) -> None:
    op.create_table(
        "goods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("barcode", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("spec", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.String(length=20), nullable=True),
        sa.Column("low_at", sa.Integer(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column(
            "limit_period",
            sa.Enum("month", "quarter", "year", name="limitperiod", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("on_shelf", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods")),
        sa.UniqueConstraint("number", name=op.f("uq_goods_number")),
    )
    op.create_index(op.f("ix_goods_barcode"), "goods", ["barcode"], unique=False)


def _grid(op: Operations) -> None:
    op.create_table(
        "grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("basic", "special", name="gridkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("area", sa.String(length=200), nullable=True),
        sa.Column("duties", sa.Text(), nullable=True),
        sa.Column("party_branch", sa.String(length=60), nullable=True),
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


def _joint_unit(op: Operations) -> None:
    op.create_table(
        "joint_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "member_unit",
                "partner",
                "property_firm",
                "owners_committee",
                "paired_branch",
                name="unitkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=80), nullable=True),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("speciality", sa.String(length=120), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(length=120), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_unit")),
    )


def _meal_month(op: Operations) -> None:
    op.create_table(
        "meal_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("paid_in", sa.Integer(), nullable=False),
        sa.Column("eaten", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_month")),
        sa.UniqueConstraint("month", name=op.f("uq_meal_month_month")),
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
    op.create_index(
        "ix_operation_undoes_id",
        "operation",
        ["undoes_id"],
        unique=False,
        sqlite_where=sa.text("undoes_id IS NOT NULL"),
    )


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


def _points_item(op: Operations) -> None:
    op.create_table(
        "points_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "service",
                "help",
                "sorting",
                "recycling",
                "meeting",
                "idea",
                "lecture",
                "honour",
                "penalty",
                "other_deed",
                name="deed",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_item")),
    )


def _points_month(op: Operations) -> None:
    op.create_table(
        "points_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("earned", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=40), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=40), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_at", sa.String(length=120), nullable=True),
        sa.Column("public_until", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_month")),
        sa.UniqueConstraint("month", name=op.f("uq_points_month_month")),
    )


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


def _star_level(op: Operations) -> None:
    op.create_table(
        "star_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_level")),
    )
    op.create_index("ix_star_level_since", "star_level", ["since", "stars"], unique=False)


def _stock_receipt(op: Operations) -> None:
    op.create_table(
        "stock_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("purchase", "donation", name="receiptkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("giver", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("voucher", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_receipt_number")),
    )


def _stocktake(op: Operations) -> None:
    op.create_table(
        "stocktake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.String(length=40), nullable=False),
        sa.Column("witness", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake")),
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


def _topic_key(op: Operations) -> None:
    op.create_table(
        "topic_key",
        sa.Column("token", sa.String(length=4), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", "topic_id", name=op.f("pk_topic_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_topic_key_topic_id"), "topic_key", ["topic_id"], unique=False)


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


def _visit_rule(op: Operations) -> None:
    op.create_table(
        "visit_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "risk",
            sa.Enum("red", "orange", "ordinary", name="risk", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("from_age", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rule")),
    )


def _vote_rule(op: Operations) -> None:
    op.create_table(
        "vote_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "assembly",
                "representatives",
                "residents_group",
                "consultation",
                "owners_meeting",
                "joint_committee",
                "party_meeting",
                "bench",
                "committee",
                "supervisors",
                "property_meeting",
                name="bodykind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "matter",
            sa.Enum(
                "ordinary_matter",
                "recall",
                "owners_general",
                "owners_special",
                name="matter",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "basis_members",
                "basis_reps",
                "basis_residents",
                "basis_households",
                "basis_owners",
                "basis_present",
                "basis_voting",
                name="basis",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("quorum_num", sa.Integer(), nullable=False),
        sa.Column("quorum_den", sa.Integer(), nullable=False),
        sa.Column("quorum_strict", sa.Boolean(), nullable=False),
        sa.Column(
            "pass_basis",
            sa.Enum(
                "basis_members",
                "basis_reps",
                "basis_residents",
                "basis_households",
                "basis_owners",
                "basis_present",
                "basis_voting",
                name="basis",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("pass_num", sa.Integer(), nullable=False),
        sa.Column("pass_den", sa.Integer(), nullable=False),
        sa.Column("pass_strict", sa.Boolean(), nullable=False),
        sa.Column("by_area", sa.Boolean(), nullable=False),
        sa.Column("proxies", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("tell_committee", sa.Boolean(), nullable=False),
        sa.Column("cadence_months", sa.Integer(), nullable=False),
        sa.Column("share_num", sa.Integer(), nullable=False),
        sa.Column("share_den", sa.Integer(), nullable=False),
        sa.Column("party_first", sa.Boolean(), nullable=False),
        sa.Column("delegated", sa.Boolean(), nullable=False),
        sa.Column("call_words", sa.String(length=120), nullable=True),
        sa.Column("article", sa.String(length=80), nullable=False),
        sa.Column("article_words", sa.String(length=300), nullable=True),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_rule")),
    )
    op.create_index("ix_vote_rule_kind", "vote_rule", ["kind", "matter", "since"], unique=False)


def _body(op: Operations) -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "assembly",
                "representatives",
                "residents_group",
                "consultation",
                "owners_meeting",
                "joint_committee",
                "party_meeting",
                "bench",
                "committee",
                "supervisors",
                "property_meeting",
                name="bodykind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("term", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(length=120), nullable=True),
        sa.Column("rule_code", sa.String(length=20), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_body_grid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
    )
    op.create_index("ix_body_kind", "body", ["kind", "since"], unique=False)


def _building(op: Operations) -> None:
    op.create_table(
        "building",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("party_group", sa.String(length=60), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_building_grid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint("number", name=op.f("uq_building_number")),
    )


def _canteen_period(op: Operations) -> None:
    op.create_table(
        "canteen_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("order_until", sa.Integer(), nullable=False),
        sa.Column("order_days", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("deliver_by", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_canteen_period_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canteen_period")),
    )
    op.create_index("uq_canteen_period", "canteen_period", ["canteen_id", "period"], unique=True)


def _canteen_staff(op: Operations) -> None:
    op.create_table(
        "canteen_staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("certificate", sa.String(length=40), nullable=True),
        sa.Column("certificate_until", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_canteen_staff_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canteen_staff")),
    )
    op.create_index(
        op.f("ix_canteen_staff_canteen_id"), "canteen_staff", ["canteen_id"], unique=False
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


def _food_receipt(op: Operations) -> None:
    op.create_table(
        "food_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("supplier", sa.String(length=60), nullable=False),
        sa.Column("goods", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.String(length=20), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("ticket", sa.String(length=60), nullable=True),
        sa.Column("tickets_seen", sa.Boolean(), nullable=False),
        sa.Column("temperature", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("received_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_food_receipt_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_receipt")),
    )
    op.create_index("ix_food_receipt_day", "food_receipt", ["canteen_id", "on_date"], unique=False)


def _food_sample(op: Operations) -> None:
    op.create_table(
        "food_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("dish_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("grams", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by", sa.String(length=40), nullable=False),
        sa.Column("fridge", sa.String(length=20), nullable=False),
        sa.Column("temperature", sa.Integer(), nullable=True),
        sa.Column("keep_until", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=40), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(), nullable=True),
        sa.Column("destroyed_by", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_food_sample_canteen_id")
        ),
        sa.ForeignKeyConstraint(["dish_id"], ["dish.id"], name=op.f("fk_food_sample_dish_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_sample")),
    )
    op.create_index(op.f("ix_food_sample_dish_id"), "food_sample", ["dish_id"], unique=False)
    op.create_index(op.f("ix_food_sample_keep_until"), "food_sample", ["keep_until"], unique=False)
    op.create_index(
        "uq_food_sample", "food_sample", ["canteen_id", "on_date", "period", "name"], unique=True
    )


def _fund_balance(op: Operations) -> None:
    op.create_table(
        "fund_balance",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_fund_balance_never_negative")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["fund_source.id"], name=op.f("fk_fund_balance_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_fund_balance")),
    )


def _goods_photo(op: Operations) -> None:
    op.create_table(
        "goods_photo",
        sa.Column("goods_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["goods_id"], ["goods.id"], name=op.f("fk_goods_photo_goods_id")),
        sa.PrimaryKeyConstraint("goods_id", name=op.f("pk_goods_photo")),
    )


def _meal_claim(op: Operations) -> None:
    op.create_table(
        "meal_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=True),
        sa.Column("prepared_by", sa.String(length=40), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=40), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("submitted_by", sa.String(length=40), nullable=True),
        sa.Column("meals", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_at", sa.String(length=120), nullable=True),
        sa.Column("public_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_meal_claim_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_claim")),
    )
    op.create_index("uq_meal_claim", "meal_claim", ["canteen_id", "month"], unique=True)


def _meal_opinion(op: Operations) -> None:
    op.create_table(
        "meal_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("taste", sa.Integer(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("service", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("given_by", sa.String(length=60), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_meal_opinion_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_opinion")),
    )
    op.create_index("ix_meal_opinion_day", "meal_opinion", ["canteen_id", "on_date"], unique=False)


def _meal_sheet(op: Operations) -> None:
    op.create_table(
        "meal_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("printed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("printed_by", sa.String(length=40), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_meal_sheet_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_sheet")),
    )


def _menu_dish(op: Operations) -> None:
    op.create_table(
        "menu_dish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("dish_id", sa.Integer(), nullable=False),
        sa.Column("sets", sa.String(length=10), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=True),
        sa.Column("sold_out_at", sa.DateTime(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_menu_dish_canteen_id")
        ),
        sa.ForeignKeyConstraint(["dish_id"], ["dish.id"], name=op.f("fk_menu_dish_dish_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_dish")),
    )
    op.create_index(op.f("ix_menu_dish_dish_id"), "menu_dish", ["dish_id"], unique=False)
    op.create_index(
        "uq_menu_dish", "menu_dish", ["canteen_id", "on_date", "period", "dish_id"], unique=True
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


def _points_rule(op: Operations) -> None:
    op.create_table(
        "points_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column(
            "per",
            sa.Enum(
                "hour",
                "time",
                "day",
                "kilogram",
                "piece",
                name="pointsunit",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "rounding",
            sa.Enum("nearest", "down", "up", name="rounding", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("cap_once", sa.Integer(), nullable=True),
        sa.Column("cap_day", sa.Integer(), nullable=True),
        sa.Column("cap_household_day", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["points_item.id"], name=op.f("fk_points_rule_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_rule")),
    )
    op.create_index("ix_points_rule_item", "points_rule", ["item_id", "since"], unique=False)


def _resource(op: Operations) -> None:
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("joint_unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "place",
                "talent",
                "funds",
                "services",
                "information",
                name="resourcekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("available", sa.String(length=80), nullable=True),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "list_open",
                "list_matched",
                "list_done",
                "list_withdrawn",
                name="liststate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["joint_unit_id"], ["joint_unit.id"], name=op.f("fk_resource_joint_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("number", name=op.f("uq_resource_number")),
    )
    op.create_index(op.f("ix_resource_joint_unit_id"), "resource", ["joint_unit_id"], unique=False)
    op.create_index(op.f("ix_resource_year"), "resource", ["year"], unique=False)


def _set_meal(op: Operations) -> None:
    op.create_table(
        "set_meal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("periods", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_set_meal_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_meal")),
    )
    op.create_index(
        "ix_set_meal_letter", "set_meal", ["canteen_id", "letter", "since"], unique=False
    )


def _stock_level(op: Operations) -> None:
    op.create_table(
        "stock_level",
        sa.Column("goods_id", sa.Integer(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.CheckConstraint("on_hand >= 0", name=op.f("ck_stock_level_not_below_zero")),
        sa.ForeignKeyConstraint(["goods_id"], ["goods.id"], name=op.f("fk_stock_level_goods_id")),
        sa.PrimaryKeyConstraint("goods_id", name=op.f("pk_stock_level")),
    )


def _stocktake_line(op: Operations) -> None:
    op.create_table(
        "stocktake_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stocktake_id", sa.Integer(), nullable=False),
        sa.Column("goods_id", sa.Integer(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goods_id"], ["goods.id"], name=op.f("fk_stocktake_line_goods_id")
        ),
        sa.ForeignKeyConstraint(
            ["stocktake_id"], ["stocktake.id"], name=op.f("fk_stocktake_line_stocktake_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_line")),
    )
    op.create_index(
        op.f("ix_stocktake_line_goods_id"), "stocktake_line", ["goods_id"], unique=False
    )
    op.create_index(
        "uq_stocktake_line", "stocktake_line", ["stocktake_id", "goods_id"], unique=True
    )


def _subsidy_rule(op: Operations) -> None:
    op.create_table(
        "subsidy_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("from_age", sa.Integer(), nullable=True),
        sa.Column("to_age", sa.Integer(), nullable=True),
        sa.Column(
            "belongs",
            sa.Enum(
                "anywhere",
                "living_here",
                "registered_here",
                name="belonging",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("periods", sa.String(length=60), nullable=False),
        sa.Column("guests", sa.String(length=60), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "fixed_amount",
                "discount",
                "fixed_price",
                "free_of_charge",
                name="subsidyway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column(
            "rounding",
            sa.Enum(
                "to_cent",
                "to_jiao",
                "jiao_down",
                name="moneyrounding",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("must_exceed", sa.Boolean(), nullable=False),
        sa.Column("cap_meal", sa.Integer(), nullable=True),
        sa.Column("meals_a_day", sa.Integer(), nullable=True),
        sa.Column("cap_day", sa.Integer(), nullable=True),
        sa.Column("meals_a_month", sa.Integer(), nullable=True),
        sa.Column("cap_month", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_subsidy_rule_canteen_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_rule")),
    )
    op.create_index(
        "ix_subsidy_rule_canteen", "subsidy_rule", ["canteen_id", "since"], unique=False
    )


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


def _visit_rule_tag(op: Operations) -> None:
    op.create_table(
        "visit_rule_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["visit_rule.id"], name=op.f("fk_visit_rule_tag_rule_id")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_visit_rule_tag_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rule_tag")),
    )
    op.create_index("uq_visit_rule_tag", "visit_rule_tag", ["rule_id", "tag_id"], unique=True)


def _building_move(op: Operations) -> None:
    op.create_table(
        "building_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("from_grid_id", sa.Integer(), nullable=True),
        sa.Column("to_grid_id", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("moved_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_building_move_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_grid_id"], ["grid.id"], name=op.f("fk_building_move_from_grid_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_grid_id"], ["grid.id"], name=op.f("fk_building_move_to_grid_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building_move")),
    )
    op.create_index(
        op.f("ix_building_move_building_id"), "building_move", ["building_id"], unique=False
    )


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


def _meal_claim_part(op: Operations) -> None:
    op.create_table(
        "meal_claim_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column(
            "payer",
            sa.Enum(
                "city",
                "district",
                "street",
                "operator",
                "donor",
                name="payer",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("of_month", sa.Integer(), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("voucher", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["meal_claim.id"], name=op.f("fk_meal_claim_part_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_claim_part")),
    )
    op.create_index("uq_meal_claim_part", "meal_claim_part", ["claim_id", "payer"], unique=True)


def _meeting(op: Operations) -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("chair", sa.String(length=60), nullable=True),
        sa.Column("recorder", sa.String(length=60), nullable=True),
        sa.Column("called_by", sa.String(length=120), nullable=True),
        sa.Column(
            "basis",
            sa.Enum(
                "basis_members",
                "basis_reps",
                "basis_residents",
                "basis_households",
                "basis_owners",
                "basis_present",
                "basis_voting",
                name="basis",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned_meeting",
                "called_meeting",
                "running",
                "ended",
                "filed",
                "cancelled_meeting",
                name="meetingstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("short_notice", sa.String(length=200), nullable=True),
        sa.Column("committee_told_on", sa.Date(), nullable=True),
        sa.Column("party_on", sa.Date(), nullable=True),
        sa.Column("party_words", sa.String(length=200), nullable=True),
        sa.Column("delegation", sa.String(length=200), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("expected_area", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("filed_at", sa.DateTime(), nullable=True),
        sa.Column("filed_by", sa.String(length=40), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=120), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("sent_to", sa.String(length=200), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_meeting_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_body", "meeting", ["body_id", "on_date"], unique=False)
    op.create_index("ix_meeting_day", "meeting", ["on_date", "id"], unique=False)
    op.create_index(op.f("ix_meeting_notice_id"), "meeting", ["notice_id"], unique=False)


def _staff_check(op: Operations) -> None:
    op.create_table(
        "staff_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("temperature", sa.Integer(), nullable=True),
        sa.Column("healthy", sa.Boolean(), nullable=False),
        sa.Column("clean", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("checked_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["canteen_staff.id"], name=op.f("fk_staff_check_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_check")),
    )
    op.create_index(op.f("ix_staff_check_on_date"), "staff_check", ["on_date"], unique=False)
    op.create_index("uq_staff_check", "staff_check", ["staff_id", "on_date"], unique=True)


def _subsidy_rule_tag(op: Operations) -> None:
    op.create_table(
        "subsidy_rule_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["subsidy_rule.id"], name=op.f("fk_subsidy_rule_tag_rule_id")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_subsidy_rule_tag_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_rule_tag")),
    )
    op.create_index("uq_subsidy_rule_tag", "subsidy_rule_tag", ["rule_id", "tag_id"], unique=True)


def _subsidy_share(op: Operations) -> None:
    op.create_table(
        "subsidy_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column(
            "portion",
            sa.Enum(
                "all_of_it",
                "discounted",
                "added_amount",
                name="portion",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "payer",
            sa.Enum(
                "city",
                "district",
                "street",
                "operator",
                "donor",
                name="payer",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_subsidy_share_some_weight")),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["subsidy_rule.id"], name=op.f("fk_subsidy_share_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_share")),
    )
    op.create_index(
        "uq_subsidy_share", "subsidy_share", ["rule_id", "portion", "payer"], unique=True
    )


def _appraisal(op: Operations) -> None:
    op.create_table(
        "appraisal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("led_by", sa.String(length=60), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_appraisal_meeting_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_appraisal_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
    )
    op.create_index(op.f("ix_appraisal_notice_id"), "appraisal", ["notice_id"], unique=False)
    op.create_index(op.f("ix_appraisal_year"), "appraisal", ["year"], unique=False)


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


def _body_member(op: Operations) -> None:
    op.create_table(
        "body_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "vice_chair",
                "committee_member",
                "representative",
                "residents_leader",
                "party_member",
                "part_time",
                "delegate",
                "owner_member",
                "plain_member",
                name="memberrole",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("in_committee", sa.Boolean(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("joint_unit_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.String(length=60), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(length=120), nullable=True),
        sa.Column("remark", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_member_body_id")),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_body_member_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["joint_unit_id"], ["joint_unit.id"], name=op.f("fk_body_member_joint_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_body_member_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_member")),
    )
    op.create_index("ix_body_member_body", "body_member", ["body_id", "until"], unique=False)
    op.create_index(
        op.f("ix_body_member_resident_id"), "body_member", ["resident_id"], unique=False
    )
    op.create_index("ix_body_member_unit", "body_member", ["joint_unit_id"], unique=False)


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


def _diner(op: Operations) -> None:
    op.create_table(
        "diner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("diet", sa.String(length=60), nullable=False),
        sa.Column("avoids", sa.String(length=60), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(length=60), nullable=True),
        sa.Column("contact_relation", sa.String(length=20), nullable=True),
        sa.Column("contact_phone", sa.String(length=40), nullable=True),
        sa.Column("door_note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_diner_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diner")),
        sa.UniqueConstraint("resident_id", name=op.f("uq_diner_resident_id")),
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


def _grid_member(op: Operations) -> None:
    op.create_table(
        "grid_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_order", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("party_member", sa.Boolean(), nullable=False),
        sa.Column("workplace", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_grid_member_resident_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_grid_member_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_member")),
    )
    op.create_index(
        op.f("ix_grid_member_resident_id"), "grid_member", ["resident_id"], unique=False
    )


def _meal_account(op: Operations) -> None:
    op.create_table(
        "meal_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "card_account", "bill_account", name="accountkind", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "frozen",
                "closed_account",
                name="accountstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("frozen_reason", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_meal_account_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_account")),
    )
    op.create_index("uq_meal_account", "meal_account", ["resident_id", "kind"], unique=True)


def _meal_voucher(op: Operations) -> None:
    op.create_table(
        "meal_voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_meal_voucher_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_voucher")),
        sa.UniqueConstraint("code", name=op.f("uq_meal_voucher_code")),
    )
    op.create_index(
        op.f("ix_meal_voucher_resident_id"), "meal_voucher", ["resident_id"], unique=False
    )


def _order_pause(op: Operations) -> None:
    op.create_table(
        "order_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_order_pause_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_pause")),
    )
    op.create_index(
        op.f("ix_order_pause_resident_id"), "order_pause", ["resident_id"], unique=False
    )


def _owner(op: Operations) -> None:
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("remark", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_owner_body_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_owner_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
    )
    op.create_index("ix_owner_body", "owner", ["body_id", "number"], unique=False)
    op.create_index(op.f("ix_owner_resident_id"), "owner", ["resident_id"], unique=False)


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


def _standing_order(op: Operations) -> None:
    op.create_table(
        "standing_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("weekdays", sa.String(length=10), nullable=False),
        sa.Column("set_letter", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "eaten_here", "taken_away", "brought", name="mealway", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "pay_way",
            sa.Enum(
                "card",
                "cash",
                "bill",
                "voucher",
                "points",
                "nothing",
                name="payway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_standing_order_canteen_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_standing_order_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_order")),
    )
    op.create_index(
        "ix_standing_order_canteen", "standing_order", ["canteen_id", "period"], unique=False
    )
    op.create_index(
        op.f("ix_standing_order_resident_id"), "standing_order", ["resident_id"], unique=False
    )


def _visit_deferral(op: Operations) -> None:
    op.create_table(
        "visit_deferral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_deferral_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_deferral")),
    )
    op.create_index(
        op.f("ix_visit_deferral_resident_id"), "visit_deferral", ["resident_id"], unique=False
    )


def _volunteer(op: Operations) -> None:
    op.create_table(
        "volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("gender", sa.String(length=2), nullable=True),
        sa.Column("id_number", sa.String(length=20), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(length=120), nullable=True),
        sa.Column("skills", sa.String(length=120), nullable=True),
        sa.Column("services", sa.String(length=120), nullable=True),
        sa.Column("system_number", sa.String(length=40), nullable=True),
        sa.Column("record_consent_on", sa.Date(), nullable=True),
        sa.Column("publish_consent_on", sa.Date(), nullable=True),
        sa.Column("guardian", sa.String(length=60), nullable=True),
        sa.Column("guardian_relation", sa.String(length=20), nullable=True),
        sa.Column("guardian_phone", sa.String(length=40), nullable=True),
        sa.Column("guardian_consent_on", sa.Date(), nullable=True),
        sa.Column("insurance", sa.String(length=120), nullable=True),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_volunteer_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("number", name=op.f("uq_volunteer_number")),
        sa.UniqueConstraint("resident_id", name=op.f("uq_volunteer_resident_id")),
    )


def _appraisal_line(op: Operations) -> None:
    op.create_table(
        "appraisal_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("body_member_id", sa.Integer(), nullable=False),
        sa.Column("competent", sa.Integer(), nullable=False),
        sa.Column("barely", sa.Integer(), nullable=False),
        sa.Column("incompetent", sa.Integer(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "competent", "barely", "incompetent", name="grade", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_line_appraisal_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_member_id"], ["body_member.id"], name=op.f("fk_appraisal_line_body_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_line")),
    )
    op.create_index(
        op.f("ix_appraisal_line_body_member_id"), "appraisal_line", ["body_member_id"], unique=False
    )
    op.create_index(
        "uq_appraisal_line", "appraisal_line", ["appraisal_id", "body_member_id"], unique=True
    )


def _attendee(op: Operations) -> None:
    op.create_table(
        "attendee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum("as_member", "as_observer", name="capacity", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("body_member_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("came_from", sa.String(length=60), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "scanned",
                "typed",
                "from_sheet",
                "by_proxy",
                "excused",
                name="attendway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("came_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=120), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "way <> 'by_proxy' OR holder_id IS NOT NULL",
            name=op.f("ck_attendee_proxy_has_a_holder"),
        ),
        sa.ForeignKeyConstraint(
            ["body_member_id"], ["body_member.id"], name=op.f("fk_attendee_body_member_id")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["attendee.id"], name=op.f("fk_attendee_holder_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_attendee_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendee_meeting_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_attendee_owner_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_attendee_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendee")),
    )
    op.create_index(
        op.f("ix_attendee_body_member_id"), "attendee", ["body_member_id"], unique=False
    )
    op.create_index(op.f("ix_attendee_holder_id"), "attendee", ["holder_id"], unique=False)
    op.create_index(op.f("ix_attendee_household_id"), "attendee", ["household_id"], unique=False)
    op.create_index(op.f("ix_attendee_owner_id"), "attendee", ["owner_id"], unique=False)
    op.create_index(op.f("ix_attendee_resident_id"), "attendee", ["resident_id"], unique=False)
    op.create_index(
        "uq_attendee_household", "attendee", ["meeting_id", "household_id"], unique=True
    )
    op.create_index("uq_attendee_member", "attendee", ["meeting_id", "body_member_id"], unique=True)
    op.create_index("uq_attendee_owner", "attendee", ["meeting_id", "owner_id"], unique=True)
    op.create_index("uq_attendee_resident", "attendee", ["meeting_id", "resident_id"], unique=True)


def _chair_turn(op: Operations) -> None:
    op.create_table(
        "chair_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("body_member_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_chair_turn_body_id")),
        sa.ForeignKeyConstraint(
            ["body_member_id"], ["body_member.id"], name=op.f("fk_chair_turn_body_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chair_turn")),
    )
    op.create_index("ix_chair_turn_body", "chair_turn", ["body_id", "since"], unique=False)
    op.create_index(
        op.f("ix_chair_turn_body_member_id"), "chair_turn", ["body_member_id"], unique=False
    )


def _delivery_route(op: Operations) -> None:
    op.create_table(
        "delivery_route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("carrier", sa.String(length=40), nullable=False),
        sa.Column("carrier_role", sa.String(length=40), nullable=False),
        sa.Column("departs_after", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_delivery_route_canteen_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_delivery_route_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_route")),
    )
    op.create_index(
        op.f("ix_delivery_route_canteen_id"), "delivery_route", ["canteen_id"], unique=False
    )
    op.create_index(
        op.f("ix_delivery_route_volunteer_id"), "delivery_route", ["volunteer_id"], unique=False
    )


def _diary_entry(op: Operations) -> None:
    op.create_table(
        "diary_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("weather", sa.String(length=20), nullable=True),
        sa.Column("period", sa.String(length=20), nullable=True),
        sa.Column(
            "way",
            sa.Enum("round", "home", "phone", name="roundway", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("hazard_id", sa.Integer(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_diary_entry_category_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_diary_entry_grid_id")),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["category.id"], name=op.f("fk_diary_entry_hazard_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["grid_member.id"], name=op.f("fk_diary_entry_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_entry")),
    )
    op.create_index(
        "ix_diary_entry_day", "diary_entry", ["on_date", "id", "deleted_at"], unique=False
    )
    op.create_index("ix_diary_entry_grid_day", "diary_entry", ["grid_id", "on_date"], unique=False)
    op.create_index(op.f("ix_diary_entry_member_id"), "diary_entry", ["member_id"], unique=False)


def _grid_member_photo(op: Operations) -> None:
    op.create_table(
        "grid_member_photo",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["grid_member.id"], name=op.f("fk_grid_member_photo_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_grid_member_photo")),
    )


def _meal_balance(op: Operations) -> None:
    op.create_table(
        "meal_balance",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "card_account", "bill_account", name="accountkind", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind = 'card_account' AND balance >= 0 OR kind = 'bill_account' AND balance <= 0",
            name=op.f("ck_meal_balance_on_its_side_of_zero"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["meal_account.id"], name=op.f("fk_meal_balance_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_meal_balance")),
    )


def _member_report(op: Operations) -> None:
    op.create_table(
        "member_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("projects", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=120), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_member_id"], ["body_member.id"], name=op.f("fk_member_report_body_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_report")),
    )
    op.create_index("uq_member_report", "member_report", ["body_member_id", "year"], unique=True)


def _owner_unit(op: Operations) -> None:
    op.create_table(
        "owner_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("area > 0", name=op.f("ck_owner_unit_has_an_area")),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_owner_unit_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_unit")),
    )
    op.create_index("ix_owner_unit_owner", "owner_unit", ["owner_id", "area"], unique=False)


def _party_pairing(op: Operations) -> None:
    op.create_table(
        "party_pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_party_pairing_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_party_pairing_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["grid_member.id"], name=op.f("fk_party_pairing_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_pairing")),
    )
    op.create_index(
        op.f("ix_party_pairing_building_id"), "party_pairing", ["building_id"], unique=False
    )
    op.create_index(
        op.f("ix_party_pairing_household_id"), "party_pairing", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_party_pairing_member_id"), "party_pairing", ["member_id"], unique=False
    )


def _points_account(op: Operations) -> None:
    op.create_table(
        "points_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "frozen",
                "closed_account",
                name="accountstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("frozen_by", sa.String(length=40), nullable=True),
        sa.Column("frozen_reason", sa.String(length=120), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_points_account_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_points_account_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_points_account_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_account")),
        sa.UniqueConstraint("household_id", name=op.f("uq_points_account_household_id")),
        sa.UniqueConstraint("resident_id", name=op.f("uq_points_account_resident_id")),
        sa.UniqueConstraint("volunteer_id", name=op.f("uq_points_account_volunteer_id")),
    )


def _post(op: Operations) -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "street_secretary",
                "committee_secretary",
                "branch_secretary",
                "group_leader",
                "hub_household",
                "grid_lead",
                "grid_staff",
                "grid_informant",
                "building_steward",
                "unit_steward",
                name="postkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_post_building_id")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_post_grid_id")),
        sa.ForeignKeyConstraint(["member_id"], ["grid_member.id"], name=op.f("fk_post_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_kind"), "post", ["kind"], unique=False)
    op.create_index(op.f("ix_post_member_id"), "post", ["member_id"], unique=False)
    op.create_index("ix_post_place", "post", ["grid_id", "building_id"], unique=False)


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


def _star_award(op: Operations) -> None:
    op.create_table(
        "star_award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("half_hours", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "published",
                "confirmed",
                "dropped",
                name="starstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("public_from", sa.Date(), nullable=True),
        sa.Column("public_until", sa.Date(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_star_award_notice_id")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_star_award_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_award")),
    )
    op.create_index(op.f("ix_star_award_notice_id"), "star_award", ["notice_id"], unique=False)
    op.create_index(
        op.f("ix_star_award_volunteer_id"), "star_award", ["volunteer_id"], unique=False
    )


def _team(op: Operations) -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=60), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["leader_id"], ["volunteer.id"], name=op.f("fk_team_leader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_index(op.f("ix_team_leader_id"), "team", ["leader_id"], unique=False)


def _visit_sheet(op: Operations) -> None:
    op.create_table(
        "visit_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("printed_by", sa.String(length=40), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_visit_sheet_grid_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["grid_member.id"], name=op.f("fk_visit_sheet_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sheet")),
    )
    op.create_index(op.f("ix_visit_sheet_member_id"), "visit_sheet", ["member_id"], unique=False)


def _volunteer_note(op: Operations) -> None:
    op.create_table(
        "volunteer_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "training",
                "award",
                "assessment",
                "complaint",
                name="volunteernotekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=True),
        sa.Column("half_hours", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_volunteer_note_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_note")),
    )
    op.create_index(
        op.f("ix_volunteer_note_volunteer_id"), "volunteer_note", ["volunteer_id"], unique=False
    )


def _activity(op: Operations) -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("content", sa.String(length=300), nullable=True),
        sa.Column("organiser", sa.String(length=60), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("leader", sa.String(length=60), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=True),
        sa.Column("dangerous", sa.Boolean(), nullable=False),
        sa.Column("insurance", sa.String(length=60), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "called",
                "held",
                "cancelled",
                name="activitystate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("cancelled_reason", sa.String(length=120), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("system_on", sa.Date(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_activity_grid_id")),
        sa.ForeignKeyConstraint(["item_id"], ["points_item.id"], name=op.f("fk_activity_item_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_activity_notice_id")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["activity_series.id"], name=op.f("fk_activity_series_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_activity_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_day", "activity", ["on_date", "id"], unique=False)
    op.create_index(op.f("ix_activity_notice_id"), "activity", ["notice_id"], unique=False)
    op.create_index(op.f("ix_activity_series_id"), "activity", ["series_id"], unique=False)
    op.create_index(op.f("ix_activity_team_id"), "activity", ["team_id"], unique=False)


def _diary_met(op: Operations) -> None:
    op.create_table(
        "diary_met",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_diary_met_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["diary_entry.id"], name=op.f("fk_diary_met_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_diary_met_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_met")),
    )
    op.create_index(op.f("ix_diary_met_entry_id"), "diary_met", ["entry_id"], unique=False)
    op.create_index(op.f("ix_diary_met_resident_id"), "diary_met", ["resident_id"], unique=False)


def _diary_photo(op: Operations) -> None:
    op.create_table(
        "diary_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["diary_entry.id"], name=op.f("fk_diary_photo_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_photo")),
    )
    op.create_index(op.f("ix_diary_photo_entry_id"), "diary_photo", ["entry_id"], unique=False)


def _held_basket(op: Operations) -> None:
    op.create_table(
        "held_basket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("held_by", sa.String(length=40), nullable=False),
        sa.Column("basket", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_held_basket_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_basket")),
    )
    op.create_index(op.f("ix_held_basket_account_id"), "held_basket", ["account_id"], unique=False)


def _meal_order(op: Operations) -> None:
    op.create_table(
        "meal_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("set_letter", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "eaten_here", "taken_away", "brought", name="mealway", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "pay_way",
            sa.Enum(
                "card",
                "cash",
                "bill",
                "voucher",
                "points",
                "nothing",
                name="payway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("standing_id", sa.Integer(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "ordered",
                "handed",
                "nobody",
                "turned_down",
                "cancelled",
                name="orderstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["canteen_id"], ["canteen.id"], name=op.f("fk_meal_order_canteen_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_meal_order_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["delivery_route.id"], name=op.f("fk_meal_order_route_id")
        ),
        sa.ForeignKeyConstraint(
            ["standing_id"], ["standing_order.id"], name=op.f("fk_meal_order_standing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_order")),
    )
    op.create_index(
        "ix_meal_order_day",
        "meal_order",
        ["canteen_id", "on_date", "period", "route_id", "stop"],
        unique=False,
    )
    op.create_index(op.f("ix_meal_order_route_id"), "meal_order", ["route_id"], unique=False)
    op.create_index(op.f("ix_meal_order_standing_id"), "meal_order", ["standing_id"], unique=False)
    op.create_index(
        "uq_meal_order", "meal_order", ["resident_id", "on_date", "period"], unique=True
    )


def _points_balance(op: Operations) -> None:
    op.create_table(
        "points_balance",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_points_balance_not_below_zero")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_points_balance_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_points_balance")),
    )


def _points_card(op: Operations) -> None:
    op.create_table(
        "points_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("printed", sa.Boolean(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.String(length=40), nullable=False),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_points_card_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_card")),
        sa.UniqueConstraint("code", name=op.f("uq_points_card_code")),
    )
    op.create_index(op.f("ix_points_card_account_id"), "points_card", ["account_id"], unique=False)


def _redemption(op: Operations) -> None:
    op.create_table(
        "redemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("request_key", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("half_hours", sa.Integer(), nullable=False),
        sa.Column("proxy", sa.String(length=60), nullable=True),
        sa.Column("proxy_relation", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=40), nullable=True),
        sa.Column("taken_back_reason", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_redemption_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_redemption_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption")),
        sa.UniqueConstraint("number", name=op.f("uq_redemption_number")),
        sa.UniqueConstraint("request_key", name=op.f("uq_redemption_request_key")),
    )
    op.create_index("ix_redemption_account", "redemption", ["account_id", "on_date"], unique=False)
    op.create_index("ix_redemption_day", "redemption", ["on_date", "id"], unique=False)
    op.create_index(op.f("ix_redemption_resident_id"), "redemption", ["resident_id"], unique=False)


def _route_stop(op: Operations) -> None:
    op.create_table(
        "route_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_route_stop_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["delivery_route.id"], name=op.f("fk_route_stop_route_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_stop")),
        sa.UniqueConstraint("resident_id", name=op.f("uq_route_stop_resident_id")),
    )
    op.create_index(op.f("ix_route_stop_route_id"), "route_stop", ["route_id"], unique=False)


def _team_member(op: Operations) -> None:
    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_team_member_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index(op.f("ix_team_member_team_id"), "team_member", ["team_id"], unique=False)
    op.create_index(
        op.f("ix_team_member_volunteer_id"), "team_member", ["volunteer_id"], unique=False
    )


def _visit(op: Operations) -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column(
            "way",
            sa.Enum("round", "home", "phone", name="roundway", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "fine",
                "changed",
                "needs_help",
                "not_home",
                "refused",
                name="visitresult",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("diary_entry_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["diary_entry_id"], ["diary_entry.id"], name=op.f("fk_visit_diary_entry_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_visit_grid_id")),
        sa.ForeignKeyConstraint(["member_id"], ["grid_member.id"], name=op.f("fk_visit_member_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_day", "visit", ["on_date", "id", "deleted_at"], unique=False)
    op.create_index(op.f("ix_visit_diary_entry_id"), "visit", ["diary_entry_id"], unique=False)
    op.create_index("ix_visit_grid_day", "visit", ["grid_id", "on_date"], unique=False)
    op.create_index(op.f("ix_visit_member_id"), "visit", ["member_id"], unique=False)
    op.create_index(
        "ix_visit_resident",
        "visit",
        ["resident_id", "on_date", "result", "deleted_at"],
        unique=False,
    )


def _activity_photo(op: Operations) -> None:
    op.create_table(
        "activity_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_photo_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_photo")),
    )
    op.create_index(
        op.f("ix_activity_photo_activity_id"), "activity_photo", ["activity_id"], unique=False
    )


def _care_case(op: Operations) -> None:
    op.create_table(
        "care_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "nobody_answered", "stayed_away", name="carereason", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("raised_by", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("member_name", sa.String(length=60), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["grid_member.id"], name=op.f("fk_care_case_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["meal_order.id"], name=op.f("fk_care_case_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_care_case_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_case")),
    )
    op.create_index(op.f("ix_care_case_member_id"), "care_case", ["member_id"], unique=False)
    op.create_index("ix_care_case_open", "care_case", ["closed_at", "raised_at"], unique=False)
    op.create_index(op.f("ix_care_case_order_id"), "care_case", ["order_id"], unique=False)
    op.create_index(op.f("ix_care_case_resident_id"), "care_case", ["resident_id"], unique=False)


def _participation(op: Operations) -> None:
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "signed_up",
                "came",
                "absent",
                "withdrew",
                name="attendance",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("signed_up_on", sa.Date(), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("half_hours", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "quality",
            sa.Enum(
                "good_service",
                "fair_service",
                "failed_service",
                name="quality",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_participation_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_participation_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_participation_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    op.create_index(
        op.f("ix_participation_resident_id"), "participation", ["resident_id"], unique=False
    )
    op.create_index(
        op.f("ix_participation_volunteer_id"), "participation", ["volunteer_id"], unique=False
    )
    op.create_index(
        "uq_participation_resident", "participation", ["activity_id", "resident_id"], unique=True
    )
    op.create_index(
        "uq_participation_volunteer", "participation", ["activity_id", "volunteer_id"], unique=True
    )


def _points_claim(op: Operations) -> None:
    op.create_table(
        "points_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("half_hours", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "activity",
                "delivery_claim",
                "meeting_claim",
                "recycling_claim",
                "by_hand",
                name="claimorigin",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("source_key", sa.String(length=40), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("witness", sa.String(length=60), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("organiser", sa.String(length=60), nullable=True),
        sa.Column("leader", sa.String(length=60), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("system_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted_claim",
                "returned",
                name="claimstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=40), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_points_claim_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_points_claim_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["points_item.id"], name=op.f("fk_points_claim_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["points_rule.id"], name=op.f("fk_points_claim_rule_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_points_claim_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_claim")),
        sa.UniqueConstraint("source_key", name=op.f("uq_points_claim_source_key")),
    )
    op.create_index(
        "ix_points_claim_account", "points_claim", ["account_id", "on_date"], unique=False
    )
    op.create_index(
        op.f("ix_points_claim_activity_id"), "points_claim", ["activity_id"], unique=False
    )
    op.create_index("ix_points_claim_state", "points_claim", ["state", "id"], unique=False)
    op.create_index(
        op.f("ix_points_claim_volunteer_id"), "points_claim", ["volunteer_id"], unique=False
    )


def _redemption_line(op: Operations) -> None:
    op.create_table(
        "redemption_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redemption_id", sa.Integer(), nullable=False),
        sa.Column("goods_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("spec", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goods_id"], ["goods.id"], name=op.f("fk_redemption_line_goods_id")
        ),
        sa.ForeignKeyConstraint(
            ["redemption_id"], ["redemption.id"], name=op.f("fk_redemption_line_redemption_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption_line")),
    )
    op.create_index(
        op.f("ix_redemption_line_goods_id"), "redemption_line", ["goods_id"], unique=False
    )
    op.create_index(
        op.f("ix_redemption_line_redemption_id"), "redemption_line", ["redemption_id"], unique=False
    )


def _request(op: Operations) -> None:
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "resident",
                "member",
                "community",
                "phone",
                "order",
                name="origin",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("order_number", sa.String(length=40), nullable=True),
        sa.Column("order_due_on", sa.Date(), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column(
            "urgency",
            sa.Enum(
                "ordinary_case", "urgent", "emergency", name="urgency", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("promise", sa.String(length=120), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "at_resident",
                "at_member",
                "at_community",
                "at_street",
                name="level",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "accepted",
                "handling",
                "escalated",
                "done",
                "called_back",
                "closed",
                name="requeststate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("handler", sa.String(length=60), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("flagged_on", sa.Date(), nullable=True),
        sa.Column("flagged_by", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column(
            "satisfaction",
            sa.Enum(
                "content",
                "fair",
                "discontent",
                "not_reached",
                name="satisfaction",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.String(length=200), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("diary_entry_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("registered_by", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_request_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_request_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["diary_entry_id"], ["diary_entry.id"], name=op.f("fk_request_diary_entry_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_request_grid_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["grid_member.id"], name=op.f("fk_request_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["request.id"], name=op.f("fk_request_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_request_resident_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_request_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
    )
    op.create_index(
        "ix_request_board",
        "request",
        ["state", "due_on", "flagged_on", "number", "merged_into_id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_request_came", "request", ["came_on", "category_id", "grid_id"], unique=False
    )
    op.create_index(op.f("ix_request_closed_on"), "request", ["closed_on"], unique=False)
    op.create_index(op.f("ix_request_diary_entry_id"), "request", ["diary_entry_id"], unique=False)
    op.create_index("ix_request_grid", "request", ["grid_id", "state"], unique=False)
    op.create_index(op.f("ix_request_member_id"), "request", ["member_id"], unique=False)
    op.create_index(op.f("ix_request_merged_into_id"), "request", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_request_resident_id"), "request", ["resident_id"], unique=False)
    op.create_index(op.f("ix_request_visit_id"), "request", ["visit_id"], unique=False)


def _reservation(op: Operations) -> None:
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("goods_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "put_aside",
                "collected",
                "given_up",
                name="reservationstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("redemption_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_reservation_account_id")
        ),
        sa.ForeignKeyConstraint(["goods_id"], ["goods.id"], name=op.f("fk_reservation_goods_id")),
        sa.ForeignKeyConstraint(
            ["redemption_id"], ["redemption.id"], name=op.f("fk_reservation_redemption_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index(op.f("ix_reservation_account_id"), "reservation", ["account_id"], unique=False)
    op.create_index("ix_reservation_goods", "reservation", ["goods_id", "state"], unique=False)
    op.create_index(
        op.f("ix_reservation_redemption_id"), "reservation", ["redemption_id"], unique=False
    )


def _stock_entry(op: Operations) -> None:
    op.create_table(
        "stock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goods_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "redeemed_goods",
                "taken_back",
                "counted",
                "spoiled",
                "stock_reversal",
                name="stockkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("redemption_id", sa.Integer(), nullable=True),
        sa.Column("stocktake_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["goods_id"], ["goods.id"], name=op.f("fk_stock_entry_goods_id")),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["stock_receipt.id"], name=op.f("fk_stock_entry_receipt_id")
        ),
        sa.ForeignKeyConstraint(
            ["redemption_id"], ["redemption.id"], name=op.f("fk_stock_entry_redemption_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["stock_entry.id"], name=op.f("fk_stock_entry_reverses_id")
        ),
        sa.ForeignKeyConstraint(
            ["stocktake_id"], ["stocktake.id"], name=op.f("fk_stock_entry_stocktake_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_stock_entry_reverses_id")),
    )
    op.create_index("ix_stock_entry_day", "stock_entry", ["on_date", "id"], unique=False)
    op.create_index("ix_stock_entry_goods", "stock_entry", ["goods_id", "id"], unique=False)
    op.create_index(op.f("ix_stock_entry_receipt_id"), "stock_entry", ["receipt_id"], unique=False)
    op.create_index(
        op.f("ix_stock_entry_redemption_id"), "stock_entry", ["redemption_id"], unique=False
    )
    op.create_index(
        op.f("ix_stock_entry_stocktake_id"), "stock_entry", ["stocktake_id"], unique=False
    )


def _visit_alarm(op: Operations) -> None:
    op.create_table(
        "visit_alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("cleared_by", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_alarm_resident_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_alarm_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_alarm")),
    )
    op.create_index(
        op.f("ix_visit_alarm_resident_id"), "visit_alarm", ["resident_id"], unique=False
    )
    op.create_index(op.f("ix_visit_alarm_visit_id"), "visit_alarm", ["visit_id"], unique=False)


def _visit_sheet_row(op: Operations) -> None:
    op.create_table(
        "visit_sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("printed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_visit_sheet_row_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["visit_sheet.id"], name=op.f("fk_visit_sheet_row_sheet_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_sheet_row_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sheet_row")),
    )
    op.create_index(
        op.f("ix_visit_sheet_row_resident_id"), "visit_sheet_row", ["resident_id"], unique=False
    )
    op.create_index(
        op.f("ix_visit_sheet_row_visit_id"), "visit_sheet_row", ["visit_id"], unique=False
    )
    op.create_index("uq_visit_sheet_row", "visit_sheet_row", ["sheet_id", "place"], unique=True)


def _care_step(op: Operations) -> None:
    op.create_table(
        "care_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "own_phone",
                "family_phone",
                "handed_on",
                "brought_again",
                "taken_to_canteen",
                "care_outcome",
                name="carestepkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_name", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["care_case.id"], name=op.f("fk_care_step_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_step")),
    )
    op.create_index(op.f("ix_care_step_case_id"), "care_step", ["case_id"], unique=False)


def _delivery_run(op: Operations) -> None:
    op.create_table(
        "delivery_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("carrier", sa.String(length=40), nullable=False),
        sa.Column("carrier_role", sa.String(length=40), nullable=False),
        sa.Column("departed_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["points_claim.id"], name=op.f("fk_delivery_run_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["delivery_route.id"], name=op.f("fk_delivery_run_route_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_delivery_run_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_run")),
    )
    op.create_index(op.f("ix_delivery_run_claim_id"), "delivery_run", ["claim_id"], unique=False)
    op.create_index(
        op.f("ix_delivery_run_volunteer_id"), "delivery_run", ["volunteer_id"], unique=False
    )
    op.create_index(
        "uq_delivery_run", "delivery_run", ["route_id", "on_date", "period"], unique=True
    )


def _hour_entry(op: Operations) -> None:
    op.create_table(
        "hour_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("half_hours", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("reviewed_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_hour_entry_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["points_claim.id"], name=op.f("fk_hour_entry_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["hour_entry.id"], name=op.f("fk_hour_entry_reverses_id")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_hour_entry_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_hour_entry_reverses_id")),
    )
    op.create_index(op.f("ix_hour_entry_activity_id"), "hour_entry", ["activity_id"], unique=False)
    op.create_index(op.f("ix_hour_entry_claim_id"), "hour_entry", ["claim_id"], unique=False)
    op.create_index(op.f("ix_hour_entry_on_date"), "hour_entry", ["on_date"], unique=False)
    op.create_index(
        "ix_hour_entry_volunteer", "hour_entry", ["volunteer_id", "on_date"], unique=False
    )


def _points_entry(op: Operations) -> None:
    op.create_table(
        "points_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "earned",
                "penalty_entry",
                "redeemed",
                "expired",
                "moved_out",
                "moved_in",
                "reversal",
                name="entrykind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("redemption_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("reviewed_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_points_entry_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["points_claim.id"], name=op.f("fk_points_entry_claim_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_points_entry_grid_id")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["points_item.id"], name=op.f("fk_points_entry_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["points_entry.id"], name=op.f("fk_points_entry_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["redemption_id"], ["redemption.id"], name=op.f("fk_points_entry_redemption_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["points_entry.id"], name=op.f("fk_points_entry_reverses_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_points_entry_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_points_entry_reverses_id")),
    )
    op.create_index("ix_points_entry_account", "points_entry", ["account_id", "id"], unique=False)
    op.create_index(op.f("ix_points_entry_claim_id"), "points_entry", ["claim_id"], unique=False)
    op.create_index("ix_points_entry_day", "points_entry", ["on_date", "id"], unique=False)
    op.create_index(
        "ix_points_entry_month", "points_entry", ["month", "account_id", "points"], unique=False
    )
    op.create_index(
        op.f("ix_points_entry_partner_id"), "points_entry", ["partner_id"], unique=False
    )
    op.create_index(
        op.f("ix_points_entry_redemption_id"), "points_entry", ["redemption_id"], unique=False
    )


def _request_extension(op: Operations) -> None:
    op.create_table(
        "request_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_extension_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_extension")),
    )
    op.create_index(
        op.f("ix_request_extension_request_id"), "request_extension", ["request_id"], unique=False
    )


def _request_photo(op: Operations) -> None:
    op.create_table(
        "request_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_photo_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_photo")),
    )
    op.create_index(
        op.f("ix_request_photo_request_id"), "request_photo", ["request_id"], unique=False
    )


def _request_step(op: Operations) -> None:
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registered_step",
                "accepted_step",
                "assigned",
                "noted",
                "handed_up",
                "handed_down",
                "urged",
                "flagged",
                "unflagged",
                "extension_asked",
                "extended_step",
                "extension_refused",
                "done_step",
                "called_back_step",
                "reopened_step",
                "merged",
                "closed_step",
                name="stepkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "at_resident",
                "at_member",
                "at_community",
                "at_street",
                name="level",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "accepted",
                "handling",
                "escalated",
                "done",
                "called_back",
                "closed",
                name="requeststate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("to", sa.String(length=60), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_step_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    op.create_index(
        op.f("ix_request_step_request_id"), "request_step", ["request_id"], unique=False
    )


def _topic(op: Operations) -> None:
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "forum",
                "slip",
                "of_diary",
                "of_request",
                "by_phone",
                "of_visit",
                "of_meeting",
                "online",
                name="topicorigin",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("wish", sa.String(length=200), nullable=True),
        sa.Column("concerns", sa.String(length=120), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "accepted_topic",
                "turned_down_topic",
                "merged_topic",
                "on_agenda",
                "discussed",
                "decided",
                "rejected",
                "done_topic",
                name="topicstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("screened_by", sa.String(length=40), nullable=True),
        sa.Column("screen_reason", sa.String(length=200), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("diary_entry_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("registered_by", sa.String(length=40), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_topic_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_topic_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["diary_entry_id"], ["diary_entry.id"], name=op.f("fk_topic_diary_entry_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_topic_grid_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["topic.id"], name=op.f("fk_topic_merged_into_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_topic_notice_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_topic_request_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_topic_resident_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_topic_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("number", name=op.f("uq_topic_number")),
    )
    op.create_index(op.f("ix_topic_diary_entry_id"), "topic", ["diary_entry_id"], unique=False)
    op.create_index("ix_topic_grid", "topic", ["grid_id", "state"], unique=False)
    op.create_index(op.f("ix_topic_merged_into_id"), "topic", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_topic_notice_id"), "topic", ["notice_id"], unique=False)
    op.create_index(op.f("ix_topic_request_id"), "topic", ["request_id"], unique=False)
    op.create_index(op.f("ix_topic_resident_id"), "topic", ["resident_id"], unique=False)
    op.create_index("ix_topic_state", "topic", ["state", "came_on"], unique=False)
    op.create_index(op.f("ix_topic_visit_id"), "topic", ["visit_id"], unique=False)


def _agenda_item(op: Operations) -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report_item",
                "discuss_item",
                "decide_item",
                "other_item",
                name="itemkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column(
            "matter",
            sa.Enum(
                "ordinary_matter",
                "recall",
                "owners_general",
                "owners_special",
                name="matter",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("added_there", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting_item",
                "item_now",
                "item_done",
                "item_left",
                name="itemstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("result", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_follows_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_agenda_item_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(op.f("ix_agenda_item_follows_id"), "agenda_item", ["follows_id"], unique=False)
    op.create_index("ix_agenda_item_meeting", "agenda_item", ["meeting_id", "place"], unique=False)
    op.create_index(op.f("ix_agenda_item_topic_id"), "agenda_item", ["topic_id"], unique=False)


def _appeal(op: Operations) -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_appeal_account_id")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["points_claim.id"], name=op.f("fk_appeal_claim_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["points_entry.id"], name=op.f("fk_appeal_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index(op.f("ix_appeal_account_id"), "appeal", ["account_id"], unique=False)
    op.create_index(op.f("ix_appeal_claim_id"), "appeal", ["claim_id"], unique=False)
    op.create_index(op.f("ix_appeal_entry_id"), "appeal", ["entry_id"], unique=False)
    op.create_index(op.f("ix_appeal_month"), "appeal", ["month"], unique=False)


def _meal(op: Operations) -> None:
    op.create_table(
        "meal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canteen_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "breakfast", "lunch", "dinner", name="mealperiod", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column(
            "guest",
            sa.Enum("sanitation", "courier", "visitor", name="guest", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "eaten_here", "taken_away", "brought", name="mealway", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("set_meal_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=160), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("by_city", sa.Integer(), nullable=False),
        sa.Column("by_district", sa.Integer(), nullable=False),
        sa.Column("by_street", sa.Integer(), nullable=False),
        sa.Column("by_operator", sa.Integer(), nullable=False),
        sa.Column("by_donor", sa.Integer(), nullable=False),
        sa.Column(
            "pay_way",
            sa.Enum(
                "card",
                "cash",
                "bill",
                "voucher",
                "points",
                "nothing",
                name="payway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("voucher_id", sa.Integer(), nullable=True),
        sa.Column("points_entry_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("exception", sa.String(length=120), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("request_key", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(resident_id IS NULL) <> (guest IS NULL)", name=op.f("ck_meal_named_or_guest")
        ),
        sa.CheckConstraint(
            "price + fee = paid + by_city + by_district + by_street + by_operator + by_donor",
            name=op.f("ck_meal_parts_are_the_whole"),
        ),
        sa.ForeignKeyConstraint(["canteen_id"], ["canteen.id"], name=op.f("fk_meal_canteen_id")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_meal_grid_id")),
        sa.ForeignKeyConstraint(["order_id"], ["meal_order.id"], name=op.f("fk_meal_order_id")),
        sa.ForeignKeyConstraint(
            ["points_entry_id"], ["points_entry.id"], name=op.f("fk_meal_points_entry_id")
        ),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_meal_resident_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["meal.id"], name=op.f("fk_meal_reverses_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["subsidy_rule.id"], name=op.f("fk_meal_rule_id")),
        sa.ForeignKeyConstraint(["set_meal_id"], ["set_meal.id"], name=op.f("fk_meal_set_meal_id")),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["meal_voucher.id"], name=op.f("fk_meal_voucher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal")),
    )
    op.create_index("ix_meal_month", "meal", ["month", "canteen_id", "rule_id"], unique=False)
    op.create_index(
        "ix_meal_order_id",
        "meal",
        ["order_id"],
        unique=False,
        sqlite_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_index(
        "ix_meal_points_entry_id",
        "meal",
        ["points_entry_id"],
        unique=False,
        sqlite_where=sa.text("points_entry_id IS NOT NULL"),
    )
    op.create_index("ix_meal_resident", "meal", ["resident_id", "on_date"], unique=False)
    op.create_index(
        "ix_meal_voucher_id",
        "meal",
        ["voucher_id"],
        unique=False,
        sqlite_where=sa.text("voucher_id IS NOT NULL"),
    )
    op.create_index("uq_meal_number", "meal", ["canteen_id", "on_date", "number"], unique=True)
    op.create_index("uq_meal_request_key", "meal", ["request_key"], unique=True)
    op.create_index(
        "uq_meal_reverses_id",
        "meal",
        ["reverses_id"],
        unique=True,
        sqlite_where=sa.text("reverses_id IS NOT NULL"),
    )


def _need(op: Operations) -> None:
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.String(length=60), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "place",
                "talent",
                "funds",
                "services",
                "information",
                name="resourcekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("beneficiaries", sa.String(length=80), nullable=True),
        sa.Column(
            "urgency",
            sa.Enum(
                "need_ordinary",
                "need_soon",
                "need_urgent",
                name="needurgency",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "list_open",
                "list_matched",
                "list_done",
                "list_withdrawn",
                name="liststate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_need_grid_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_need_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("number", name=op.f("uq_need_number")),
    )
    op.create_index(op.f("ix_need_topic_id"), "need", ["topic_id"], unique=False)
    op.create_index(op.f("ix_need_year"), "need", ["year"], unique=False)


def _points_lot(op: Operations) -> None:
    op.create_table(
        "points_lot",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "left >= 0 AND left <= points", name=op.f("ck_points_lot_within_its_points")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_account.id"], name=op.f("fk_points_lot_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["points_entry.id"], name=op.f("fk_points_lot_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_points_lot")),
    )
    op.create_index(
        "ix_points_lot_account",
        "points_lot",
        ["account_id", "expires_on", "entry_id", "left"],
        unique=False,
    )
    op.create_index("ix_points_lot_expiry", "points_lot", ["expires_on", "left"], unique=False)


def _topic_person(op: Operations) -> None:
    op.create_table(
        "topic_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("supports", "concerned", name="topicpersonkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.CheckConstraint(
            "resident_id IS NOT NULL OR person > ''", name=op.f("ck_topic_person_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_topic_person_resident_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_person_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_person")),
    )
    op.create_index(
        op.f("ix_topic_person_resident_id"), "topic_person", ["resident_id"], unique=False
    )
    op.create_index(op.f("ix_topic_person_topic_id"), "topic_person", ["topic_id"], unique=False)
    op.create_index(
        "uq_topic_person_resident", "topic_person", ["topic_id", "resident_id"], unique=True
    )


def _ballot(op: Operations) -> None:
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("body_member_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column(
            "choice",
            sa.Enum(
                "choice_yes",
                "choice_no",
                "choice_abstain",
                "choice_invalid",
                name="choice",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("proxy", sa.String(length=60), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(owner_id IS NULL) + (body_member_id IS NULL) + (household_id IS NULL) = 2",
            name=op.f("ck_ballot_of_one"),
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_ballot_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_member_id"], ["body_member.id"], name=op.f("fk_ballot_body_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_ballot_household_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_ballot_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    op.create_index(op.f("ix_ballot_body_member_id"), "ballot", ["body_member_id"], unique=False)
    op.create_index(op.f("ix_ballot_household_id"), "ballot", ["household_id"], unique=False)
    op.create_index(op.f("ix_ballot_owner_id"), "ballot", ["owner_id"], unique=False)
    op.create_index(
        "uq_ballot_household", "ballot", ["agenda_item_id", "household_id"], unique=True
    )
    op.create_index("uq_ballot_member", "ballot", ["agenda_item_id", "body_member_id"], unique=True)
    op.create_index("uq_ballot_number", "ballot", ["agenda_item_id", "number"], unique=True)
    op.create_index("uq_ballot_owner", "ballot", ["agenda_item_id", "owner_id"], unique=True)


def _lot_use(op: Operations) -> None:
    op.create_table(
        "lot_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["points_entry.id"], name=op.f("fk_lot_use_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["points_lot.entry_id"], name=op.f("fk_lot_use_lot_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_use")),
    )
    op.create_index(op.f("ix_lot_use_entry_id"), "lot_use", ["entry_id"], unique=False)
    op.create_index(op.f("ix_lot_use_lot_id"), "lot_use", ["lot_id"], unique=False)


def _meal_dish(op: Operations) -> None:
    op.create_table(
        "meal_dish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meal_id", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dish_id"], ["dish.id"], name=op.f("fk_meal_dish_dish_id")),
        sa.ForeignKeyConstraint(["meal_id"], ["meal.id"], name=op.f("fk_meal_dish_meal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_dish")),
    )
    op.create_index(op.f("ix_meal_dish_dish_id"), "meal_dish", ["dish_id"], unique=False)
    op.create_index(op.f("ix_meal_dish_meal_id"), "meal_dish", ["meal_id"], unique=False)


def _meal_entry(op: Operations) -> None:
    op.create_table(
        "meal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "deposit",
                "meal_paid",
                "bill_paid",
                "refund",
                "account_moved",
                "account_reversal",
                name="entryofaccount",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("meal_id", sa.Integer(), nullable=True),
        sa.Column(
            "tender",
            sa.Enum(
                "in_cash", "wechat", "alipay", "bank", name="tender", native_enum=False, length=20
            ),
            nullable=True,
        ),
        sa.Column("receipt", sa.String(length=20), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["meal_account.id"], name=op.f("fk_meal_entry_account_id")
        ),
        sa.ForeignKeyConstraint(["meal_id"], ["meal.id"], name=op.f("fk_meal_entry_meal_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["meal_entry.id"], name=op.f("fk_meal_entry_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_meal_entry_reverses_id")),
    )
    op.create_index("ix_meal_entry_account", "meal_entry", ["account_id", "id"], unique=False)
    op.create_index(op.f("ix_meal_entry_meal_id"), "meal_entry", ["meal_id"], unique=False)
    op.create_index(
        "ix_meal_entry_month", "meal_entry", ["month", "account_id", "amount"], unique=False
    )
    op.create_index(
        "uq_meal_entry_receipt",
        "meal_entry",
        ["receipt"],
        unique=True,
        sqlite_where=sa.text("receipt > ''"),
    )


def _minutes_amendment(op: Operations) -> None:
    op.create_table(
        "minutes_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_minutes_amendment_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_amendment_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_amendment")),
    )
    op.create_index(
        op.f("ix_minutes_amendment_agenda_item_id"),
        "minutes_amendment",
        ["agenda_item_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_minutes_amendment_meeting_id"), "minutes_amendment", ["meeting_id"], unique=False
    )


def _motion(op: Operations) -> None:
    op.create_table(
        "motion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("amendment", "procedure", name="motionkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("mover", sa.String(length=60), nullable=True),
        sa.Column("seconders", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_motion_agenda_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
    )
    op.create_index(op.f("ix_motion_agenda_item_id"), "motion", ["agenda_item_id"], unique=False)


def _speech(op: Operations) -> None:
    op.create_table(
        "speech",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "stance_for",
                "stance_against",
                "stance_asks",
                "stance_remark",
                name="stance",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_speech_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendee.id"], name=op.f("fk_speech_attendee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech")),
    )
    op.create_index(op.f("ix_speech_agenda_item_id"), "speech", ["agenda_item_id"], unique=False)
    op.create_index(op.f("ix_speech_attendee_id"), "speech", ["attendee_id"], unique=False)


def _vote(op: Operations) -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "hands",
                "by_ballot",
                "by_household",
                "by_area",
                name="voteway",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("vote_rule_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("area_members", sa.Integer(), nullable=False),
        sa.Column("area_voters", sa.Integer(), nullable=False),
        sa.Column("area_yes", sa.Integer(), nullable=False),
        sa.Column("area_no", sa.Integer(), nullable=False),
        sa.Column("area_abstain", sa.Integer(), nullable=False),
        sa.Column("area_invalid", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("request_key", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "area_yes + area_no + area_abstain + area_invalid <= area_voters",
            name=op.f("ck_vote_not_more_than_area"),
        ),
        sa.CheckConstraint(
            "yes + no + abstain + invalid <= voters", name=op.f("ck_vote_not_more_than_people")
        ),
        sa.CheckConstraint(
            "yes >= 0 AND no >= 0 AND abstain >= 0 AND invalid >= 0", name=op.f("ck_vote_counted")
        ),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_vote_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_vote_motion_id")),
        sa.ForeignKeyConstraint(
            ["vote_rule_id"], ["vote_rule.id"], name=op.f("fk_vote_vote_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("request_key", name=op.f("uq_vote_request_key")),
    )
    op.create_index(op.f("ix_vote_agenda_item_id"), "vote", ["agenda_item_id"], unique=False)
    op.create_index(op.f("ix_vote_motion_id"), "vote", ["motion_id"], unique=False)
    op.create_index(op.f("ix_vote_vote_rule_id"), "vote", ["vote_rule_id"], unique=False)


def _resolution(op: Operations) -> None:
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("decision", "opinion", name="resolutionkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "made",
                "public",
                "underway",
                "done_resolution",
                "evaluated",
                "stopped",
                name="resolutionstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_words", sa.Text(), nullable=True),
        sa.Column("stopped_reason", sa.String(length=200), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_resolution_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_resolution_grid_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_resolution_meeting_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_resolution_notice_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_resolution_topic_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_resolution_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("agenda_item_id", name=op.f("uq_resolution_agenda_item_id")),
        sa.UniqueConstraint("number", name=op.f("uq_resolution_number")),
    )
    op.create_index(op.f("ix_resolution_done_on"), "resolution", ["done_on"], unique=False)
    op.create_index("ix_resolution_grid", "resolution", ["grid_id", "state"], unique=False)
    op.create_index(op.f("ix_resolution_meeting_id"), "resolution", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_resolution_notice_id"), "resolution", ["notice_id"], unique=False)
    op.create_index("ix_resolution_state", "resolution", ["state", "due_on"], unique=False)
    op.create_index(op.f("ix_resolution_topic_id"), "resolution", ["topic_id"], unique=False)
    op.create_index(op.f("ix_resolution_vote_id"), "resolution", ["vote_id"], unique=False)


def _vote_option(op: Operations) -> None:
    op.create_table(
        "vote_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_option_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_option")),
    )
    op.create_index(op.f("ix_vote_option_vote_id"), "vote_option", ["vote_id"], unique=False)


def _project(op: Operations) -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("lead_unit_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=60), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned_project",
                "started_project",
                "finished_project",
                "accepted_project",
                "evaluated_project",
                "stopped_project",
                name="projectstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("funded", sa.Boolean(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=True),
        sa.Column("purpose_reason", sa.String(length=200), nullable=True),
        sa.Column("approval", sa.String(length=40), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.String(length=60), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("stopped_reason", sa.String(length=200), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_project_grid_id")),
        sa.ForeignKeyConstraint(
            ["lead_unit_id"], ["joint_unit.id"], name=op.f("fk_project_lead_unit_id")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_project_need_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_project_notice_id")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_project_resolution_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_project_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("number", name=op.f("uq_project_number")),
    )
    op.create_index(op.f("ix_project_lead_unit_id"), "project", ["lead_unit_id"], unique=False)
    op.create_index(op.f("ix_project_need_id"), "project", ["need_id"], unique=False)
    op.create_index(op.f("ix_project_notice_id"), "project", ["notice_id"], unique=False)
    op.create_index(op.f("ix_project_resolution_id"), "project", ["resolution_id"], unique=False)
    op.create_index(op.f("ix_project_topic_id"), "project", ["topic_id"], unique=False)
    op.create_index(op.f("ix_project_year"), "project", ["year"], unique=False)


def _evaluation(op: Operations) -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "verdict_good",
                "verdict_fair",
                "verdict_bad",
                name="verdict",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "resolution_id IS NOT NULL OR project_id IS NOT NULL",
            name=op.f("ck_evaluation_of_something"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_evaluation_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_evaluation_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_evaluation_resolution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    op.create_index(op.f("ix_evaluation_project_id"), "evaluation", ["project_id"], unique=False)
    op.create_index(op.f("ix_evaluation_resident_id"), "evaluation", ["resident_id"], unique=False)
    op.create_index(
        op.f("ix_evaluation_resolution_id"), "evaluation", ["resolution_id"], unique=False
    )
    op.create_index(
        "uq_evaluation_resident", "evaluation", ["resolution_id", "resident_id"], unique=True
    )


def _fund_entry(op: Operations) -> None:
    op.create_table(
        "fund_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "granted",
                "spent",
                "money_returned",
                "fund_reversal",
                name="fundkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("ticket", sa.String(length=40), nullable=True),
        sa.Column("payee", sa.String(length=60), nullable=True),
        sa.Column("handled_by", sa.String(length=40), nullable=True),
        sa.Column("approved_by", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("request_key", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_fund_entry_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["fund_entry.id"], name=op.f("fk_fund_entry_reverses_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["fund_source.id"], name=op.f("fk_fund_entry_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
        sa.UniqueConstraint("request_key", name=op.f("uq_fund_entry_request_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_fund_entry_reverses_id")),
    )
    op.create_index("ix_fund_entry_project", "fund_entry", ["project_id", "id"], unique=False)
    op.create_index("ix_fund_entry_source", "fund_entry", ["source_id", "id"], unique=False)


def _progress(op: Operations) -> None:
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("user_name", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "resolution_id IS NOT NULL OR project_id IS NOT NULL",
            name=op.f("ck_progress_of_something"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_progress_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_progress_resolution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_index("ix_progress_project", "progress", ["project_id", "on_date"], unique=False)
    op.create_index(
        "ix_progress_resolution", "progress", ["resolution_id", "on_date"], unique=False
    )


def _project_resource(op: Operations) -> None:
    op.create_table(
        "project_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_resource_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_project_resource_resource_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_resource")),
    )
    op.create_index(
        op.f("ix_project_resource_resource_id"), "project_resource", ["resource_id"], unique=False
    )
    op.create_index(
        "uq_project_resource", "project_resource", ["project_id", "resource_id"], unique=True
    )


def _progress_photo(op: Operations) -> None:
    op.create_table(
        "progress_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("progress_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["progress_id"], ["progress.id"], name=op.f("fk_progress_photo_progress_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_photo")),
    )
    op.create_index(
        op.f("ix_progress_photo_progress_id"), "progress_photo", ["progress_id"], unique=False
    )
