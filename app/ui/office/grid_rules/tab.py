"""网格: kinds of matters, who is visited how often, deadlines, and what the notice board says."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.ui.kit.labels import column, row
from app.ui.kit.segments import Segments
from app.ui.office.grid_rules.categories import CategoriesPart
from app.ui.office.grid_rules.deadlines import DeadlinesPart
from app.ui.office.grid_rules.parts import RulesPart
from app.ui.office.grid_rules.visit_rules import VisitRulesPart
from app.ui.office.settings_form import GRIDS, SettingsCard

KINDS, VISITS = "事项和隐患", "走访规定"
DEADLINES, OTHERS = "办理期限", "电话和岗位"


class GridRulesTab(QWidget):
    """One part at a time; each list can be read by everybody, changed by whoever may."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = SettingsCard(context, "网格", GRIDS, "修改网格的设置")
        others = QWidget()
        others.setLayout(row((column(self.card, None), 3), (QWidget(), 1), spacing=12))
        self.kinds = CategoriesPart(context)
        self.visits = VisitRulesPart(context)
        self.deadlines = DeadlinesPart(context)
        self.parts: dict[str, QWidget] = {
            KINDS: self.kinds,
            VISITS: self.visits,
            DEADLINES: self.deadlines,
            OTHERS: others,
        }
        self.segments = Segments([(name, name, name) for name in self.parts])
        self.segments.chosen.connect(self.show_part)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.setLayout(column(row(self.segments, None), (self.stack, 1), spacing=10))
        self.show_part(KINDS)

    def show_part(self, name: str) -> None:
        """Kinds, rules of visits, deadlines, or the rest."""
        self.segments.show_value(name)
        self.stack.setCurrentWidget(self.parts[name])

    def refresh(self) -> None:
        for part in self.parts.values():
            if isinstance(part, RulesPart):
                part.refresh()
        self.card.refresh()

    def leave(self) -> bool:
        return self.card.leave()
