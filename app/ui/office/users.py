"""使用人: who may log in, one's own password, a new recovery sheet."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import office
from app.services.office import ROLES, UserView
from app.storage.office_file import load_vault
from app.storage.vault import Vault, keyfile_of
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import column, row, small, title
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.password_edit import PasswordEdit
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.new_password import NewPasswordDialog, password_fault, password_hint
from app.ui.office.sheet import NewSheetDialog, recovery_paper

SECRETARY = ROLES[0]


class UsersTab(QWidget):
    """The secretary adds people and prints a new sheet; everybody changes the own password."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._users: dict[int, UserView] = {}
        self._model = PagedTableModel(self._columns(), self._fetch)
        self.table = PagedTable(self._model, name="使用人")
        self.setLayout(
            row(
                (TableCard(self.table, TableFoot(self.table, unit="人")), 3),
                (column(*self._cards(), None), 2),
                spacing=12,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        with self._context.database.reading() as session:
            found = office.users(session)
        self._users = {user.id: user for user in found}
        self._model.set_ids([user.id for user in found])
        if self._is_secretary():
            self.sheet_missing.setVisible(not self._vault().sheet_kept)

    def _columns(self) -> list[Column]:
        me = self._context.user.slot
        return [
            Column("name", "姓名", lambda user: user.name, 140, weight=1, bold=True),
            Column("role", "岗位", lambda user: user.role, 120, weight=1),
            Column("me", "", lambda user: Cell("您自己" if user.slot == me else ""), 90),
        ]

    def _fetch(self, ids: Sequence[int]) -> list[UserView]:
        return [self._users[one] for one in ids]

    def _cards(self) -> list[QWidget]:
        if not self._context.user.slot:
            words = "演示没有密码。自己的社区建好以后，每人一个密码。"
            return [Notice("演示里不能添加使用人", words, tone="soft")]
        cards: list[QWidget] = [self._password_card()]
        if self._is_secretary():
            cards += [self._people_card(), self._sheet_card()]
        return cards

    def _is_secretary(self) -> bool:
        return bool(self._context.user.slot) and self._context.user.role == SECRETARY

    def _password_card(self) -> Card:
        self.password_button = Button("换密码")
        self.password_button.clicked.connect(self.change_password)
        return _card("我的密码", "换了以后，以前的备份还是用以前的密码。", self.password_button)

    def _people_card(self) -> Card:
        self.add_button = Button("添加使用人", icon="account-plus-outline")
        self.add_button.clicked.connect(self.add_user)
        self.reset_button = Button("给选中的人重设密码")
        self.reset_button.clicked.connect(self.reset_password)
        words = "每人用自己的姓名和密码，谁改了什么才查得清。"
        return _card("同事", words, self.add_button, self.reset_button)

    def _sheet_card(self) -> Card:
        self.sheet_button = Button("换一张新的恢复单")
        self.sheet_button.clicked.connect(self.new_sheet)
        words = "旧单丢了、给人看过，就换一张；旧的当场作废。"
        card = _card("恢复单", words, self.sheet_button)
        detail = "忘了密码就打不开资料，请现在换一张新的。"
        self.sheet_missing = Notice("恢复单还没有打印", detail, tone="warn")
        card.body.insertWidget(1, self.sheet_missing)
        return card

    # -- actions

    def change_password(self) -> None:
        words = "先输入现在的密码，再输两遍新密码。"
        dialog = NewPasswordDialog("换我的密码", words, ask_old=True, parent=self)
        if dialog.exec():
            with domain_errors_shown(self):
                self._vault().change_password(
                    self._context.user.slot, dialog.old.text(), dialog.first.text()
                )
                notify(self._context.signals, "密码已更换，下次进入时用新密码")

    def reset_password(self) -> None:
        user = self._users.get(self.table.current_id() or 0)
        with domain_errors_shown(self):
            if user is None:
                raise DomainError("请先在左边选一个人。")
            words = f"给 {user.name} 设一个临时密码，请他进入后自己再换。"
            dialog = NewPasswordDialog("重设密码", words, ask_old=False, parent=self)
            if dialog.exec():
                key = self._context.database.key
                self._vault().set_password(user.slot, key, dialog.first.text())
                notify(self._context.signals, f"已给 {user.name} 设新密码")

    def add_user(self) -> None:
        dialog = NewUserDialog(self)
        if not dialog.exec():
            return
        name, role = dialog.name.text().strip(), dialog.role.currentText()
        with domain_errors_shown(self):
            vault = self._vault()
            slot = vault.add_user(
                self._context.database.key, name=name, role=role, password=dialog.first.text()
            )
            try:
                with self._context.database.transaction(f"添加使用人 {name}") as session:
                    office.add_user(session, name=name, role=role, slot=slot)
            except DomainError:
                vault.remove_user(self._context.database.key, slot)
                raise
            self._context.signals.changed.emit(Area.OFFICE)
            notify(self._context.signals, f"已添加 {name}")

    def new_sheet(self) -> None:
        words = "换了以后，现有的恢复单马上作废。请先确认打印机可用，或准备好 U 盘。"
        if not confirm(self, "换一张新的恢复单", words, "换新的", destructive=True):
            return
        with domain_errors_shown(self):
            vault = self._vault()
            groups = vault.new_recovery(self._context.database.key).groups
            with self._context.database.reading() as session:
                data = office.office(session)
            sheet = recovery_paper(data, groups, self._context.clock, self._context.database.file)
            if NewSheetDialog(groups, sheet, self._context.clock, self.window()).exec():
                vault.note_sheet_kept()
            self._context.signals.changed.emit(Area.OFFICE)

    def _vault(self) -> Vault:
        if not keyfile_of(self._context.database.file).exists():
            raise DomainError("这份资料没有密钥文件，不能改密码。")
        return load_vault(self._context.database.file)


class NewUserDialog(Dialog):
    """Name, role and a first password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("添加使用人", parent)
        self.form = Form(label=80)
        self.name = line_edit(hint="真实姓名", limit=40)
        self.role = choice(list(ROLES), "社工")
        self.first = PasswordEdit("临时密码")
        self.second = PasswordEdit("再输一遍")
        self.form.add("姓名", self.name)
        self.form.add("岗位", self.role)
        self._first_field = self.form.add("临时密码", self.first)
        self.form.add("再输一遍", self.second)
        self.form.finish()
        self.body.addWidget(self.form)
        self._reason = small()
        self.body.addWidget(self._reason)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save = self.add_button(Button("添加", kind="primary", cap="Ctrl+Enter"), closes=True)
        self.form.changed.connect(self._check)
        self.form.save_requested.connect(self.save.click)
        self.form.leave_requested.connect(self.reject)
        self._check()
        self.name.setFocus()

    def _check(self) -> None:
        first = self.first.text()
        self._first_field.set_message(*password_hint(first))
        reason = "" if self.name.text().strip() else "请填写姓名"
        reason = reason or password_fault(first)
        reason = reason or ("" if first == self.second.text() else "两遍密码还不一样")
        self._reason.setText(reason)
        self.save.setEnabled(not reason)


def _card(heading: str, words: str, *buttons: Button) -> Card:
    card = Card(margins=(20, 16, 20, 18), spacing=8)
    card.body.addWidget(title(heading))
    card.body.addWidget(small(words, wrap=True))
    card.body.addLayout(row(*buttons, None))
    return card
