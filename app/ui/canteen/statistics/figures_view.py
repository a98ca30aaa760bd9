"""The figures at the left of their paper: nine tables, of which one is seen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.models import MealOpinion
from app.reports.points_statistics import Section
from app.services import meal_statistics_paper as words
from app.services.meal_absence import Absence
from app.services.meal_opinions import OpinionView
from app.services.meal_statistics import Statistics
from app.services.meal_statistics_paper import Line
from app.ui.canteen.statistics.columns import ABSENT, CARDS, SUMS, figures
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState, counting
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

NAMES = ("汇总", "年龄", "档次", "餐次", "方式", "日期", "补贴", "意见", "没来")
CARDS_PART, ABSENT_PART = NAMES.index("意见"), NAMES.index("没来")
_BORNE_PART, _BORNE = NAMES.index("补贴"), ("承担方", *words.BORNE)
SUM_HEADINGS = ("项目", "数", "说明")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ADVICE = "换一个时间，或者先在“柜台”记餐。"


class FiguresView(QWidget):
    """`show_statistics` puts other figures in; cards and who stays away are lists of their own."""

    part_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._lines: list[Sequence[Any]] = [() for _ in NAMES]
        self._period = ""
        self.parts = Segments([(number, name, name) for number, name in enumerate(NAMES)])
        self.tables = [
            PagedTable(self._model(0, SUMS), name="食堂统计 汇总"),
            *(self._breakdown(place) for place in range(1, _BORNE_PART)),
            PagedTable(self._model(_BORNE_PART, figures(_BORNE)), name="食堂统计 补贴"),
            PagedTable(self._model(CARDS_PART, CARDS), name="满意度卡"),
            PagedTable(self._model(ABSENT_PART, ABSENT), name="没来的常客"),
        ]
        self.average = small()
        self.type_button = Button("录入卡片", size="small", action="new")
        self.cards_button = Button("打印空白卡", size="small", action="opinion_cards")
        self.remove_button = Button("删除", size="small", kind="ghost")
        self.care_button = Button("记成关怀", size="small", action="raise_absence")
        may = context.may(Right.RUN_CANTEEN)
        offer(may, self.type_button, self.remove_button, self.care_button)
        offer(context.may(Right.PRINT), self.cards_button)
        self.history = history_button(context, self, self._record)
        self._stack = QStackedWidget()
        self._lay_out()
        for table in self.tables:
            table.installEventFilter(self)
        self.parts.chosen.connect(self.show_part)
        self.show_part(0)

    @property
    def part(self) -> int:
        return self._stack.currentIndex()

    @property
    def card(self) -> OpinionView | None:
        """The card under the cursor."""
        found: OpinionView | None = self._current(CARDS_PART)
        return found

    @property
    def absent(self) -> Absence | None:
        """Who is under the cursor of those who stay away."""
        found: Absence | None = self._current(ABSENT_PART)
        return found

    def show_part(self, number: object) -> None:
        """汇总, 年龄 … 没来."""
        place = int(str(number))
        self.parts.show_value(place)
        self._stack.setCurrentIndex(place)
        self.setFocusProxy(self.tables[place])
        self.part_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From a table ← → lead to the one beside it."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.modifiers() or event.key() not in _STEPS:
            return super().eventFilter(watched, event)
        self.show_part((self.part + _STEPS[Qt.Key(event.key())]) % len(NAMES))
        self.focus_list()
        return True

    def focus_list(self) -> None:
        self.tables[self.part].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_statistics(
        self, found: Statistics, cards: Sequence[OpinionView], absent: Sequence[Absence]
    ) -> None:
        """Of other days, or read anew."""
        if not self._period:
            self._say_what_is_missing()
        self._period = found.period.words
        told = [lines_of(one) for one in words.sections(found)][: CARDS_PART - 1]
        sums: Sequence[Line] = words.summary(found) if found.total.meals or found.cards else ()
        self._lines = [sums, *told, cards, absent]
        for table, lines in zip(self.tables, self._lines, strict=True):
            current = table.currentIndex().row()
            table.paged_model.set_ids(range(len(lines)))
            if lines and table in self.tables[CARDS_PART:]:
                table.select_row(min(max(current, 0), len(lines) - 1))
        marks = (f"{one.name} {one.average:.1f}" for one in found.asked if one.average is not None)
        self.average.setText(f"平均：{'　'.join(marks)}" if cards else "")
        self.remove_button.setEnabled(bool(cards))
        self.care_button.setEnabled(bool(absent))

    def _current(self, part: int) -> Any:
        number = self.tables[part].current_id()
        return None if number is None else self._lines[part][number]

    def _lay_out(self) -> None:
        for name, table in zip(NAMES, self.tables, strict=True):
            table.paper.title = f"{words.TITLE}　{name}"
            table.paper.personal = False
            table.paper.filter_words = lambda: self._period
            table.set_empty(counting())
            foot: QWidget = TableFoot(table)
            if name in _ACTS:
                foot = self._with_acts(name, foot)
            self._stack.addWidget(TableCard(table, foot))
        cards, absent = self.tables[CARDS_PART], self.tables[ABSENT_PART]
        cards.paper.title, absent.paper.title = "用餐满意度", "好几天没来的常客"
        absent.paper.personal = cards.paper.personal = True
        absent.paper.people = lambda ids: [self._lines[ABSENT_PART][one].resident_id for one in ids]
        absent.paper.filter_words = lambda: "到今天为止"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(10))
        layout.addLayout(row(self.parts, None))
        layout.addWidget(self._stack, 1)

    def _say_what_is_missing(self) -> None:
        """Known once it was counted."""
        for table in self.tables[:CARDS_PART]:
            table.set_empty(EmptyState("chart-bar", "这段时间没有人用餐", _ADVICE))
        advice = "打印空白卡放在桌上，收回来按“录入卡片”。"
        none = EmptyState("message-text-outline", "这段时间没有满意度卡", advice)
        self.tables[CARDS_PART].set_empty(none)
        none = EmptyState("check-circle-outline", "没有好几天没来的常客")
        self.tables[ABSENT_PART].set_empty(none)

    def _record(self) -> Record | None:
        card = self.card
        return Record(MealOpinion, card.id, f"{card.on_date:%m-%d} 满意度卡") if card else None

    def _with_acts(self, name: str, foot: QWidget) -> QWidget:
        sides = (12, 0, 12, 8)
        if name == NAMES[ABSENT_PART]:
            return box(column(foot, row(self.care_button, None, margins=sides), spacing=0))
        acts = row(
            *(self.type_button, self.cards_button, None, self.history, self.remove_button),
            margins=sides,
        )
        told = row(self.average, None, margins=(12, 6, 12, 0))
        return box(column(told, foot, acts, spacing=0))

    def _breakdown(self, place: int) -> PagedTable:
        columns = figures((NAMES[place], *words.FIGURES))
        return PagedTable(self._model(place, columns), name="食堂统计 明细")

    def _model(self, place: int, columns: Sequence[Any]) -> PagedTableModel:
        return PagedTableModel(columns, lambda ids: [self._lines[place][one] for one in ids])


_ACTS = (NAMES[CARDS_PART], NAMES[ABSENT_PART])


def lines_of(section: Section) -> Sequence[Line]:
    """The lines with their total; none where nobody ate."""
    total = (section.total,) if section.total else ()
    return (*section.rows, *total) if section.rows else ()
