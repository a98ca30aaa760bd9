"""A paper on the screen with what can be done to it: zoom, find, save, print."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, icon_button, offer
from app.ui.kit.files import save_pdf
from app.ui.kit.labels import Label, hide_unless, rule, small
from app.ui.kit.page_line import PageLine
from app.ui.kit.paper_desk import desk_of
from app.ui.kit.pdf_find import FindBar
from app.ui.kit.pdf_view import PAGE_WIDTH, WHOLE_PAGE, PdfView
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.print_settings import tray_in_words
from app.ui.kit.printing import print_paper, show_queue
from app.ui.kit.segments import Segments

ZOOM_CHOICES = (
    (WHOLE_PAGE, "整页", f"整页 {keys.cap('zoom_fit')}"),
    (PAGE_WIDTH, "页宽", "页宽"),
    (1.0, "100%", "和纸上一样大"),
)
_A4, _A5, _A3 = (595, 842), (420, 595), (842, 1191)
_KNOWN = {_A4: "A4", _A5: "A5", _A3: "A3"}


class PdfPanel(QFrame):
    """`show_pdf` puts a paper on the desk; `taken` is announced once it was printed or saved."""

    taken = Signal(str)
    """What became of it: 已送到打印机, 已存为 PDF"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = ""
        self._pdf = b""
        self._request: PrintRequest | None = None
        self.print_instead: Callable[[], bool] | None = None
        """Who prints what is shown; False leaves it to the panel."""
        self.view = PdfView()
        self.find_bar = FindBar(self.view)
        self._empty = Label("", tone="text2", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(theme.current().spacing[3])
        self._desk = QStackedWidget()
        self._desk.addWidget(self._empty)
        self._desk.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._tools())
        layout.addWidget(self.find_bar)
        layout.addWidget(rule())
        layout.addWidget(self._desk, 1)
        self._connect()
        self.show_nothing("")

    def show_pdf(self, pdf: bytes, title: str, request: PrintRequest | None = None) -> None:
        """Put a paper on the desk; `title` names the file and the print job.

        `request` is what is printed and who is told of it, where that is more than these bytes.
        """
        number = self.view.page() if self._pdf and self._title == title else 0
        self._pdf, self._title, self._request = pdf, title, request
        self.view.show_pdf(pdf)
        self.view.go_to(number)
        self._desk.setCurrentWidget(self.view)
        self._set_usable(True)
        self._show_tray()
        self.find_bar.search()

    def show_nothing(self, reason: str) -> None:
        """An empty desk, and in words why."""
        self._pdf, self._request = b"", None
        self.view.clear()
        self.pages.show_page(0, 0)
        self.find_bar.hide()
        self._empty.setText(reason)
        self._desk.setCurrentWidget(self._empty)
        self._set_usable(False)
        self._tray.setText("")

    def _may_take_out(self) -> bool:
        """Before the main window there is nobody to ask, and no paper of people."""
        desk = desk_of(self)
        return desk is None or desk.may_print()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known in which window the paper stands."""
        super().showEvent(event)
        offer(self._may_take_out(), self.save_button, self.print_button)

    def save(self) -> None:
        if not self._may_take_out():
            return
        with messages.domain_errors_shown(self):
            if save_pdf(self, self._pdf, f"{self._title}.pdf") is not None:
                self.taken.emit("已存为 PDF")

    def print(self) -> None:
        """The print dialog, or what the page has put in its place."""
        if not self._may_take_out():
            return
        if self.print_instead is not None and self.print_instead():
            return
        request = self._request or PrintRequest(
            title=self._title,
            pdf=self._pdf,
            done=lambda: self.taken.emit("已送到打印机"),
            saved=lambda _: self.taken.emit("已存为 PDF"),
            owner=self,
        )
        with messages.domain_errors_shown(self):
            print_paper(self, request, page=self.view.page() + 1)
            self._show_tray()

    def open_find(self) -> None:
        """The line for finding words in the paper."""
        if self._pdf:
            self.find_bar.open()

    # -- assembling

    def _tools(self) -> QHBoxLayout:
        large, space = theme.current().large, theme.current().spacing
        # In 大字 their room goes to words; Ctrl and the wheel zoom as well.
        self.zooms = Segments(ZOOM_CHOICES[:2] if large else ZOOM_CHOICES)
        self.pages = PageLine()
        self.find_button = icon_button("magnify", f"在文书里查找 {keys.cap('find_in_paper')}")
        self._tray = small()
        hide_unless(not large, self.find_button, self._tray)
        self.save_button = Button("存 PDF", size="small")
        self.print_button = Button("打印", size="small", action="print")
        line = QHBoxLayout()
        line.setContentsMargins(space[2], space[1], space[2], space[1])
        line.setSpacing(space[1])
        left: tuple[QWidget, ...] = (self.zooms, self.pages, self.find_button)
        for widget in left:
            line.addWidget(widget)
        line.addStretch(1)
        right: tuple[QWidget, ...] = (self._tray, self.save_button, self.print_button)
        for widget in right:
            line.addWidget(widget)
        return line

    def _connect(self) -> None:
        view = self.view
        self.zooms.chosen.connect(view.set_zoom)
        view.zoom_changed.connect(self.zooms.show_value)
        view.page_changed.connect(self.pages.show_page)
        view.search_asked.connect(self.open_find)
        self.pages.wanted.connect(lambda number: view.go_to(number - 1))
        self.find_button.clicked.connect(self.open_find)
        self.save_button.clicked.connect(self.save)
        self.save_button.setToolTip(f"存为 PDF {keys.cap('save_file')}")
        self.print_button.clicked.connect(self.print)
        self.print_button.bind(self)
        self.zooms.show_value(view.zoom)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        keys.bind(self, "save_file", self.save_button.click)
        keys.bind(self, "zoom_fit", view.zoom_fit)
        keys.bind(self, "zoom_in", view.zoom_in)
        keys.bind(self, "zoom_out", view.zoom_out)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the paper, also where the tools give way to larger letters."""
        if not self._pdf:
            return
        menu.addAction(f"在文书里查找\t{keys.cap('find_in_paper')}", self.open_find)
        for zoom, _, words in ZOOM_CHOICES:
            menu.addAction(words, lambda zoom=zoom: self.view.set_zoom(zoom))
        if not self._may_take_out():
            return
        menu.addSeparator()
        menu.addAction(f"存为 PDF…\t{keys.cap('save_file')}", self.save)
        menu.addAction(f"打印…\t{keys.cap('print')}", self.print)
        menu.addAction("打印队列…", lambda: show_queue(self))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _show_tray(self) -> None:
        pages = self.view.pages
        width, height = pages.size(0) if pages else (0.0, 0.0)
        short, long = round(min(width, height)), round(max(width, height))
        self._tray.setText(tray_in_words(_KNOWN.get((short, long), "")))

    def _set_usable(self, on: bool) -> None:
        tools = (self.zooms, self.pages, self.find_button, self.save_button, self.print_button)
        for tool in tools:
            tool.setEnabled(on)
