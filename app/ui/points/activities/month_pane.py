"""The month with its name and the ways to others, as one of the views of the tab."""

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.labels import Label, box, column, row
from app.ui.points.activities.month_view import MonthView


class MonthPane(QWidget):
    """`bar` stands beside the choice of the views; `table` is what the keys work in."""

    def __init__(self, month: MonthView) -> None:
        super().__init__()
        self.month = month
        self.table = month
        self.name = Label(bold=True)
        before = icon_button("chevron-left", "上个月")
        after = icon_button("chevron-right", "下个月")
        today = Button("今天", size="small", cap="Home")
        before.clicked.connect(lambda: month.step_month(-1))
        after.clicked.connect(lambda: month.step_month(1))
        today.clicked.connect(lambda: month.go(month.today))
        month.day_changed.connect(lambda _: self._show())
        self.bar = box(row(before, self.name, after, today, None))
        self.setLayout(column((month, 1)))
        self._show()

    def search(self, _text: str) -> None:
        """A month shows everything that takes place."""

    def refresh(self) -> None:
        """The tab reads the days."""

    def clear_filters(self) -> None:
        self.month.go(self.month.today)

    def _show(self) -> None:
        self.name.setText(f"{self.month.day:%Y 年 %m 月}")
