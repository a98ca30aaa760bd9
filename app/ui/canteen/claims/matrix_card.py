"""The card of the month's table: title, state, and the figures to walk through."""

from __future__ import annotations

from app.context import Context
from app.services.meal_claim_facts import ClaimFacts
from app.services.meal_claim_views import Step
from app.services.periods import month as month_of
from app.services.points_filter import first_of
from app.ui.canteen.claims.matrix_grid import MatrixGrid
from app.ui.canteen.claims.matrix_rows import grid_rows, heading_words, title_words
from app.ui.canteen.place import place_of
from app.ui.kit import theme
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import row, small, title
from app.ui.kit.states import EmptyState

_STATES = {
    Step.CHECK: Chip("核对中", "warn"),
    Step.PREPARE: Chip("待制表", "warn"),
    Step.SIGN: Chip("待签字", "warn"),
    Step.SUBMIT: Chip("待提交", "warn"),
    Step.RECEIVE: Chip("已锁定", "ok", "lock-outline"),
}
_DONE = Chip("已到账", "ok")


class MatrixCard(Card):
    """The figures of a month, or a word where it has none."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 10, 1, 1), spacing=8)
        self._place = place_of(context)
        self.name, self.meta = title(""), small()
        self.chip = ChipLabel("核对中", "warn")
        self.grid = MatrixGrid()
        self.empty = EmptyState(
            "silverware-fork-knife",
            "这个月还没有就餐记录。",
            "在柜台记了餐，或者送餐送达以后，这里按档次和承担方汇总。",
        )
        head = row(self.name, self.meta, None, self.chip, spacing=10, margins=(15, 0, 15, 0))
        self.body.addLayout(head)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.empty, 1)

    def show_facts(self, facts: ClaimFacts) -> None:
        """A month as it is now; the figure that is chosen stays."""
        found = facts.matrix
        self.name.setText(title_words(found.month))
        self.meta.setText(self._meta(found.month))
        self.chip.set_chip(_DONE if facts.step is None else _STATES[facts.step])
        there = bool(found.lines) or found.corrects
        self.chip.setVisible(there)
        self.grid.setVisible(there)
        self.empty.setVisible(not there)
        headings = [heading_words(column) for column in found.columns]
        self.grid.show_rows(headings, grid_rows(found) if there else ())

    def _meta(self, month: int) -> str:
        """海棠食堂 · 11-01 至 11-30 · 单位：元."""
        days = month_of(first_of(month))
        canteen = self._place.canteen
        name = "" if canteen is None or theme.current().large else canteen.name
        parts = (name, f"{days.first:%m-%d} 至 {days.last:%m-%d}", "单位：元")
        return " · ".join(filter(None, parts))
