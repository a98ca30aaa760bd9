"""Saving what stands in the form: the stop at what must not be certified, refusals, overrides."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.reports import certificate, refusal
from app.services import certificate_life, certificates, refusals
from app.services.certificates import CertificateDraft
from app.services.forbidden import ForbiddenMatch
from app.ui.kit.signals import Area
from app.ui.papers.certificates.forbidden_stop import ForbiddenStop, Way
from app.ui.papers.certificates.form import CertificateForm


class Drafting:
    """One transaction for draft and acceptance; nothing is kept where it was stopped."""

    def __init__(self, context: Context, page: QWidget) -> None:
        self._context = context
        self._page = page

    def save(self, form: CertificateForm, *, accept: bool = False) -> int | None:
        """The id of the paper; None where the list of forbidden items stopped it."""
        draft = form.draft()
        try:
            return self._save(form, draft, "", accept=accept)
        except ForbiddenMatch as stop:
            reason = self._stopped(draft, form.name.text(), stop)
            return self._save(form, draft, reason, accept=accept) if reason else None

    def _save(
        self, form: CertificateForm, draft: CertificateDraft, reason: str, *, accept: bool
    ) -> int:
        user, now = self._context.user, self._context.clock.now()
        verb = "开" if form.paper_id is None else "修改"
        sentence = f"{verb} {form.name.text()} {draft.holder}"
        with self._context.database.transaction(sentence) as session:
            saved = certificates.save_draft(
                session,
                form.paper_id,
                draft,
                handled_by=user.name,
                now=now,
                version=form.version if form.paper_id is not None else None,
                override_reason=reason,
                role=user.role,
            )
            if accept:
                # A name that no font has is told now, not when the number is given.
                certificate.render(certificates.paper(session, saved, today=now.date()))
                certificate_life.accept_preview(
                    session, saved, user=user.name, role=user.role, now=now
                )
        self._context.signals.changed.emit(Area.PAPERS)
        return saved

    def _stopped(self, draft: CertificateDraft, title: str, stop: ForbiddenMatch) -> str:
        """The secretary's reason to issue it all the same, '' where it stays unissued."""
        dialog = ForbiddenStop(stop.items, self._context.user.role, self._page.window())
        way = dialog.way if dialog.exec() else Way.BACK
        if way is Way.REFUSE:
            self._refuse(draft, title, stop)
        return dialog.reason if way is Way.OVERRIDE else ""

    def _refuse(self, draft: CertificateDraft, title: str, stop: ForbiddenMatch) -> None:
        """不予出具告知单 in the preview; that it was made is journaled and listed."""
        # Loaded with the first paper: the window stands without its preview.
        from app.ui.people.paper_preview import PaperPreview

        applicant = draft.applicant or draft.holder
        with self._context.database.transaction(f"不予出具 {title} {applicant}") as session:
            made, paper = refusals.make_refusal(
                session,
                applicant=applicant,
                resident_id=draft.resident_id,
                matter=title,
                item=stop.items[0],
                handled_by=self._context.user.name,
                today=self._context.clock.today(),
            )
        self._context.signals.changed.emit(Area.PAPERS)
        name = f"{refusal.TITLE} {applicant}"
        pdf = refusal.render(paper)

        def note() -> None:
            with self._context.database.transaction(f"打印 {name}") as session:
                refusals.note_printed(session, made)

        PaperPreview(self._context, name, pdf, note, self._page.window()).exec()
