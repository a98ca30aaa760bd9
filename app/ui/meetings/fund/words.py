"""How the lines of the fund are shown and taken out."""

from app.models import FundKind
from app.services.fund_views import EntryView
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.money import yuan

_TONES = {
    FundKind.GRANTED: "ok",
    FundKind.SPENT: "info",
    FundKind.RETURNED: "warn",
    FundKind.REVERSAL: "grey",
}


def kind_chip(line: EntryView) -> Chip:
    """拨入, 支出; 已冲正 for a line that was met."""
    return Chip("已冲正", "grey") if line.reversed else Chip(line.kind.label, _TONES[line.kind])


def _words(line: EntryView) -> Cell:
    return Cell(line.words, sub=line.payee, strike=line.reversed)


def _project(line: EntryView) -> Cell:
    # Its number stands in the card of the projects; beside the money it would cut the name.
    return Cell(line.project.partition(" ")[2], tone="text2")


def _came(line: EntryView) -> Cell:
    return Cell(yuan(line.amount) if line.amount > 0 else "", strike=line.reversed)


def _went(line: EntryView) -> Cell:
    return Cell(yuan(-line.amount) if line.amount < 0 else "", strike=line.reversed)


COLUMNS = (
    Column("on_date", "日期", lambda line: f"{line.on_date:%m-%d}", 62),
    Column("kind", "种类", lambda line: Cell(chips=(kind_chip(line),)), 74),
    Column("words", "事由", _words, 150, weight=3),
    Column("project", "项目", _project, 96, weight=1, large_mode=False),
    Column("source", "来源", lambda line: Cell(line.source, tone="text2"), 76, large_mode=False),
    Column("came", "收入", _came, 100, align="right"),
    Column("went", "支出", _went, 96, align="right"),
    Column("balance", "余额", lambda line: Cell(yuan(line.balance), bold=True), 104, align="right"),
)
LEAVING = (
    Column("on_date", "日期", lambda line: line.on_date.isoformat(), 64),
    Column("source", "来源", lambda line: line.source, 50),
    Column("kind", "种类", lambda line: kind_chip(line).text, 44),
    Column("project", "项目", lambda line: line.project, 90, weight=1),
    Column("words", "事由", lambda line: line.words, 90, weight=1),
    Column("payee", "收款方", lambda line: line.payee, 70),
    Column("ticket", "票据号", lambda line: line.ticket, 56),
    Column("handled", "经手", lambda line: line.handled_by, 40),
    Column("approved", "审批", lambda line: line.approved_by, 40),
    Column("came", "收入", lambda line: _came(line).text, 60, align="right"),
    Column("went", "支出", lambda line: _went(line).text, 60, align="right"),
    Column("balance", "余额", lambda line: yuan(line.balance), 62, align="right"),
)
"""What is printed and exported."""
