"""The resident's form: fields at the left, look-alikes or neighbours at the right."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.context import Context
from app.errors import ChangedMeanwhile, DomainError
from app.services.drafts import Draft
from app.services.households import HouseholdView
from app.services.resident_forms import (
    DuplicateDocument,
    InvalidInput,
    ResidentInput,
)
from app.ui.kit import keys, messages, theme
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small
from app.ui.kit.scroll import scrolled
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import page_layout
from app.ui.residents.form_data import FormData, Opened
from app.ui.residents.form_draft import DraftKeeper
from app.ui.residents.form_fields import ResidentFields
from app.ui.residents.form_header import FormHeader
from app.ui.residents.form_notice import FormNotice
from app.ui.residents.form_saving import FormSaver, Merged, Saved, only_typed
from app.ui.residents.form_side import FormSide

_KEPT_FOR_NEXT = ("address", "other_address", "household_id", "registered_address", "grid_id")
"""What the next person of a household has in common with the one before."""


class ResidentForm(QWidget):
    """Add a resident, or edit one. Nothing is written before 保存, except the draft."""

    left = Signal()
    saved = Signal(int)

    legend = (
        (keys.cap("next_field"), "下一项"),
        (keys.cap("previous_field"), "上一项"),
        ("空格", "展开选项"),
        (keys.cap("leave"), "返回"),
    )

    def __init__(
        self,
        context: Context,
        *,
        resident_id: int | None = None,
        name: str = "",
        household_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._data = FormData(context)
        self._saver = FormSaver(context)
        self._done = False
        # An offer that nobody answered: leaving an untouched form keeps the draft.
        self._draft_waits = False
        self._offered: ResidentInput | None = None
        self.fields = ResidentFields(self._data)
        self.side = FormSide(self.fields, self._data)
        self.header = FormHeader()
        self.notice = FormNotice()
        self.drafts = DraftKeeper(context, self.fields.entered, self)
        self._arrange()
        self._connect()
        self.setFocusProxy(self.fields.lines["name"])
        if resident_id is None:
            self._start_new(self._blank(name, household_id), household_id)
        else:
            self._start_edit(resident_id, self._data.open(resident_id))

    def _arrange(self) -> None:
        layout = page_layout(self)
        layout.addWidget(self.header)
        layout.addWidget(self.notice)
        left = Card(margins=(1, 1, 1, 1))
        left.body.addWidget(self._scroll_area())
        layout.addLayout(row((left, 8), (self.side, 5), spacing=12), 1)
        required = small("带 * 的必须填，其余可以以后再补")
        purpose = small("证件号码和电话只用于核对身份与联系")
        layout.addLayout(row(required, None, purpose))

    def _scroll_area(self) -> QScrollArea:
        px = theme.current().px
        self.fields.setContentsMargins(px(16), px(10), px(16), px(10))
        self._scroll = scrolled(self.fields)
        for field in self.fields.fields:
            field.control.installEventFilter(self)
        return self._scroll

    def _connect(self) -> None:
        for button, slot in (
            (self.header.save, self.save),
            (self.header.save_next, self.save_and_next),
            (self.header.leave, self.leave),
        ):
            button.clicked.connect(slot)
            button.bind(self)
        self.fields.changed.connect(self._keep_in_view)
        self.fields.save_requested.connect(self.save)
        self.fields.save_next_requested.connect(self.save_and_next)
        self.fields.leave_requested.connect(self.leave)
        self.side.same.connect(self._open_existing)
        self.drafts.told.connect(self.header.tell_draft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._keep_in_view()
        return False

    def _keep_in_view(self) -> None:
        """The field that is being filled, with the sentence under it."""
        focused = QApplication.focusWidget()
        for field in self.fields.fields:
            if focused is not None and field.isAncestorOf(focused):
                self._scroll.ensureWidgetVisible(field, 0, theme.current().px(24))

    # -- what is in the form

    def _blank(self, name: str, household_id: int | None) -> ResidentInput:
        if household_id is None:
            return ResidentInput(name=name)
        place = self._data.household(household_id).place_short
        return ResidentInput(name=name, household_id=household_id, address=place)

    def _household(self, household_id: int | None) -> HouseholdView | None:
        """None also where the household was dissolved since the draft was kept."""
        try:
            return None if household_id is None else self._data.household(household_id)
        except DomainError:
            return None

    def _start_new(self, entered: ResidentInput, household_id: int | None) -> None:
        self.fields.show_input(entered, household=self._household(household_id))
        self.fields.photo.set_value(b"")
        self._saver.start_new(self.fields.entered())
        self.header.show_new()
        self._begin(None)

    def _start_edit(self, resident_id: int, opened: Opened) -> None:
        self.fields.show_input(
            opened.entered, household=opened.household, tag_names=opened.tag_names
        )
        self.fields.photo.set_value(opened.photo)
        self._saver.start_edit(resident_id, replace(opened, entered=self.fields.entered()))
        self.header.show_person(opened.entered.name)
        self._begin(resident_id)

    def _begin(self, resident_id: int | None) -> None:
        self._done = self._draft_waits = False
        self.fields.mark_clean()
        self.side.start_over(resident_id)
        self.header.tell_draft("")
        draft = self.drafts.start(resident_id)
        if draft:
            self._offer_draft(*draft)
        self.fields.focus_field("name")

    def take_up_draft(self) -> None:
        """Put what was kept into the fields without asking again: the user has asked for it."""
        if self._draft_waits and self._offered is not None:
            self.notice.hide()
            self._restore(self._offered)

    def _offer_draft(self, entered: ResidentInput, draft: Draft) -> None:
        self._draft_waits, self._offered = True, entered
        name = entered.name or "还没有姓名"
        since = f"；这条后来改过：{draft.changed_by}" if draft.changed_by else ""
        self.notice.show_words(
            "上次有未保存的内容，是否恢复？",
            f"{name}，{draft.saved_at:%m-%d %H:%M} 自动存下的草稿{since}",
            answers=(("恢复", lambda: self._restore(entered)), ("不要了", self._refuse_draft)),
        )

    def _refuse_draft(self) -> None:
        self._draft_waits = False
        self.drafts.drop()

    def _restore(self, entered: ResidentInput) -> None:
        self._draft_waits = False
        self.fields.show_input(entered, household=self._household(entered.household_id))
        self.side.start_over(self._saver.resident_id)
        self.fields.focus_field("name")

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        photo = self.fields.photo.value() != self._saver.opened_photo
        return photo or self.fields.entered() != self._saver.opened

    # -- saving

    def save(self) -> None:
        """Write and leave. A second click finds nothing left to do."""
        saved = self._save()
        if saved:
            self.saved.emit(saved.resident_id)

    def save_and_next(self) -> None:
        """Write, then the next person of the same household."""
        if self._saver.resident_id is not None:
            return
        saved = self._save()
        if saved:
            written = self._data.open(saved.resident_id).entered
            common = {key: getattr(written, key) for key in _KEPT_FOR_NEXT}
            self._start_new(ResidentInput(**common), written.household_id)

    def _save(self) -> Saved | None:
        if self._done:
            return None
        problems = self.fields.date_faults()
        if problems:
            self.fields.show_faults(problems)
            return None
        try:
            saved = self._write()
        except InvalidInput as error:
            self.fields.show_faults(error.faults)
        except DuplicateDocument as error:
            self._tell_duplicate(error)
        except ChangedMeanwhile:
            self._merge_with_others()
        except DomainError as error:
            self._tell_fault(error)
        else:
            return saved
        return None

    def _merge_with_others(self) -> None:
        try:
            merged = self._saver.merge_with_latest(self.fields.entered())
        except DomainError as error:
            # Deleted in between: there is nothing to merge with.
            self._tell_fault(error)
        else:
            self._tell_merged(merged)

    def _tell_fault(self, error: DomainError) -> None:
        self.notice.show_words(str(error), "填的内容都还在。", tone="danger")

    def _write(self) -> Saved:
        QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        try:
            saved = self._saver.save(
                self.fields.entered(), self.fields.photo.value(), self.side.declared
            )
        finally:
            QApplication.restoreOverrideCursor()
        self._done = True
        self.drafts.stop()
        self.drafts.drop()
        self.notice.hide()
        self._context.signals.changed.emit(Area.RESIDENTS)
        messages.notify(self._context.signals, "；".join((saved.sentence, *saved.remarks)))
        return saved

    def _tell_duplicate(self, error: DuplicateDocument) -> None:
        self.fields.say("document_number", str(error), "danger")
        self.fields.focus_field("document_number")
        self.side.look()

    def _tell_merged(self, merged: Merged) -> None:
        """Typing stays; what only the other one changed is taken over, the rest is shown."""
        household = self._household(self._saver.opened.household_id)
        self.fields.show_input(merged.entered, household=household)
        for key, value in merged.contested.items():
            if key in self.fields.by_name:
                self.fields.say(key, f"别人刚改成：{value or '空'}", "warn")
        labels = self.fields.labels(merged.taken_over)
        taken = f"别人改的 {labels} 已经并进来；" if labels else ""
        self.notice.show_words(
            "这条记录刚被别人改过。",
            f"{taken}您填的都还在，看一遍再按保存。",
            tone="warn",
        )

    # -- leaving

    def leave(self) -> bool:
        """Go back; asks only if something would be lost. False where the user stays."""
        if self.dirty and not self._may_lose():
            return False
        self.drafts.stop()
        if self.dirty or not self._draft_waits:
            self.drafts.drop()
        self.left.emit()
        return True

    def _may_lose(self) -> bool:
        name = self.fields.entered().name
        whose = f"{name} 的" if name else ""
        return messages.confirm(
            self,
            "不保存就返回？",
            f"{whose}改动还没有保存，返回后就没有了。",
            "不保存，返回",
            destructive=True,
        )

    def _open_existing(self, resident_id: int) -> None:
        """是同一人: the record on file, its empty fields filled with what was typed."""
        typed = self.fields.entered()
        opened = self._data.open(resident_id)
        if self._saver.resident_id is not None and self.dirty and not self._may_lose():
            return
        new = self._saver.resident_id is None
        self.drafts.drop()
        self._start_edit(resident_id, opened)
        if new:
            self._carry_over(typed, opened)

    def _carry_over(self, typed: ResidentInput, opened: Opened) -> None:
        on_file = self.fields.entered()
        added = only_typed(typed, on_file, self.fields.by_name)
        words = "这是已有的记录，"
        if added:
            self.fields.show_input(
                replace(on_file, **added), household=opened.household, tag_names=opened.tag_names
            )
            words += f"原来空着的 {self.fields.labels(added)} 用了您刚填的。"
        else:
            words += "没有什么可以补的。"
        self.notice.show_words(f"已打开 {opened.entered.name} 的记录。", words)
