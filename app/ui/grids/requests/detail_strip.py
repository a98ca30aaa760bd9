"""Below the board: the facts of the chosen request, its way so far, and what can be done now."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.services.request_detail import RequestDetail
from app.services.request_due import day_words
from app.services.request_rules import RequestAction
from app.ui.grids.requests import board_painter, step_words
from app.ui.grids.requests.fact_lines import FactLines
from app.ui.grids.requests.way_line import WayLine
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, box, column, hide_unless, row, rule, small
from app.ui.kit.short_title import ShortTitle

_A = RequestAction
IN_MENU = (_A.NOTE, _A.ASSIGN, _A.FLAG, _A.UNFLAG, _A.CLOSE, _A.REOPEN, _A.MERGE)
"""What has no button of its own."""
NOTHING = "在看板上选一件，这里看它的经过，接着往下办。"


class DetailStrip(Card):
    """Asks for steps, does none. It keeps its height whatever it shows; buttons that find no room
    are in 更多, their keys work all the same."""

    asked = Signal(object)
    """RequestAction"""
    answer_asked = Signal()
    phone_asked = Signal()
    open_asked = Signal()
    edit_asked = Signal()
    topic_asked = Signal()

    def __init__(self, *, phones: bool, prints: bool, topics: bool = False) -> None:
        super().__init__(margins=(16, 8, 12, 8), spacing=0)
        self._phones = phones
        self._prints = prints
        self._topics = topics
        self._detail: RequestDetail | None = None
        self._clear_phone = ""
        self.number = Label("", tone="text2")
        self.title = ShortTitle()
        self.flag = ChipLabel("督办", "amber", board_painter.FLAG_ICON)
        self.person = Label("")
        self.reveal = Button("显示电话", kind="link", size="small", action="reveal")
        # In 大字 the board needs the height more than the third fact.
        self.facts = FactLines(2 if theme.current().large else 3)
        self.way = WayLine()
        self.next = Button("", kind="primary", action="next_state")
        self.up = Button("上报", action="hand_up")
        self.urge = Button("催办", action="urge")
        self.extend = Button("延期", action="extend")
        self.answer = Button("答复单", action="print")
        self.back = Button("", action="previous_state")
        self.more = Button("更多", trail="chevron-down")
        self.nothing = Label(NOTHING, tone="text2")
        self._lay_out()
        self._connect()
        self.show_detail(None)

    @property
    def detail(self) -> RequestDetail | None:
        """What is shown, None for nothing."""
        return self._detail

    def show_detail(self, detail: RequestDetail | None) -> None:
        """A request, or what the strip is for where none is chosen."""
        if detail is None or self._detail is None or detail.id != self._detail.id:
            self._clear_phone = ""
        self._detail = detail
        self._inside.setVisible(detail is not None)
        self.nothing.setVisible(detail is None)
        for button in self._buttons():
            button.setEnabled(False)
        if detail is not None:
            self._show_heading(detail)
            self.facts.show_pairs(facts_of(detail))
            self.way.show_steps(detail.way)
            self._show_actions(detail)

    def show_phone(self, number: str) -> None:
        """The number in clear; '' masks it again."""
        self._clear_phone = number
        if self._detail is not None:
            self._show_heading(self._detail)

    def bind(self, owner: QWidget) -> None:
        """Let the keys work while `owner` is seen."""
        for button in (*self._buttons(), self.reveal):
            if button is not self.more:
                button.bind(owner)

    def fill_menu(self, menu: QMenu) -> None:
        """Everything that can be done with the request, what has a button of its own too."""
        detail = self._detail
        if detail is None:
            return
        menu.addAction(f"打开\t{keys.cap('open')}", self.open_asked.emit)
        if _A.EDIT in detail.allowed:
            menu.addAction(f"修改\t{keys.cap('edit_request')}", self.edit_asked.emit)
        menu.addSeparator()
        for button in self._buttons()[:-1]:
            if button.isEnabled():
                menu.addAction(f"{button.text()}\t{button.cap}", button.click)
        menu.addSeparator()
        taken = (step_words.forward(detail), step_words.backward(detail))
        for action in (one for one in IN_MENU if one in detail.allowed and one not in taken):
            flags = action in (_A.FLAG, _A.UNFLAG)
            cap = f"\t{keys.cap('flag')}" if flags else ""
            menu.addAction(f"{action.label}…{cap}", lambda asked=action: self.asked.emit(asked))
        if self._topics:
            cap = keys.cap("raise_topic")
            menu.addAction(f"提为议题…\t{cap}", self.topic_asked.emit)

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        heading = row(self.number, (self.title, 1), self.flag, spacing=8)
        label = small("诉求人")
        label.setFixedWidth(metrics.px(44))
        who = row(label, self.person, self.reveal, None, spacing=8)
        left = column(heading, 2, who, self.facts, None, spacing=0)
        self._line = QHBoxLayout()
        self._line.setSpacing(metrics.px(8))
        for button in self._buttons():
            self._line.addWidget(button)
        self._line.addStretch(1)
        right = column(self.way, None, self._line, spacing=0)
        self._right = _Side()
        self._right.setLayout(right)
        self._right.resized.connect(self._share_room)
        self._inside = QWidget()
        inside = row((box(left), 9), rule(vertical=True), (self._right, 18), spacing=14)
        self._inside.setLayout(inside)
        self.body.addWidget(self._inside)
        self.body.addWidget(self.nothing)
        self.setFixedHeight(132 + 30 if metrics.large else 150)
        hide_unless(False, self.flag)

    def _buttons(self) -> tuple[Button, ...]:
        """In the order in which they claim the room."""
        return (self.next, self.up, self.urge, self.extend, self.answer, self.back, self.more)

    def _connect(self) -> None:
        self.next.clicked.connect(lambda: self._ask(step_words.forward))
        self.back.clicked.connect(lambda: self._ask(step_words.backward))
        self.up.clicked.connect(lambda: self.asked.emit(_A.HAND_UP))
        self.urge.clicked.connect(lambda: self.asked.emit(_A.URGE))
        self.extend.clicked.connect(self._ask_about_extension)
        self.answer.clicked.connect(self.answer_asked)
        self.reveal.clicked.connect(self.phone_asked)
        self.more.clicked.connect(self._open_menu)

    # -- what is shown

    def _show_heading(self, detail: RequestDetail) -> None:
        self.number.setText(str(detail.number))
        self.title.setText(detail.title)
        self.flag.setVisible(bool(detail.flag_words))
        if detail.flag_words:
            words = f"督办：{detail.flag_words}"
            self.flag.set_chip(Chip(words, "amber", board_painter.FLAG_ICON))
        phone = self._clear_phone or detail.phone_masked
        self.person.setText(
            "  ".join(part for part in (detail.person, phone) if part) or "没有留名"
        )
        hidden = bool(detail.phone_masked) and not self._clear_phone and self._phones
        self.reveal.setVisible(hidden)
        self.reveal.setEnabled(hidden)

    def _show_actions(self, detail: RequestDetail) -> None:
        following, back = step_words.forward(detail), step_words.backward(detail)
        decides = _A.DECIDE_EXTENSION in detail.allowed
        for button, on in (
            (self.next, following is not None),
            (self.up, _A.HAND_UP in detail.allowed),
            (self.urge, _A.URGE in detail.allowed),
            (self.extend, decides or _A.ASK_EXTENSION in detail.allowed),
            (self.answer, self._prints),
            (self.back, back is not None),
            (self.more, True),
        ):
            button.setEnabled(on)
        self.extend.setText("批延期" if decides else "延期")
        if following is not None:
            self.next.setText(step_words.button_words(following, detail))
        if back is not None:
            self.back.setText(step_words.button_words(back, detail))
        self._share_room()

    def _share_room(self) -> None:
        """更多 is always there; of the others those that fit, in their order."""
        gap = self._line.spacing()
        room = self._right.width() - self.more.sizeHint().width()
        for button in self._buttons()[:-1]:
            need = button.sizeHint().width() + gap
            fits = button.isEnabled() and need <= room
            button.setVisible(fits)
            room -= need if fits else 0

    # -- what is asked

    def _ask(self, of: Callable[[RequestDetail], RequestAction | None]) -> None:
        action = of(self._detail) if self._detail else None
        if action is not None:
            self.asked.emit(action)

    def _ask_about_extension(self) -> None:
        if self._detail is not None:
            decides = _A.DECIDE_EXTENSION in self._detail.allowed
            self.asked.emit(_A.DECIDE_EXTENSION if decides else _A.ASK_EXTENSION)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))


class _Side(QWidget):
    """Tells when it has got another width: what fits into it is decided then."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def facts_of(detail: RequestDetail) -> list[tuple[str, str]]:
    """What is most worth knowing now first: few lines are seen."""
    asked = detail.extension
    waits = f"{asked.asked_by} 申请延到 {day_words(asked.until)}：{asked.reason}" if asked else ""
    merged = "、".join(str(number) for number in detail.merged)
    found = (
        ("期限", detail.due_words + (f"（{detail.guessed}）" if detail.guessed else "")),
        ("延期", waits),
        ("并入", f"{detail.merged_into} 号，一起办" if detail.merged_into else ""),
        ("上报因", detail.why_up),
        ("结果", detail.answer if detail.done_on else ""),
        ("并案", f"{merged} 号已并入，办结后都要回访" if merged else ""),
        ("答应", detail.promise),
        ("承办", detail.handler),
        ("地点", detail.place_words),
    )
    return [(name, fact) for name, fact in found if fact]
