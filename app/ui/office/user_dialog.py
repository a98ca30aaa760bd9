"""Who somebody is: name, role, the grids of a 网格员; with a first password where he is new."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.services.users import UserView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.kit.password_edit import PasswordEdit
from app.ui.office.new_password import password_fault, password_hint
from app.values.rights import GRID_MEMBER, ROLE_DETAILS, ROLES, SOCIAL_WORKER

GRID_COLUMNS = 3
NO_GRIDS = "还没有网格，导入居民或建好网格以后再来选"


class GridTicks(QWidget):
    """Tick boxes of all grids; `value()` gives the ids of those that are ticked."""

    changed = Signal()

    def __init__(self, grids: Sequence[tuple[int, str]], ticked: Collection[int]) -> None:
        super().__init__()
        self.setAccessibleName("负责的网格")
        self.boxes: dict[int, QCheckBox] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, theme.current().px(4), 0, 0)
        for place, (grid, name) in enumerate(grids):
            tick = self.boxes[grid] = QCheckBox(name)
            tick.setChecked(grid in ticked)
            tick.toggled.connect(lambda _: self.changed.emit())
            layout.addWidget(tick, place // GRID_COLUMNS, place % GRID_COLUMNS)
        if not grids:
            layout.addWidget(small(NO_GRIDS, wrap=True), 0, 0)

    def value(self) -> tuple[int, ...]:
        return tuple(grid for grid, tick in self.boxes.items() if tick.isChecked())


class UserDialog(Dialog):
    """A new colleague, or another name, role or grids for `user`."""

    def __init__(
        self,
        grids: Sequence[tuple[int, str]] = (),
        user: UserView | None = None,
        *,
        own: bool = False,
        roles: Sequence[str] = ROLES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改使用人" if user else "添加使用人", parent, width=520)
        self._new = user is None
        self.form = Form(label=80)
        self.name = line_edit(user.name if user else "", hint="真实姓名", limit=40)
        self.role = choice(list(roles), user.role if user else SOCIAL_WORKER)
        # One's own rights are given by another.
        self.role.setEnabled(not own)
        ticked = [grid for grid, _ in user.grids] if user else []
        self.grids = GridTicks(grids, ticked)
        self.first = PasswordEdit("临时密码")
        self.second = PasswordEdit("再输一遍")
        self._add_fields()
        self._reason = small()
        self.body.addWidget(self._reason)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "添加" if self._new else "保存"
        self.save = self.add_button(Button(words, kind="primary", cap="Ctrl+Enter"), closes=True)
        self.form.changed.connect(self._check)
        self.form.save_requested.connect(self.save.click)
        self.form.leave_requested.connect(self.reject)
        self._check()
        self.name.setFocus()

    def _add_fields(self) -> None:
        self.form.add("姓名", self.name)
        self._role_field = self.form.add("岗位", self.role)
        self._grids_field = self.form.add("网格", self.grids)
        if self._new:
            self._first_field = self.form.add("临时密码", self.first)
            self.form.add("再输一遍", self.second)
        self.form.finish()
        # The dialog keeps its size when the grids come and go with the role.
        self._place = QWidget()
        layout = QVBoxLayout(self._place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self.body.addWidget(self._place)

    def _check(self) -> None:
        role = self.role.currentText()
        self._role_field.set_message(ROLE_DETAILS.get(role, ""))
        walks = role == GRID_MEMBER
        self._grids_field.setVisible(walks)
        self._grids_field.label.setVisible(walks)
        reason = "" if self.name.text().strip() else "请填写姓名"
        if walks and self.grids.boxes and not self.grids.value():
            reason = reason or "请勾选他负责的网格，没有网格就看不到任何人"
        reason = reason or (self._password_fault() if self._new else "")
        self._reason.setText(reason)
        self.save.setEnabled(not reason)

    def _password_fault(self) -> str:
        first = self.first.text()
        self._first_field.set_message(*password_hint(first))
        return password_fault(first) or ("" if first == self.second.text() else "两遍密码还不一样")
