"""Vouchers (餐券): each pays the person's own part of one meal, up to its value in 分.

What a meal costs beyond it is paid in cash; what it is worth beyond the meal is not paid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealVoucher
from app.services import people, rights
from app.storage.lookup import (
    Source,
    Sql,
    actor_of,
    any_of,
    contains,
    day_of,
    lookup_of,
    one_of,
    query,
)
from app.values import card_codes
from app.values.rights import Right
from app.values.text import compact, tidy

_BEGIN = "CQ"
_LONGEST_REASON = 80
MOST_AT_ONCE = 500
UNUSED, USED, VOID, LAPSED = "未使用", "已使用", "已作废", "已过期"
STATES = (UNUSED, USED, LAPSED, VOID)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherView:
    """A voucher; `name` is empty for whoever brings it, `meal_id` is where it was used."""

    id: int
    version: int
    code: str
    value: int
    resident_id: int | None
    name: str
    issued_on: date
    expires_on: date | None
    reason: str
    used_on: date | None
    void_on: date | None
    issued_by: str
    meal_id: int | None

    @property
    def code_words(self) -> str:
        """CQ 69118 0764, as it is read out."""
        return f"{self.code[:2]} {self.code[2:7]} {self.code[7:]}"

    def state(self, today: date) -> str:
        """未使用, 已使用, 已作废, 已过期."""
        if self.void_on is not None:
            return VOID
        if self.used_on is not None:
            return USED
        return LAPSED if self.expires_on and self.expires_on < today else UNUSED


def issue(
    session: Session,
    residents: Sequence[int | None],
    *,
    value: int,
    reason: str,
    today: date,
    expires_on: date | None = None,
    each: int = 1,
) -> list[int]:
    """`each` vouchers for every resident, None for whoever brings it; gives their ids in order.

    Raises DomainError without a reason or a value, for too many, for somebody who is gone.
    """
    rights.require(session, Right.KEEP_DEPOSITS)
    why = tidy(reason)
    _check_issue(residents, value, why, each, expires_on, today)
    rows = [
        MealVoucher(
            code=_fresh(session),
            value=value,
            resident_id=_present(session, resident_id),
            issued_on=today,
            expires_on=expires_on,
            reason=why[:_LONGEST_REASON],
            issued_by=actor_of(session).name,
        )
        for resident_id in residents
        for _ in range(each)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def use(session: Session, code: str, resident_id: int | None, on_date: date) -> int:
    """Use a voucher up for a meal of that day; gives its id.

    Raises DomainError for one that is not ours, used, void, lapsed, or somebody else's.
    """
    typed = _tidy(code)
    if not typed:
        raise DomainError("请扫描或输入餐券上的券号。")
    voucher = session.scalar(select(MealVoucher).where(MealVoucher.code == typed))
    if voucher is None:
        raise DomainError(f"没有券号是 {typed} 的餐券，请再扫一次，或核对券号。")
    _check_good(voucher, resident_id, on_date)
    voucher.used_on = on_date
    session.flush()
    return voucher.id


def give_back(session: Session, voucher_id: int) -> None:
    """The meal that it paid was taken back: it is good again."""
    session.get_one(MealVoucher, voucher_id).used_on = None
    session.flush()


def void(session: Session, voucher_id: int, *, version: int, today: date) -> None:
    """A voucher that was lost or given by mistake pays nothing any more.

    Raises ChangedMeanwhile, DomainError for one that was used.
    """
    rights.require(session, Right.KEEP_DEPOSITS)
    voucher = session.get(MealVoucher, voucher_id)
    if voucher is None or voucher.version != version:
        raise ChangedMeanwhile
    if voucher.used_on is not None:
        raise DomainError(f"餐券 {voucher.code} 已经用过，不能作废；用错了请撤销那一餐。")
    voucher.void_on = voucher.void_on or today
    session.flush()


def good_of(source: Source, resident_id: int, today: date) -> tuple[VoucherView, ...]:
    """What somebody can still pay with, the first to lapse first."""
    good = Sql(
        "v.resident_id = ? AND v.used_on IS NULL AND v.void_on IS NULL"
        " AND (v.expires_on IS NULL OR v.expires_on >= ?)",
        (resident_id, today.isoformat()),
    )
    order = "ORDER BY v.expires_on IS NULL, v.expires_on, v.id"
    return tuple(
        _view(row) for row in lookup_of(source).rows(query(_COLUMNS, _TABLES, [good], order))
    )


def value_of(source: Source, code: str) -> int | None:
    """What a code is worth in 分; None where it is no voucher of ours. For the counter's sum."""
    found: int | None = lookup_of(source).value(
        query("value", "meal_voucher", [Sql("code = ?", (_tidy(code),))])
    )
    return found


