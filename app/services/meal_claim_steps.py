"""The five steps of a settlement: 逐餐核对 制表 负责人签字 提交并锁定 补贴到账 (domain.md 4.5).

What was signed is what is submitted: where a line came or went since, the table is made anew.
After the lock corrections stand in a month that is open, as differences.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealClaim, MealClaimPart, Payer
from app.services import meal_claim_checks, meal_claims, rights
from app.services.meal_claim_checks import Checks
from app.services.meal_claim_views import ClaimView, claim
from app.services.meal_claims import Matrix
from app.services.points_filter import first_of, month_words
from app.services.points_lines import following
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_NAME = 40


def refusal(found: Matrix, checked: Checks, one: ClaimView | None, *, today: date) -> str:
    """Why the next step cannot be taken now; '' where it can."""
    if one is not None and one.locked:
        return ""
    if checked.open:
        return f"还有 {checked.open} 笔待办，处理后可提交"
    if today < first_of(following(found.month)):
        return f"这个月还没有过完，{first_of(following(found.month)):%m-%d} 起才能制表"
    return "" if found.total.meals or found.corrects else "这个月没有就餐记录，不用结算"


def prepare(session: Session, canteen_id: int, month: int, *, signer: str, now: datetime) -> int:
    """The table is made and signed by whoever made it; gives the id of the claim.

    Raises DomainError while something is open, the month is not over, or it was submitted.
    """
    found = _ready(session, canteen_id, month, now.date())
    row = _row(session, canteen_id, month)
    if row is None:
        row = MealClaim(canteen_id=canteen_id, month=month)
        session.add(row)
    row.prepared_on, row.prepared_by = now.date(), _name(signer, "请写明是谁制表签字的。")
    # Another table is another thing to sign.
    row.signed_on = row.signed_by = None
    _keep_sums(session, row, found)
    session.flush()
    return row.id


def sign(
    session: Session, canteen_id: int, month: int, *, signer: str, version: int, now: datetime
) -> None:
    """Who answers for it looked at the table and signed it; raises DomainError out of turn."""
    found = _ready(session, canteen_id, month, now.date())
    row = got(session, canteen_id, month, version)
    _same_table(session, found)
    row.signed_on, row.signed_by = now.date(), _name(signer, "请写明是哪位负责人签字的。")
    session.flush()


def submit(session: Session, canteen_id: int, month: int, *, version: int, now: datetime) -> None:
    """The month is locked for good; raises DomainError out of turn."""
    found = _ready(session, canteen_id, month, now.date())
    row = got(session, canteen_id, month, version)
    _same_table(session, found)
    if row.signed_on is None:
        raise DomainError("负责人还没有签字，签字以后再提交。")
    row.submitted_at, row.submitted_by = now, actor_of(session).name
    session.flush()
    journal.set_details(session, {FINAL: "已经提交锁定，改错的记在下一个月的差额里"})


def take_back(session: Session, canteen_id: int, month: int, *, version: int) -> None:
    """The last signature, before the lock: it is asked for once more."""
    rights.require(session, Right.SETTLE_MEALS)
    row = got(session, canteen_id, month, version)
    if row.submitted_at is not None:
        raise DomainError(f"{month_words(month)}已经提交锁定，不能再退回。")
    if row.signed_on is not None:
        row.signed_on = row.signed_by = None
    else:
        row.prepared_on = row.prepared_by = None
    session.flush()


# -- turns


def _ready(session: Session, canteen_id: int, month: int, today: date) -> Matrix:
    rights.require(session, Right.SETTLE_MEALS)
    found = meal_claims.matrix(session, canteen_id, month)
    one = claim(session, canteen_id, month)
    if one is not None and one.locked:
        raise DomainError(f"{month_words(month)}已经提交锁定，改错的记在下一个月的差额里。")
    checked = meal_claim_checks.checks(session, found)
    why = refusal(found, checked, one, today=today)
    if why:
        raise DomainError(f"{why}。")
    return found


def _same_table(session: Session, found: Matrix) -> None:
    one = claim(session, found.canteen_id, found.month)
    if one is None or one.prepared_on is None:
        raise DomainError("还没有制表，制表人签字以后再办这一步。")
    if not one.tells(found):
        raise DomainError("制表以后又有就餐记录变动，表上的数不对了。请重新打印结算表，重新签字。")


def _row(session: Session, canteen_id: int, month: int) -> MealClaim | None:
    return session.scalar(
        select(MealClaim).where(MealClaim.canteen_id == canteen_id, MealClaim.month == month)
    )


def got(session: Session, canteen_id: int, month: int, version: int) -> MealClaim:
    """The claim of a month to change; raises ChangedMeanwhile, DomainError where there is none."""
    row = _row(session, canteen_id, month)
    if row is None:
        raise DomainError(f"{month_words(month)}还没有制表，请先由制表人签字。")
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _name(typed: str, missing: str) -> str:
    name = tidy(typed)
    if not name:
        raise DomainError(missing)
    return name[:_LONGEST_NAME]


def _keep_sums(session: Session, row: MealClaim, found: Matrix) -> None:
    """What was signed, so that it shows where the lines say something else later."""
    whole, more = found.total, found.difference
    row.entries, row.meals = found.entries, whole.meals + more.meals
    row.price = whole.price + whole.fee + more.price + more.fee
    row.paid = whole.paid + more.paid
    session.flush()
    known = {
        one.payer: one
        for one in session.scalars(select(MealClaimPart).where(MealClaimPart.claim_id == row.id))
    }
    for payer in Payer:
        amount, difference = whole.shares.of(payer), more.shares.of(payer)
        part = known.get(payer)
        if part is None and (amount or difference):
            part = MealClaimPart(claim_id=row.id, payer=payer)
            session.add(part)
        if part is not None:
            part.of_month, part.difference = amount, difference
