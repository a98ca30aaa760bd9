"""One line of the ledger: all that was written down, where its points came from or went."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_trace, points_views, service_facts
from app.services.points_filter import Book, key_of
from app.services.points_trace import TraceLine
from app.services.points_views import LedgerLine
from app.storage.lookup import Source
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import title as title_label
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.ledger import actions
from app.ui.points.ledger.claim_rows import quantity_words

COLUMNS = (
    Column("date", "日期", lambda one: one.line.on_date.isoformat(), 100),
    Column("name", "姓名", lambda one: one.line.name, 76, large_mode=False),
    Column(
        "matter", "事项与来源", lambda one: Cell(one.line.title, sub=one.line.detail), 150, weight=1
    ),
    Column("points", "分", lambda one: f"{abs(one.points):,}", 50, align="right"),
)
_LINES = 4


class LineDialog(Dialog):
    """Enter on a line of the table goes on to that one: from the soap back to the afternoon."""

    def __init__(self, context: Context, key: int, parent: QWidget | None = None) -> None:
        super().__init__("一笔积分", parent, width=640)
        self._context = context
        self._traces: dict[int, TraceLine] = {}
        self.left = False
        """Whether the user went on to where the line came from"""
        self.facts = Facts(label=72)
        self.heading = title_label("")
        self.model = PagedTableModel(COLUMNS, self._rows)
        self.table = PagedTable(self.model, name="积分的来路")
        self.table.paper.offered = False
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + _LINES * metrics.row)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.table)
        self.source = self.add_button(Button("", cap="Ctrl+Enter"))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.source.clicked.connect(self._go_to_source)
        self.table.opened.connect(self.show_line)
        self.show_line(key)

    def show_line(self, key: int) -> None:
        """This line, and what it hangs together with."""
        with self._context.database.lookup() as lookup:
            found = points_views.rows(lookup, [key])
            if not found:
                return
            self.line = found[0]
            traces = self._traced(lookup, self.line)
            service = _service(lookup, self.line)
        self.facts.set_pairs([*_pairs(self.line), *service])
        self._traces = {one.line.key: one for one in traces}
        self.table.set_empty(EmptyState("timeline-clock-outline", self._nothing()))
        self.model.set_ids(list(self._traces))
        self.heading.setText("用的是这些积分" if self._spends else "这些积分用在")
        words = actions.source_words(self.line)
        self.source.setText(words or "看活动")
        self.source.setVisible(bool(words))
        # The key of a hidden button is to be dead too.
        self.source.setEnabled(bool(words))
        self.table.setFocus()

    @property
    def _spends(self) -> bool:
        return self.line.points < 0

    def _nothing(self) -> str:
        if self.line.waits:
            return "还没有复核，没有入账"
        if self.line.book is not Book.ENTRY:
            return "时长另有一本账，兑换不减少"
        return "没有用到积分" if self._spends else "还没有用过"

    def _traced(self, source: Source, line: LedgerLine) -> list[TraceLine]:
        if line.book is not Book.ENTRY:
            return []
        if line.points < 0:
            return points_trace.used_from(source, line.row_id)
        giver = points_trace.origin(source, line.row_id)
        came = points_views.rows(source, [key_of(Book.ENTRY, giver)]) if giver else []
        return [
            *(TraceLine(one, line.points) for one in came),
            *points_trace.used_for(source, line.row_id),
        ]

    def _rows(self, keys: Sequence[int]) -> list[TraceLine]:
        return [self._traces[key] for key in keys]

    def _go_to_source(self) -> None:
        self.left = True
        self.accept()
        actions.open_source(self._context, self.line)


def _pairs(line: LedgerLine) -> list[tuple[str, str]]:
    """What is known of it; what was not said has no line."""
    who = f"{line.name}　{line.place}".strip()
    balance = f"，余额 {line.balance:,}" if line.balance is not None else ""
    number = f"{line.row_id}　" if line.book is Book.ENTRY else ""
    by = f"{line.by}　{line.at:%Y-%m-%d %H:%M}"
    told = (
        ("流水", f"{number}{line.state.label}"),
        ("谁", who),
        ("日期", line.on_date.isoformat()),
        ("事项", f"{line.title}　{line.detail}".strip()),
        ("规则", _rule(line)),
        ("积分", f"{actions.worth(line)}{balance}"),
        ("原因", line.reason),
        ("证明人", line.witness),
        ("经手", by),
        ("复核", line.reviewed_by),
        ("退回说明", line.answer),
    )
    return [(name, words) for name, words in told if words]


def _service(source: Source, line: LedgerLine) -> list[tuple[str, str]]:
    """Where service was done and who led it, where no activity tells it."""
    if line.claim_id is None or not line.half_hours:
        return []
    facts = service_facts.of_claim(source, line.claim_id)
    told = (
        ("服务时间", facts.time),
        ("地点", facts.place),
        ("组织单位", facts.organiser),
        ("负责人", facts.leader),
        ("谁招募的", "" if facts.ours else "其他单位，时长证明由那个单位出具"),
    )
    return [(name, words) for name, words in told if words]


def _rule(line: LedgerLine) -> str:
    """2 × 1 分/小时, as it was reckoned."""
    if not line.rate:
        return ""
    return f"{quantity_words(abs(line.quantity))} × {line.rate}" if line.quantity else line.rate
