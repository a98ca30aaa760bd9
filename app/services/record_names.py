"""What a row of any table is called on screen."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Appraisal,
    Building,
    CanteenPeriod,
    CareCase,
    CareStep,
    DeadlineRule,
    DeliveryRun,
    DiaryEntry,
    ExpiryRule,
    FoodReceipt,
    FoodSample,
    FundEntry,
    GridMember,
    Household,
    Meal,
    MealClaim,
    MealClaimPart,
    MealEntry,
    MealMonth,
    MealVoucher,
    PartyPairing,
    PointsAccount,
    PointsEntry,
    PointsMonth,
    Post,
    Progress,
    Resident,
    Resolution,
    Setting,
    StarLevel,
    Stocktake,
    SubsidyRuleTag,
    SubsidyShare,
    Visit,
    VisitSheet,
    Volunteer,
    model_named,
    table_of,
)
from app.services import dwellings, places, points_accounts, post_words
from app.services.settings import LEDGER_DAY, SETTINGS
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


def _of_dwelling(session: Session, row_id: int) -> str:
    return dwellings.spoken_places(session, [row_id]).get(row_id, "")


def _of_building(session: Session, row_id: int) -> str:
    """4 号楼（望海楼）."""
    row = session.get(Building, row_id)
    return places.building_label(row.number, row.name) if row else ""


def _of_diary(session: Session, row_id: int) -> str:
    """Its day and how what was seen begins: 11-20 楼道里三辆电动车."""
    row = session.get(DiaryEntry, row_id)
    return f"{row.on_date:%m-%d} {row.seen[:12]}".strip() if row else ""


def _of_post(session: Session, row_id: int) -> str:
    """孙丽 第三网格 专职网格员."""
    row = session.get(Post, row_id)
    if row is None:
        return ""
    return f"{session.get_one(GridMember, row.member_id).name} {post_words.of_post(session, row)}"


def _of_pairing(session: Session, row_id: int) -> str:
    """孙丽 4 号楼, 孙丽 户 0012."""
    row = session.get(PartyPairing, row_id)
    if row is None:
        return ""
    who = session.get_one(GridMember, row.member_id).name
    if row.building_id is not None:
        return f"{who} {_of_building(session, row.building_id)}"
    home = session.get(Household, row.household_id) if row.household_id else None
    return f"{who} 户 {home.number}" if home else who


def _of_visit(session: Session, row_id: int) -> str:
    """王秀兰 11-20."""
    row = session.get(Visit, row_id)
    if row is None:
        return ""
    return f"{name_of(session, _RESIDENT, row.resident_id)} {row.on_date:%m-%d}"


def _of_sheet(session: Session, row_id: int) -> str:
    """11-20 孙丽."""
    row = session.get(VisitSheet, row_id)
    return f"{row.on_date:%m-%d} {row.visitor}".strip() if row else ""


def _of_deadline(session: Session, row_id: int) -> str:
    """其他类办结 5 个工作日."""
    row = session.get(DeadlineRule, row_id)
    return f"{row.step.label} {row.working_days} 个工作日" if row else ""


def _of_volunteer(session: Session, row_id: int) -> str:
    """As a resident, or by the own name of somebody from outside."""
    row = session.get(Volunteer, row_id)
    if row is None:
        return ""
    return row.name or name_of(session, _RESIDENT, row.resident_id or 0)


def _of_account(session: Session, row_id: int) -> str:
    return (
        points_accounts.holder(session, row_id).name if session.get(PointsAccount, row_id) else ""
    )


def _of_points(session: Session, row_id: int) -> str:
    """王秀兰 11-20 +2 分."""
    row = session.get(PointsEntry, row_id)
    if row is None:
        return ""
    return f"{_of_account(session, row.account_id)} {row.on_date:%m-%d} {row.points:+d} 分"


def _of_month(model: Any) -> Callable[[Session, int], str]:
    """2026 年 11 月."""

    def named(session: Session, row_id: int) -> str:
        row = session.get(model, row_id)
        return _said(row.month) if row else ""

    return named


def _of_stocktake(session: Session, row_id: int) -> str:
    """11-20 的盘点."""
    row = session.get(Stocktake, row_id)
    return f"{row.on_date:%m-%d} 的盘点" if row else ""


def _of_stars(session: Session, row_id: int) -> str:
    """三星 600 小时."""
    row = session.get(StarLevel, row_id)
    return f"{row.stars} 星 {row.hours} 小时" if row else ""


def _of_expiry(session: Session, row_id: int) -> str:
    row = session.get(ExpiryRule, row_id)
    return row.way.label if row else ""


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
    return f"{name_of(session, 'canteen', row.canteen_id)} {_said(row.month)}" if row else ""


def _of_claim_part(session: Session, row_id: int) -> str:
    """海棠食堂 2026 年 11 月 区财政."""
    row = session.get(MealClaimPart, row_id)
    return f"{_of_claim(session, row.claim_id)} {row.payer.label}" if row else ""


def _of_sample(session: Session, row_id: int) -> str:
    """11-20 午餐 红烧带鱼."""
    row = session.get(FoodSample, row_id)
    return f"{row.on_date:%m-%d} {row.period.label} {row.name}" if row else ""


def _of_receipt(session: Session, row_id: int) -> str:
    """11-20 带鱼."""
    row = session.get(FoodReceipt, row_id)
    return f"{row.on_date:%m-%d} {row.goods}" if row else ""


def _of_voucher(session: Session, row_id: int) -> str:
    row = session.get(MealVoucher, row_id)
    return row.code if row else ""


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


def _of_appraisal(session: Session, row_id: int) -> str:
    """2026 年度民主评议."""
    row = session.get(Appraisal, row_id)
    return f"{row.year} 年度民主评议" if row else ""


def _of_progress(session: Session, row_id: int) -> str:
    """楼道照明改造 12-15."""
    row = session.get(Progress, row_id)
    if row is None:
        return ""
    of_project = row.resolution_id is None
    table, key = ("project", row.project_id) if of_project else ("resolution", row.resolution_id)
    return f"{name_of(session, table, key or 0)} {row.on_date:%m-%d}"


def _of_resolution(session: Session, row_id: int) -> str:
    """决-2026-012 楼道照明改造."""
    row = session.get(Resolution, row_id)
    return f"{row.number} {row.title}" if row else ""


def _of_fund_entry(session: Session, row_id: int) -> str:
    """11-20 支出 1,200.00."""
    row = session.get(FundEntry, row_id)
    return f"{row.on_date:%m-%d} {row.kind.label} {yuan(abs(row.amount))}" if row else ""


def _said(month: int) -> str:
    return f"{month // 100} 年 {month % 100} 月"


_SPOKEN: dict[str, Callable[[Session, int], str]] = {
    "volunteer": _of_volunteer,
    "points_account": _of_account,
    "points_entry": _of_points,
    "points_month": _of_month(PointsMonth),
    "stocktake": _of_stocktake,
    "star_level": _of_stars,
    "expiry_rule": _of_expiry,
    "meal": _of_meal,
    "meal_entry": _of_meal_entry,
    "meal_month": _of_month(MealMonth),
    "meal_claim": _of_claim,
    "meal_claim_part": _of_claim_part,
    "meal_voucher": _of_voucher,
    "food_sample": _of_sample,
    "food_receipt": _of_receipt,
    "care_case": _of_case,
    "care_step": _of_step,
    "canteen_period": _of_canteen_period,
    "subsidy_rule_tag": _of_rule_part(SubsidyRuleTag),
    "subsidy_share": _of_rule_part(SubsidyShare),
    "delivery_run": _of_run,
    "appraisal": _of_appraisal,
    "progress": _of_progress,
    "resolution": _of_resolution,
    "fund_entry": _of_fund_entry,
    "dwelling": _of_dwelling,
    "building": _of_building,
    "diary_entry": _of_diary,
    "post": _of_post,
    "party_pairing": _of_pairing,
    "visit": _of_visit,
    "visit_sheet": _of_sheet,
    "deadline_rule": _of_deadline,
}
_SETTING_LABELS = {setting.key: setting.label for setting in (*SETTINGS, LEDGER_DAY)}
