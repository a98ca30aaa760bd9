"""What comes after the table of a month: the list on the board, and the money of each payer."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealClaim, MealClaimPart
from app.services import rights
from app.services.meal_claim_steps import got
from app.services.publicity import AFFAIRS_FLOOR
from app.values.money import yuan
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_VOUCHER, _LONGEST_NOTE, _LONGEST_PLACE = 40, 60, 120


def receive(
    session: Session,
    part_id: int,
    *,
    amount: int,
    on: date,
    voucher: str,
    note: str,
    version: int,
    today: date,
) -> None:
    """What a payer paid, in 分; less than was claimed needs a word why. Raises DomainError."""
    rights.require(session, Right.SETTLE_MEALS)
    row = session.get(MealClaimPart, part_id)
    claimed = session.get(MealClaim, row.claim_id) if row is not None else None
    if row is None or claimed is None or claimed.submitted_at is None:
        raise DomainError("这一笔还没有提交，到账以前先提交结算。")
    if row.version != version:
        raise ChangedMeanwhile
    if not claimed.submitted_at.date() <= on <= today:
        raise DomainError(f"到账日期要在 {claimed.submitted_at:%Y-%m-%d} 到今天之间，请核对。")
    asked = row.of_month + row.difference
    if amount != asked and not tidy(note):
        raise DomainError(
            f"申报 {yuan(asked)} 元，到账 {yuan(amount)} 元，不一样。请在说明里写明原因。"
        )
    row.received, row.received_on = amount, on
    row.voucher, row.note = tidy(voucher)[:_LONGEST_VOUCHER] or None, tidy(note)[:_LONGEST_NOTE]
    session.flush()


def post(
    session: Session,
    canteen_id: int,
    month: int,
    *,
    places: str,
    on: date,
    until: date,
    version: int,
    today: date,
) -> None:
    """Where the list hangs, from when to when; raises DomainError before the table was signed,
    and for fewer days than the law asks for (domain-law.md 1.4: 食堂 is item 4 of 居务公开)."""
    rights.require(session, Right.SETTLE_MEALS)
    row = got(session, canteen_id, month, version)
    where = tidy(places)
    if not where:
        raise DomainError("请写明张贴在哪里，如“食堂门口、社区公示栏”。")
    if on > today:
        raise DomainError(f"{on:%Y-%m-%d} 还没有到，张贴以后再登记。")
    if until < on:
        raise DomainError("公示到的日子在张贴之前，请核对。")
    if until - on < timedelta(days=AFFAIRS_FLOOR):
        raise DomainError(
            f"居务公开的公布期限不得少于 {AFFAIRS_FLOOR} 日（居民委员会组织法第三十四条），"
            f"张贴次日是第 1 天，最早到 {on + timedelta(days=AFFAIRS_FLOOR):%Y-%m-%d}，请改。"
        )
    row.posted_on, row.posted_at, row.public_until = on, where[:_LONGEST_PLACE], until
    session.flush()
