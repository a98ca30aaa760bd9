"""Making a certificate: for whom, what the template asks, for what; kept while it is typed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from app.context import Context
from app.errors import DomainError
from app.models import Certificate
from app.services import certificates, drafts, templates
from app.services.certificates import CertificateDraft
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import box, column, row, rule, small
from app.ui.kit.short_title import ShortTitle
from app.ui.papers.certificates.asked_fields import DOCUMENT, STANDARD, DraftFields
from app.ui.papers.certificates.holder_field import HolderField
from app.ui.recent.unsaved import taken_up

DRAFT_MS = 5000
KEPT_AS = "certificate"
_OWN = ("applicant", "applicant_phone")
"""Of a batch everybody has his own."""


class CertificateForm(Card):
    """Ctrl+Enter: the preview is right; 存草稿 keeps it for later; Esc goes back."""

    changed = Signal()
    left = Signal()
    accepted = Signal()
    """The preview is right: save and pass on."""
    kept = Signal()
    """Save as a draft."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self._context = context
        self._template_id = 0
        self._paper_id: int | None = None
        self._version = 0
        self._blank = CertificateDraft(template_id=0)
        self._untouched: dict[str, str] = {}
        self._dirty = False
        self._loading = False
        self.name = ShortTitle()
        self.state = small()
        self.holder = HolderField(context)
        self.fields = DraftFields((), context.clock.today())
        self._place = QVBoxLayout()
        self.back = Button("返回", cap="" if theme.current().large else "Esc")
        self.keep = Button("存草稿")
        self.accept = Button("预览无误", kind="primary", cap="Ctrl+Enter")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self.keep_typing)
        context.signals.keep_requested.connect(self._keep_now)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.holder)

    # -- what is made

    @property
    def paper_id(self) -> int | None:
        """The draft that is changed, None for a new one."""
        return self._paper_id

    @property
    def version(self) -> int:
        return self._version

    @property
    def dirty(self) -> bool:
        return self._dirty

    @property
    def people(self) -> tuple[int, ...]:
        return self.holder.value().people

    def start(self, template_id: int, people: Sequence[int] = ()) -> None:
        """A new certificate; DomainError where the template may not be used."""
        self._begin(template_id, None, 0)
        with self._quietly():
            self.holder.clear()
            self.holder.show_people(people)
            self._ask({})

    def open_paper(self, paper_id: int) -> None:
        """Go on with a draft that was kept; DomainError where it is none any more."""
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            draft, _, version = certificates.draft_of(session, paper_id, today=today)
        self._begin(draft.template_id, paper_id, version)
        with self._quietly():
            if draft.resident_id is not None:
                self.holder.show_people((draft.resident_id,))
            else:
                self.holder.show_outsider(draft.holder, draft.holder_document)
            self._ask({**draft.answers, **_standard_of(draft), DOCUMENT: draft.holder_document})

    def draft(self) -> CertificateDraft:
        """What stands in the form, for the first of the people or for who was typed."""
        holder = self.holder.value()
        draft = replace(self._blank, **self._typed())
        if holder.people:
            document = draft.holder_document or self.fields.document()
            return replace(draft, holder_document=document)
        return replace(draft, holder=holder.name, holder_document=holder.document)

    def drafts(self) -> list[CertificateDraft]:
        """One for each of the people, each with a name, document and phone of their own."""
        today, typed = self._context.clock.today(), self._typed()
        typed = {name: value for name, value in typed.items() if name not in _OWN}
        with self._context.database.reading() as session:
            blanks = [
                certificates.blank(session, self._template_id, one, today=today)[0]
                for one in self.people
            ]
        return [replace(one, **typed) for one in blanks]

    def complete(self) -> bool:
        """Whether everything is said; what is missing is told at its field."""
        if not self.holder.value().known:
            messages.tell(self, "还没有选人。先选定给谁，或点「不在名册里」填姓名和证件。")
            return False
        if fault := self.holder.fault():
            messages.tell(self, fault)
            return False
        return not self.fields.tell_faults()

    # -- drafts: a power cut loses seconds

    def keep_typing(self) -> None:
        """Write what stands in the form to the file, if it differs from what is kept."""
        self._timer.stop()
        if not self._dirty:
            return
        holder, now = self.holder.value(), self._context.clock.now()
        fields = {
            "template_id": self._template_id,
            "paper_id": self._paper_id,
            "version": self._version,
            "people": list(holder.people),
            "holder": holder.name,
            "document": holder.document,
            "typed": self.fields.typed(),
        }
        with self._context.database.transaction("暂存证明草稿") as session:
            known = self._paper_id
            record = (Certificate.__tablename__, known) if known is not None else None
            title = f"{self.name.text()} {holder.name}".strip()
            drafts.keep(session, KEPT_AS, fields, now=now, title=title, record=record)
        self.state.setText(f"草稿 {now:%H:%M} 已存")

    def _keep_now(self) -> None:
        if not self._timer.isActive():
            return
        try:
            self.keep_typing()
        except DomainError as error:
            self.state.setText(f"草稿没有存上：{error}")

    def take_up(self) -> bool:
        """Show what was not saved last time; False if there is nothing. DomainError as `start`."""
        with self._context.database.reading() as session:
            kept = drafts.kept(session, KEPT_AS)
        if kept is None:
            return False
        found: Mapping[str, Any] = kept.fields
        self._begin(found["template_id"], found["paper_id"], found["version"])
        with self._quietly():
            if found["holder"] or found["document"]:
                self.holder.show_outsider(found["holder"], found["document"])
            else:
                self.holder.show_people(found["people"])
            self._ask(found["typed"])
        self._dirty = True
        self.state.setText(taken_up(kept))
        return True

    def forget_typing(self) -> None:
        """What was typed is saved or given up."""
        self._timer.stop()
        self._dirty = False
        with self._context.database.reading() as session:
            kept = drafts.kept(session, KEPT_AS) is not None
        if kept:
            with self._context.database.transaction("清除证明暂存") as session:
                drafts.drop(session, KEPT_AS)

    # -- leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field has taken, wherever the focus is in the form."""
        confirm = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and confirm:
            self.accept.click()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Back to the list; what would be lost is asked about."""
        if self.may_be_left():
            self.forget_typing()
            self.left.emit()

    def may_be_left(self) -> bool:
        """Whether nothing would be lost, or the user does not want it."""
        words = "刚填的还没有保存，离开就没有了。可以先点「存草稿」。"
        return not self._dirty or messages.confirm(
            self, "没有保存", words, "不要了", destructive=True
        )

    # -- inside

    def _lay_out(self) -> None:
        content = column(margins=(15, 10, 15, 10), spacing=8)
        content.addWidget(self.holder)
        content.addWidget(rule())
        content.addLayout(self._place)
        content.addStretch(1)
        self._place.addWidget(self.fields)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = box(content)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self.body.addLayout(row((self.name, 1), self.state, margins=(15, 9, 15, 9)))
        self.body.addWidget(rule())
        self.body.addWidget(scroll, 1)
        self.body.addWidget(rule())
        self.body.addLayout(row(self.back, None, self.keep, self.accept, margins=(15, 9, 15, 9)))

    def _connect(self) -> None:
        self.back.clicked.connect(self.leave)
        self.keep.clicked.connect(self.kept)
        self.accept.clicked.connect(self.accepted)
        self.holder.changed.connect(self._on_holder)
        self.holder.picked.connect(lambda: self.fields.focus_first())
        self._listen()

    def _listen(self) -> None:
        form = self.fields.form
        form.changed.connect(self._on_changed)
        form.save_requested.connect(self.accepted)
        form.leave_requested.connect(self.leave)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What the program puts into the fields is nothing that could be lost."""
        self._loading = True
        try:
            yield
        finally:
            self._loading = False

    def _begin(self, template_id: int, paper_id: int | None, version: int) -> None:
        self._template_id, self._paper_id, self._version = template_id, paper_id, version
        self._clean("")

    def _clean(self, words: str) -> None:
        self._timer.stop()
        self._dirty = False
        self.fields.form.mark_clean()
        self.state.setText(words)

    def _ask(self, typed: Mapping[str, Any]) -> None:
        """Fields for what this template asks of this person, with what was typed already."""
        person = next(iter(self.people), None)
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            self._blank, asked = certificates.blank(session, self._template_id, person, today=today)
            self.name.setText(templates.template(session, self._template_id).title)
        unknown = person is not None and not self._blank.holder_document
        new = DraftFields(asked, today, ask_document=unknown and len(self.people) == 1)
        new.put(_standard_of(self._blank))
        self._untouched = new.typed()
        new.put(typed)
        self._place.replaceWidget(self.fields, new)
        self.fields.hide()
        self.fields.deleteLater()
        self.fields = new
        self._listen()
        self._show_count()

    def _typed(self) -> dict[str, Any]:
        standard = self.fields.standard()
        copies = int(standard.pop("copies") or 1)
        return {**standard, "copies": copies, "answers": self.fields.answers()}

    def _show_count(self) -> None:
        many = len(self.people)
        self.accept.setText(f"给 {many} 人各开一份" if many > 1 else "预览无误")
        self.fields.leave_to_each(_OWN, many > 1)
        if many > 1:
            self.state.setText("右边是其中第一份")
        self.keep.setVisible(many < 2)

    def _on_holder(self) -> None:
        if self._loading:
            return
        with messages.domain_errors_shown(self):
            # What the record of somebody else had filled in goes with him.
            before, typed = self._untouched, self.fields.typed()
            changed = {one: text for one, text in typed.items() if text and text != before.get(one)}
            self._ask(changed)
        self._on_changed()

    def _on_changed(self) -> None:
        if self._loading:
            return
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()
        self.changed.emit()


def _standard_of(draft: CertificateDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name, *_ in STANDARD}
