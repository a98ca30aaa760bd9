"""Several certificates at once: all or none, one line of the register each, one PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import Stage
from app.reports import certificate
from app.services import certificate_life, certificates
from app.services.certificates import CertificateDraft
from app.services.forbidden import ForbiddenMatch
from app.services.numbers import ClockWentBack
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area
from app.ui.papers.certificates.dialogs import SettleDialog, day_is_right
from app.ui.papers.certificates.forbidden_stop import ForbiddenStop, Way
from app.ui.papers.certificates.outlet import Outgoing, Outlet


@dataclass(frozen=True)
class Made:
    """Ids in order; `pdf` is empty where somebody else has to approve them first."""

    ids: Sequence[int]
    title: str
    pdf: bytes = field(default=b"", repr=False)
    copies: int = 1


@dataclass(frozen=True)
class Said:
    """What the user answered where the work was stopped by a question."""

    day_checked: bool = False
    override_reason: str = ""


Work = Callable[[Said, Progress], Made]


class Batch(QObject):
    """The papers are drawn before anything is kept: a name that no font has stops all of them."""

    done = Signal(int)
    """The first of the papers that were made."""

    def __init__(self, context: Context, page: QWidget, outlet: Outlet) -> None:
        super().__init__(page)
        self._outlet = outlet
        self._context = context
        self._page = page

    def make(self, title: str, drafts: Sequence[CertificateDraft]) -> None:
        """Drafts, acceptance, numbers and PDF in one transaction; cancelling takes all back."""
        now, name = self._context.clock.now(), f"{title} {len(drafts):,} 份"

        def work(said: Said, progress: Progress) -> Made:
            with self._context.database.transaction(f"批量开 {name}") as session:
                ids, approved = self._accepted(session, drafts, said, now, progress)
                if not approved:
                    return Made(ids, name)
                return self._numbered(session, ids, ids, name, said, now, progress)

        self._run(f"正在开{name}", work)

    def approve(self, ids: Sequence[int]) -> None:
        """Everything that waits for this user, after one question; all or none."""
        user, now = self._context.user, self._context.clock.now()
        question = f"{len(ids):,} 份证明一起批准，每一份都看过了吗？"
        if not messages.confirm(self._page, "一起批准", question, "都看过了，批准"):
            return
        with messages.domain_errors_shown(self._page):
            with self._context.database.transaction(f"批准证明 {len(ids):,} 份") as session:
                for one in ids:
                    certificate_life.approve(session, one, user=user.name, role=user.role, now=now)
            self._context.signals.changed.emit(Area.PAPERS)
            self.done.emit(ids[0])
            messages.notify(self._context.signals, f"已批准 {len(ids):,} 份")

    def print_all(self, ids: Sequence[int]) -> None:
        """Numbers for those that have none, and one PDF; cancelling takes the numbers back."""
        now, name = self._context.clock.now(), f"证明 {len(ids):,} 份"

        def work(said: Said, progress: Progress) -> Made:
            with self._context.database.transaction(f"给号 {name}") as session:
                stages = certificate_life.stages_of(session, ids)
                new = [one for one in ids if stages[one] is Stage.APPROVED]
                return self._numbered(session, ids, new, name, said, now, progress)

        self._run(f"正在排{name}", work)

    def settle(self, ids: Sequence[int]) -> None:
        """After a crash: one answer for all that were on the way to the printer."""
        dialog = SettleDialog(len(ids), self._page.window())
        if not dialog.exec():
            return
        papers = Outgoing(ids=tuple(ids), words=f"证明 {len(ids):,} 份", pdf=b"")
        with messages.domain_errors_shown(self._page):
            if dialog.printed:
                self._outlet.printed(papers)
            else:
                self._outlet.failed(papers)

    # -- the work, in the background

    def _accepted(
        self,
        session: Session,
        drafts: Sequence[CertificateDraft],
        said: Said,
        now: datetime,
        progress: Progress,
    ) -> tuple[list[int], bool]:
        """The drafts kept and accepted, and whether they may have their numbers at once."""
        user = self._context.user
        ids = certificates.save_drafts(
            session,
            drafts,
            handled_by=user.name,
            now=now,
            override_reason=said.override_reason,
            role=user.role,
            tick=lambda done, total: progress(done, total, f"填写 {done:,} / {total:,}"),
        )
        stages = {
            certificate_life.accept_preview(session, one, user=user.name, role=user.role, now=now)
            for one in ids
        }
        return ids, stages == {Stage.APPROVED}

    @staticmethod
    def _numbered(
        session: Session,
        ids: Sequence[int],
        new: Sequence[int],
        name: str,
        said: Said,
        now: datetime,
        progress: Progress,
    ) -> Made:
        """Numbers for the new ones, and all of them as one PDF."""
        if new:
            certificate_life.give_numbers(session, new, now=now, day_checked=said.day_checked)
        papers = [certificates.paper(session, one, today=now.date()) for one in ids]
        pdf = certificate.render_many(
            papers, lambda done: progress(done, len(ids), f"排版 {done:,} / {len(ids):,}")
        )
        copies = {paper.copies for paper in papers}
        return Made(ids, name, pdf, copies.pop() if len(copies) == 1 else 1)

    # -- in the window

    def _run(self, title: str, work: Work, said: Said | None = None) -> None:
        answered = said or Said()
        messages.run_with_progress(
            self._page,
            self._context.background,
            title,
            lambda progress: work(answered, progress),
            done=self._made,
            refused=lambda fault: self._go_on(title, work, answered, fault),
        )

    def _go_on(self, title: str, work: Work, said: Said, fault: DomainError) -> bool:
        """Ask what stopped the work, and begin again with the answer; False: nothing to ask."""
        if isinstance(fault, ClockWentBack):
            if day_is_right(self._page, fault):
                self._run(title, work, replace(said, day_checked=True))
            return True
        if isinstance(fault, ForbiddenMatch):
            role, window = self._context.user.role, self._page.window()
            stop = ForbiddenStop(fault.items, role, window, refusable=False)
            if stop.exec() and stop.way is Way.OVERRIDE:
                self._run(title, work, replace(said, override_reason=stop.reason))
            return True
        return False

    def _made(self, made: Made) -> None:
        self._context.signals.changed.emit(Area.PAPERS)
        self.done.emit(made.ids[0])
        if not made.pdf:
            messages.notify(self._context.signals, f"已送批：{made.title}")
            return
        messages.notify(self._context.signals, f"已给号：{made.title}")
        with messages.domain_errors_shown(self._page):
            self._outlet.send(
                Outgoing(ids=tuple(made.ids), words=made.title, pdf=made.pdf, copies=made.copies)
            )
