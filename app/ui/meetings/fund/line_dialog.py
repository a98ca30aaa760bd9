"""One line of the book with all that proves it; what was wrong is met by a counter-line."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import FundEntry, FundKind
from app.services import fund_views, funds
from app.services.fund_views import EntryView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts
from app.ui.kit.chips import ChipLabel
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.meetings.fund.words import kind_chip
from app.ui.people.meetings_wish import ShowProject
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right

_WRONG = ("金额记错了", "记错项目了", "记错来源了", "重复记账")


class LineDialog(Dialog):
    def __init__(self, context: Context, entry_id: int, parent: QWidget | None = None) -> None:
        """Raises DomainError where there is no such line."""
        super().__init__("专项经费的一笔", parent, width=520)
        self._context = context
        with context.database.lookup() as lookup:
            self.line = fund_views.entry(lookup, entry_id)
        self.wrong = Button("冲正", size="small", action="fund_reverse")
        self.project = Button("看项目", size="small")
        self._lay_out()
        self._connect()

    def reverse(self) -> None:
        """冲正, with its reason."""
        if self.wrong.isHidden():
            return
        dialog = ReasonDialog(
            f"冲正 {self.line.words}",
            f"原来那一行留着，另记一行 {yuan(-self.line.amount)} 元，来源的余额随着改。",
            "冲正",
            usual=_WRONG,
            parent=self,
        )
        if not dialog.exec():
            return
        with messages.domain_errors_shown(self):
            sentence = f"冲正专项经费 {self.line.words} {yuan(abs(self.line.amount))} 元"
            with self._context.database.transaction(sentence) as session:
                now = self._context.clock.now()
                funds.reverse(session, self.line.id, reason=dialog.reason, now=now)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

    def show_project(self) -> None:
        """In 清单."""
        if self.line.project_id is not None:
            self.accept()
            wish = ShowProject(self.line.project_id)
            self._context.signals.page_requested.emit("meetings", wish)

    def _lay_out(self) -> None:
        line, chip = self.line, kind_chip(self.line)
        amount = Label(f"{yuan(line.amount)} 元", "h2", bold=True)
        head = (Label(line.words, "title", bold=True, wrap=True), 1)
        self.body.addLayout(row(head, ChipLabel(chip.text, chip.tone), amount, spacing=10))
        self.body.addWidget(Facts(_facts(line), label=72))
        record = Record(FundEntry, line.id, f"{line.words} {yuan(abs(line.amount))} 元")
        history = history_button(self._context, self, lambda: record)
        self.body.addLayout(row(self.wrong, self.project, None, history))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        line = self.line
        met = line.reversed or line.kind is FundKind.REVERSAL
        self.wrong.setVisible(self._context.may(Right.KEEP_FUND) and not met)
        self.project.setVisible(line.project_id is not None)
        self.wrong.clicked.connect(self.reverse)
        self.wrong.bind(self)
        self.project.clicked.connect(self.show_project)


def _facts(line: EntryView) -> list[tuple[str, str | QWidget]]:
    told = [
        ("日期", f"{line.on_date:%Y-%m-%d}"),
        ("来源", line.source),
        ("项目", line.project),
        ("收款方", line.payee),
        ("票据号", line.ticket),
        ("经手人", line.handled_by),
        ("审批人", line.approved_by),
        ("用途说明", line.reason),
        ("记账", f"{line.at:%Y-%m-%d %H:%M} {line.entered_by}".strip()),
        ("记后余额", f"{yuan(line.balance)} 元"),
    ]
    return [(name, words) for name, words in told if words]
