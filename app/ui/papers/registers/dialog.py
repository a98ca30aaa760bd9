"""登记簿: the registers of the office in one window."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.models import Certificate, Refusal, SealUse
from app.services import refusals, registers
from app.services.record_names import name_of
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row
from app.ui.kit.tabs import PageTabs
from app.ui.papers.registers.book_view import BookView
from app.ui.papers.registers.books import CERTIFICATE_BOOK, REFUSAL_BOOK, SEAL_BOOK
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

CERTIFICATES, SEALS, REFUSALS = 0, 1, 2


class RegistersDialog(Dialog):
    """`paper` is the certificate whose line was opened, None where the window was just closed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        # As wide as the smallest screen lets it be, in both sizes of text.
        super().__init__("登记簿", parent, width=round(1310 / theme.current().factor))
        self._context = context
        self.paper: int | None = None
        self.tabs = PageTabs((CERTIFICATE_BOOK.title, SEAL_BOOK.title, REFUSAL_BOOK.title))
        self.certificates = BookView(context, CERTIFICATE_BOOK, kinds=True)
        self.seals = BookView(context, SEAL_BOOK, kinds=False)
        self.refusals = BookView(context, REFUSAL_BOOK, kinds=False)
        self.add_seal = Button("登记用印", kind="primary", icon="plus", action="new")
        self._writes = context.may(Right.ISSUE_PAPERS)
        offer(self._writes, self.add_seal, self.seals.card.open_button)
        self.views = QStackedWidget()
        self._lay_out()
        self._connect()
        self.refresh()
        self.certificates.search.setFocus()

    def refresh(self) -> None:
        """Read the registers anew."""
        with self._context.database.reading() as session:
            years, titles = registers.years(session), registers.titles(session)
            sealed, refused = registers.seal_years(session), refusals.years(session)
        self.certificates.begin(years, titles)
        self.seals.begin(sealed, ())
        self.refusals.begin(refused, ())

    def show_book(self, number: int) -> None:
        """CERTIFICATES, SEALS or REFUSALS."""
        self.tabs.set_current(number)
        self.views.setCurrentIndex(number)

    def open_paper(self, certificate_id: int) -> None:
        """Close and let the page show this paper."""
        self.paper = certificate_id
        self.accept()

    def open_seal(self, seal_id: int) -> None:
        """The form of a line written by hand; the others belong to their papers."""
        if not self._writes:
            return
        with messages.domain_errors_shown(self):
            if SealDialog(self._context, seal_id, self).exec():
                self.refresh()

    def write_seal(self) -> None:
        """A new line of the seal book; it is the current one then."""
        if SealDialog(self._context, None, self).exec():
            self.refresh()
            self.seals.show_last()

    def show_refusal(self, refusal_id: int) -> None:
        """The paper as it was handed out, to be looked at or printed once more."""
        # Loaded with the first paper: the window opens without what draws.
        from app.reports import refusal
        from app.ui.people.paper_preview import PaperPreview

        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                data = refusals.refusal_paper(session, refusal_id)
            title = f"{REFUSAL_BOOK.title} {data.applicant}"

            def note() -> None:
                with self._context.database.transaction(f"再次打印 {title}") as session:
                    refusals.note_printed(session, refusal_id)

            PaperPreview(self._context, title, refusal.render(data), note, self).exec()

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.tabs, None))
        for view in self._views():
            self.views.addWidget(view)
        self.seals.tools.addWidget(self.add_seal)
        self.body.addWidget(self.views, 1)
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.views.setCurrentIndex)
        self.certificates.opened.connect(self.open_paper)
        self.seals.opened.connect(self.open_seal)
        self.refusals.opened.connect(self.show_refusal)
        for view in self._views():
            view.left.connect(self.reject)
        self.add_seal.clicked.connect(self.write_seal)
        self.add_seal.bind(self.seals)

    def _record(self) -> Record | None:
        """The current line of the register that is open."""
        place = self.views.currentIndex()
        model = (Certificate, SealUse, Refusal)[place]
        row_id = self._views()[place].table.current_id()
        if row_id is None:
            return None
        with self._context.database.reading() as session:
            name = name_of(session, model.__tablename__, row_id)
        return Record(model, row_id, name)

    def rest(self) -> None:
        for view in self._views():
            view.rest()

    def _views(self) -> tuple[BookView, ...]:
        return self.certificates, self.seals, self.refusals
