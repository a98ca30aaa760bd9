"""证明: the desk with all papers, and in its place the form of the one that is being made."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.models import Stage
from app.reports import certificate
from app.services import certificate_life, certificate_preview, certificates, papers, table_log
from app.services.certificate_views import Life
from app.services.certificates import CertificateDraft
from app.services.papers import Printing
from app.ui.kit import keys, messages
from app.ui.kit.background import Progress
from app.ui.papers.certificates.actions import PaperActions
from app.ui.papers.certificates.batch import Batch
from app.ui.papers.certificates.desk import Desk
from app.ui.papers.certificates.drafting import Drafting
from app.ui.papers.certificates.form import CertificateForm
from app.ui.papers.panel import PaperPanel
from app.ui.people.paper_wish import CERTIFICATE, PaperWish

NOT_YET = "还没有编号，不能打印。点「预览无误」，批准以后再打印。"
NO_MORE = "这张现在不能打印：作废的不再打印，没有确认的先回答印出来没有。"
_PRINTS = {
    Stage.APPROVED: "print",
    Stage.NUMBERED: "print",
    Stage.PRINTED: "reprint",
    Stage.COLLECTED: "reprint",
}


class CertificatePanel(PaperPanel):
    """`show_kind` tells which template Ctrl+T starts; the preview shows form or chosen paper."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._template_id: int | None = None
        self._wish: CertificateDraft | int = 0
        self._changed: int | None = None
        self._title = certificate.TITLE
        self._on_paper: tuple[int, ...] = ()
        self._looked: set[int] = set()
        self._outsider: int | None = None
        self._papers_looked: set[int] = set()
        self.desk = Desk(context)
        self.form = CertificateForm(context)
        self.actions_of_paper = PaperActions(context, self)
        self.drafting = Drafting(context, self)
        self.batch = Batch(context, self, self.actions_of_paper.outlet)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()
        self.desk.refresh()
        self._take_up()

    # -- what the page asks

    def refresh(self) -> None:
        self.desk.refresh()

    def leave(self) -> bool:
        """What is being typed is kept as a draft: the page may always be left."""
        self.form.keep_typing()
        return True

    def show_kind(self, key: str) -> None:
        self._template_id = int(key.removeprefix(CERTIFICATE))

    def new(self) -> bool:
        """A form for the chosen template."""
        if self._template_id is not None:
            self._begin(self._template_id, ())
        return True

    def show_people(self, resident_ids: Sequence[int]) -> None:
        if self._template_id is not None and resident_ids:
            self._begin(self._template_id, resident_ids)

    def show_wish(self, wish: PaperWish) -> None:
        """For whom, with what the other page knows already."""
        if self._template_id is not None and self._begin(self._template_id, wish.people):
            if wish.outsider is not None:
                self.form.holder.show_outsider(*wish.outsider)
            self.form.fields.put(dict(wish.answers))
            self._show_form()

    def show_paper(self, paper_id: int) -> None:
        if self._writing() and not self.form.may_be_left():
            return
        self.form.forget_typing()
        self._back()
        self.desk.select(paper_id)

    def search(self, text: str) -> None:
        """Names and numbers keep the papers that have them; letters mean kinds of paper."""
        self.desk.filter("" if text.isascii() and not text.strip().isdigit() else text)

    def print_out(self) -> bool:
        """F9: what the card offers; a paper without a number is not printed."""
        life = self.desk.life
        act = _PRINTS.get(life.facts.stage, "") if life is not None else ""
        if self._writing() or not act or life is None:
            messages.tell(self, NOT_YET if life is None or not life.facts.number else NO_MORE)
        else:
            self.actions_of_paper.run(act, life)
        return True

    # -- what the preview asks

    def missing(self) -> str:
        seen = self._writing() or self.desk.life is not None
        return "" if seen else "选中一份证明，这里就是那张纸。"

    def title(self) -> str:
        return self._title

    def prepare(self) -> None:
        life, whose = self.desk.life, None
        if self._writing():
            draft = self.form.draft()
            self._wish, self._changed, whose = draft, self.form.paper_id, draft.resident_id
            self._title = f"{self.form.name.text()} 草稿"
        elif life is not None:
            self._wish, whose = life.facts.id, life.resident_id
            self._title = f"{life.facts.title} {life.facts.number or '草稿'}"
        self._on_paper = () if whose is None else (whose,)
        # Of who is not in the roster the paper itself says that it was seen.
        self._outsider = None if whose is not None else self._stored(life)

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        wish, today = self._wish, printing.at.date()
        self._note_look()
        with self.context.database.reading() as session:
            if isinstance(wish, CertificateDraft):
                data = certificate_preview.preview(
                    session, wish, handled_by=printing.by, today=today, certificate_id=self._changed
                )
            else:
                data = certificates.paper(session, wish, today=today)
        progress.check()
        return certificate.render(data)

    def leaving(self) -> Callable[[], object]:
        """Stored as a file: the journal says for whom."""
        words, whose = f"存为 PDF {self._title}", self._on_paper

        def note() -> None:
            with self.context.database.transaction(words) as session:
                table_log.note_printed(session, whose, by=self.context.user.name)

        return note

    def _note_look(self) -> None:
        """The number stands whole on it; once for each person, not with every key typed."""
        new = set(self._on_paper) - self._looked
        if new:
            with self.context.database.transaction(f"查看 {self._title}") as session:
                papers.note_looked(session, sorted(new))
            self._looked |= new
        paper = self._outsider
        if paper is not None and paper not in self._papers_looked:
            with self.context.database.transaction(f"查看 {self._title}") as session:
                certificates.note_opened(session, paper)
            self._papers_looked.add(paper)

    def _stored(self, life: Life | None) -> int | None:
        if self._writing():
            return self.form.paper_id
        return None if life is None else life.facts.id

    # -- inside

    def _connect(self) -> None:
        self.desk.current_changed.connect(self._preview_chosen)
        self.desk.opened.connect(self._open_line)
        self.desk.card.asked.connect(self._act)
        self.desk.approve_asked.connect(self.batch.approve)
        self.desk.print_asked.connect(self.batch.print_all)
        self.desk.settle_asked.connect(self.batch.settle)
        self.form.changed.connect(self.soon)
        self.form.left.connect(self._back)
        self.form.kept.connect(self._keep)
        self.form.accepted.connect(self._accept)
        self.actions_of_paper.edit_requested.connect(self._edit)
        self.actions_of_paper.done.connect(self.desk.select)
        self.batch.done.connect(self._saved)
        keys.bind(self.desk, "collect", lambda: self._press("collect"))
        keys.bind(self.desk, "edit_paper", lambda: self._press("edit"))

    def _writing(self) -> bool:
        return self._stack.currentWidget() is self.form

    def _take_up(self) -> None:
        """What a power cut left: a half-typed form, or a paper nobody has seen come out."""
        with self.context.database.reading() as session:
            open_ones = certificate_life.unconfirmed(session)
        if open_ones:
            self.desk.select(open_ones[0].id)
        with messages.domain_errors_shown(self):
            if self.form.take_up():
                self._stack.setCurrentWidget(self.form)

    def _begin(self, template_id: int, people: Sequence[int]) -> bool:
        """Whether the form stands now: not where something unsaved or a fault is in the way."""
        if self._writing() and not self.form.may_be_left():
            return False
        begun = False
        with messages.domain_errors_shown(self):
            self.form.start(template_id, people)
            begun = True
        if begun:
            self._show_form()
        return begun

    def _edit(self, paper_id: int) -> None:
        with messages.domain_errors_shown(self):
            self.form.open_paper(paper_id)
            self._show_form()

    def _show_form(self) -> None:
        self._stack.setCurrentWidget(self.form)
        if self.form.people:
            self.form.fields.focus_first()
        else:
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)
        self.compose()

    def _back(self) -> None:
        self._stack.setCurrentWidget(self.desk)
        self.desk.setFocus(Qt.FocusReason.OtherFocusReason)
        self.soon()

    def _saved(self, paper_id: int) -> None:
        """Back to the desk with the paper that was just made."""
        self.form.forget_typing()
        self._back()
        self.desk.refresh()
        self.desk.select(paper_id)

    def _keep(self) -> None:
        with messages.domain_errors_shown(self):
            saved = self.drafting.save(self.form)
            if saved is not None:
                self._saved(saved)
                messages.notify(self.context.signals, f"已存草稿：{self.form.name.text()}")

    def _accept(self) -> None:
        """The preview is right: one paper goes on to its approval, several become a batch."""
        if not self.form.complete():
            return
        if len(self.form.people) > 1:
            self.batch.make(self.form.name.text(), self.form.drafts())
            return
        with messages.domain_errors_shown(self):
            saved = self.drafting.save(self.form, accept=True)
            if saved is not None:
                self._saved(saved)
                messages.notify(self.context.signals, self._next_words())

    def _next_words(self) -> str:
        """What the status line says after a preview was accepted."""
        life = self.desk.life
        if life is None or life.facts.stage is not Stage.APPROVED:
            return f"预览无误，{life.facts.stage_label if life else '已送批'}。"
        return f"预览无误，可以打印：{keys.cap('print')}"

    def _act(self, name: str) -> None:
        if self.desk.life is not None:
            self.actions_of_paper.run(name, self.desk.life)

    def _press(self, name: str) -> None:
        button = self.desk.card.buttons.get(name)
        if button is not None and button.isEnabled():
            button.click()

    def _open_line(self, _paper_id: int) -> None:
        """Enter on a line: a draft is opened, of others the first button gets the focus."""
        life = self.desk.life
        if life is not None and "edit" in life.actions:
            self._act("edit")
        elif self.desk.card.buttons:
            self.desk.card.buttons[self.desk.card.primary()].setFocus()

    def _preview_chosen(self) -> None:
        if not self._writing():
            # A click, not typing: nothing to wait for, and a newer choice overtakes this one.
            self.compose()
