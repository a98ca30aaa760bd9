"""改通知天数: how long before a meeting it is told, where the law names no days."""

from PySide6.QtWidgets import QSpinBox, QWidget

from app.context import Context
from app.services import vote_rule_sets, vote_rule_words
from app.services.vote_rules import RuleView
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.labels import small
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.signals import Area

_WORDS = (
    "法律没有规定这种会议提前几天通知，这里填本办公室的做法。少于这些天要写原因，不影响会议有效。"
)


class DaysDialog(Dialog):
    """One figure; 0 where there is no custom."""

    def __init__(self, context: Context, rule: RuleView, parent: QWidget | None = None) -> None:
        super().__init__(f"{rule.kind.label}提前几天通知", parent, width=480)
        self._context, self._rule = context, rule
        self.days = QSpinBox()
        self.days.setRange(0, vote_rule_sets.MOST_DAYS)
        self.days.setSuffix(" 天")
        self.days.setSpecialValueText("没有规定")
        self.days.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.days.setValue(rule.notice_days)
        self.form = Form(label=76)
        self.form.add("提前通知", self.days)
        self.form.finish()
        self.body.addWidget(small(_WORDS, wrap=True))
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.days.setFocus()
        self.days.selectAll()

    def save(self) -> None:
        days, rule = self.days.value(), self._rule
        name = vote_rule_words.name_of(rule)
        with domain_errors_shown(self):
            with self._context.database.transaction(f"修改通知天数 {name} {days} 天") as session:
                vote_rule_sets.set_notice_days(session, rule.id, days, version=rule.version)
            self._context.signals.changed.emit(Area.OFFICE | Area.MEETINGS)
            self.accept()
