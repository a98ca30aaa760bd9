"""The card of somebody who serves: the picture, what is known, all posts, all pairings."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QStackedWidget

from app.context import Context
from app.models import GridMember, PartyPairing, Post
from app.services import member_forms, members, pairings, posts, users
from app.services.pairings import PairingView
from app.services.posts import PostView
from app.ui.grids.organisation.end_dialog import EndDialog
from app.ui.grids.organisation.list_part import ListPart
from app.ui.grids.organisation.member_dialog import MemberDialog, remove_member
from app.ui.grids.organisation.pairing_dialog import PairingDialog, end_pairing
from app.ui.grids.organisation.post_dialog import (
    APPOINT,
    CORRECT,
    TRANSFER,
    Asked,
    PostDialog,
)
from app.ui.grids.organisation.seat_rows import PAIRING_COLUMNS
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.labels import Label, box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.masking import mask_phones
from app.values.rights import Right

POSTS, PAIRINGS = "任职", "包联"


def _term(post: PostView) -> Cell:
    return Cell(f"{post.since}", sub=f"至 {post.until:%Y-%m-%d}" if post.until else "起")


POST_COLUMNS = (
    Column("post", "职务", lambda post: post.words, 150, weight=2),
    Column("term", "起止", _term, 190, weight=1),
)


class MemberCard(Card):
    """Shows nobody until somebody is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._member_id: int | None = None
        self.title = Label("", "title", bold=True, wrap=True)
        self.picture = QLabel()
        self.picture.setAccessibleName("照片")
        self.facts = Facts(label=52)
        self.edit_button = Button("修改", size="small")
        self.remove_button = Button("删除", kind="danger", size="small")
        self.history = history_button(context, self, self._record)
        offer(context.may(Right.EDIT_GRIDS), self.edit_button, self.remove_button)
        self.edit_button.clicked.connect(self.edit)
        self.remove_button.clicked.connect(self.remove)
        self.choice = Segments([(name, name, name) for name in (POSTS, PAIRINGS)])
        self.stack = QStackedWidget()
        self.posts, self.pairings = self._posts(), self._pairings()
        self.stack.addWidget(self.posts)
        self.stack.addWidget(self.pairings)
        self.choice.chosen.connect(self.show_part)
        self._lay_out()
        self.show_part(POSTS)
        self.show_member(None)

    def show_part(self, name: object) -> None:
        """任职 or 包联."""
        self.choice.show_value(name)
        self.stack.setCurrentWidget(self.posts if name == POSTS else self.pairings)

    def show_member(self, member_id: int | None) -> None:
        """Somebody else, or the same read anew."""
        self._member_id = member_id
        self._known.setVisible(member_id is not None)
        self.stack.setEnabled(member_id is not None)
        if member_id is None:
            self.title.setText("还没有选中人员")
            self.facts.set_pairs(())
            self._show_picture(b"")
            self._show_parts([], [])
            return
        with self._context.database.reading() as session:
            entered, _ = member_forms.input_of(session, member_id)
            jpeg = members.photo(session, member_id) or b""
            held = posts.posts(session, member_id=member_id)
            paired = pairings.pairings(session, member_id=member_id)
            user = {one.id: one.name for one in users.users(session)}.get(entered.user_id or 0, "")
        facts = (
            ("电话", mask_phones(entered.phone)),
            ("单位", entered.workplace),
            ("党员", "是" if entered.party_member else ""),
            ("使用人", user),
            ("备注", entered.note),
        )
        self.title.setText(entered.name)
        self.facts.set_pairs(
            [(name, words if name == "电话" else _short(words)) for name, words in facts if words]
        )
        self._show_picture(jpeg)
        self._show_parts(held, paired)

    def edit(self) -> None:
        """The form, if whoever works may change the list."""
        if self._member_id is not None and not self.edit_button.withheld:
            MemberDialog(self._context, self._member_id, self.window()).exec()

    def remove(self) -> None:
        """Into the bin, after asking."""
        if self._member_id is not None:
            remove_member(self._context, self._member_id, self.title.text(), self)

    def press_new(self) -> None:
        """任职, or 包楼联户 where that list is seen."""
        part = self.posts if self.stack.currentWidget() is self.posts else self.pairings
        if part.buttons[0].isEnabled() and part.buttons[0].isVisible():
            part.buttons[0].click()

    # -- assembling

    def _lay_out(self) -> None:
        words = column(self.title, self.facts, None, spacing=4)
        self._known = box(row(self.edit_button, self.remove_button, self.history))
        self.body.addLayout(row((words, 1), self.picture, spacing=10))
        self.body.addLayout(row(self.choice, None, self._known))
        self.body.addWidget(self.stack, 1)

    def _posts(self) -> ListPart:
        empty = EmptyState("account-outline", "还没有任过职")
        part = ListPart(self._context, POST_COLUMNS, _post_table, empty)
        new = Button("任职", size="small", action="new")
        part.add_button(new, lambda _: self._appoint(), lambda _: self._member_id is not None)
        part.add_button(Button("离任", size="small"), self._end, self._runs)
        part.add_button(Button("改任", size="small"), self._ask(TRANSFER), self._runs)
        part.add_button(Button("更正", size="small"), self._ask(CORRECT), _there)
        part.add_history(Post, lambda line: (line.id, line.words))
        return part

    def _pairings(self) -> ListPart:
        empty = EmptyState("home-group", "没有包楼联户")
        part = ListPart(self._context, PAIRING_COLUMNS[1:], _pairing_table, empty)
        new = Button("包楼联户…", size="small", action="new")
        part.add_button(new, lambda _: self._pair(), lambda _: self._member_id is not None)
        part.add_button(
            Button("结束", size="small"),
            lambda line: end_pairing(self._context, line, self),
            lambda line: line is not None and line.until is None,
        )
        part.name_residents(lambda line: line.head_id)
        part.add_history(PartyPairing, lambda line: (line.id, f"{line.name} {line.what}"))
        return part

    def _show_parts(self, held: Sequence[PostView], paired: Sequence[PairingView]) -> None:
        self.posts.show_rows(held)
        self.pairings.show_rows(paired)
        for name, rows in ((POSTS, held), (PAIRINGS, paired)):
            self.choice.set_words(name, f"{name} {len(rows)}" if rows else name)

    def _show_picture(self, jpeg: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(jpeg)
        if not picture.isNull():
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToHeight(theme.current().px(112), smooth)
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())

    def _record(self) -> Record | None:
        if self._member_id is None:
            return None
        return Record(GridMember, self._member_id, self.title.text())

    def _runs(self, post: PostView | None) -> bool:
        return post is not None and (
            post.until is None or post.until >= self._context.clock.today()
        )

    def _appoint(self) -> None:
        PostDialog(self._context, Asked(APPOINT, member_id=self._member_id), self.window()).exec()

    def _ask(self, what: str) -> Callable[[PostView], object]:
        def open_dialog(post: PostView) -> None:
            PostDialog(self._context, Asked(what, post=post), self.window()).exec()

        return open_dialog

    def _end(self, post: PostView) -> None:
        EndDialog(self._context, post, self.window()).exec()

    def _pair(self) -> None:
        PairingDialog(self._context, self.window(), member_id=self._member_id).exec()


def _post_table(model: PagedTableModel) -> PagedTable:
    return PagedTable(model, name="任职")


def _pairing_table(model: PagedTableModel) -> PagedTable:
    return PagedTable(model, name="包楼联户")


def _short(words: str) -> str:
    """As much as the card has room for; the form has it whole."""
    most = 19 if theme.current().large else 44
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _there(post: PostView | None) -> bool:
    return post is not None
