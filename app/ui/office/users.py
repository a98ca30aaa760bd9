"""使用人: who may log in with which role; and, for who manages them, what the roles may do."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services import rights, users
from app.services.users import UserView
from app.storage.vault import keyfile_of
from app.ui.kit.buttons import Button, show_if
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.labels import column, row, small, title
from app.ui.kit.memory import window_memory
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.key_actions import KeyActions
from app.ui.office.rights_table import RightsTable
from app.values.rights import SECRETARY, Right

PEOPLE, RIGHTS = "使用人", "各岗位的权限"


class UsersTab(QWidget):
    """Everybody sees the list and changes the own password; the rest is for who may manage it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._users: dict[int, UserView] = {}
        self._manages = bool(context.user.slot) and context.may(Right.MANAGE_USERS)
        self.keys = KeyActions(context, self)
        self._model = PagedTableModel(self._columns(), self._fetch)
        self.table = PagedTable(self._model, name="使用人")
        self.table.current_changed.connect(lambda _: self._show_chosen())
        people = row(
            (TableCard(self.table, TableFoot(self.table, unit="人")), 3),
            (column(*self._cards(), None), 2),
            spacing=12,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.widget(0).setLayout(people)
        self._rights: RightsTable | None = None
        self.segments = Segments(((0, PEOPLE, ""), (1, RIGHTS, "")))
        self.segments.chosen.connect(self.show_part)
        self.segments.show_value(0)
        if not self._manages:
            self.segments.hide()
        self.setLayout(column(row(self.segments, None), (self.stack, 1), spacing=10))
        self.refresh()

    def show_part(self, number: int = 0) -> None:
        """0 the people, 1 the table of rights, which is built when it is first asked for."""
        if number and self._rights is None:
            self._rights = RightsTable(self._context)
            self.stack.addWidget(self._rights)
        self.segments.show_value(number)
        self.stack.setCurrentIndex(number)

    def refresh(self) -> None:
        chosen = self.table.current_id()
        with self._context.database.reading() as session:
            found = users.users(session)
        # Somebody who was just added is who one goes on with.
        added = [user.id for user in found if self._users and user.id not in self._users]
        self._users = {user.id: user for user in found}
        self._model.set_ids([user.id for user in found])
        if not self.table.select_id(added[0] if added else chosen):
            self.table.select_row(0)
        self._show_chosen()
        if self._rights is not None:
            self._rights.refresh()
        if self._manages:
            self.show_sheet_missing(not self.keys.sheet_kept)

    def show_sheet_missing(self, missing: bool) -> None:
        """There is no recovery sheet on paper, as far as the program knows."""
        self.sheet_missing.setVisible(missing)
        self._sheet_words.setVisible(not missing)

    @property
    def chosen(self) -> UserView | None:
        """Who is marked in the list."""
        return self._users.get(self.table.current_id() or 0)

    def _columns(self) -> list[Column]:
        me = self._context.user.slot
        return [
            Column("name", "姓名", lambda user: user.name, 110, weight=1, bold=True),
            Column("role", "岗位", lambda user: user.role, 80),
            Column("grids", "网格", _grid_words, 110, weight=1),
            Column("entered", "上次进入", lambda user: _last_entered(user.slot), 120),
            Column("me", "", lambda user: Cell("您自己" if user.slot == me else ""), 70),
        ]

    def _fetch(self, ids: Sequence[int]) -> list[UserView]:
        return [self._users[one] for one in ids]

    def _show_chosen(self) -> None:
        user = self.chosen
        if user is None or not self._manages:
            return
        mine = user.slot == self._context.user.slot
        self._name.setText(user.name)
        role = f"{user.role}（{_grid_words(user)}）" if user.grids else user.role
        self._facts.set_pairs([("岗位", role), ("上次进入", _last_entered(user.slot) or "还没有")])
        within = user.role != SECRETARY or rights.is_secretary(self._context.user)
        show_if(within, self.change_button)
        show_if(within and not mine, self.reset_button, self.remove_button)

    # -- cards

    def _cards(self) -> list[QWidget]:
        if not self._context.user.slot or not keyfile_of(self._context.database.file).exists():
            words = "演示没有密码。自己的社区建好以后，每人一个密码。"
            return [Notice("演示里不能添加使用人", words, tone="soft")]
        cards: list[QWidget] = [self._password_card()]
        if self._manages:
            cards = [self._person_card(), *cards, self._sheet_card(), self._key_card()]
        return cards

    def _person_card(self) -> Card:
        card = _card()
        self._name = title("")
        self.add_button = Button("添加使用人", icon="account-plus-outline", size="small")
        self.add_button.clicked.connect(self.keys.add_user)
        card.body.addLayout(row(self._name, None, self.add_button))
        self._facts = Facts(label=64)
        card.body.addWidget(self._facts)
        self.change_button = Button("修改", icon="pencil-outline", size="small")
        self.change_button.clicked.connect(lambda: self.keys.change_user(self.chosen))
        self.reset_button = Button("重设密码", size="small")
        self.reset_button.clicked.connect(lambda: self.keys.reset_password(self.chosen))
        self.remove_button = Button("移除", kind="danger", size="small")
        self.remove_button.clicked.connect(lambda: self.keys.remove_user(self.chosen))
        card.body.addLayout(row(self.change_button, self.reset_button, self.remove_button, None))
        return card

    def _password_card(self) -> Card:
        self.password_button = Button("换我的密码", size="small")
        self.password_button.clicked.connect(self.keys.change_password)
        return _card("我的密码", "", self.password_button)

    def _sheet_card(self) -> Card:
        self.sheet_button = Button("换一张新的恢复单", size="small")
        self.sheet_button.clicked.connect(self.keys.new_sheet)
        card = _card("恢复单", "", self.sheet_button)
        self._sheet_words = small("旧单丢了、给人看过，就换一张；旧的当场作废。", wrap=True)
        detail = "忘了密码就打不开资料，请现在换一张新的。"
        self.sheet_missing = Notice("恢复单还没有打印", detail, tone="warn")
        self.sheet_missing.hide()
        for widget in (self._sheet_words, self.sheet_missing):
            card.body.addWidget(widget)
        return card

    def _key_card(self) -> Card:
        self.rekey_button = Button("更换资料钥匙", size="small")
        self.rekey_button.clicked.connect(self.keys.change_data_key)
        words = "有人离任，或者备份、U 盘丢过，就换一把。"
        return _card("资料钥匙", words, self.rekey_button)


def _card(heading: str = "", words: str = "", *buttons: Button) -> Card:
    card = Card(margins=(18, 12, 18, 14), spacing=6)
    if heading:
        card.body.addLayout(row(title(heading), None, *buttons))
    if words:
        card.body.addWidget(small(words, wrap=True))
    return card


def _grid_words(user: UserView) -> str:
    return "、".join(name for _, name in user.grids)


def _last_entered(slot: str) -> str:
    """On this computer, as the login remembers it."""
    kept = str(window_memory().value(f"登录/{slot}", ""))
    return f"{datetime.fromisoformat(kept):%m-%d %H:%M}" if kept else ""
