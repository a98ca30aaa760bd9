"""节假日: the days off and the worked weekends by which working days are counted."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.services import calendar, publicity, requests
from app.services.calendar import GUESSED, DayView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import Chip
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, column, row, small, title
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import CellValue, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.date_line import DateLine
from app.values.days import weekday
from app.values.holiday_order import OrderedDay

_OFF, _WORKED = "放假", "上班（调休）"
_YEARS_BACK, _YEARS_AHEAD = 1, 2
_PASTE_HINT = "把国务院办公厅的放假通知整段粘贴到这里。也认 JSON 格式的节假日数据。"


class HolidaysTab(QWidget):
    """The year's days at the left, what is added at the right: by hand or by the yearly order."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._days: dict[int, DayView] = {}
        this_year = context.clock.today().year
        years = range(this_year - _YEARS_BACK, this_year + _YEARS_AHEAD + 1)
        self.year = choice([str(one) for one in years], str(this_year), name="年份")
        self.model = PagedTableModel(_COLUMNS, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="节假日")
        self.table.set_empty(EmptyState("calendar-blank-outline", "这一年还没有节假日"))
        self.count = small()
        self.guessed = Notice(GUESSED, "节假日公布后，在右边粘贴放假通知。", tone="warn")
        self._lay_out()
        self.table.opened.connect(self.edit)
        self.year.currentTextChanged.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Read the chosen year anew."""
        year = int(self.year.currentText())
        with self._context.database.reading() as session:
            found = calendar.days(session, year)
        self._days = {one.id: one for one in found}
        self.model.set_ids(list(self._days))
        off = sum(not one.works for one in found)
        words = f"放假 {off} 天，调休上班 {len(found) - off} 天" if found else ""
        self.count.setText(words)
        self.guessed.setVisible(not found)

    def show_year(self, year: int) -> None:
        """Another year, also one that the list does not offer."""
        if self.year.findText(str(year)) < 0:
            self.year.addItem(str(year))
        self.year.setCurrentText(str(year))

    def add(self) -> None:
        """Enter the days of the form."""
        with domain_errors_shown(self):
            first = self.first.value()
            last = self.last.value() or first
            if first is None or last is None or self.last.is_wrong:
                raise DomainError("请填日期，如 2027-02-05；只有一天的，最后一天可以不填。")
            name, works = self.name.text(), self.works.currentText() == _WORKED
            with self._context.database.transaction(f"填写节假日 {name}") as session:
                changed = calendar.set_span(session, first=first, last=last, works=works, name=name)
                _recount(session)
            self._changed(f"已填写 {name}，{changed} 天有变化", first.year)

    def edit(self, day_id: int) -> None:
        """Put a day of the list into the form, to be entered again as it should be."""
        one = self._days[day_id]
        self.first.set_value(one.day)
        self.last.set_value(None)
        self.works.setCurrentText(_WORKED if one.works else _OFF)
        self.name.setText(one.name)
        self.name.setFocus()

    def read_pasted(self) -> None:
        """Read the pasted order, say what was found, and enter it when that is confirmed."""
        with domain_errors_shown(self):
            year = int(self.year.currentText())
            found = calendar.read_pasted(self.pasted.toPlainText(), year=year)
            if not confirm(self, "写入节假日", _summary(found), "写入"):
                return
            with self._context.database.transaction("导入节假日安排") as session:
                changed = calendar.enter(session, found)
                _recount(session)
            self.pasted.clear()
            self._changed(f"已导入节假日，{changed} 天有变化", found[-1].day.year)

    def remove(self) -> None:
        """Take the ticked days out of the calendar."""
        ids = self.model.ticked_in_order()
        words = f"删除勾选的 {len(ids)} 天，它们按星期几算上班还是休息。删了还能撤销。"
        if not ids or not confirm(self, "删除节假日", words, "删除", destructive=True):
            return
        with domain_errors_shown(self):
            with self._context.database.transaction(f"删除节假日 {len(ids)} 天") as session:
                calendar.remove(session, ids)
                _recount(session)
            self.model.tick_all(on=False)
            self._changed(f"已删除 {len(ids)} 天", int(self.year.currentText()))

    # -- inside

    def _lay_out(self) -> None:
        self.table.paper.personal = False
        foot = TableFoot(self.table, unit="天")
        self.remove_button = Button("删除", kind="danger", size="small")
        self.remove_button.clicked.connect(self.remove)
        foot.add(self.remove_button)
        self.year.setFixedWidth(theme.current().px(110))
        head = row(Label("年份", tone="text2"), self.year, self.count, None, spacing=10)
        left = column(head, self.guessed, (TableCard(self.table, foot), 1), spacing=10)
        right = column(self._form_card(), (self._paste_card(), 1), spacing=12)
        self.setLayout(row((left, 3), (right, 2), spacing=12))

    def _form_card(self) -> Card:
        today = self._context.clock.today()
        self.first = DateLine(today, future=True)
        self.last = DateLine(today, future=True)
        self.last.setPlaceholderText("只有一天可不填")
        self.works = choice([_OFF, _WORKED])
        self.name = line_edit(hint="如 春节", limit=40)
        form = Form(label=72)
        form.add("第一天", self.first, required=True)
        form.add("最后一天", self.last)
        form.add("这几天", self.works)
        form.add("名称", self.name, required=True)
        form.finish()
        form.save_requested.connect(self.add)
        self.add_button = Button("填写", kind="primary", cap="Ctrl+Enter")
        self.add_button.clicked.connect(self.add)
        card = Card(margins=(20, 14, 20, 14))
        card.body.addWidget(title("手工填写"))
        card.body.addWidget(form)
        card.body.addLayout(row(None, self.add_button))
        # The text below may become small; the fields may not be pressed together.
        card.setMinimumHeight(card.sizeHint().height())
        return card

    def _paste_card(self) -> Card:
        self.pasted = QPlainTextEdit()
        self.pasted.setPlaceholderText(_PASTE_HINT)
        self.pasted.setAccessibleName("放假通知")
        self.pasted.setTabChangesFocus(True)
        self.pasted.setMinimumHeight(theme.current().px(40))
        self.read_button = Button("读取…")
        self.read_button.clicked.connect(self.read_pasted)
        card = Card(margins=(20, 14, 20, 14))
        card.body.addWidget(title("粘贴放假通知"))
        card.body.addWidget(self.pasted, 1)
        card.body.addLayout(row(small("读到什么先给您看，确认了才写入。"), None, self.read_button))
        return card

    def _fetch(self, ids: Sequence[int]) -> list[DayView]:
        return [self._days[one] for one in ids]

    def _changed(self, words: str, year: int) -> None:
        self.show_year(year)
        self.refresh()
        self._context.signals.changed.emit(Area.OFFICE | Area.PAPERS | Area.REQUESTS)
        notify(self._context.signals, words)


def _recount(session: Session) -> None:
    """What was reckoned by the calendar before: last days of 公示, deadlines of requests."""
    publicity.recount(session)
    requests.recount(session)


def _summary(found: Sequence[OrderedDay]) -> str:
    """读到 39 天：元旦 放假 01-01 至 01-03 …"""
    off = [one for one in found if not one.works]
    worked = [f"{one.day:%m-%d}" for one in found if one.works]
    names = dict.fromkeys(one.name for one in off)
    parts = [f"{name} {_days([one.day for one in off if one.name == name])}" for name in names]
    if worked:
        parts.append(f"调休上班 {'、'.join(worked)}")
    years = "、".join(dict.fromkeys(str(one.day.year) for one in found))
    return f"读到 {years} 年 {len(found)} 天：{'；'.join(parts)}。核对无误再写入。"


def _days(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d} 至 {last:%m-%d}"


def _state(one: DayView) -> CellValue:
    return (Chip("上班", "warn") if one.works else Chip("放假", "ok"),)


_COLUMNS = (
    Column("day", "日期", lambda one: f"{one.day:%Y-%m-%d}", 120, bold=True),
    Column("weekday", "星期", lambda one: f"周{weekday(one.day)}", 80),
    Column("works", "放假还是上班", _state, 130),
    Column("name", "名称", lambda one: one.name, 160, weight=1),
)
