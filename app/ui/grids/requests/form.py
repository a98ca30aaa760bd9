"""记诉求: a request is written down while somebody speaks, by keyboard alone."""

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.errors import ChangedMeanwhile, DomainError
from app.models import Request
from app.services import request_origins, requests
from app.services.requests import RequestInput
from app.ui.grids.requests.form_fields import RequestFields
from app.ui.grids.requests.form_side import FormSide
from app.ui.kit import keys, messages, theme
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small, title
from app.ui.kit.scroll import scrolled
from app.ui.kit.signals import Area
from app.ui.people.grid_wish import NewRequest
from app.ui.recent.unsaved import FormKeeper

DRAFTS = "request"
"""Kind of the drafts of this form; what a new one came out of follows: request:diary-7."""
_PAUSE_MS = 300


class RequestForm(QWidget):
    """A new request, or one that is on file. Nothing is written before 保存, except the draft."""

    left = Signal()
    saved = Signal(int)
    told = Signal(str)
    """When the draft was kept, in words"""

    legend = (
        (keys.cap("next_field"), "下一项"),
        (keys.cap("previous_field"), "上一项"),
        (keys.cap("save"), "保存"),
        (keys.cap("leave"), "返回"),
    )

    def __init__(
        self,
        context: Context,
        *,
        wish: NewRequest | None = None,
        request_id: int | None = None,
    ) -> None:
        """Raises DomainError where what it is about is gone."""
        super().__init__()
        self._context = context
        self._request_id = request_id
        self._version = 0
        self._done = False
        self.draft_words = ""
        self.fields = RequestFields(context)
        self.form = self.fields.form
        self.side = FormSide(context)
        self.fields.offer()
        self.fields.show(self._read(wish or NewRequest()), request_id=request_id)
        self.form.mark_clean()
        self._lay_out()
        self._connect()
        self._keep(wish or NewRequest())

    def begin(self) -> None:
        """The first field that is not known yet takes the focus."""
        known = self._request_id is None and self.fields.title.text()
        first = self.fields.category if known else self.fields.origin
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        return not self._done and self.form.dirty

    def save(self) -> None:
        """Write and leave; a fault is said and everything typed stays."""
        self._save(merge_into=None)

    def save_into(self, keep_id: int) -> None:
        """Write it down and let it go on with one that is open already."""
        self._save(merge_into=keep_id)

    def leave(self) -> bool:
        """Go back; asks only where something would be lost. False where the user stays."""
        if self.dirty and not messages.confirm(
            self,
            "不保存就返回？",
            "填的内容还没有保存，返回后就没有了。",
            "不保存，返回",
            destructive=True,
        ):
            return False
        self._end()
        self.left.emit()
        return True

    def look(self) -> None:
        """Ask the file for the same matter at the same place, and for the deadlines."""
        self._timer.stop()
        # What is wrong is said when it is saved, not while somebody types.
        with suppress(DomainError):
            self.side.look(self.fields.entered(), new=self._request_id is None)

    # -- inside

    def _read(self, wish: NewRequest) -> RequestInput:
        with self._context.database.reading() as session:
            if self._request_id is not None:
                entered, self._version = requests.input_of(session, self._request_id)
                return entered
            return request_origins.blank(
                session,
                resident_id=wish.resident_id,
                diary_entry_id=wish.diary_entry_id,
                visit_id=wish.visit_id,
            )

    def _lay_out(self) -> None:
        px = theme.current().px
        words = "记诉求" if self._request_id is None else "修改诉求"
        left = Card(margins=(16, 10, 8, 10), spacing=8)
        hint = small("带 * 的必须填。没有登记的人，直接写名字和电话。")
        left.body.addLayout(row(title(words), hint, None, spacing=10))
        self.form.setContentsMargins(0, 0, px(8), 0)
        self._scroll = scrolled(self.form)
        left.body.addWidget(self._scroll, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row((left, 19), (self.side, 10), spacing=12))

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.form.changed.connect(self._timer.start)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.leave)
        self.side.merge_asked.connect(self.save_into)
        keys.bind(self, "save", self.save)
        keys.bind(self, "leave", self.leave)

    def _keep(self, wish: NewRequest) -> None:
        self.keeper = FormKeeper(self._context, self.form, self)
        self.keeper.told.connect(self._tell)
        key, record = draft_key(wish), None
        if self._request_id is not None:
            key = f"{DRAFTS}:{self._request_id}"
            record = (Request.__tablename__, self._request_id)
        self.keeper.start(key, self._draft_title, record=record)

    def _tell(self, words: str) -> None:
        self.draft_words = words
        self.told.emit(words)

    def _draft_title(self) -> str:
        return f"诉求 {self.fields.title.text().strip()}".strip()

    def _save(self, *, merge_into: int | None) -> None:
        if self._done:
            return
        with messages.domain_errors_shown(self):
            entered = self.fields.entered()
            try:
                request_id = self._write(entered, merge_into)
            except ChangedMeanwhile as error:
                raise DomainError(
                    "这件诉求刚被别人改过。您填的还在这里：请记下要改的地方，"
                    "返回看板看一眼新的内容，再改一次。"
                ) from error
            self._end()
            self._context.signals.changed.emit(Area.REQUESTS)
            self.saved.emit(merge_into or request_id)

    def _write(self, entered: RequestInput, merge_into: int | None) -> int:
        now = self._context.clock.now()
        name = entered.title.strip()
        verb = "登记诉求" if self._request_id is None else "修改诉求"
        with self._context.database.transaction(f"{verb} {name}".strip()) as session:
            if self._request_id is None:
                request_id = requests.register(session, entered, now=now)
            else:
                request_id = self._request_id
                requests.update(session, request_id, entered, version=self._version, now=now)
            if merge_into is not None:
                requests.merge(session, merge_into, request_id, now=now)
        messages.notify(self._context.signals, f"已{verb} {name}")
        return request_id

    def _end(self) -> None:
        self._done = True
        self._timer.stop()
        self.keeper.drop()


def draft_key(wish: NewRequest) -> str:
    """request:new, request:diary-7: what it came out of is in the key, and so found again."""
    for name, key in (
        ("diary", wish.diary_entry_id),
        ("visit", wish.visit_id),
        ("person", wish.resident_id),
    ):
        if key is not None:
            return f"{DRAFTS}:{name}-{key}"
    return f"{DRAFTS}:new"


def wish_of(key: str) -> NewRequest:
    """What a draft of this key was begun with."""
    name, _, number = key.partition(":")[2].partition("-")
    if not number.isdigit():
        return NewRequest()
    found = {"diary": "diary_entry_id", "visit": "visit_id", "person": "resident_id"}
    return NewRequest(**{found[name]: int(number)}) if name in found else NewRequest()
