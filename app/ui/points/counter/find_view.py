"""Nobody stands at the counter: whom the search finds, or what the day has seen so far."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services import counter_finder, redemption_slips
from app.services.counter_finder import Hit
from app.services.redemption_slips import SlipData
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import box, column, hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel


def _points(hit: Hit) -> Cell:
    if hit.points is None:
        return Cell("没有账户", tone="placeholder")
    return Cell(f"{hit.points:,} 分", bold=hit.points > 0)


COLUMNS = (
    Column("name", "姓名", lambda hit: Cell(hit.name, sub=hit.sub, bold=True), 190, weight=2),
    Column("place", "住址", lambda hit: Cell(hit.place), 160, weight=2),
    Column("number", "志愿者", lambda hit: Cell(hit.number, tone="text2"), 90),
    Column("points", "积分", _points, 100, align="right"),
)


class FindView(QWidget):
    """The search stands in the head of the page; here is what it finds."""

    chosen = Signal(object)
    """Who was chosen"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._hits: list[Hit] = []
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="柜台找到的人")
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.paper.offered = False
        self.table.paper.people = self._people
        self.waiting = EmptyState("card-account-details-outline", _WAITING, _ADVICE)
        self.nobody = EmptyState("account-search-outline", "没有找到这个人", _NOBODY)
        self.notice = Notice("", tone="warn")
        self.again = Button("再办一次", action="once_more")
        self.notice_line = box(row((self.notice, 1), self.again))
        hide_unless(False, self.notice_line)
        self.stack = QStackedWidget()
        card = Card(margins=(1, 1, 1, 1))
        card.body.addWidget(self.table)
        for page in (self.waiting, self.nobody, card):
            self.stack.addWidget(page)
        self.setLayout(column(self.notice_line, (self.stack, 1)))
        self.table.clicked.connect(lambda _: self.choose())

    def search(self, typed: str) -> None:
        """List whom the text means, the likeliest marked."""
        self.tell("")
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            self._hits = counter_finder.find(lookup, typed, today=today)
        self.model.set_ids(list(range(len(self._hits))))
        if self._hits:
            self.table.select_row(0)
        self.stack.setCurrentIndex(2 if self._hits else 1 if typed.strip() else 0)

    def step(self, by: int) -> None:
        """Mark the next one."""
        if self._hits:
            place = self.table.currentIndex().row() + by
            self.table.select_row(max(0, min(place, len(self._hits) - 1)))

    def choose(self) -> bool:
        """Whoever is marked comes to the counter; False where nobody was found."""
        place = self.table.current_id()
        if place is None or not self._hits:
            return False
        self.chosen.emit(self._hits[place].who)
        return True

    def show_day(self) -> None:
        """What was done today, while nobody is looked for."""
        with self._context.database.lookup() as lookup:
            times, points = redemption_slips.of_day(lookup, self._context.clock.today())
        done = f"今天已办 {times} 笔，共 {points:,} 分。" if times else ""
        self.waiting.set_sentence(f"{done}{_WAITING}" if done else _WAITING)

    def tell(self, words: str, *, again: bool = False, tone: str = "warn") -> None:
        """A sentence over the list; '' takes it away."""
        if not words and self.notice_line.isHidden():
            return
        self.notice.show_text(words, tone=tone)
        self.notice_line.setVisible(bool(words))
        self.again.setVisible(again)
        self.again.setEnabled(again)

    def ask_again(self, slip: SlipData, gone: str = "") -> None:
        """The very person was served a moment ago: only a key of its own goes on.

        `gone` stood there with an empty basket until that scan.
        """
        left = f"{gone} 还没有选商品，已经让开；要给 {gone} 办，请重新刷卡。" if gone else ""
        words = f"刚给 {slip.name} 办过 {slip.number}，扣了 {slip.points} 分。{left}"
        self.tell(words, again=True)

    def _people(self, places: Sequence[int]) -> list[int]:
        found = (self._hits[place].who.resident_id for place in places)
        return [one for one in found if one is not None]

    def _rows(self, ids: Sequence[int]) -> list[Hit]:
        return [self._hits[one] for one in ids]


_WAITING = "请刷卡，或输入拼音找人"
_ADVICE = "姓名、拼音首字母、志愿者编号、房号、手机尾号都可以；回车打开。"
_NOBODY = "换个写法试试；外来的志愿者要先登记并开户。"
