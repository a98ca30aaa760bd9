"""The card beside a list: title, chips, facts that scroll, and what can be done below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.context import Context
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, clear, column, row, small
from app.ui.kit.scroll import WholeLines
from app.ui.recent.history import Record, history_button

_WIDTH, _WIDTH_LARGE = 392, 338


class RecordCard(Card):
    """`more` below the facts is filled by whoever knows what the record is."""

    def __init__(self, context: Context, *, name: str, hint: str, label: int = 62) -> None:
        super().__init__()
        self._context, self._nothing = context, f"还没有选中{name}"
        self.title = Label("", "title", bold=True, wrap=True)
        self.hint = small(hint, wrap=True)
        self.chips = ChipRow()
        self.notice = Notice("", tone="warn")
        self.facts = Facts(label=label)
        self.more = QVBoxLayout()
        self.more.setSpacing(theme.current().px(6))
        self.history = history_button(context, self, self.record)
        inside = column(self.facts, self.more, None, spacing=10)
        self.scroller = WholeLines(box(inside), self.ends)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.scroller.setAccessibleName(f"{name}的情况")
        self.body.addLayout(row((self.title, 1), self.history))
        for widget in (self.hint, self.chips, self.notice):
            self.body.addWidget(widget)
        self.body.addWidget(self.scroller, 1)
        large = theme.current().large
        self.setFixedWidth(theme.current().px(_WIDTH_LARGE if large else _WIDTH))

    def record(self) -> Record | None:
        """Whose 经过 is shown."""
        return None

    def ends(self) -> Sequence[int]:
        """Where lines end, so that none is cut in two."""
        below = [self.more.itemAt(place).widget() for place in range(self.more.count())]
        found = self.facts.ends()
        for part in below:
            if isinstance(part, Facts):
                found += part.ends()
            elif part is not None:
                found.append(part.geometry().bottom() + 1)
        return found

    def show_parts(
        self, title: str, chips: Sequence[Chip] = (), facts: Sequence[tuple[str, str]] = ()
    ) -> None:
        """`title` '' shows that nothing is chosen; facts without words are left out."""
        self.title.setText(title or self._nothing)
        self.hint.setVisible(not title)
        self.chips.set_chips(chips)
        self.chips.setVisible(bool(chips))
        self.facts.set_pairs([(name, words) for name, words in facts if words])
        self.history.setVisible(bool(title))
        self.warn("")
        clear(self.more)

    def warn(self, words: str, advice: str = "", *, tone: str = "warn") -> None:
        """The coloured bar; '' takes it away."""
        self.notice.show_text(words, advice, tone=tone)
        self.notice.setVisible(bool(words))

    def order_focus(self, following: QWidget) -> None:
        """Tab goes through what stands below the facts as it is read, then on to the buttons."""
        before: QWidget = self.scroller
        for place in range(self.more.count()):
            part = self.more.itemAt(place).widget()
            stops = list[QPushButton](part.findChildren(QPushButton)) if part is not None else []
            for stop in stops:
                QWidget.setTabOrder(before, stop)
                before = stop
        QWidget.setTabOrder(before, following)

    def section(self, words: str) -> None:
        """A heading among what stands below the facts."""
        self.more.addWidget(Label(words, bold=True))


class Offer(QWidget):
    """A line with a quiet reason below and one thing to do with it at the right."""

    def __init__(self, words: str, why: str, button: Button | None = None) -> None:
        super().__init__()
        texts = column(Label(words, wrap=True), small(why, wrap=True), spacing=0)
        if button is None:
            self.setLayout(row((texts, 1)))
        else:
            self.setLayout(row((texts, 1), button, spacing=8))
