"""Everything about one request: what was asked, every step on its way, its photographs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Request, RequestExtension, RequestStep
from app.services import request_photos
from app.services.request_detail import RequestDetail, detail
from app.services.request_rules import RequestAction
from app.services.request_way import StepLine
from app.ui.grids.requests import step_words
from app.ui.grids.requests.phone_look import reveal
from app.ui.grids.requests.photo_strip import PhotoStrip
from app.ui.grids.requests.request_facts import chips_of, facts_of
from app.ui.grids.requests.steps import Steps
from app.ui.grids.requests.way_line import WayLine
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts, heading
from app.ui.kit.chips import ChipRow
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, box, clear, column, row, rule, small
from app.ui.kit.scroll import scrolled
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

RECORDS = (Request, RequestStep, RequestExtension)
"""What 经过 tells of: the steps and extensions are read with their request."""


class RequestDialog(Dialog):
    """`edits` is True where it was closed to change what was written down."""

    answer_asked = Signal(object)
    """RequestDetail"""

    def __init__(self, context: Context, request_id: int, parent: QWidget | None = None) -> None:
        """Raises DomainError where it is gone."""
        factor = theme.current().factor
        super().__init__("诉求", parent, width=round(1180 / factor))
        self._context = context
        self._id = request_id
        self._phone = ""
        self.edits = False
        self.steps = Steps(context, self)
        self.way = WayLine()
        self.chips = ChipRow()
        self.title = Label("", "title", bold=True, wrap=True)
        self.facts = Facts(label=72)
        self.photos = PhotoStrip(context, request_id)
        self._path = QVBoxLayout()
        self._path.setSpacing(theme.current().px(6))
        self._lay_out()
        self.refresh()
        self.close_button.setFocus()

    def refresh(self) -> None:
        """Read it anew."""
        with self._context.database.reading() as session:
            self.shown = detail(session, self._id, today=self._context.clock.today())
            pictures = request_photos.photos(session, self._id)
        shown = self.shown
        self.title.setText(f"{shown.number} {shown.title}")
        self.chips.set_chips(chips_of(shown))
        self.facts.set_pairs(facts_of(shown, self._phone))
        self.way.show_steps(shown.way)
        self.photos.show_photos(pictures, editable=RequestAction.NOTE in shown.allowed)
        self._show_path(shown.steps)
        self._show_buttons(shown)

    def rest(self) -> None:
        """Nobody is at the desk: the phone is masked again."""
        if self._phone:
            self._phone = ""
            self._read_again()

    def run(self, action: RequestAction) -> None:
        """A step from here; the dialog stays and shows it."""
        self.steps.run(self.shown, action)
        self._read_again()

    def _read_again(self) -> None:
        """Somebody else may have taken it away meanwhile: then there is nothing to stay for."""
        try:
            self.refresh()
        except DomainError as error:
            messages.tell(self, str(error))
            self.reject()

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        told = scrolled(box(column(self.title, self.chips, self.facts, None, spacing=6)))
        done = scrolled(box(column(self._path, None, spacing=0)))
        left = column((told, 1), rule(), self.photos, spacing=6)
        pages = f"最新的在上面，{keys.cap('page_down')} 往下看"
        right = column(heading("办理经过", pages), (done, 1), spacing=6)
        keys.bind(self, "page_down", lambda: _turn((told, done), 1))
        keys.bind(self, "page_up", lambda: _turn((told, done), -1))
        inside = row((left, 5), rule(vertical=True), (right, 5), spacing=14)
        self.body.addWidget(self.way)
        self.body.addWidget(rule())
        whole = box(inside)
        whole.setFixedHeight(metrics.px(400 if not metrics.large else 320))
        self.body.addWidget(whole, 1)
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self._foot.insertWidget(1, self.photos.add_button)
        self.reveal = Button("显示电话", kind="ghost", size="small", action="reveal")
        self._foot.insertWidget(2, self.reveal)
        self.reveal.clicked.connect(self._reveal)
        self.edit = self.add_button(Button("修改", action="edit_request"))
        self.note = self.add_button(Button("记进展"))
        self.answer = self.add_button(Button("答复单", action="print"))
        self.next = self.add_button(Button("", kind="primary", action="next_state"))
        self.close_button = self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.edit.clicked.connect(self._edit)
        self.note.clicked.connect(lambda: self.run(RequestAction.NOTE))
        self.answer.clicked.connect(lambda: self.answer_asked.emit(self.shown))
        self.next.clicked.connect(self._go_on)
        for button in (self.reveal, self.edit, self.answer, self.next):
            button.bind(self)
        self.photos.changed.connect(self._read_again)

    def _show_buttons(self, shown: RequestDetail) -> None:
        following = step_words.forward(shown)
        for button, on in (
            (self.reveal, self._may_look(shown)),
            (self.edit, RequestAction.EDIT in shown.allowed),
            (self.note, RequestAction.NOTE in shown.allowed),
            (self.answer, self._context.may(Right.PRINT)),
            (self.next, following is not None),
        ):
            button.setVisible(on)
            button.setEnabled(on)
        if following is not None:
            self.next.setText(step_words.button_words(following, shown))

    def _show_path(self, steps: tuple[StepLine, ...]) -> None:
        clear(self._path)
        for step in reversed(steps):
            self._path.addWidget(_line(step))

    def _may_look(self, shown: RequestDetail) -> bool:
        return bool(shown.phone_masked) and not self._phone and self._context.may(Right.SEE_NUMBERS)

    def _reveal(self) -> None:
        """The phone in clear, as long as the window is open."""
        with messages.domain_errors_shown(self):
            self._phone = reveal(self._context, self.shown)
            self.refresh()

    def _edit(self) -> None:
        self.edits = True
        self.accept()

    def _go_on(self) -> None:
        following = step_words.forward(self.shown)
        if following is not None:
            self.run(following)

    def _record(self) -> Record:
        return Record(RECORDS[0], self._id, f"诉求 {self.shown.number}")


def _turn(areas: Sequence[QScrollArea], way: int) -> None:
    """A page further, or back, in whatever has more than it shows."""
    for area in areas:
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + way * bar.pageStep())


def _line(step: StepLine) -> QWidget:
    """When and by whom small, what was done below it."""
    when = small(f"{step.at:%m-%d %H:%M}　{step.user_name}　在{step.level.label}")
    words = Label(step.sentence, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box(column(when, words, rule(), spacing=2))
