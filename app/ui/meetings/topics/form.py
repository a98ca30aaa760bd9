"""登记提事 and 修改议题: what was said, with similar topics beside it while it is typed."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import ChangedMeanwhile, DomainError
from app.models import Topic, TopicOrigin
from app.services import topic_origins, topic_screening, topics
from app.services.topic_input import TopicInput
from app.services.topic_similar import similar
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import row
from app.ui.kit.signals import Area
from app.ui.meetings.topics.fields import TopicFields
from app.ui.meetings.topics.similar_side import SimilarSide
from app.ui.people.meetings_wish import NewTopic
from app.ui.recent.unsaved import keep_dialog

DRAFTS = "topic"
"""Kind of the drafts of this form; what a new one came out of follows: topic:diary-7."""
_PAUSE_MS = 250
_FROM = {
    "diary": "diary_entry_id",
    "request": "request_id",
    "visit": "visit_id",
    "person": "resident_id",
}


class TopicDialog(Dialog):
    """A new topic, or one that is corrected; `topic_id` is that of the one to be shown then.

    `again`: another one is to be written down, as when a box of slips is emptied; `origin` is
    where those come from.
    Raises DomainError where it, or what it is to come of, is gone.
    """

    def __init__(
        self,
        context: Context,
        topic_id: int | None = None,
        *,
        wish: NewTopic | None = None,
        origin: TopicOrigin | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._is_new = topic_id is None
        title = "登记提事" if self._is_new else "修改议题"
        super().__init__(title, parent, width=1060)
        self._context, self.topic_id, self._version = context, topic_id, 0
        self.again = False
        self.fields = TopicFields(context)
        self.form = self.fields.form
        self.side = SimilarSide(self)
        with context.database.reading() as session:
            entered = self._begun(session, wish or NewTopic())
            entered = replace(entered, origin=origin or entered.origin)
            self.fields.offer(session)
            self.fields.show(session, entered, new=self._is_new)
        self.fields.show_phone(entered, topic_id)
        self.form.mark_clean()
        self._lay_out()
        self._connect()
        record = None if topic_id is None else (Topic.__tablename__, topic_id)
        key = f"{DRAFTS}:{topic_id}" if topic_id is not None else draft_key(wish or NewTopic())
        keep_dialog(context, self, self.form, key, title, record=record)
        self.fields.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def look(self) -> None:
        """Ask the file for topics of the same words."""
        self._timer.stop()
        typed = self.fields.title.text().strip()
        with self._context.database.lookup() as lookup:
            found = similar(
                lookup,
                typed,
                building_id=self.fields.building.chosen_id,
                besides=self.topic_id,
            )
        self.side.show_found(found, new=self._is_new, typed=bool(typed))

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        self.again = False
        self._save(merge_into=None)

    def save_next(self) -> None:
        """Keep it, and write the next one down."""
        self.again = True
        self._save(merge_into=None)

    def save_into(self, keep_id: int) -> None:
        """Write it down and let it go on with one that is there already."""
        self._save(merge_into=keep_id)

    # -- inside

    def _begun(self, session: Session, wish: NewTopic) -> TopicInput:
        if self.topic_id is not None:
            entered, self._version = topics.input_of(session, self.topic_id)
            return entered
        return topic_origins.blank(
            session,
            resident_id=wish.resident_id,
            diary_entry_id=wish.diary_entry_id,
            request_id=wish.request_id,
            visit_id=wish.visit_id,
        )

    def _lay_out(self) -> None:
        self.side.setFixedWidth(theme.current().px(300))
        self.body.addLayout(row((self.form, 1), self.side, spacing=14), 1)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        if self._is_new:
            self.next_button = self.add_button(Button("保存，再登一件", action="save_next"))
            self.next_button.clicked.connect(self.save_next)
            self.form.save_next_requested.connect(self.save_next)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.fields.title.textChanged.connect(lambda _: self._timer.start())
        self.fields.building.currentTextChanged.connect(lambda _: self._timer.start())
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.side.merge_asked.connect(self.save_into)

    def _save(self, *, merge_into: int | None) -> None:
        with messages.domain_errors_shown(self):
            entered = self.fields.entered()
            try:
                shown = self._write(entered, merge_into)
            except ChangedMeanwhile as error:
                raise DomainError(
                    "这个议题刚被别人改过。您填的还在这里：请记下要改的地方，"
                    "返回列表看一眼新的内容，再改一次。"
                ) from error
            self.topic_id = shown
            messages.notify(
                self._context.signals, f"已{self.windowTitle()}：{entered.title.strip()}"
            )
            self._context.signals.changed.emit(Area.MEETINGS)
            self.accept()

    def _write(self, entered: TopicInput, merge_into: int | None) -> int:
        now = self._context.clock.now()
        sentence = f"{self.windowTitle()} {entered.title.strip()}".strip()
        with self._context.database.transaction(sentence) as session:
            if self.topic_id is not None:
                topics.change(session, self.topic_id, entered, version=self._version, now=now)
                return self.topic_id
            made = topics.register(session, entered, now=now)
            if merge_into is not None:
                topic_screening.merge(session, merge_into, made)
        return merge_into or made


def draft_key(wish: NewTopic) -> str:
    """topic:new, topic:diary-7: what it came out of is in the key, and so found again."""
    for name, field in _FROM.items():
        if (key := getattr(wish, field)) is not None:
            return f"{DRAFTS}:{name}-{key}"
    return f"{DRAFTS}:new"


def wish_of(key: str) -> NewTopic:
    """What a draft of this key was begun with."""
    name, _, number = key.partition(":")[2].partition("-")
    return (
        NewTopic(**{_FROM[name]: int(number)}) if name in _FROM and number.isdigit() else NewTopic()
    )
