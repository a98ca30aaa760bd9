"""领取签字表: what is handed out, and to whom."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.reports import receipt_form
from app.services import lists
from app.services.lists import Goods, People
from app.services.papers import Printing
from app.ui.kit.forms import choice, line_edit
from app.ui.papers.lists.controls import number
from app.ui.papers.lists.list_panel import ListPanel, Wish
from app.ui.papers.lists.sign_in_panel import MOST_BLANK

_UNITS = ["份", "袋", "桶", "箱", "盒", "斤", "元"]


class ReceiptPanel(ListPanel):
    """Of the documents only the tail stands on it: enough to tell people of one name apart."""

    heading = receipt_form.TITLE
    meta = "A4，签字处空着"
    blank = True

    def add_options(self) -> None:
        self.goods = line_edit(hint="如：重阳节慰问品（米 10 斤、油 5 升）", limit=60)
        self.each = number(1, 100_000, 1)
        self.unit = choice(_UNITS, editable=True)
        self.when, self.where = line_edit(limit=40), line_edit(limit=40)
        self.spare = number(0, MOST_BLANK, 3, unit="行")
        self.options.add("物品", self.goods, span=2)
        self.options.add("每人", self.each)
        self.options.add("单位", self.unit)
        self.options.add("时间", self.when)
        self.options.add("地点", self.where)
        self.options.add("空行", self.spare)
        for spin in (self.each, self.spare):
            spin.valueChanged.connect(lambda _: self.soon())

    def title(self) -> str:
        return f"{self.heading} {self.goods.text().strip()}".strip()

    def read_options(self) -> tuple[Goods, int]:
        goods = Goods(
            self.goods.text(),
            self.each.value(),
            self.unit.currentText(),
            self.when.text(),
            self.where.text(),
        )
        return goods, self.spare.value()

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        goods, spare = wish.options
        blank_rows = spare if wish.who is not None else max(spare, lists.BLANK_ROWS)
        data = lists.sheet_of_receipts(session, people, printing, goods, blank_rows=blank_rows)
        return lambda: receipt_form.render(data)
