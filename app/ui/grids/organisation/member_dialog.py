"""Somebody who serves: from the residents, or typed in."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import GridMember
from app.services import cards, member_forms, members, post_users, users
from app.services.member_forms import MemberInput
from app.services.posts import Done
from app.ui.grids.organisation.remarks import tell_remarks
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import hide_unless
from app.ui.kit.signals import Area
from app.ui.people.phone_line import PhoneLine
from app.ui.people.photo_edit import PhotoEdit
from app.ui.people.resident_link import ResidentLink
from app.ui.recent.unsaved import keep_dialog
from app.values.rights import Right

DRAFT = "member"
_BOARD = "会整个印在公示牌上，居民看得到：请填工作电话。"
_PRIVATE = "印居民资料里的电话（本人同意公开才勾）"


class MemberDialog(Dialog):
    """A new one, or one who is on the list; `member_id` afterwards says who it was."""

    def __init__(
        self,
        context: Context,
        member_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("添加人员" if member_id is None else "修改人员", parent, width=640)
        self._context = context
        self.member_id = member_id
        self._version = 0
        self._photo = b""
        self._taken = ""
        self.form = self._fields(self._read())
        self.body.addWidget(self.form)
        self._add_buttons()
        record = (GridMember.__tablename__, member_id) if member_id is not None else None
        title = f"{self.windowTitle()} {self.name.text()}".strip()
        key = f"{DRAFT}:{member_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self.entered()
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                remarks = self._keep(session, entered)
            self._context.signals.changed.emit(Area.GRIDS)
            tell_remarks(self, self._context, Done(0, remarks))
            self.accept()

    def entered(self) -> MemberInput:
        """What stands in the form."""
        return MemberInput(
            name=self.name.text(),
            phone=self._phone.phone,
            party_member=self.party.isChecked(),
            workplace=self.workplace.text(),
            note=self.note.text(),
            resident_id=self.resident.value(),
            user_id=self.user.chosen_id,
        )

    def take(self, resident_id: int) -> None:
        """Begin with a resident: what is known, but not the private phone."""
        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                entered = member_forms.from_resident(session, resident_id)
            self.resident.set_value(resident_id)
            self.name.setText(entered.name)
            self.party.setChecked(entered.party_member)
            self.workplace.setText(entered.workplace)
            self.private.setChecked(False)
            self.phone.setFocus()

    def _read(self) -> MemberInput:
        with self._context.database.reading() as session:
            self._users = {one.id: f"{one.name}（{one.role}）" for one in users.users(session)}
            if self.member_id is not None:
                self._photo = members.photo(session, self.member_id) or b""
                entered, self._version = member_forms.input_of(session, self.member_id)
                return entered
        return MemberInput()

    def _fields(self, entered: MemberInput) -> Form:
        self.resident = ResidentLink(self._context, entered.resident_id)
        self.resident.chosen.connect(self.take)
        self.name = line_edit(entered.name, limit=60)
        self._phone = PhoneLine(self._context, hint="工作电话")
        self._phone.show(entered.phone, f"人员 {entered.name} ", self._note_opened)
        self.phone = self._phone.edit
        self.private = QCheckBox(_PRIVATE)
        self.party = QCheckBox("是中共党员（党内职务和包楼联户要用）")
        self.party.setChecked(entered.party_member)
        for box in (self.private, self.party):
            box.setMinimumHeight(theme.current().control)
        self.workplace = line_edit(entered.workplace, hint="如 望海社区居委会", limit=120)
        self.user = IdChoice(self._users, name="使用人", blank="不用本程序的不选")
        self.user.choose_id(entered.user_id)
        self.note = line_edit(entered.note, limit=200)
        self.photo = PhotoEdit()
        self.photo.set_value(self._photo)
        self.private.toggled.connect(self._use_private)
        return self._form()

    def _form(self) -> Form:
        form = Form(label=64)
        resident = form.add("居民", self.resident)
        hide_unless(self._context.may(Right.VIEW_PEOPLE), resident, resident.label)
        form.add("姓名", self.name, required=True)
        form.add("电话", self.phone).set_message(_BOARD)
        self._private_field = form.add("本人电话", self.private)
        form.add("党员", self.party)
        form.add("单位", self.workplace)
        self._user = form.add("使用人", self.user)
        self._user.set_message("能登录本程序的，选对应的使用人：网格员看得到的网格跟着任职走。")
        form.add("备注", self.note)
        form.add("照片", self.photo)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.resident.changed.connect(self._show_private)
        self._show_private()
        return form

    def _show_private(self) -> None:
        # Who may not see the number does not put it on a board unseen.
        known = bool(self.resident.phone) and self._context.may(Right.SEE_NUMBERS)
        for widget in (self._private_field, self._private_field.label):
            widget.setVisible(known)

    def _use_private(self, on: bool) -> None:
        if on:
            resident = self.resident.value() or 0
            words = f"居民 {self.name.text().strip()} "
            self._phone.show(self.resident.phone, words, lambda s: cards.note_opened(s, resident))
            self._taken = self.phone.text()
        elif self.phone.text() == self._taken:
            self._phone.show("")

    def _note_opened(self, session: Session) -> None:
        member_forms.note_opened(session, self.member_id or 0)

    def _add_buttons(self) -> None:
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _keep(self, session: Session, entered: MemberInput) -> tuple[str, ...]:
        if self.member_id is None:
            self.member_id = member_forms.add(session, entered)
        else:
            member_forms.update(session, self.member_id, entered, version=self._version)
        jpeg: Any = self.photo.value()
        if jpeg != self._photo:
            members.set_photo(session, self.member_id, jpeg or None)
        return post_users.catch_up(session, self.member_id, today=self._context.clock.today())


def remove_member(context: Context, member_id: int, name: str, parent: QWidget) -> None:
    """Into the bin, after asking; who has a post is told to leave it first."""
    words = f"{name}会移到回收站，保留 30 天；以前的任职在历任里还看得到。"
    if not messages.confirm(parent, f"删除 {name}", words, "删除", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"删除人员 {name}") as session:
            member_forms.remove(session, member_id, now=context.clock.now())
        context.signals.changed.emit(Area.GRIDS)
