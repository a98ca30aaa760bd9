"""各方表格: each payer's own form on paper, or all of it as a workbook for WPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.context import Context
from app.models import Payer
from app.services.meal_claim_facts import ClaimFacts
from app.services.points_filter import month_words
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.values.money import yuan
from app.values.rights import Right

if TYPE_CHECKING:
    from app.ui.canteen.claims.tab import ClaimsTab

ALL = "全部"


class FormsDialog(Dialog):
    """All payers or one of them; the dialog closes before the paper is shown."""

    def __init__(self, context: Context, facts: ClaimFacts, tab: ClaimsTab) -> None:
        super().__init__("各方表格", tab.window(), width=520)
        self._context, self._facts, self._tab = context, facts, tab
        asked = [f"{one.label} {yuan(facts.matrix.claimed(one))}" for one in facts.matrix.payers]
        self.body.addWidget(small("　".join(asked) or "这个月没有要申报的补贴。", wrap=True))
        self.form = Form(label=64)
        labels = [one.label for one in facts.matrix.payers]
        self.payer = choice([ALL, *labels], ALL, name="承担方")
        self.form.add("承担方", self.payer)
        self.form.finish()
        self.body.addWidget(self.form)
        words = "表格里有：结算表、各方申报表、人员汇总、逐餐明细。"
        self.body.addWidget(small(words, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.export_button = self.add_button(
            Button("导出表格", icon="table-arrow-down", action="export")
        )
        self.print_button = self.add_button(
            Button("预览打印", kind="primary", icon="printer-outline", cap=CONFIRM_CAP)
        )
        offer(context.may(Right.EXPORT), self.export_button)
        offer(context.may(Right.PRINT), self.print_button)
        self._connect()
        self.payer.setFocus()

    @property
    def payers(self) -> tuple[Payer, ...]:
        """Those that were chosen; none for all."""
        chosen = self.payer.currentText()
        return tuple(one for one in self._facts.matrix.payers if one.label == chosen)

    def print_forms(self) -> None:
        from app.ui.canteen.claims import paper_job

        self.accept()
        paper_job.forms(self._context, self._facts, self.payers, self._tab)

    def export(self) -> None:
        """Ask how, and write the workbook; everybody in it is journaled."""
        from app.services import table_log
        from app.ui.canteen.claims import workbook
        from app.ui.people.take_out import take_out_file
        from app.ui.people.take_out_dialog import TakeOutDialog

        self.accept()
        found, payers = self._facts.matrix, self.payers
        which = f" {payers[0].label}" if payers else ""
        name = f"{month_words(found.month)}补贴结算{which}"
        who = f"{found.total.people:,} 人的姓名、餐次、补贴和证件号码"
        asked = TakeOutDialog(self._context, f"导出 {name}", who, parent=self._tab.window())
        if not asked.exec():
            return
        place, people = (found.canteen_id, found.month), list[int]()

        def make(progress: Progress) -> bytes:
            data, inside = workbook.make(self._context, *place, payers, progress, asked.out)
            people.extend(inside)
            return data

        by = self._context.user.name
        take_out_file(
            self._context,
            self._tab,
            asked.out,
            name=name,
            what=f"导出 {name}",
            make=make,
            note=lambda session: table_log.note_exported(session, people, by=by),
        )

    def _connect(self) -> None:
        there = bool(self._facts.matrix.payers)
        for button in (self.print_button, self.export_button):
            button.setEnabled(there)
        self.print_button.clicked.connect(self.print_forms)
        self.export_button.clicked.connect(self.export)
        self.export_button.bind(self)
        self.form.save_requested.connect(self.print_forms)
        self.form.leave_requested.connect(self.reject)
