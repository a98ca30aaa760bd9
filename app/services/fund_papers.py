"""Papers of the fund: its book, and the notice of how it was used."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, FundEntry, Project
from app.reports.fund_book import FundBook, FundLine
from app.services import fund_views, notices, papers, rights, settings
from app.services.fund_views import EntryView, Totals
from app.services.notice_kinds import CLOSING, PUBLICITY
from app.services.notices import NoticeText
from app.services.papers import Printing
from app.services.project_views import ProjectView
from app.services.publicity import AFFAIRS
from app.storage import journal
from app.values.money import yuan
from app.values.rights import Right


def book(
    session: Session, year: int, printing: Printing, *, source_id: int | None = None
) -> FundBook:
    """台账 of a year, of one source or of all."""
    lines = fund_views.entries(session, year, source_id=source_id)
    shown = [one for one in fund_views.sources(session, year) if source_id in (None, one.id)]
    which = shown[0].name if source_id is not None and shown else "全部来源"
    return FundBook(
        office=papers.committee(session),
        filter_words=f"{year} 年，{which}",
        lines=[_line(one) for one in lines],
        note=proof(fund_views.totals(shown)),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def proof(sums: Totals) -> str:
    """拨入 200,000.00 － 支出 18,600.00 ＝ 结余 181,400.00 元."""
    back = f" － 退回 {yuan(sums.returned)}" if sums.returned else ""
    return (
        f"拨入 {yuan(sums.granted)} － 支出 {yuan(sums.spent)}{back}"
        f" ＝ 结余 {yuan(sums.balance)} 元"
    )


def note_printed(session: Session, year: int) -> None:
    """Put on record that the book was printed."""
    ids = [one.id for one in fund_views.entries(session, year)]
    if ids:
        journal.record_look(session, Action.PRINTED, FundEntry, ids)


def publish(session: Session, year: int, *, now: datetime) -> int:
    """Write the 公示 of how the year's money was used; gives its id in 文书.

    One of the seven matters of 居务公开 (居委会组织法 34): it hangs fifteen days at least. Raises
    DomainError for a year without a line.
    """
    rights.require(session, Right.KEEP_FUND)
    sources = fund_views.sources(session, year)
    if not any(one.granted or one.spent for one in sources):
        raise DomainError(f"{year} 年还没有收支，没有可以公示的。")
    projects = fund_views.projects(session, year)
    text = _text(session, year, fund_views.totals(sources), projects, now.date())
    notice_id = notices.add(session, text, now=now)
    for row in session.scalars(select(Project).where(Project.id.in_([p.id for p in projects]))):
        # One with a 公示 of its own keeps it, with its objections.
        if notices.kept(session, row.notice_id) is None:
            row.notice_id = notice_id
    session.flush()
    return notice_id


def _text(
    session: Session, year: int, sums: Totals, projects: Sequence[ProjectView], today: date
) -> NoticeText:
    return replace(
        notices.blank(session, today=today, kind_name=PUBLICITY),
        title=f"关于 {year} 年服务群众专项经费使用情况的公示",
        body="\n".join(_body(year, sums, projects, today)),
        period_days=settings.value(session, settings.FUND_DAYS),
        affair=AFFAIRS[1],
    )


def _body(year: int, sums: Totals, projects: Sequence[ProjectView], today: date) -> list[str]:
    lines = [
        f"截至 {today:%Y-%m-%d}，{year} 年服务群众专项经费使用情况如下：",
        "一、总的收支",
        f"{proof(sums)}。",
        "二、项目支出",
    ]
    lines += [
        f"{number}.{one.name}：预算 {yuan(one.budget)} 元，已支出 {yuan(one.spent)} 元"
        f"{f'，议定依据 {one.resolution}' if one.resolution else ''}"
        f"{f'，{one.accepted_on:%Y-%m-%d} 验收' if one.accepted_on else ''}。"
        for number, one in enumerate(projects, start=1)
    ] or ["今年还没有项目支出。"]
    return [*lines, CLOSING]


def _line(one: EntryView) -> FundLine:
    met = "（已冲正）" if one.reversed else ""
    return FundLine(
        on_date=one.on_date,
        source=one.source,
        kind=f"{one.kind.label}{met}",
        project=one.project,
        words=one.words,
        payee=one.payee,
        ticket=one.ticket,
        amount=one.amount,
        balance=one.balance,
    )
