"""Set meals and ways to pay, each with its one key; what is chosen is filled."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models import PayWay
from app.services.canteens import SetView
from app.ui.canteen.counter.serving import Serving
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row, small
from app.values.money import yuan

PAYS = (PayWay.CARD, PayWay.CASH, PayWay.BILL, PayWay.VOUCHER, PayWay.POINTS)
"""By the digits 1 to 5."""
EXTRAS, AWAY = keys.cap("extras"), keys.cap("carry_away")
_ON, _OFF = "filter_on", "filter"
_FEW_SETS, _SOME_SETS = 2, 3
"""With more there is room for their prices and keys; with still more for their letters"""


class Choice(Button):
    """As wide as it is when it is chosen: nothing jumps."""

    def __init__(self, words: str, cap: str) -> None:
        size = "small" if theme.current().large else "control"
        super().__init__(words, kind=_ON, size=size, cap=cap)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rename(words)
        self.choose(on=False)

    def rename(self, words: str) -> None:
        kind, self.kind = self.kind, _ON
        self.setText(words)
        self.setFixedWidth(self.sizeHint().width())
        self.kind = kind

    def choose(self, *, on: bool) -> None:
        kind = _ON if on else _OFF
        if kind != self.kind:
            self.kind = kind
            self.update()


class Choices(QWidget):
    """Shows a Serving. One line where there is room, else one for each of the two."""

    set_chosen = Signal(str)
    pay_chosen = Signal(object)
    extras_wanted = Signal()

    def __init__(self, serving: Serving, *, with_points: Callable[[], bool]) -> None:
        super().__init__()
        self._serving, self._with_points = serving, with_points
        self._offered: Sequence[SetView] = ()
        self.sets: list[Choice] = []
        self.extras = Choice("加菜", EXTRAS)
        self.pays = {way: Choice(way.label, keys.cap(f"pay_{way.value}")) for way in PAYS}
        self._headings = (small("套餐"), small("付款"))
        self._sets = row(self._headings[0], self.extras, spacing=6)
        self._pays = row(self._headings[1], *self.pays.values(), spacing=6)
        self._two_lines = theme.current().large
        self._lay_out()
        self.extras.clicked.connect(self.extras_wanted)
        for way, button in self.pays.items():
            button.clicked.connect(lambda _=False, chosen=way: self.pay_chosen.emit(chosen))

    def show_serving(self) -> None:
        """What is chosen, and what the person cannot pay by."""
        serving = self._serving
        if [(one.id, one.price) for one in serving.sets] != [
            (one.id, one.price) for one in self._offered
        ]:
            self._offer(serving.sets)
        for view, button in zip(self._offered, self.sets, strict=True):
            button.choose(on=serving.chosen is not None and serving.chosen.id == view.id)
        self.extras.choose(on=bool(serving.extras))
        nothing = serving.cost is not None and serving.cost.paid == 0
        for way, button in self.pays.items():
            against = serving.pays_by(way)
            button.setEnabled(not nothing and not against)
            who = serving.person.name if serving.person is not None else ""
            button.setToolTip(f"{who}{against}" if against else "")
            button.choose(on=not nothing and serving.pay_way is way)
        self.pays[PayWay.POINTS].setVisible(self._with_points())

    @property
    def ways(self) -> int:
        """How many ways to pay there are, points where the office takes them."""
        return len(PAYS) if self._with_points() else len(PAYS) - 1

    def _offer(self, sets: Sequence[SetView]) -> None:
        for old in self.sets:
            self._sets.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._offered, self.sets = sets, []
        for heading in self._headings:
            heading.setVisible(self._two_lines or len(sets) <= _FEW_SETS)
        for place, view in enumerate(sets, start=1):
            button = self._choice(view, len(sets))
            button.setToolTip(f"{view.name} {yuan(view.price)} 元 {view.words}".strip())
            button.clicked.connect(lambda _=False, letter=view.letter: self.set_chosen.emit(letter))
            self.sets.append(button)
            self._sets.insertWidget(place, button)

    def _choice(self, view: SetView, count: int) -> Choice:
        """Of many the price stands in the sum above only."""
        if count > _SOME_SETS:
            return Choice(f"{view.letter} 餐", "")
        price = yuan(view.price)
        full = self._two_lines or count <= _FEW_SETS
        return Choice(f"{view.letter} 餐 {price}" if full else price, view.letter)

    def _lay_out(self) -> None:
        outer: QHBoxLayout | QVBoxLayout = (
            QVBoxLayout(self) if self._two_lines else QHBoxLayout(self)
        )
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.current().px(6))
        for line in (self._sets, self._pays):
            if self._two_lines:
                line.addStretch(1)
            outer.addLayout(line)
        if not self._two_lines:
            outer.insertStretch(1, 1)
