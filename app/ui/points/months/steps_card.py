"""公示 as seven steps with the button of the next one, and in words why it is not on."""

from PySide6.QtCore import Signal

from app.context import Context
from app.models import PointsMonth
from app.services.points_month_facts import MonthFacts
from app.services.points_publishing import STEPS, Step
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import hide_unless, row, small, title
from app.ui.kit.numbered_steps import StepList
from app.ui.points.months.step_lines import step_lines
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_ACTIONS = {
    Step.REVIEW: "月结锁账",
    Step.CLOSE: "月结锁账",
    Step.PREPARE: "打印公示",
    Step.SIGN: "登记审核签字",
    Step.POST: "登记张贴",
    Step.OBJECTIONS: "归档",
    Step.ARCHIVE: "归档",
}


class StepsCard(Card):
    """`next_asked` for the step that comes; `preview` shows the list where it is not seen."""

    next_asked = Signal()
    preview_asked = Signal()
    objections_asked = Signal()
    longer_asked = Signal()

    def __init__(self, context: Context, *, preview: bool) -> None:
        super().__init__(spacing=7)
        self._context, self._preview = context, preview
        self.facts: MonthFacts | None = None
        self.name, self.place = title(""), small()
        self.history = history_button(context, self, self._record)
        self.body.addLayout(row(self.name, self.place, None, self.history))
        self.steps = StepList()
        self.body.addWidget(self.steps)
        self.objections = Button("异议", size="small", action="objections")
        self.longer = Button("改异议期", kind="link", size="small")
        self.body.addLayout(row(self.objections, self.longer, None))
        self.preview_button = Button(
            "预览公示", icon="eye-outline", action="show_notice", wide=True
        )
        self.body.addWidget(self.preview_button)
        self.next_button = Button("月结锁账", kind="primary", action="next_step", wide=True)
        self.body.addWidget(self.next_button)
        self.told = small(tone="warn", wrap=True)
        self.body.addWidget(self.told)
        hide_unless(preview, self.preview_button)
        self._may = context.may(Right.CLOSE_MONTHS)
        offer(self._may, self.next_button, self.longer)
        self._connect(preview=preview)

    def show_facts(self, facts: MonthFacts) -> None:
        """A month as it is now."""
        self.facts = facts
        today = self._context.clock.today()
        self.name.setText(f"{facts.month % 100} 月公示")
        done = facts.step is None
        self.place.setText("已归档" if done else f"第 {facts.number} 步，共 {len(STEPS)} 步")
        public = facts.closed is not None and facts.closed.posted_on is not None
        tight = public and self._preview
        self.steps.show_lines(list(step_lines(facts, today)), tight=tight)
        self._show_actions(facts)

    def _show_actions(self, facts: MonthFacts) -> None:
        public = facts.closed is not None and facts.closed.posted_on is not None
        self.objections.setVisible(public)
        self.objections.setText(f"异议 {facts.objections} 件" if facts.objections else "登记异议")
        self.longer.setVisible(public and facts.step is not None)
        refusal = self._refusal(facts)
        self.history.setVisible(facts.closed is not None)
        self.next_button.setVisible(facts.step is not None)
        if facts.step is not None:
            self.next_button.setText(_ACTIONS[facts.step])
        self.next_button.setEnabled(not refusal)
        self.told.setText(refusal)
        self.told.setVisible(bool(refusal))

    def _refusal(self, facts: MonthFacts) -> str:
        if facts.closed is None:
            return facts.refusal
        if facts.step is Step.PREPARE and not self._context.may(Right.PRINT):
            return "打印出来才算生成，请能打印的人来打"
        if facts.step is Step.OBJECTIONS and facts.closed.public_until:
            return f"异议期到 {facts.closed.public_until:%m-%d}，过了这天归档"
        if facts.step is Step.ARCHIVE and facts.unanswered:
            return f"{facts.unanswered} 件异议还没有答复，答复后归档"
        return ""

    def _record(self) -> Record | None:
        closed = self.facts.closed if self.facts is not None else None
        return None if closed is None else Record(PointsMonth, closed.id, f"{closed.month} 月结")

    def _connect(self, *, preview: bool) -> None:
        self.next_button.clicked.connect(self.next_asked)
        self.preview_button.clicked.connect(self.preview_asked)
        self.objections.clicked.connect(self.objections_asked)
        self.longer.clicked.connect(self.longer_asked)
        self.next_button.bind(self)
        self.objections.bind(self)
        if preview:
            self.preview_button.bind(self)
