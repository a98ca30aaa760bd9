"""What rows are called that have no name column: a day, a place, a figure."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.models import (
    Appraisal,
    Building,
    DeadlineRule,
    DiaryEntry,
    ExpiryRule,
    FoodReceipt,
    FoodSample,
    FundEntry,
    GridMember,
    Household,
    MealMonth,
    MealVoucher,
    PartyPairing,
    PointsAccount,
    PointsEntry,
    PointsMonth,
    Post,
    Resolution,
    StarLevel,
    Stocktake,
    VisitSheet,
)
from app.services import dwellings, places, points_accounts, post_words
from app.values.money import yuan

Spoken = Callable[[Session, int], str]


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


def _of_sheet(session: Session, row_id: int) -> str:
    """11-20 孙丽."""
    row = session.get(VisitSheet, row_id)
    return f"{row.on_date:%m-%d} {row.visitor}".strip() if row else ""


def _of_deadline(session: Session, row_id: int) -> str:
    """其他类办结 5 个工作日."""
    row = session.get(DeadlineRule, row_id)
    return f"{row.step.label} {row.working_days} 个工作日" if row else ""


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


def _of_month(model: Any) -> Spoken:
    """2026 年 11 月."""

    def named(session: Session, row_id: int) -> str:
        row = session.get(model, row_id)
        return said(row.month) if row else ""

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


def _of_appraisal(session: Session, row_id: int) -> str:
    """2026 年度民主评议."""
    row = session.get(Appraisal, row_id)
    return f"{row.year} 年度民主评议" if row else ""


def _of_resolution(session: Session, row_id: int) -> str:
    """决-2026-012 楼道照明改造."""
    row = session.get(Resolution, row_id)
    return f"{row.number} {row.title}" if row else ""


def _of_fund_entry(session: Session, row_id: int) -> str:
    """11-20 支出 1,200.00."""
    row = session.get(FundEntry, row_id)
    return f"{row.on_date:%m-%d} {row.kind.label} {yuan(abs(row.amount))}" if row else ""


def said(month: int) -> str:
    """2026 年 11 月, of 202611."""
    return f"{month // 100} 年 {month % 100} 月"


SPOKEN: dict[str, Spoken] = {
    "points_account": _of_account,
    "points_entry": _of_points,
    "points_month": _of_month(PointsMonth),
    "stocktake": _of_stocktake,
    "star_level": _of_stars,
    "expiry_rule": _of_expiry,
    "meal_month": _of_month(MealMonth),
    "meal_voucher": _of_voucher,
    "food_sample": _of_sample,
    "food_receipt": _of_receipt,
    "appraisal": _of_appraisal,
    "resolution": _of_resolution,
    "fund_entry": _of_fund_entry,
    "dwelling": _of_dwelling,
    "building": _of_building,
    "diary_entry": _of_diary,
    "post": _of_post,
    "party_pairing": _of_pairing,
    "visit_sheet": _of_sheet,
    "deadline_rule": _of_deadline,
}
