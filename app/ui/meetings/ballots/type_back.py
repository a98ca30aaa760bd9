"""录票: a number or a scan, then one key for what is ticked, and on to the next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models import Choice
from app.services.ballot_views import BallotView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, column, row, small
from app.values.areas import square_metres

_LONGEST_PLACE = 24
_ADVICE = "扫票上的码，或填票号后按 Enter，再按 1 到 4。"


class NumberLine(QLineEdit):
    """`asked` carries what was typed or scanned."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("票号，或扫码")
        self.setAccessibleName("票号，或扫码")
        self.setMaxLength(30)
        self.setFixedHeight(theme.current().control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip():
                self.asked.emit(self.text())
            return
        super().keyPressEvent(event)


class TypeBack(QWidget):
    """`asked` for a ballot, `typed` with what is ticked on the one that is shown."""

    asked = Signal(str)
    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ballot: BallotView | None = None
        self.number = NumberLine(self)
        self.number.setFixedWidth(theme.current().px(180))
        self.who = Label("", bold=True)
        self.told = small(_ADVICE)
        self.proxy = line_edit(hint="没有委托就空着", limit=60)
        self.proxy.setAccessibleName("受托人，没有委托就空着")
        self.proxy.setFixedWidth(theme.current().px(170))
        self._proxy_words = small("受托人")
        self.buttons = [
            Button(one.label, size="small", cap=str(place))
            for place, one in enumerate(Choice, start=1)
        ]
        for button, one in zip(self.buttons, Choice, strict=True):
            button.clicked.connect(lambda _=False, one=one: self.typed.emit(one))
        self.number.asked.connect(self.asked)
        self.setLayout(
            column(
                row(self.number, self.who, None, self._proxy_words, self.proxy, spacing=10),
                row(self.told, None, *self.buttons, spacing=8),
                spacing=8,
            )
        )
        self.allow_proxies(False)
        self.show_ballot(None)

    def allow_proxies(self, on: bool) -> None:
        """Only where the rule knows them."""
        self.proxy.setVisible(on)
        self._proxy_words.setVisible(on)

    def show_ballot(self, ballot: BallotView | None, *, said: str = "") -> None:
        """Whose it is, the keys ready; None: the next number is awaited."""
        self.ballot = ballot
        self.proxy.setEnabled(ballot is not None)
        for button in self.buttons:
            button.setEnabled(ballot is not None)
        self.proxy.setText(ballot.proxy if ballot else "")
        if ballot is None:
            self.who.setText("")
            self.told.setText(said or _ADVICE)
            self.number.clear()
            self.number.setFocus()
            return
        self.who.setText(whose(ballot))
        had = f"已经录过：{ballot.choice.label}，再按就是更正。" if ballot.choice else ""
        self.told.setText(had or "按 1 到 4，或点一下。")
        self.buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4, wherever among the buttons the focus is; Esc leaves this ballot alone."""
        places = {str(place): one for place, one in enumerate(Choice, start=1)}
        if self.ballot is not None and event.text() in places:
            self.typed.emit(places[event.text()])
        elif self.ballot is not None and event.key() == Qt.Key.Key_Escape:
            self.show_ballot(None)
        else:
            super().keyPressEvent(event)


def whose(ballot: BallotView) -> str:
    """第 12 号　陈桂芳　3 号楼 1-201　180.50 ㎡."""
    area = square_metres(ballot.area) if ballot.area else ""
    place = ballot.place
    if len(place) > _LONGEST_PLACE:
        place = f"{place[:_LONGEST_PLACE]}…"
    return "　".join(filter(None, (f"第 {ballot.number} 号", ballot.name, place, area)))
