"""Several certificates at once: all or none, one line of the register each, one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Stage
from app.reports import certificate
from app.services import certificate_life, certificates
from app.services.certificates import CertificateDraft
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area
from app.ui.papers.certificates.outlet import Outgoing, Outlet


@dataclass(frozen=True)
class Made:
    """Ids in order; `pdf` is empty where somebody else has to approve them first."""

    ids: Sequence[int]
    title: str
    pdf: bytes = field(default=b"", repr=False)


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
        user, now = self._context.user, self._context.clock.now()
        name = f"{title} {len(drafts):,} 份"

        def work(progress: Progress) -> Made:
            with self._context.database.transaction(f"批量开 {name}") as session:
                ids = certificates.save_drafts(
                    session,
                    drafts,
                    handled_by=user.name,
                    now=now,
                    role=user.role,
                    tick=lambda done, total: progress(done, total, f"填写 {done:,} / {total:,}"),
                )
                stages = [
                    certificate_life.accept_preview(
                        session, one, user=user.name, role=user.role, now=now
                    )
                    for one in ids
                ]
                if any(stage is not Stage.APPROVED for stage in stages):
                    return Made(ids, name)
                certificate_life.give_numbers(session, ids, now=now)
                return Made(ids, name, self._render(session, ids, now.date(), progress))

        messages.run_with_progress(
            self._page, self._context.background, f"正在开{name}", work, done=self._made
        )

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
        now = self._context.clock.now()
        name = f"证明 {len(ids):,} 份"

        def work(progress: Progress) -> Made:
            with self._context.database.transaction(f"给号 {name}") as session:
                stages = certificate_life.stages_of(session, ids)
                approved = [one for one in ids if stages[one] is Stage.APPROVED]
                certificate_life.give_numbers(session, approved, now=now)
                return Made(ids, name, self._render(session, ids, now.date(), progress))

        messages.run_with_progress(
            self._page, self._context.background, f"正在排{name}", work, done=self._made
        )

    @staticmethod
    def _render(session: Session, ids: Sequence[int], today: date, progress: Progress) -> bytes:
        papers = [certificates.paper(session, one, today=today) for one in ids]
        return certificate.render_many(
            papers, lambda done: progress(done, len(ids), f"排版 {done:,} / {len(ids):,}")
        )

    def _made(self, made: Made) -> None:
        self._context.signals.changed.emit(Area.PAPERS)
        self.done.emit(made.ids[0])
        if not made.pdf:
            messages.notify(self._context.signals, f"已送批：{made.title}")
            return
        messages.notify(self._context.signals, f"已给号：{made.title}")
        with messages.domain_errors_shown(self._page):
            self._print(made)

    def _print(self, made: Made) -> None:
        self._outlet.send(Outgoing(ids=tuple(made.ids), words=made.title, pdf=made.pdf))
