"""The login: who, password, what was wrong and how long to wait, how old the backup is.

The same page is the lock screen, then with the one locked user only, until 换人 is chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import Clock
from app.errors import DomainError
from app.storage.vault import SlotInfo, Vault
from app.ui.help_dialog import HelpDialog
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import (
    Label,
    box,
    column,
    h2,
    hide_unless,
    icon_label,
    row,
    rule,
    small,
    title,
)
from app.ui.kit.memory import window_memory
from app.ui.kit.password_edit import PasswordEdit
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE
from app.ui.kit.tokens import COLORS, Mode
from app.ui.kit.user_list import UserList
from app.version import VERSION

TICK_MS = 200
# What the name and the role have beside each other, at the right of the list.
SIDE_ROOM = 370


@dataclass(frozen=True)
class LoginFacts:
    """What is known before the file is open: no word about residents."""

    office_name: str = ""
    backup: str = "还没有备份"
    backup_good: bool = False
    locked_slot: str = ""
    """Who was at the desk (lock screen); others only after 换人."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """By slot: 网格员（第三网格）; the role of the key file where nobody has come in here yet"""


class LoginView(QWidget):
    """Emits `entered` with the user and the data key; keeps neither."""

    entered = Signal(object, bytes)
    """SlotInfo, data key"""
    recovery_requested = Signal()
    mode_requested = Signal(str)
    quit_requested = Signal()

    def __init__(self, vault: Vault, clock: Clock, facts: LoginFacts) -> None:
        super().__init__()
        self._vault = vault
        self._clock = clock
        self._facts = facts
        self._everybody = {one.slot: one for one in vault.users()}
        locked = {facts.locked_slot} & self._everybody.keys()
        self._people = {
            slot: one for slot, one in self._everybody.items() if not locked or slot in locked
        }
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._show_wait)
        self.users.choose(facts.locked_slot or str(window_memory().value("登录/上次", "")))
        self._show_user()
        self.password.setFocus()

    # -- building

    def _build(self) -> None:
        px = theme.current().px
        frame = QWidget()
        frame.setFixedWidth(px(780))
        column_ = QVBoxLayout(frame)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(px(12))
        column_.addLayout(self._heading())
        column_.addWidget(self._card())
        column_.addLayout(self._foot())
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(frame, alignment=Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)

    def _heading(self) -> QHBoxLayout:
        line = Label(PRODUCT_LINE, "h2", tone="text2", bold=True)
        product = Label(PRODUCT, "brand", tone="brand", bold=True)
        return row(product, line, None, Label(self._facts.office_name), spacing=10)

    def _card(self) -> QFrame:
        card = Card(margins=(1, 1, 1, 1), spacing=0)
        card.setMinimumHeight(theme.current().px(456))
        card.body.addLayout(
            row(self._users_side(), rule(vertical=True), (self._password_side(), 1), spacing=0), 1
        )
        return card

    def _users_side(self) -> QWidget:
        alone = len(self._people) < len(self._everybody)
        self._list_title = title("已锁定" if self._facts.locked_slot else "谁来用")
        self._list_hint = small("" if alone else "↑ ↓ 选人")
        head = row(self._list_title, None, self._list_hint, margins=(18, 12, 16, 10))
        self.users = UserList(self._listed())
        self.users.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.users.chosen.connect(lambda _: self._show_user())
        side = box(column(box(head), rule(), (self.users, 1), spacing=0))
        side.setFixedWidth(theme.current().px(331))
        return side

    def _listed(self) -> list[tuple[str, str, str]]:
        return [(one.slot, one.name, self._role(one)) for one in self._people.values()]

    def _role(self, person: SlotInfo) -> str:
        return self._facts.roles.get(person.slot, person.role)

    def show_everybody(self) -> None:
        """Somebody else wants to work while this user is away."""
        self._people = self._everybody
        self._list_title.setText("谁来用")
        self._list_hint.setText("↑ ↓ 选人")
        self.others.hide()
        self.users.set_people(self._listed())
        self.users.choose(self._facts.locked_slot)
        self.password.setFocus()

    def _password_side(self) -> QWidget:
        self.name = h2("")
        self.role = Label("", tone="text2")
        self.last_time = small()
        self.caps = box(
            row(icon_label("apple-keyboard-caps", COLORS.warn), small("大写锁定开着", tone="warn"))
        )
        self.password = PasswordEdit()
        self.password.returnPressed.connect(self.enter)
        self.password.textEdited.connect(self._calm_down)
        self.password.stepped.connect(self.users.step)
        self.password.caps_lock_changed.connect(self.caps.setVisible)
        self.notice = Notice("", tone="danger")
        self.enter_button = Button("进入", kind="primary", size="main", cap="Enter", wide=True)
        self.enter_button.clicked.connect(self.enter)
        label = Label("密码", tone="text2")
        label.setBuddy(self.password)
        side = column(
            row(self.name, self.role, None, spacing=10),
            self.last_time,
            16,
            row(label, None, self.caps),
            self.password,
            self.notice,
            6,
            self.enter_button,
            6,
            self._forgotten(),
            self._other_person(),
            None,
            rule(),
            *self._assurances(),
            spacing=8,
            margins=(30, 24, 30, 18),
        )
        self.caps.hide()
        self.notice.hide()
        return box(side)

    def _forgotten(self) -> QHBoxLayout:
        button = Button("忘了密码", kind="link", action="forgotten")
        button.clicked.connect(self.recovery_requested)
        button.bind(self)
        return row(button, None, small("请书记重设，或用恢复单"))

    def _other_person(self) -> QWidget:
        button = Button("换一个人用", kind="link")
        button.clicked.connect(self.show_everybody)
        words = small("页面会关掉；表和长文留作草稿，小窗口要重填")
        self.others = box(row(button, None, words))
        hide_unless(len(self._people) < len(self._everybody), self.others)
        return self.others

    def _assurances(self) -> list[QHBoxLayout]:
        good = self._facts.backup_good
        icon = "check-circle-outline" if good else "alert-outline"
        color = COLORS.ok if good else COLORS.warn
        backup = row(icon_label(icon, color), small(self._facts.backup), None, spacing=8)
        if self._facts.locked_slot:
            # Who locked it knows: the line makes room for 换一个人用.
            return [backup]
        words = small("资料只在这台电脑上，加密保存，不上网")
        return [backup, row(icon_label("lan-disconnect"), words, None, spacing=8)]

    def _foot(self) -> QHBoxLayout:
        other = Mode.STANDARD if theme.current().large else Mode.LARGE
        size = Button(other.value, kind="ghost", size="small", icon="format-size")
        size.clicked.connect(lambda: self.mode_requested.emit(other.value))
        help_button = Button(
            "帮助", kind="ghost", size="small", icon="help-circle-outline", action="help"
        )
        help_button.clicked.connect(lambda: HelpDialog(self.window()).exec())
        help_button.bind(self)
        leave = Button("退出", kind="ghost", size="small", cap="Alt+F4")
        leave.clicked.connect(self.quit_requested)
        return row(small(VERSION), None, size, help_button, leave, spacing=4)

    # -- entering

    def enter(self) -> None:
        """Try the password; says what happened, never which part was wrong."""
        slot = self.users.current_key()
        if not self.enter_button.isEnabled():
            return
        if not self.password.text():
            self._say("请输入密码", "")
            return
        try:
            key = self._vault.unlock(slot, self.password.text())
        except DomainError as error:
            self._refused(error)
            return
        self._remember(slot)
        self.password.clear()
        self.entered.emit(self._people[slot], key)

    def _refused(self, error: DomainError) -> None:
        self.password.selectAll()
        self._say("密码不对", "")
        self._show_wait()
        if not self._timer.isActive():
            self._say(str(error), "")

    def _show_user(self) -> None:
        person = self._people.get(self.users.current_key())
        if person is None:
            return
        self.name.setText(person.name)
        room = theme.current().px(SIDE_ROOM) - theme.text_width(person.name, "h2", bold=True)
        role = self.role.fontMetrics().elidedText(
            self._role(person), Qt.TextElideMode.ElideRight, room
        )
        self.role.setText(role)
        self.role.setToolTip(self._role(person))
        self.last_time.setText(_last_time(person, self._clock.now()))
        self.password.clear()
        # The refusal was of the one who was chosen before.
        self._timer.stop()
        self.notice.hide()
        self._show_wait()

    def _show_wait(self) -> None:
        """Count the seconds down; the button is off as long as the delay runs."""
        seconds = self._vault.seconds_to_wait(self.users.current_key())
        self.enter_button.setEnabled(not seconds)
        self.enter_button.setText(f"进入，还要等 {seconds} 秒" if seconds else "进入")
        if seconds:
            self._timer.start()
            self._say("密码不对", f"连着输错，等的时间会加长。还剩 {seconds} 秒可以再试。")
        elif self._timer.isActive():
            self._timer.stop()
            # It stays until something is typed: who looked away for the wait would miss it.
            self._say("密码不对", "现在可以再输一遍。")
            self.password.setFocus()

    def _calm_down(self) -> None:
        """A new try is being typed."""
        if not self._timer.isActive():
            self.notice.hide()

    def _say(self, words: str, detail: str) -> None:
        self.notice.show_text(words, detail, tone="danger")
        self.notice.show()

    def _remember(self, slot: str) -> None:
        memory = window_memory()
        memory.setValue("登录/上次", slot)
        memory.setValue(f"登录/{slot}", self._clock.now().isoformat(timespec="minutes"))


def _last_time(person: SlotInfo, now: datetime) -> str:
    kept = str(window_memory().value(f"登录/{person.slot}", ""))
    try:
        moment = datetime.fromisoformat(kept)
    except ValueError:
        return "第一次在这台电脑上进入"
    return f"上次进入：{day_words(moment.date(), now.date())} {moment:%H:%M}，本机"


def day_words(day: date, today: date) -> str:
    """今天, 昨天, or the date."""
    near: dict[int, str] = {0: "今天", 1: "昨天"}
    return near.get((today - day).days, f"{day:%Y-%m-%d}")
