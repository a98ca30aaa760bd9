"""抹去: what goes, what stays and until when; the name is typed to be sure. No way back."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.services import erasing
from app.services.erasing import Plan
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts, Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import hide_unless, small
from app.ui.kit.signals import Area

_SHOWN = 3


class EraseDialog(Dialog):
    """Raises DomainError where there is nobody to erase."""

    def __init__(
        self, context: Context, resident_id: int, *, reason: str = "", parent: QWidget | None = None
    ) -> None:
        with context.database.reading() as session:
            self.plan = erasing.plan(session, resident_id, today=context.clock.today())
        super().__init__(f"抹去个人信息：{self.plan.name}", parent, width=600)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        if self.plan.blockers:
            self._show_blockers(self.plan)
        else:
            self._lay_out(self.plan, reason)

    def erase(self) -> None:
        """Do it; a broken rule is told and the dialog stays."""
        head = self.head.currentData() if self.plan.heads else None
        with messages.domain_errors_shown(self):
            # The journal must not name whom it forgets.
            with self._context.database.transaction("抹去一个人的个人信息") as session:
                done = erasing.erase(
                    session,
                    self.plan.resident_id,
                    typed_name=self.name.text(),
                    reason=self.reason.text(),
                    now=self._context.clock.now(),
                    head_id=head,
                    elsewhere=self.elsewhere.isChecked(),
                )
            self.sentence = "已抹去一个人的个人信息。" + "".join(done.said)
            self._context.signals.changed.emit(Area.RESIDENTS | Area.PAPERS)
            self.accept()

    def _show_blockers(self, plan: Plan) -> None:
        for words in plan.blockers:
            self.body.addWidget(Notice(words, tone="warn"))
        self.add_button(Button("知道了", kind="primary", cap="Esc"), closes=False).setFocus()

    def _lay_out(self, plan: Plan, reason: str) -> None:
        words = "抹去以后谁也不能恢复，撤销也不行。"
        self.body.addWidget(Notice("不能撤销", words, tone="danger"))
        self.body.addWidget(Facts(_facts(plan), label=44))
        self.elsewhere = QCheckBox(f"别处提到这个名字的也改成“已抹去”：{'、'.join(plan.elsewhere)}")
        self.elsewhere.setChecked(True)
        hide_unless(bool(plan.elsewhere), self.elsewhere)
        self.body.addWidget(self.elsewhere)
        self._add_form(plan, reason)
        cancel = self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("抹去", kind="danger"))
        self.confirm.clicked.connect(self.erase)
        self._follow()
        cancel.setFocus()

    def _add_form(self, plan: Plan, reason: str) -> None:
        self.form = Form(label=88)
        self.head = choice([])
        if plan.heads:
            for key, name in plan.heads:
                self.head.addItem(name, key)
            self.form.add("新户主", self.head, required=True)
        self.reason = line_edit(reason, hint="如：迁出满三年；本人要求删除", limit=100)
        self.name = line_edit(hint="逐字输入，以免抹错人", limit=60)
        self.form.add("为什么", self.reason, required=True)
        self.form.add(f"输入“{plan.name}”", self.name, required=True)
        self.form.finish()
        self.form.changed.connect(self._follow)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(small("这件事会记入操作记录，记录里不写是谁。", wrap=True))

    def _follow(self) -> None:
        same = self.name.text().strip() == self.plan.name
        self.confirm.setEnabled(same and bool(self.reason.text().strip()))


def _facts(plan: Plan) -> list[tuple[str, str]]:
    facts = [
        ("抹去", "姓名、证件、电话、住址等全部资料，照片、标签、变动；操作记录里的姓名和改动内容"),
        ("留下", "编号、日期和数目，使台账合计不变；登记过告知、同意、撤回的日期"),
    ]
    if plan.papers:
        named = "、".join(plan.papers[:_SHOWN])
        more = f"等 {len(plan.papers)} 份" if len(plan.papers) > _SHOWN else ""
        facts.append(("文书", f"{named}{more}：存根到各自的保存期满再抹，见“到期”清单"))
    until = f"{plan.backups_until:%Y-%m-%d}"
    facts.append(("备份", f"以前的备份里还有，随备份轮换到 {until} 前后才全部换掉；U 盘上的同样"))
    return facts
