"""What stands on the papers of the ledger: the two registers and the voucher.

Names are whole: these papers stay in the office (domain.md 10.2).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Deed, EntryKind
from app.reports.points_register import PointsRegister, RegisterLine
from app.reports.redemption_register import RedemptionLine, RedemptionRegister
from app.reports.voucher import Voucher, VoucherLine
from app.services import points_filter, points_views
from app.services.papers import Printing, committee
from app.services.periods import Period
from app.services.points_filter import LedgerFilter, LineKind
from app.services.points_views import LedgerLine, LineState
from app.storage.lookup import Lookup, Sql, lookup_of, query
from app.values.times import hours_figure

_NOT_GIVEN = (EntryKind.REDEEMED, EntryKind.EXPIRED, EntryKind.MOVED_OUT, EntryKind.MOVED_IN)
_GONE = {LineState.REVERSED: "已冲正", LineState.REVERSAL: "冲正"}


def points_register(
    session: Session, chosen: LedgerFilter, words: str, printing: Printing
) -> tuple[PointsRegister, list[int]]:
    """积分登记表: what was given, of what the filter finds, and taken back; and its people.

    Raises DomainError where that is nothing.
    """
    every = replace(chosen, waiting=False, returned=False)
    keys = list(reversed(points_filter.booked_ids(session, every)))
    lines = [one for one in points_views.rows(session, keys) if _given(one)]
    if chosen.kind is LineKind.REDEEMED or not lines:
        raise DomainError("选定的范围里没有记过积分，没有可打印的。请换个月份，或去掉筛选。")
    data = PointsRegister(
        office=committee(session),
        filter_words=words,
        lines=[_register_line(one) for one in lines],
        hours=hours_figure(sum(one.half_hours for one in lines)),
        points=f"{sum(one.points for one in lines):,}",
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return data, _people(lines)


def redemption_register(
    session: Session, period: Period, printing: Printing
) -> tuple[RedemptionRegister, list[int]]:
    """兑换登记表 of a period; and the residents who stand in it.

    Raises DomainError where nothing was redeemed.
    """
    rows = _redeemed(lookup_of(session), period)
    if not rows:
        raise DomainError(f"{period.words}没有兑换，没有可打印的。请换个月份。")
    counted = {row[0]: row[5] for row in rows if row[8] is None}
    data = RedemptionRegister(
        office=committee(session),
        filter_words=period.words,
        lines=_redemption_lines(rows),
        count=len(counted),
        points=f"{sum(counted.values()):,}",
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return data, list(dict.fromkeys(row[4] for row in rows if row[4] is not None))


def voucher(session: Session, keys: Sequence[int], printing: Printing) -> tuple[Voucher, list[int]]:
    """记账凭证 of these lines; and the residents who stand on it."""
    lines = points_views.rows(session, keys)
    matters = list(dict.fromkeys(f"{one.title} {one.detail}".strip() for one in lines))
    data = Voucher(
        office=committee(session),
        about=matters[0] if len(matters) == 1 else f"{matters[0]} 等 {len(matters)} 项",
        lines=[_voucher_line(one) for one in lines],
        hours=hours_figure(sum(one.half_hours for one in lines)),
        added=f"{sum(one.points for one in lines if one.points > 0):,}",
        taken=f"{-sum(one.points for one in lines if one.points < 0):,}",
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return data, _people(lines)


# -- lines


def _given(line: LedgerLine) -> bool:
    """What is spent, lapses or only moves within a household is in other registers."""
    return line.redemption_id is None and line.kind not in _NOT_GIVEN


def _register_line(line: LedgerLine) -> RegisterLine:
    return RegisterLine(
        on_date=line.on_date.isoformat(),
        name=line.name,
        home=line.place,
        grid=line.grid,
        kind=Deed.of(line.deed).label if line.deed else "",
        matter=f"{line.title} {line.detail}".strip(),
        hours=line.hours,
        each=line.rate,
        points=f"{line.points:,}",
        witness=line.witness,
        reviewed_by=line.reviewed_by,
        note=_GONE.get(line.state, ""),
    )


def _voucher_line(line: LedgerLine) -> VoucherLine:
    return VoucherLine(
        number=f"{line.row_id}",
        on_date=line.on_date.isoformat(),
        name=line.name,
        matter=f"{line.title} {line.detail}".strip(),
        hours=line.hours,
        added=line.added,
        taken=line.taken,
        balance="" if line.balance is None else f"{line.balance:,}",
        entered_by=line.by,
        reviewed_by=line.reviewed_by,
    )


def _redeemed(lookup: Lookup, period: Period) -> list[tuple[Any, ...]]:
    """Redemption, number, day, name, resident, points, before, by, taken back; article, spec,
    quantity, points of one. The first redemption first."""
    columns = """d.id, d.number, d.on_date,
        coalesce(r.name, outsider.name, head.name || '一户', ''), coalesce(r.id, head.id),
        d.points, d.before, d.entered_by, d.taken_back_at, l.name, l.spec, l.quantity, l.points,
        d.proxy"""
    joined = """redemption AS d JOIN redemption_line AS l ON l.redemption_id = d.id
        JOIN points_account AS a ON a.id = d.account_id
        LEFT JOIN volunteer AS outsider ON outsider.id = a.volunteer_id
        LEFT JOIN household ON household.id = a.household_id
        LEFT JOIN resident AS head ON head.id = household.head_id
        LEFT JOIN resident AS r ON r.id = coalesce(d.resident_id, a.resident_id)"""
    days = Sql("d.on_date BETWEEN ? AND ?", (period.first.isoformat(), period.last.isoformat()))
    return list(lookup.rows(query(columns, joined, [days], "ORDER BY d.id, l.id")))


def _redemption_lines(rows: Sequence[tuple[Any, ...]]) -> list[RedemptionLine]:
    """What holds for the whole redemption stands with its first article only."""
    lines, before = [], None
    for key, number, day, name, _, points, had, by, gone, goods, spec, count, each, proxy in rows:
        first = key != before
        before = key
        who = f"{name}（{proxy} 代）" if proxy else name
        left = "已撤销" if gone else f"{had - points:,}"
        lines.append(
            RedemptionLine(
                on_date=day if first else "",
                number=number if first else "",
                name=who if first else "",
                goods=f"{goods} {spec or ''}".strip(),
                quantity=f"{count:,}",
                each=f"{each:,}",
                points=f"{each * count:,}",
                left=left if first else "",
                entered_by=by if first else "",
            )
        )
    return lines


def _people(lines: Sequence[LedgerLine]) -> list[int]:
    return list(dict.fromkeys(one.resident_id for one in lines if one.resident_id is not None))
