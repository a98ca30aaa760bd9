"""选方案: everybody names one of several plans; which is chosen is said while it is typed."""

import uuid

from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from app.models import VoteWay
from app.services import votes
from app.services.vote_ground import Option, VoteInput
from app.services.votes import Check
from app.services.voting import Count
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, row, small
from app.ui.meetings.live.course import Course
from app.ui.meetings.live.dialogs import spin

_PLANS = 5
_LONGEST = 120


class PlansDialog(Dialog):
    """`announced` are the words of the result, '' as long as there is none."""

    def __init__(self, course: Course, item_id: int, way: VoteWay, parent: QWidget) -> None:
        super().__init__("选方案", parent, width=620)
        self._course, self._item_id, self._way = course, item_id, way
        self._key = str(uuid.uuid4())
        self._seen = course.sight.seen if course.sight else None
        self.announced = ""
        self.check: Check | None = None
        self.plans = [_plan(number) for number in range(1, _PLANS + 1)]
        self.abstain, self.invalid = spin(name="弃权"), spin(name="无效或未投")
        self.sum = small()
        self.told = Notice("每个方案一行，写上得票。", tone="soft")
        self.button = Button("宣布", kind="primary", cap=CONFIRM_CAP)
        self._lay_out()
        for words, number in self.plans:
            words.textChanged.connect(self._reckon)
            number.valueChanged.connect(self._reckon)
        self.abstain.valueChanged.connect(self._reckon)
        self.invalid.valueChanged.connect(self._reckon)
        self.button.clicked.connect(self.save)
        self._reckon()
        self.plans[0][0].setFocus()

    def save(self) -> None:
        """宣布: into the ledger; the plan that was chosen becomes the resolution."""
        check, now = self.check, self._course.context.clock.now()
        if check is None or check.verdict is None:
            return
        entered = self._entered()
        if self._course.do(
            "宣布选方案的结果",
            lambda s: votes.announce(s, self._item_id, entered, now=now),
        ):
            self.announced = f"{check.words}。"
            self.accept()

    def _entered(self) -> VoteInput:
        named = ((words.text().strip(), number.value()) for words, number in self.plans)
        return VoteInput(
            way=self._way,
            count=Count(0, 0, self.abstain.value(), self.invalid.value()),
            options=tuple(Option(words, number) for words, number in named if words),
            request_key=self._key,
            seen=self._seen,
        )

    def _reckon(self) -> None:
        entered = self._entered()
        self.check = None
        if len(entered.options) < 2:
            self.button.setEnabled(False)
            self.told.show_text("写上至少两个方案和各得几票。", tone="soft")
            return
        with self._course.context.database.lookup() as lookup:
            self.check = votes.check(lookup, self._item_id, entered)
        self.sum.setText(self.check.sum_words)
        self.sum.set_tone("ok" if self.check.agrees else "danger")
        verdict = self.check.verdict
        tone = "warn" if verdict is None else "ok" if verdict.passed else "danger"
        self.told.show_text(f"{self.check.words.rstrip('。')}。", self.check.proof, tone=tone)
        self.button.setEnabled(verdict is not None)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(8))
        grid.setVerticalSpacing(theme.current().px(6))
        grid.setColumnStretch(1, 1)
        for place, (words, number) in enumerate(self.plans):
            grid.addWidget(Label(f"方案 {place + 1}", tone="text2"), place, 0)
            grid.addWidget(words, place, 1)
            grid.addWidget(number, place, 2)
        self.body.addLayout(grid)
        rest = row(
            Label("弃权", tone="text2"),
            self.abstain,
            Label("无效或未投", tone="text2"),
            self.invalid,
            None,
            self.sum,
        )
        self.body.addLayout(rest)
        self.body.addWidget(self.told)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.add_button(self.button)


def _plan(number: int) -> tuple[QLineEdit, QSpinBox]:
    words = line_edit(name=f"方案 {number}", limit=_LONGEST)
    votes_of = spin(name=f"方案 {number} 得票")
    votes_of.setFixedWidth(theme.current().px(76))
    votes_of.setSuffix(" 票")
    return words, votes_of
