"""文书: what can be made at the left, what it needs in the middle, the paper at the right."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services import certificate_lists, drafts, forbidden, notices, templates
from app.services.templates import TemplateView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import offer
from app.ui.kit.labels import row
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.printing import reprint_last
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import page_layout
from app.ui.papers.choices import Choice
from app.ui.papers.grades import grade_chip
from app.ui.papers.head import PapersHead
from app.ui.papers.kinds import GROUPS, KINDS, REFUSAL, Build, PaperKind, certificates
from app.ui.papers.panel import PaperPanel
from app.ui.papers.shelf import Shelf
from app.ui.people.paper_wish import CERTIFICATE, MadeNotice, MadePaper, PaperWish
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class PapersPage(QWidget):
    """Assembles; each kind of paper is a panel of its own, built when it is first opened."""

    areas = Area.RESIDENTS | Area.PAPERS | Area.OFFICE
    legend = [("↑ ↓", "换文书"), ("Enter", "打开"), ("PgUp PgDn", "翻页"), ("F9", "打印")]  # noqa: RUF012 - the page's protocol is a plain list that nobody changes

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._panels: dict[Build, PaperPanel] = {}
        self._stale: set[PaperPanel] = set()
        self._kind = ""
        self.head = PapersHead(context.may)
        self.shelf = Shelf()
        offer(
            context.may(Right.ISSUE_PAPERS) or context.may(Right.EDIT_TEMPLATES),
            self.shelf.forbidden,
        )
        self.choices = self.shelf.choices
        self.preview = PdfPanel()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_choices()
        self.choices.choose_first()

    # -- what the main window asks

    def refresh(self) -> None:
        """Residents, papers or the office's data changed."""
        self._show_choices()
        current = self._current()
        self._stale = set(self._panels.values()) - {current}
        current.refresh()
        current.soon()

    def rest(self) -> None:
        """Nobody is at the desk."""
        for panel in self._panels.values():
            panel.rest()

    def leave(self) -> bool:
        """Whether every panel may be left."""
        return all(panel.leave() for panel in self._panels.values())

    def show_record(self, wish: int | PaperWish | MadePaper | MadeNotice | Unsaved) -> None:
        """A kind of paper for somebody, asked for from elsewhere; a number is 本人信息单 of one."""
        if isinstance(wish, Unsaved):
            self._go_on(wish)
            return
        if isinstance(wish, MadePaper):
            self.show_paper(wish.certificate_id)
            return
        if isinstance(wish, MadeNotice):
            self.show_notice(wish.notice_id)
            return
        if isinstance(wish, int):
            wish = PaperWish("info_sheet", (wish,))
        self.head.search.clear()
        self.choices.choose(wish.kind)
        self._show_kind(wish.kind)
        if wish.people or wish.outsider:
            self._current().show_wish(wish)
        else:
            self._open(wish.kind)

    def _go_on(self, unsaved: Unsaved) -> None:
        """A form that was not saved: its panel or its window, which takes up what was kept."""
        if unsaved.kind not in ("notice", "certificate"):
            self._open_window(unsaved)
            return
        with self._context.database.reading() as session:
            draft = drafts.kept(session, unsaved.key)
        if draft is not None:
            made = unsaved.kind == "certificate"
            key = f"{CERTIFICATE}{draft.fields['template_id']}" if made else "notice"
            self.choices.choose(key)
            self._show_kind(key)

    def _open_window(self, unsaved: Unsaved) -> None:
        from app.ui.papers.going_on import window_of

        with messages.domain_errors_shown(self):
            window = window_of(self._context, unsaved, self.window())
            if window is not None:
                window.exec()
                self.refresh()

    def show_paper(self, certificate_id: int) -> None:
        """A certificate that was made, from the register."""
        self.head.search.clear()
        if self._panels.get(certificates) is not self._current():
            self.choices.choose_first()
        self._current().show_paper(certificate_id)

    def show_notice(self, notice_id: int) -> None:
        """A notice that another page wrote; a 公示 with its card."""
        with self._context.database.reading() as session:
            key = "publicity" if notices.is_publicity(session, notice_id) else "notice"
        self.head.search.clear()
        self.choices.choose(key)
        self._show_kind(key)
        self._current().show_paper(notice_id)

    def panel(self, key: str) -> PaperPanel:
        """The panel of a kind, built now if nobody asked for it before."""
        build = certificates if key.startswith(CERTIFICATE) else KINDS[key].build
        if build not in self._panels:
            panel = self._panels[build] = build(self._context, self._stack)
            self._stack.addWidget(panel)
            panel.composed.connect(self._show)
            panel.waiting.connect(self._show_reason)
        return self._panels[build]

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        # In 大字 the preview keeps its room: the list and the fields grow less than their text.
        self._stack.setFixedWidth(440 if metrics.large else 424)
        layout = page_layout(self)
        layout.addWidget(self.head)
        layout.addLayout(row(self.shelf, self._stack, (self.preview, 1), spacing=12), 1)

    def _connect(self) -> None:
        self.choices.chosen.connect(self._show_kind)
        self.choices.opened.connect(self._open)
        self.head.search.searched.connect(self._search)
        self.head.search.submitted.connect(lambda _: self.choices.open_current())
        self.head.search.left_down.connect(self._into_choices)
        self.head.new.clicked.connect(self._begin)
        self.head.again.clicked.connect(lambda: reprint_last(self))
        self.head.templates.clicked.connect(self._open_templates)
        self.head.registers.clicked.connect(self._open_registers)
        self.head.verify.clicked.connect(self._open_verify)
        self.shelf.forbidden_asked.connect(self._open_forbidden)
        self.head.bind(self, self.head.search.setFocus)
        self.preview.taken.connect(self._taken)
        self.preview.print_instead = lambda: self._current().print_out()

    def _show_choices(self) -> None:
        """Templates may have been switched on; a 公示 may have ended."""
        with self._context.database.reading() as session:
            known = templates.templates(session)
            year = certificate_lists.numbers_of(session, self._context.clock.today().year)
            self.shelf.show_forbidden(len(forbidden.items(session)))
        if self._certifies:
            self.head.show_issued(year.words, gaps=year.gaps)
        made = [_certificate(one) for one in known] if self._certifies else []
        groups = [(heading, self._offered(kinds)) for heading, kinds in GROUPS]
        all_groups = [("证明", [*made, *self._offered((REFUSAL,))]), *groups]
        self.choices.set_groups([(heading, group) for heading, group in all_groups if group])

    @property
    def _certifies(self) -> bool:
        return self._context.may(Right.ISSUE_PAPERS) or self._context.may(Right.APPROVE_PAPERS)

    def _offered(self, kinds: Sequence[PaperKind]) -> list[Choice]:
        return [self._choice(kind) for kind in kinds if kind.offered(self._context)]

    def _choice(self, kind: PaperKind) -> Choice:
        note = kind.note(self._context) if kind.note is not None else ""
        return Choice(kind.key, kind.title, note)

    def _current(self) -> PaperPanel:
        return cast(PaperPanel, self._stack.currentWidget())

    # -- choosing

    def _search(self, typed: str) -> None:
        """Letters mean kinds of paper; names and numbers also find papers that were made."""
        left = self.choices.filter(typed)
        if typed and left:
            self.choices.mark_first()
        elif not left:
            self.choices.filter("")
        if not typed:
            self.choices.choose(self._kind)
        self._current().search(typed)

    def _into_choices(self) -> None:
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.choices.current() is None:
            self.choices.choose_first()

    def _show_kind(self, key: str) -> None:
        """Its panel in the middle, its paper at the right."""
        if key == self._kind or not self._may_show(key):
            return
        self._kind, panel = key, self.panel(key)
        if panel in self._stale:
            self._stale.discard(panel)
            panel.refresh()
        panel.show_kind(key)
        self._stack.setCurrentWidget(panel)
        self.preview.show_nothing("正在排版…")
        panel.compose()

    def _may_show(self, key: str) -> bool:
        """Also another page may ask for a kind."""
        if key.startswith(CERTIFICATE):
            return self._certifies
        return KINDS[key].offered(self._context)

    def _open(self, key: str) -> None:
        """Enter or a click: as choosing, and a certificate begins."""
        self._show_kind(key)
        if not (key.startswith(CERTIFICATE) and self._current().new()):
            self._current().setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        """开文书: a new one of the chosen kind."""
        if not self._current().new():
            self._current().setFocus(Qt.FocusReason.OtherFocusReason)

    # -- windows, loaded when they are first opened

    def _open_registers(self) -> None:
        from app.ui.papers.registers.dialog import RegistersDialog

        dialog = RegistersDialog(self._context, self.window())
        dialog.exec()
        if dialog.paper is not None:
            self.show_paper(dialog.paper)

    def _open_verify(self) -> None:
        from app.ui.papers.verify_dialog import VerifyDialog

        VerifyDialog(self._context, self.window()).exec()

    def _open_templates(self) -> None:
        from app.ui.papers.templates.dialog import TemplatesDialog

        TemplatesDialog(self._context, self.window()).exec()
        self.refresh()

    def _open_forbidden(self) -> None:
        from app.ui.papers.forbidden_dialog import ForbiddenDialog

        ForbiddenDialog(self._context, self.window()).exec()
        self.refresh()

    # -- the paper

    def _show(self, pdf: bytes, title: str) -> None:
        # A paper that was asked for before another kind was chosen comes too late.
        panel = self._current()
        if self.sender() is panel:
            self.preview.show_pdf(pdf, title, self._request(pdf, title, panel.leaving()))

    def _request(self, pdf: bytes, title: str, note: Callable[[], object]) -> PrintRequest:
        """The printer may be through when the page shows something else, or is gone."""
        signals = self._context.signals

        def left(how: str) -> None:
            note()
            messages.notify(signals, f"{how}：{title}")

        return PrintRequest(
            title=title,
            pdf=pdf,
            done=lambda: left("已送到打印机"),
            saved=lambda _: left("已存为 PDF"),
        )

    def _show_reason(self, reason: str) -> None:
        if self.sender() is self._current():
            self.preview.show_nothing(reason)

    def _taken(self, how: str) -> None:
        panel = self._current()
        panel.leaving()()
        messages.notify(self._context.signals, f"{how}：{panel.title()}")


def _certificate(one: TemplateView) -> Choice:
    """A template in its place; one that may not be used is quiet and says why."""
    off = "已损坏" if one.damaged else "未启用"
    note = grade_chip(one.basis_grade).text if one.usable else off
    return Choice(f"{CERTIFICATE}{one.id}", one.title, note, one.usable)
