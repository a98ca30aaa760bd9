"""Buildings to another grid: what will happen is said first, then it is done in one step."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import building_moves, grids
from app.services.building_moves import NO_GRID, Part, Planned
from app.services.grid_tree import Node
from app.storage.backup import back_up_before
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, small
from app.ui.kit.signals import Area

_NAMED = 8


class MoveDialog(Dialog):
    """Chosen buildings, the grid they go to, and why; nothing changes before 划过去."""

    grows = True

    def __init__(
        self,
        context: Context,
        nodes: Sequence[Node],
        grids: Mapping[int | None, str],
        target: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`grids`: where they can go, by id; raises DomainError where nothing can be moved."""
        super().__init__("划到别的网格", parent, width=560)
        self._context = context
        self._parts = [Part(node.building_id or 0, node.grid_id) for node in nodes]
        here = {part.grid_id for part in self._parts}
        self._targets = {name: key for key, name in grids.items() if here != {key}}
        names = list(self._targets)
        first = grids.get(target, "") if target is not None else ""
        self.target = choice(names, first if first in names else names[0], name="划到")
        self.reason = line_edit(hint="可以不填，如 网格员调整", limit=200)
        self.said = Label(wrap=True)
        self._lay_out()
        self.target.currentTextChanged.connect(lambda _: self._show_plan())
        self._show_plan()
        self.target.setFocus()

    def save(self) -> None:
        """Move them and close."""
        to = self._targets[self.target.currentText()]
        with messages.domain_errors_shown(self):
            move_parts(self._context, dict.fromkeys(self._going(to), to), self.reason.text())
            self.accept()

    def _lay_out(self) -> None:
        form = Form(label=72)
        form.add("划到", self.target, required=True)
        form.add("原因", self.reason)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        today = self._context.clock.today()
        self.body.addWidget(self.said)
        self.body.addWidget(form)
        self.body.addWidget(
            small(f"今天（{today:%m-%d}）起算，以前的日记、走访和账单不变；可以撤销。", wrap=True)
        )
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("划过去", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _going(self, to: int | None) -> list[Part]:
        """Those that are not there already."""
        return [part for part in self._parts if part.grid_id != to]

    def _show_plan(self) -> None:
        to = self._targets[self.target.currentText()]
        with self._context.database.lookup() as lookup:
            planned = building_moves.plan(lookup, self._going(to), to)
        told = [one.words for one in planned[:_NAMED]]
        if len(planned) > _NAMED:
            told.append(f"……一共 {len(planned)} 栋，{sum(one.people for one in planned):,} 人")
        self.said.setText("\n".join(told))
        self.adjustSize()


def move_parts(context: Context, wanted: Mapping[Part, int | None], reason: str) -> None:
    """One step of the journal, whatever the number of buildings; raises DomainError.

    Where many people go along, after a backup.
    """
    with context.database.lookup() as lookup:
        planned = [
            one for part, to in wanted.items() for one in building_moves.plan(lookup, [part], to)
        ]
        names = grids.names(lookup)
    today = context.clock.today()
    back_up_before(context.database, "划楼前", rows=sum(one.people for one in planned))
    with context.database.transaction(_sentence(planned, wanted, names)) as session:
        people = sum(
            building_moves.move(session, part, to, today=today, reason=reason)
            for part, to in wanted.items()
        )
    context.signals.changed.emit(Area.GRIDS | Area.RESIDENTS)
    messages.notify(context.signals, f"已划好 {len(wanted)} 栋楼，{people:,} 人跟着走")


def _sentence(
    planned: Sequence[Planned], wanted: Mapping[Part, int | None], names: Mapping[int, str]
) -> str:
    """划楼：6 号楼划到第五网格."""
    first = planned[0]
    to = wanted[first.part]
    rest = f"等 {len(planned)} 栋" if len(planned) > 1 else ""
    where = names.get(to, NO_GRID) if to is not None else NO_GRID
    targets = set(wanted.values())
    return f"划楼：{first.label}{rest}划到{where if len(targets) == 1 else '别的网格'}"
