"""议事: the rules of voting, and what topics, meetings, 大党委 and the fund keep to."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.ui.kit.labels import column, row
from app.ui.kit.segments import Segments
from app.ui.office.meeting_rules.rules_part import RulesPart
from app.ui.office.settings_form import COUNCIL, JOINT_FUND, RAISING, SettingsCard, filling

RULES = "表决规则"
COUNCIL_PART, RAISING_PART, JOINT_PART = "会议和决议", "提事和积分", "大党委和经费"


class MeetingRulesTab(QWidget):
    """One part at a time; the rules can be read by everybody."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rules = RulesPart(context, self)
        self.council = SettingsCard(context, COUNCIL_PART, COUNCIL, "修改议事的设置")
        self.raising = SettingsCard(context, RAISING_PART, RAISING, "修改议事的设置")
        self.joint = SettingsCard(context, JOINT_PART, JOINT_FUND, "修改议事的设置")
        self.parts: dict[str, QWidget] = {
            RULES: self.rules,
            COUNCIL_PART: filling(self.council),
            RAISING_PART: filling(self.raising),
            JOINT_PART: filling(self.joint),
        }
        self.segments = Segments([(name, name, name) for name in self.parts])
        self.segments.chosen.connect(self.show_part)
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part)
        self.setLayout(column(row(self.segments, None), (self.stack, 1), spacing=10))
        self.show_part(RULES)

    def show_part(self, name: str) -> None:
        """The rules, or one of the cards."""
        self.segments.show_value(name)
        self.stack.setCurrentWidget(self.parts[name])

    def open_draft(self, rule_id: int | None) -> None:
        """A set that was not saved when the program ended; None for a new one."""
        self.show_part(RULES)
        self.rules.refresh()
        if rule_id is None:
            self.rules.add()
        else:
            self.rules.edit(rule_id)

    def refresh(self) -> None:
        self.rules.refresh()
        for card in self._cards():
            card.refresh()

    def leave(self) -> bool:
        return all(card.leave() for card in self._cards())

    def _cards(self) -> tuple[SettingsCard, ...]:
        return self.council, self.raising, self.joint
