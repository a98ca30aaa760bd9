"""What hangs on the board as 积分公示: the accounts of a month, names masked (domain.md 10.2)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import EntryKind
from app.reports.points_notice import NoticeLine, PointsNotice
from app.reports.words import long_date
from app.services import papers, points_months, settings
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.services.points_holders import HOLDERS, NAME, SHARED
from app.services.points_proof import month_lines, proof
from app.services.points_publishing import MonthView, closed_month
from app.services.redemption_slips import shop_name
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.masking import mask_name_public
from app.values.pinyin import sort_key

_TOLD = {
    EntryKind.EXPIRED: "到期清零",
    EntryKind.PENALTY: "扣分",
    EntryKind.MOVED_OUT: "户内转出",
    EntryKind.MOVED_IN: "户内转入",
    EntryKind.REVERSAL: "冲正",
}


def notice_paper(
    session: Session, month: int, printing: Printing, *, large: bool = False
) -> PointsNotice:
    """The list of a month; of one that is not closed it says so on its head.

    Raises DomainError where the books are apart: what hangs on the board adds up; and for whoever
    sees some grids only.
    """
    points_months.require_everybody(session)
    closed = closed_month(session, month)
    found = proof(session, month)
    if not found.agrees:
        raise DomainError("账账不符，公示的数加不拢。请先查清是谁的账，再看公示。")
    lines = tuple(lines_of(session, month))
    return PointsNotice(
        office=papers.committee(session),
        shop=shop_name(session),
        month=month_words(month),
        lines=lines,
        sums=NoticeLine("合计", found.opening, found.added, found.taken, found.closing),
        public=_public(session, closed),
        notes=_notes(session, month),
        signed_by=closed.signed_by if closed else "",
        draft="" if closed else "还没有月结，数字会变",
        # Printed again, it is the same list.
        printed_on=(closed.prepared_on if closed else None) or printing.at.date(),
        large=large,
    )


def lines_of(source: Source, month: int) -> Iterator[NoticeLine]:
    """The accounts of a month by the pinyin of their names, which are masked."""
    names = {
        key: (name, bool(shared))
        for key, name, shared in lookup_of(source).rows(query(f"a.id, {NAME}, {SHARED}", HOLDERS))
    }
    found = sorted(
        month_lines(source, month),
        key=lambda one: (sort_key(names[one.account_id][0]), one.account_id),
    )
    for one in found:
        name, shared = names[one.account_id]
        shown = mask_name_public(name) + ("一户" if shared else "")
        yield NoticeLine(shown, one.opening, one.added, one.taken, one.closing)


def _public(session: Session, closed: MonthView | None) -> str:
    if closed is not None and closed.posted_on and closed.public_until:
        return f"公示期 {long_date(closed.posted_on)}至{long_date(closed.public_until)}"
    return f"公示期 张贴之日起 {settings.value(session, settings.OBJECTION_DAYS)} 天"


def _notes(session: Session, month: int) -> tuple[str, ...]:
    """What the columns hold besides their headings, and where to object."""
    within = [Sql("month = ?", (month,))]
    added: list[str] = []
    taken: list[str] = []
    asked = query("kind, points > 0, sum(points)", "points_entry", within, "GROUP BY 1, 2")
    for kind, came, points in lookup_of(session).rows(asked):
        told = _TOLD.get(EntryKind.of(kind))
        if told is not None:
            (added if came else taken).append(f"{told} {abs(points):,} 分")
    return (
        f"“本月新增”一栏含{'、'.join(added)}。" if added else "",
        f"“本月兑换”一栏含{'、'.join(taken)}。" if taken else "",
        "志愿服务时长另记一本账，兑换积分不减时长。",
        _contact(session),
    )


def _contact(session: Session) -> str:
    phone = papers.public_phone(session)
    return f"有异议请在公示期内告诉社区{f'，电话 {phone}' if phone else ''}。"
