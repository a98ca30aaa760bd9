"""What the buttons of a paper do: each one transaction, each named in the journal."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Certificate, Stage
from app.reports import certificate
from app.services import certificate_life, certificates
from app.services.certificate_views import MEETING, Life
from app.services.numbers import ClockWentBack
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.papers.certificates.dialogs import (
    CollectDialog,
    MeetingDialog,
    ReasonDialog,
    day_is_right,
)
from app.ui.papers.certificates.life_card import HISTORY
from app.ui.papers.certificates.outlet import Outgoing, Outlet
from app.ui.recent.history import HistoryDialog

VOID_WORDS = "编号留着不再使用，登记簿上注明作废和原因。已经发出去的那张请收回。"
CORRECT_WORDS = "原来那张作废并注明原因，照它另开一张，改好后给新编号。"
BACK_WORDS = "退回给经办人修改，改好再送来批准。"


class PaperActions(QObject):
    """`run(name, life)` does what a button asks; `done(id)` tells which paper to look at next."""

    edit_requested = Signal(int)
    done = Signal(int)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = parent
        self._busy = False
        self.outlet = Outlet(context, parent)
        self.outlet.moved.connect(self.done)
        self._acts: dict[str, Callable[[Life], object]] = {
            "accept": self._accept,
            "edit": lambda life: self.edit_requested.emit(life.facts.id),
            "delete": self._delete,
            "approve": self._approve,
            "send_back": self._send_back,
            "number": self._number,
            "print": self._print,
            "confirm": self._confirm,
            "not_printed": self._not_printed,
            "collect": self._collect,
            "reprint": self._reprint,
            "correct": self._correct,
            "void": self._void,
            HISTORY: self._history,
        }

    def run(self, name: str, life: Life) -> None:
        """Do one thing at a time: a second click while the first is at work is not heard."""
        if self._busy:
            return
        self._busy = True
        try:
            with messages.domain_errors_shown(self._page):
                self._acts[name](life)
        finally:
            self._busy = False

    # -- on the way to a number

    def _accept(self, life: Life) -> None:
        sentence, paper = f"预览无误 {_what(life)}", life.facts.id
        with self._transaction(sentence) as session:
            # A name that no font has is told now, not when the number is given.
            today = self._context.clock.today()
            certificate.render(certificates.paper(session, paper, today=today))
            certificate_life.accept_preview(session, paper, **self._who())
        self._announce(f"已{sentence}", paper)

    def _approve(self, life: Life) -> None:
        meeting: dict[str, Any] = {}
        if life.facts.approver == MEETING:
            dialog = MeetingDialog(self._context.clock.today(), self._page.window())
            if not dialog.exec():
                return
            meeting = {"meeting_on": dialog.day.value(), "meeting_note": dialog.note.text()}
        with self._transaction(f"批准 {_what(life)}") as session:
            certificate_life.approve(session, life.facts.id, **self._who(), **meeting)
        self._announce(f"已批准：{_what(life)}", life.facts.id)

    def _send_back(self, life: Life) -> None:
        reason = self._reason("退回修改", BACK_WORDS, "退回", hint="哪里要改")
        if reason:
            with self._transaction(f"退回 {_what(life)}") as session:
                user, now = self._context.user.name, self._context.clock.now()
                certificate_life.send_back(
                    session, life.facts.id, reason=reason, user=user, now=now
                )
            self._announce(f"已退回：{_what(life)}", life.facts.id)

    def _delete(self, life: Life) -> None:
        words = f"删除《{_what(life)}》？还没有给号，删了不留空号，还能撤销。"
        if messages.confirm(self._page, "删除草稿", words, "删除", destructive=True):
            with self._transaction(f"删除草稿 {_what(life)}") as session:
                certificates.delete_draft(session, life.facts.id)
            self._announce(f"已删除：{_what(life)}", life.facts.id)

    def _number(self, life: Life) -> None:
        number = self._give_number(life)
        if number:
            self._announce(f"已给号：{number}", life.facts.id)

    def _give_number(self, life: Life) -> str:
        """The number, '' where the user wants to set the clock first."""
        sentence, paper = f"给号 {_what(life)}", life.facts.id
        now = self._context.clock.now()
        try:
            with self._context.database.transaction(sentence) as session:
                return certificate_life.give_number(session, paper, now=now)
        except ClockWentBack as fault:
            if not day_is_right(self._page, fault):
                return ""
        with self._context.database.transaction(sentence) as session:
            return certificate_life.give_number(session, paper, now=now, day_checked=True)

    # -- paper

    def _print(self, life: Life) -> None:
        """One click: the number in one transaction, then the paper to the printer."""
        if life.facts.stage is Stage.APPROVED and not self._give_number(life):
            return
        self._context.signals.changed.emit(Area.PAPERS)
        paper = life.facts.id
        with self._context.database.reading() as session:
            data = certificates.paper(session, paper, today=self._context.clock.today())
        self.outlet.send(
            Outgoing(
                ids=(paper,),
                words=f"{data.title} {data.number}",
                pdf=certificate.render(data),
                copies=data.copies,
            ),
            again=lambda _parent: self._reprint_of(paper),
        )

    def _confirm(self, life: Life) -> None:
        self.outlet.printed(_outgoing(life))

    def _not_printed(self, life: Life) -> None:
        self.outlet.failed(_outgoing(life))

    def _reprint(self, life: Life) -> None:
        self._reprint_of(life.facts.id)

    def _reprint_of(self, paper: int) -> None:
        with messages.domain_errors_shown(self._page):
            self.outlet.reprint(paper)

    # -- afterwards

    def _collect(self, life: Life) -> None:
        facts = life.facts
        dialog = CollectDialog(
            f"{facts.number}　{facts.title}",
            facts.holder,
            self._context.clock.now(),
            self._page.window(),
        )
        if dialog.exec() and dialog.moment is not None:
            by = dialog.by.text().strip()
            with self._transaction(f"登记领取 {facts.number}，{by}") as session:
                certificate_life.collect(
                    session,
                    facts.id,
                    by=by,
                    relation=dialog.relation.currentText().strip(),
                    now=dialog.moment,
                )
            self._announce(f"已登记领取：{facts.number}，{by}", facts.id)

    def _void(self, life: Life) -> None:
        title = f"作废 {life.facts.number}"
        reason = self._reason(title, VOID_WORDS, "作废", hint="为什么作废", danger=True)
        if reason:
            with self._transaction(title) as session:
                certificate_life.void(
                    session, life.facts.id, reason=reason, now=self._context.clock.now()
                )
            self._announce(f"已作废：{life.facts.number}", life.facts.id)

    def _correct(self, life: Life) -> None:
        title = f"更正 {life.facts.number}"
        reason = self._reason(title, CORRECT_WORDS, "作废并另开", hint="哪里错了", danger=True)
        if reason:
            with self._transaction(title) as session:
                draft = certificate_life.correct(
                    session,
                    life.facts.id,
                    reason=reason,
                    handled_by=self._context.user.name,
                    now=self._context.clock.now(),
                )
            self._announce(f"{life.facts.number} 已作废，照它另开了一张草稿。", draft)
            self.edit_requested.emit(draft)

    def _history(self, life: Life) -> None:
        name = life.facts.number or _what(life)
        HistoryDialog(self._context, Certificate, life.facts.id, name, self._page.window()).exec()

    # -- the same for all

    def _reason(
        self, title: str, words: str, action: str, *, hint: str, danger: bool = False
    ) -> str:
        dialog = ReasonDialog(
            title, words, action, hint=hint, danger=danger, parent=self._page.window()
        )
        return dialog.reason if dialog.exec() else ""

    def _transaction(self, sentence: str) -> AbstractContextManager[Session]:
        return self._context.database.transaction(sentence)

    def _who(self) -> dict[str, Any]:
        user = self._context.user
        return {"user": user.name, "role": user.role, "now": self._context.clock.now()}

    def _announce(self, sentence: str, paper: int) -> None:
        self._context.signals.changed.emit(Area.PAPERS)
        self.done.emit(paper)
        messages.notify(self._context.signals, sentence)


def _what(life: Life) -> str:
    return f"{life.facts.title} {life.facts.holder}"


def _outgoing(life: Life) -> Outgoing:
    return Outgoing(ids=(life.facts.id,), words=f"{life.facts.title} {life.facts.number}", pdf=b"")