def voucher_ids(source: Source, state: str, text: str, *, today: date) -> list[int]:
    """Vouchers in one of the states, '' for all; by whose, why or which code; the latest first."""
    where = [_in_state(state, today)] if state else []
    typed = text.strip()
    if typed:
        words = [contains(column, typed) for column in ("r.name", "v.reason")]
        where.append(any_of([*words, contains("v.code", _tidy(typed))]))
    asked = query("v.id", _TABLES, where, "ORDER BY v.id DESC")
    return list(lookup_of(source).column(asked))


def some(source: Source, ids: Sequence[int]) -> tuple[VoucherView, ...]:
    """Those of the ids, in their order."""
    asked = query(_COLUMNS, _TABLES, [one_of("v.id", ids)])
    found = {row[0]: _view(row) for row in lookup_of(source).rows(asked)}
    return tuple(found[key] for key in ids if key in found)


def _in_state(state: str, today: date) -> Sql:
    day = today.isoformat()
    unused = "v.used_on IS NULL AND v.void_on IS NULL AND"
    return {
        UNUSED: Sql(f"{unused} (v.expires_on IS NULL OR v.expires_on >= ?)", (day,)),
        USED: Sql("v.used_on IS NOT NULL AND v.void_on IS NULL"),
        LAPSED: Sql(f"{unused} v.expires_on < ?", (day,)),
        VOID: Sql("v.void_on IS NOT NULL"),
    }[state]


def _check_issue(
    residents: Sequence[int | None],
    value: int,
    why: str,
    each: int,
    expires_on: date | None,
    today: date,
) -> None:
    if not residents or each < 1:
        raise DomainError("请先选发给谁，或者填要几张不记名的。")
    if len(residents) * each > MOST_AT_ONCE:
        raise DomainError(f"一次最多发 {MOST_AT_ONCE} 张，请分几次发。")
    if value <= 0:
        raise DomainError("面值要大于 0 元。")
    if not why:
        raise DomainError("请写明为什么发，如“重阳节慰问”，以后查账要看。")
    if expires_on is not None and expires_on < today:
        raise DomainError(f"有效期 {expires_on:%Y-%m-%d} 已经过了，请改晚一些。")


def _check_good(voucher: MealVoucher, resident_id: int | None, on_date: date) -> None:
    if voucher.void_on is not None:
        raise DomainError(f"餐券 {voucher.code} 已于 {voucher.void_on:%Y-%m-%d} 作废，不能用。")
    if voucher.used_on is not None:
        raise DomainError(f"餐券 {voucher.code} 已于 {voucher.used_on:%Y-%m-%d} 用过，不能再用。")
    if voucher.expires_on is not None and voucher.expires_on < on_date:
        raise DomainError(f"餐券 {voucher.code} 已于 {voucher.expires_on:%Y-%m-%d} 到期，不能用。")
    if voucher.resident_id not in (None, resident_id):
        raise DomainError(f"餐券 {voucher.code} 是发给别人的，只能本人用。请换一种付款方式。")


def _present(session: Session, resident_id: int | None) -> int | None:
    return None if resident_id is None else people.get_present(session, resident_id).id


def _fresh(session: Session) -> str:
    code = card_codes.fresh(_BEGIN)
    while session.scalar(select(MealVoucher.id).where(MealVoucher.code == code)) is not None:
        code = card_codes.fresh(_BEGIN)
    return code


def _tidy(code: str) -> str:
    return compact(code).upper()


_COLUMNS = (
    "v.id, v.version, v.code, v.value, v.resident_id, r.name, v.issued_on, v.expires_on, v.reason,"
    " v.used_on, v.void_on, v.issued_by,"
    " (SELECT max(m.id) FROM meal m WHERE m.voucher_id = v.id AND m.voucher_id > 0)"
)
_TABLES = "meal_voucher v LEFT JOIN resident r ON r.id = v.resident_id"


def _view(values: tuple[Any, ...]) -> VoucherView:
    key, version, code, value, resident, name, issued, expires, why, used, void_on, by, meal = (
        values
    )
    return VoucherView(
        id=key,
        version=version,
        code=code,
        value=value,
        resident_id=resident,
        name=name or "",
        issued_on=date.fromisoformat(issued),
        expires_on=day_of(expires),
        reason=why,
        used_on=day_of(used),
        void_on=day_of(void_on),
        issued_by=by,
        meal_id=meal,
    )
