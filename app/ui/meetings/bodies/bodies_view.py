"""组织: the bodies at the left, the chosen one with its people at the right."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import BodyKind
from app.services import body_changes
from app.ui.kit import messages, theme
from app.ui.kit.card import Card
from app.ui.kit.chips import SwitchChip
from app.ui.kit.labels import row, rule
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.bodies import lines, printing
from app.ui.meetings.bodies.body_card import BodyCard
from app.ui.meetings.bodies.body_dialog import BodyDialog
from app.ui.meetings.bodies.columns import BODY_COLUMNS
from app.ui.meetings.bodies.lines import BodyLine
from app.ui.meetings.bodies.term_dialog import TermDialog
from app.values.rights import Right

_LIST, _LIST_LARGE = 436, 356


class BodiesView(QWidget):
    """Assembles; `add` makes a new body."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: dict[int, BodyLine] = {}
        self.former = SwitchChip("含已结束的")
        self.model = PagedTableModel(BODY_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="议事组织")
        self.table.paper.personal = False
        self.card = BodyCard(context)
        self.list = Card(margins=(1, 1, 1, 1), spacing=0)
        self.list.body.addLayout(row(self.former, None, margins=(13, 8, 13, 8)))
        self.list.body.addWidget(self.table, 1)
        self.list.body.addWidget(rule())
        self.list.body.addWidget(TableFoot(self.table, unit="个"))
        large = theme.current().large
        self.list.setFixedWidth(theme.current().px(_LIST_LARGE if large else _LIST))
        self.setLayout(row(self.list, (self.card, 1), spacing=12))
        self._acts: Mapping[str, Callable[[BodyLine], object]] = {
            "edit": self._edit,
            "next_term": lambda line: self._end(line, follow=True),
            "close": lambda line: self._end(line, follow=False),
            "remove": self._remove,
            "roster": self._print_roster,
        }
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._edit_current)
        self.former.changed.connect(self._read_again)
        self.card.asked.connect(self.do)

    @property
    def current(self) -> BodyLine | None:
        """The body with the cursor."""
        return self._lines.get(self.table.current_id() or 0)

    @property
    def may_add(self) -> bool:
        may = self._context.may
        return may(Right.RUN_MEETINGS) or may(Right.KEEP_JOINT)

    def refresh(self) -> None:
        """Read all anew; the body that is chosen stays chosen."""
        chosen = self.table.current_id()
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = lines.read(lookup, today, ended=self.former.on)
        self._lines = {one.view.id: one for one in found}
        if not found:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self._lines))
        if found and not (chosen is not None and self.table.select_id(chosen)):
            self.table.select_row(0)
        self._show_current()

    def select(self, body_id: int) -> bool:
        """Make a body current, one that ended too; False where there is none."""
        if not self.table.select_id(body_id):
            self.former.show_on(True)
            self.refresh()
        return self.table.select_id(body_id)

    def add(self) -> None:
        """A new body, which is then the current one."""
        if not self.may_add:
            return
        dialog = BodyDialog(self._context, None, self.window())
        if dialog.exec() and dialog.body_id is not None:
            self.refresh()
            self.select(dialog.body_id)

    def do(self, what: str) -> None:
        """What the menu of the card offers."""
        if self.current is not None:
            with messages.domain_errors_shown(self):
                self._acts[what](self.current)

    # -- inside

    def _nothing(self) -> EmptyState:
        actions = (("新建组织", self.add),) if self.may_add else ()
        detail = "先建居民代表会议和议事协商会。"
        return EmptyState("account-group-outline", "还没有议事组织", detail, actions)

    def _show_current(self, _key: object = None) -> None:
        self.card.show_line(self.current)

    def _edit_current(self, _key: object) -> None:
        if self.card.may:
            self.do("edit")

    def _read_again(self, _on: object) -> None:
        self.refresh()

    def _edit(self, line: BodyLine) -> None:
        BodyDialog(self._context, line.view.id, self.window()).exec()

    def _end(self, line: BodyLine, *, follow: bool) -> None:
        dialog = TermDialog(self._context, line.view, follow=follow, parent=self.window())
        if dialog.exec() and follow:
            self.select(dialog.body_id)

    def _remove(self, line: BodyLine) -> None:
        words = f"“{line.view.title}”会移到回收站，30 天内可以放回。"
        if not messages.confirm(self, "删除组织", words, "删除", destructive=True):
            return
        with self._context.database.transaction(f"删除组织 {line.view.title}") as session:
            body_changes.remove_body(session, line.view.id, now=self._context.clock.now())
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, f"已删除：{line.view.title}")

    def _print_roster(self, line: BodyLine) -> None:
        owners = line.view.kind is BodyKind.OWNERS and self.card.panes.currentIndex() == 1
        printing.print_roster(self._context, self, line.view, owners=owners)

    def _fetch(self, ids: Sequence[int]) -> list[BodyLine]:
        return [self._lines[one] for one in ids]
