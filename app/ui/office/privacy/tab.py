"""隐私: what has to be done about people's data, the rules of it, and which tags are sensitive."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.scroll import scrolled
from app.ui.kit.segments import Segments
from app.ui.office.privacy.lists import PrivacyLists
from app.ui.office.privacy.tags_card import SensitiveTagsCard
from app.ui.office.settings_form import PRIVACY, SettingsCard
from app.values.rights import Right

LISTS, RULES, TAGS = "要办的事", "规定", "敏感标签"
_JOURNAL = (
    "操作记录（谁看过、打印过、改过）一直保存，不会自动清除，长于个保法第五十六条的三年；"
    "抹去一个人时，记录里的姓名和内容一起抹去。"
)


class PrivacyTab(QWidget):
    """The lists; beside them the years and days and the tags, for those who may change them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.lists = PrivacyLists(context)
        self.card: SettingsCard | None = None
        self._parts: dict[str, QWidget] = {LISTS: self.lists}
        if context.may(Right.EDIT_OFFICE):
            self._add_rules()
        self.segments = Segments([(name, name, name) for name in self._parts])
        self.segments.chosen.connect(self.show_part)
        if len(self._parts) == 1:
            self.segments.hide()
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.setLayout(column(row(self.segments, None), (self._stack, 1), spacing=10))
        self.show_part(LISTS)

    def show_part(self, name: str) -> None:
        """Lists, rules or tags."""
        self.segments.show_value(name)
        self._stack.setCurrentWidget(self._parts[name])

    def refresh(self) -> None:
        self.lists.refresh()
        if self.card is not None:
            self.card.refresh()

    def leave(self) -> bool:
        return self.card is None or self.card.leave()

    def _add_rules(self) -> None:
        self.card = SettingsCard(self._context, "保存多久、怎样办", PRIVACY, "修改隐私的规定")
        rules = column(self.card, small(_JOURNAL, wrap=True), None, spacing=10)
        self._parts[RULES] = scrolled(box(rules))
        if self._context.may(Right.SEE_SENSITIVE):
            tags = column(SensitiveTagsCard(self._context), None)
            self._parts[TAGS] = scrolled(box(tags))
