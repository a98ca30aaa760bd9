"""经费 for the sweep: a year with two sources, a project, what was paid, what was met."""

from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.context import Context
from app.models import FundEntry, Project
from app.services import fund_sources, fund_views, funds
from app.services.fund_sources import SourceInput
from app.services.funds import EntryInput
from app.ui.meetings.fund.entry_dialog import SPEND, EntryDialog
from app.ui.meetings.fund.line_dialog import LineDialog
from app.ui.meetings.fund.source_dialog import SourceDialog
from app.ui.people.meetings_wish import ShowFundEntry

YEAR = 2026


def lived(context: Context) -> int:
    """The year's book, once per office; gives the id of its last line."""
    with context.database.transaction("经费") as session:
        known = session.scalar(select(FundEntry.id).where(FundEntry.payee == "光明灯具店"))
        return known if known is not None else _book(session, context)


def _book(session: Any, context: Context) -> int:
    now = context.clock.now()
    city, district = (
        fund_sources.save(session, None, SourceInput(year=YEAR, name=name, planned=100_000_00))
        for name in ("市级经费", "区级经费")
    )
    project = Project(number="项-2026-801", year=YEAR, name="楼道照明改造", funded=True)
    project.budget, project.entered_at, project.approval = 18_600_00, now, "海街发〔2026〕31 号"
    session.add(project)
    session.flush()
    day = now.date()
    for source in (city, district):
        entered = EntryInput(source_id=source, amount=100_000_00, on_date=day, words="拨入全年经费")
        funds.grant(session, entered, now=now)
    paid = EntryInput(
        source_id=city,
        amount=6_480_00,
        on_date=day,
        words="购买声控灯 216 盏",
        project_id=project.id,
        ticket="0012345",
        payee="光明灯具店",
        handled_by="赵敏",
        approved_by="周立群",
    )
    wrong = funds.spend(session, paid, now=now)
    funds.reverse(session, wrong, reason="金额记错了", now=now)
    return funds.spend(session, paid, now=now)


def tab(stage: Any, page: Any) -> None:
    page.show_record(ShowFundEntry(lived(stage.context())))


def _spend(stage: Any) -> QWidget:
    context = stage.context()
    lived(context)
    with context.database.lookup() as lookup:
        sources = fund_views.sources(lookup, YEAR)
        projects = fund_views.projects(lookup, YEAR)
    dialog = EntryDialog(context, SPEND, sources, projects)
    dialog.amount.setText("20000")
    dialog.reason_field.show()
    dialog.reason_field.set_message("“办公”在专项经费不得使用的范围里。", "warn")
    return dialog


PAGES = {"经费": tab}
DIALOGS = {
    "专项经费支出": _spend,
    "专项经费的一笔": lambda stage: LineDialog(stage.context(), lived(stage.context())),
    "经费来源": lambda stage: SourceDialog(stage.context(), YEAR),
}
