"""The single meal at the end of the way from a figure: who bears what, and what puts it right."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Payer
from app.services.meal_facts import MealFacts
from app.ui.canteen.claims import doing
from app.ui.canteen.claims.doing import Wrong
from app.ui.canteen.counter.meal_dialog import MealDialog
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import Label
from app.values.money import yuan
from app.values.rights import Right


class ClaimedMealDialog(MealDialog):
    """The window of the counter with the equation, and with what whoever settles may do."""

    def __init__(self, context: Context, meal_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, meal_id, parent)
        self.setMinimumWidth(theme.current().px(660))
        self.wrong = Wrong(
            meal_id,
            self.meal.number,
            self.meal.name,
            f"{self.meal.name}的这一餐",
            self.meal.on_date,
        )
        self.equation = Label(equation(self.meal), bold=True, wrap=True)
        self.body.insertWidget(1, self.equation)
        self._add_remedies()
        self._order_focus()
        self._offer()

    def _add_remedies(self) -> None:
        self.own = Button("改由本人付", action="own_money")
        self.day = Button("更正日期", action="other_day")
        for place, button in enumerate((self.own, self.day), start=2):
            self._foot.insertWidget(place, button)
            button.bind(self)
        offer(self._context.may(Right.SETTLE_MEALS), self.own, self.day)
        self.own.clicked.connect(lambda: self._put_right(doing.own_money))
        self.day.clicked.connect(lambda: self._put_right(doing.other_day))
        # Behind the counter's own answer to it: by now the meal may be taken back.
        self.take_back.clicked.connect(self._offer)

    def _order_focus(self) -> None:
        """Tab goes along the foot as it is read."""
        line = [self._foot.itemAt(place).widget() for place in range(self._foot.count())]
        for before, after in pairwise([one for one in line if one is not None]):
            QWidget.setTabOrder(before, after)

    def _offer(self) -> None:
        """A meal that was taken back needs nothing more."""
        self.day.setVisible(self.meal.standing)
        self.own.setVisible(self.meal.standing and self.meal.given > 0)

    def _put_right(self, act: doing.PutRight) -> None:
        """Closed once it was asked for: the new line is another one."""
        if act(self._context, self.wrong, self):
            self.accept()


def equation(meal: MealFacts) -> str:
    """餐费 12.00 ＝ 本人付 3.00 ＋ 市财政 4.00 ＋ …: the parts are the whole."""
    fee = f" ＋ 送餐费 {yuan(meal.fee)}" if meal.fee else ""
    shares = [(payer.label, meal.shares.of(payer)) for payer in Payer if meal.shares.of(payer)]
    parts = [("本人付", meal.paid), *shares]
    return f"餐费 {yuan(meal.price)}{fee} ＝ " + " ＋ ".join(f"{a} {yuan(b)}" for a, b in parts)
