"""积分: what gives how many, stars, how long points last, and how the shop is run."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.ui.kit.labels import column, row
from app.ui.kit.segments import Segments
from app.ui.office.grid_rules.parts import RulesPart
from app.ui.office.points_rules.clock import ClockNotice
from app.ui.office.points_rules.expiry import ExpiryPart
from app.ui.office.points_rules.items import ItemsPart
from app.ui.office.points_rules.stars import StarsPart
from app.ui.office.settings_form import COUNTER, REVIEW, SettingsCard, filling

ITEMS, STARS = "事项和分值", "星级"
EXPIRY, SHOP, REVIEW_PART = "有效期", "柜台", "复核和期限"


class PointsRulesTab(QWidget):
    """One part at a time; each list can be read by everybody, changed by whoever may."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counter = SettingsCard(context, "柜台", COUNTER, "修改积分超市的设置")
        self.review = SettingsCard(context, "复核和期限", REVIEW, "修改积分超市的设置")
        self.items = ItemsPart(context)
        self.stars = StarsPart(context)
        self.expiry = ExpiryPart(context)
        self.parts: dict[str, QWidget] = {
            ITEMS: self.items,
            STARS: self.stars,
            EXPIRY: self.expiry,
            SHOP: filling(self.counter),
            REVIEW_PART: filling(self.review),
        }
        self.segments = Segments([(name, name, name) for name in self.parts])
        self.segments.chosen.connect(self.show_part)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.clock = ClockNotice(context)
        self.clock.confirmed.connect(self.refresh)
        self._rules = QWidget()
        self._rules.setLayout(column(row(self.segments, None), (self.stack, 1), spacing=10))
        # Both at once would not fit; until the date is checked nothing is booked by any rule.
        layout = column(self.clock, (self._rules, 1), spacing=10)
        layout.setAlignment(self.clock, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.show_part(ITEMS)

    def show_part(self, name: str) -> None:
        """Matters, stars, expiry, or the rest."""
        self.segments.show_value(name)
        self.stack.setCurrentWidget(self.parts[name])

    def refresh(self) -> None:
        self._rules.setVisible(self.clock.refresh())
        for part in self.parts.values():
            if isinstance(part, RulesPart):
                part.refresh()
        self.counter.refresh()
        self.review.refresh()

    def leave(self) -> bool:
        return self.counter.leave() and self.review.leave()
