"""The card of the body that is chosen in one of the trees."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.models import PartyPairing, Post
from app.services.organisation import Node
from app.services.pairings import PairingView
from app.services.posts import PostView
from app.ui.grids.organisation.body_dialog import BodyDialog
from app.ui.grids.organisation.end_dialog import EndDialog
from app.ui.grids.organisation.list_part import ListPart
from app.ui.grids.organisation.pairing_dialog import PairingDialog, end_pairing
from app.ui.grids.organisation.post_dialog import (
    APPOINT,
    CORRECT,
    FOLLOW,
    TRANSFER,
    Asked,
    PostDialog,
)
from app.ui.grids.organisation.seat_rows import (
    PAIRING_COLUMNS,
    PAST_COLUMNS,
    VACANT_COLUMNS,
    SeatRow,
    pairings_of,
    posts_of,
    seat_columns,
    seat_rows,
    vacant_rows,
)
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState
from app.ui.kit.table_model import PagedTableModel
from app.values.rights import Right

SEATS, PAST, PAIRINGS, VACANT = "在任", "历任", "包联", "空缺"
_KINDS = {
    "street": "街道",
    "committee": "社区",
    "community": "社区",
    "branch": "网格党支部",
    "grid": "网格",
    "group": "楼栋党小组",
    "building": "楼栋",
    "unit": "单元",
    "hub": "党员中心户",
}


class PlaceCard(Card):
    """Who is in it, who was, who answers for it, and what is empty below."""

    person_asked = Signal(int)
    """Enter on somebody: the member's id"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._node: Node | None = None
        self.title = Label("", "title", bold=True, wrap=True)
        self.meta = small(wrap=True)
        self.rename_button = Button("改名", kind="link", size="small")
        self.rename_button.clicked.connect(self.rename)
        self.choice = Segments([(name, name, name) for name in (SEATS, PAST, PAIRINGS, VACANT)])
        self.stack = QStackedWidget()
        self.parts = {
            SEATS: self._seats(),
            PAST: self._past(),
            PAIRINGS: self._pairings(),
            VACANT: self._vacant(),
        }
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.body.addLayout(row((self.title, 1), self.rename_button))
        self.body.addWidget(self.meta)
        self.body.addLayout(row(self.choice, None))
        self.body.addWidget(self.stack, 1)
        self.choice.chosen.connect(self.show_part)
        self.show_part(SEATS)

    def show_part(self, name: object) -> None:
        """在任, 历任, 包联 or 空缺."""
        self.choice.show_value(name)
        self.stack.setCurrentWidget(self.parts[str(name)])

    @property
    def part(self) -> ListPart:
        """The list that is seen."""
        return next(one for one in self.parts.values() if one is self.stack.currentWidget())

    def show_node(self, node: Node) -> None:
        """Another body, or the same read anew."""
        self._node = node
        with self._context.database.lookup() as lookup:
            held, paired = posts_of(lookup, node), pairings_of(lookup, node)
        today = self._context.clock.today()
        past = [one for one in held if one.until is not None and one.until < today]
        rows: dict[str, Sequence[Any]] = {
            SEATS: seat_rows(node, today, held),
            PAST: past,
            PAIRINGS: paired,
            VACANT: vacant_rows(node),
        }
        for name, part in self.parts.items():
            part.show_rows(rows[name])
            part.table.paper.title = f"{node.title} {name}"
            # Among the seats stand empty ones too: those are counted as 空缺.
            count = sum(name != SEATS or one.post is not None for one in rows[name])
            self.choice.set_words(name, f"{name} {count}" if count else name)
        self.title.setText(node.title)
        self.meta.setText(_meta(node))
        may = self._context.may(Right.EDIT_GRIDS) and self._context.may(Right.EDIT_PEOPLE)
        self.rename_button.setVisible(may and node.key.startswith(("branch:", "group:")))

    def press_new(self) -> None:
        """任职, or 包楼联户 where that list is seen."""
        button = self.part.buttons[0] if self.part.buttons else None
        if button is not None and button.isEnabled() and button.isVisible():
            button.click()

    def rename(self) -> None:
        """Give a branch or a group a name of its own."""
        if self._node is not None:
            BodyDialog(self._context, self._node, self.window()).exec()

    # -- assembling

    def _seats(self) -> ListPart:
        empty = EmptyState("account-outline", "这里没有职务", "在树里往下选网格、楼或单元")
        columns = seat_columns(self._context.clock.today())
        part = ListPart(self._context, columns, _seat_table, empty, unit="个")
        part.add_button(Button("任职", size="small", action="new"), self._appoint, _free)
        part.add_button(_small("接任"), self._ask(FOLLOW), _exclusive)
        part.add_button(_small("离任"), lambda line: self._end(line.post), _held)
        part.add_button(_small("改任"), self._ask(TRANSFER), _held)
        part.add_button(_small("更正"), self._ask(CORRECT), _held)
        part.add_history(Post, lambda line: line.post and (line.post.id, line.post.words))
        part.table.opened.connect(lambda _: self._open(part.current))
        return part

    def _past(self) -> ListPart:
        empty = EmptyState("history", "以前没有别人任过")
        part = ListPart(self._context, PAST_COLUMNS, _past_table, empty)
        part.add_button(_small("更正"), self._correct, lambda line: line is not None)
        part.add_history(Post, lambda line: (line.id, line.words))
        part.table.opened.connect(lambda _: self.person_asked.emit(part.current.member_id))
        return part

    def _pairings(self) -> ListPart:
        empty = EmptyState("home-group", "还没有党员包联", "包楼联户在楼栋上登记")
        part = ListPart(self._context, PAIRING_COLUMNS, _pairing_table, empty)
        new = Button("包楼联户…", size="small", action="new")
        part.add_button(new, lambda _: self._pair(), lambda _: self._building is not None)
        part.add_button(_small("结束"), self._end_pairing, self._runs)
        part.name_residents(lambda line: line.head_id)
        part.add_history(PartyPairing, lambda line: (line.id, f"{line.name} {line.what}"))
        part.table.opened.connect(lambda _: self.person_asked.emit(part.current.member_id))
        return part

    def _vacant(self) -> ListPart:
        empty = EmptyState("check-circle-outline", "没有空缺")
        part = ListPart(self._context, VACANT_COLUMNS, _vacant_table, empty, unit="个")
        part.add_button(Button("任职", size="small", action="new"), self._appoint, _there)
        part.table.opened.connect(lambda _: part.buttons[0].click())
        return part

    @property
    def _building(self) -> int | None:
        return self._node.place.building_id if self._node is not None else None

    def _ask(self, what: str) -> Callable[[SeatRow], object]:
        def open_dialog(line: SeatRow) -> None:
            asked = Asked(what, line.kind, line.place, post=line.post)
            PostDialog(self._context, asked, self.window()).exec()

        return open_dialog

    def _appoint(self, line: SeatRow) -> None:
        PostDialog(self._context, Asked(APPOINT, line.kind, line.place), self.window()).exec()

    def _correct(self, post: PostView) -> None:
        PostDialog(self._context, Asked(CORRECT, post=post), self.window()).exec()

    def _end(self, post: PostView) -> None:
        EndDialog(self._context, post, self.window()).exec()

    def _open(self, line: SeatRow | None) -> None:
        if line is not None and line.post is not None:
            self.person_asked.emit(line.post.member_id)
        elif line is not None:
            self.parts[SEATS].buttons[0].click()

    def _pair(self) -> None:
        PairingDialog(self._context, self.window(), building_id=self._building).exec()

    def _end_pairing(self, pairing: PairingView) -> None:
        end_pairing(self._context, pairing, self)

    def _runs(self, line: PairingView | None) -> bool:
        return line is not None and line.until is None


def _seat_table(model: PagedTableModel) -> PagedTable:
    return PagedTable(model, name="在任")


def _past_table(model: PagedTableModel) -> PagedTable:
    return PagedTable(model, name="历任")


def _pairing_table(model: PagedTableModel) -> PagedTable:
    return PagedTable(model, name="包联")


def _vacant_table(model: PagedTableModel) -> PagedTable:
    return PagedTable(model, name="空缺")


def _small(words: str) -> Button:
    return Button(words, size="small")


def _there(line: SeatRow | None) -> bool:
    return line is not None


def _free(line: SeatRow | None) -> bool:
    return line is not None and (line.post is None or not line.exclusive)


def _held(line: SeatRow | None) -> bool:
    return line is not None and line.post is not None


def _exclusive(line: SeatRow | None) -> bool:
    return line is not None and line.post is not None and line.exclusive


def _meta(node: Node) -> str:
    """网格党支部・下面 4 个・空缺 3."""
    kind = _KINDS.get(node.key.partition(":")[0], "")
    below = f"下面 {len(node.children)} 个" if node.children else ""
    empty = f"空缺 {node.vacancies}" if node.vacancies else ""
    return "・".join(part for part in (kind, below, empty) if part)
