"""对照表: who gets what on a day, with the holes."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import meal_rules
from app.ui.kit import theme
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, column, row, small
from app.ui.kit.scroll import scrolled
from app.ui.kit.states import EmptyState
from app.ui.office.canteen_rules.coverage_view import CoverageView
from app.ui.office.canteen_rules.facts import read_facts
from app.ui.people.date_line import DateLine
from app.values.money import yuan


class CoveragePart(QWidget):
    """The table of a day that can be typed."""

    def __init__(self, context: Context, canteen_id: Callable[[], int | None]) -> None:
        super().__init__()
        self._context, self._canteen_id = context, canteen_id
        self.day = DateLine(context.clock.today(), context.clock.today(), future=True)
        self.day.setAccessibleName("看哪一天的对照表")
        self.day.setFixedWidth(theme.current().px(130))
        self.view = CoverageView()
        self.said = small(wrap=True)
        self.empty = EmptyState(
            "format-list-bulleted", "还没有补贴档次", "先在“补贴规则”里加档次，再来看谁享受什么。"
        )
        self._card = Card()
        self._card.body.addWidget(scrolled(self.view), 1)
        head = row(Label("哪一天"), self.day, (self.said, 1), spacing=10)
        self.setLayout(column(head, (self._card, 1), (self.empty, 1), spacing=10))
        self.day.changed.connect(self.refresh)

    def refresh(self) -> None:
        """The tiers anew, also those of the past; while no day stands there, nothing changes."""
        canteen, day = self._canteen_id(), self.day.value()
        facts = read_facts(self._context, canteen) if canteen is not None else None
        with self._context.database.lookup() as lookup:
            rules = meal_rules.rules(lookup, facts.canteen_id) if facts else ()
        self._card.setVisible(bool(rules))
        self.empty.setVisible(not rules)
        if facts is None or day is None:
            return
        self.said.setText(
            f"住在本社区、户籍也在这里的人，吃一份 {yuan(facts.prices[0])} 元的餐；不算各种上限。"
        )
        self.view.show_coverage(facts.coverage(day, rules))
