"""What a row of any table is called on screen."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    CanteenPeriod,
    CareCase,
    CareStep,
    DeliveryRun,
    Meal,
    MealClaim,
    MealClaimPart,
    MealEntry,
    Progress,
    Resident,
    Setting,
    SubsidyRuleTag,
    SubsidyShare,
    Visit,
    Volunteer,
    model_named,
    table_of,
)
from app.services.record_spoken import SPOKEN, Spoken, said
from app.services.settings import LEDGER_DAY, LEDGER_PAUSE, SETTINGS
from app.values.meal_numbers import number_words
from app.values.money import yuan

_RESIDENT = Resident.__tablename__
# The first of these columns that a table has is its name.
_NAMES = ("day", "name", "title", "number", "content", "who", "role", "key")
# A row that only says something about another is called like that one.
_OWNERS = {
    "resident_id": _RESIDENT,
    "user_id": "user",
    "first_id": "resident",
    "entry_id": "diary_entry",
    "request_id": "request",
    "sheet_id": "visit_sheet",
    "rule_id": "visit_rule",
    "volunteer_id": "volunteer",
    "account_id": "points_account",
    "redemption_id": "redemption",
    "goods_id": "goods",
    "item_id": "points_item",
    "dish_id": "dish",
    "staff_id": "canteen_staff",
    "route_id": "delivery_route",
    "canteen_id": "canteen",
}
# Tables with a name of their own beside the person whom they are about.
_OWN_NAME = {
    *("request", "grid_member", "redemption", "activity", "points_entry"),
    *("delivery_route", "canteen_staff", "set_meal", "subsidy_rule"),
    *("topic", "body_member", "owner", "attendee", "evaluation"),
}
# Tables of 议事 whose rows are called like the one that this column names.
_LIKE = {
    "topic_person": ("topic_id", "topic"),
    "owner_unit": ("owner_id", "owner"),
    "appraisal_line": ("body_member_id", "body_member"),
    "motion": ("agenda_item_id", "agenda_item"),
    "speech": ("agenda_item_id", "agenda_item"),
    "vote": ("agenda_item_id", "agenda_item"),
    "ballot": ("agenda_item_id", "agenda_item"),
    "vote_option": ("vote_id", "vote"),
    "minutes_amendment": ("meeting_id", "meeting"),
    "chair_turn": ("body_member_id", "body_member"),
    "member_report": ("body_member_id", "body_member"),
    "project_resource": ("project_id", "project"),
}


def name_of(session: Session, table: str, row_id: int) -> str:
    """Its name, '' where the row is gone or has none."""
    columns = table_of(model_named(table)).columns
    if spoken := _SPOKEN.get(table):
        return spoken(session, row_id)
    if table in _LIKE:
        column, owner = _LIKE[table]
        owner_id = session.scalar(select(columns[column]).where(columns["id"] == row_id))
        return name_of(session, owner, owner_id) if owner_id else ""
    for column, owner in _OWNERS.items():
        if column in columns and table not in _OWN_NAME:
            owner_id = session.scalar(select(columns[column]).where(columns["id"] == row_id))
            return name_of(session, owner, owner_id) if owner_id else ""
    found = next((columns[name] for name in _NAMES if name in columns), None)
    if found is None:
        return ""
    value: Any = session.scalar(select(found).where(columns["id"] == row_id))
    if table == Setting.__tablename__:
        return _SETTING_LABELS.get(value, "")
    return "" if value is None else str(value)


def _of_visit(session: Session, row_id: int) -> str:
    """王秀兰 11-20."""
    row = session.get(Visit, row_id)
    if row is None:
        return ""
    return f"{name_of(session, _RESIDENT, row.resident_id)} {row.on_date:%m-%d}"


def _of_volunteer(session: Session, row_id: int) -> str:
    """As a resident, or by the own name of somebody from outside."""
    row = session.get(Volunteer, row_id)
    if row is None:
        return ""
    return row.name or name_of(session, _RESIDENT, row.resident_id or 0)


def _of_meal(session: Session, row_id: int) -> str:
    """王秀兰 M-1101-037."""
    row = session.get(Meal, row_id)
    if row is None:
        return ""
    who = row.guest.label if row.guest else name_of(session, _RESIDENT, row.resident_id or 0)
    return f"{who} {number_words(row.on_date, row.number)}"


def _of_meal_entry(session: Session, row_id: int) -> str:
    """王秀兰 11-20 存款 100.00."""
    row = session.get(MealEntry, row_id)
    if row is None:
        return ""
    who = name_of(session, "meal_account", row.account_id)
    return f"{who} {row.on_date:%m-%d} {row.kind.label} {yuan(abs(row.amount))}"


def _of_claim(session: Session, row_id: int) -> str:
    """海棠食堂 2026 年 11 月."""
    row = session.get(MealClaim, row_id)
    return f"{name_of(session, 'canteen', row.canteen_id)} {said(row.month)}" if row else ""


def _of_claim_part(session: Session, row_id: int) -> str:
    """海棠食堂 2026 年 11 月 区财政."""
    row = session.get(MealClaimPart, row_id)
    return f"{_of_claim(session, row.claim_id)} {row.payer.label}" if row else ""


def _of_case(session: Session, row_id: int) -> str:
    """The person of whom it is, also for the steps."""
    row = session.get(CareCase, row_id)
    return name_of(session, _RESIDENT, row.resident_id) if row else ""


def _of_step(session: Session, row_id: int) -> str:
    row = session.get(CareStep, row_id)
    return f"{_of_case(session, row.case_id)} {row.kind.label}" if row else ""


def _of_canteen_period(session: Session, row_id: int) -> str:
    """海棠食堂 午餐."""
    row = session.get(CanteenPeriod, row_id)
    return f"{name_of(session, 'canteen', row.canteen_id)} {row.period.label}" if row else ""


def _of_rule_part(model: Any) -> Callable[[Session, int], str]:
    """Tags and shares are called like their tier."""

    def named(session: Session, row_id: int) -> str:
        row = session.get(model, row_id)
        return name_of(session, "subsidy_rule", row.rule_id) if row else ""

    return named


def _of_run(session: Session, row_id: int) -> str:
    """一路 11-20 午餐."""
    row = session.get(DeliveryRun, row_id)
    if row is None:
        return ""
    route = name_of(session, "delivery_route", row.route_id)
    return f"{route} {row.on_date:%m-%d} {row.period.label}"


def _of_progress(session: Session, row_id: int) -> str:
    """楼道照明改造 12-15."""
    row = session.get(Progress, row_id)
    if row is None:
        return ""
    of_project = row.resolution_id is None
    table, key = ("project", row.project_id) if of_project else ("resolution", row.resolution_id)
    return f"{name_of(session, table, key or 0)} {row.on_date:%m-%d}"


_SPOKEN: dict[str, Spoken] = {
    **SPOKEN,
    "volunteer": _of_volunteer,
    "meal": _of_meal,
    "meal_entry": _of_meal_entry,
    "meal_claim": _of_claim,
    "meal_claim_part": _of_claim_part,
    "care_case": _of_case,
    "care_step": _of_step,
    "canteen_period": _of_canteen_period,
    "subsidy_rule_tag": _of_rule_part(SubsidyRuleTag),
    "subsidy_share": _of_rule_part(SubsidyShare),
    "delivery_run": _of_run,
    "progress": _of_progress,
    "visit": _of_visit,
}
_SETTING_LABELS = {setting.key: setting.label for setting in (*SETTINGS, LEDGER_DAY, LEDGER_PAUSE)}
