"""The title line of the page 文书: what was issued, the search, and what concerns all papers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import Label, h1, hide_unless, row, small, tip_of
from app.ui.kit.search_box import SearchBox
from app.values.rights import Right

MOST_GAPS = 20


class PapersHead(QWidget):
    """In 大字 what is rarely wanted stands in a menu, so that the words keep their room."""

    def __init__(self, may: Callable[[Right], bool]) -> None:
        super().__init__()
        large = theme.current().large
        self.issued: Label = small()
        self.search = SearchBox("拼音，如 zyfw" if large else "文书名拼音，如 zyfw", name="找文书")
        self.search.setToolTip("输入文书名或它的拼音；输入姓名或编号，找开过的证明")
        self.search.setFixedWidth(theme.current().px(196 if large else 210))
        self.registers = Button("登记簿", icon="book-open-variant")
        self.templates = Button("模板", icon="file-cog-outline")
        self.verify = Button("核验", icon="shield-check-outline", action="verify")
        self.again = Button("补打上一张", action="reprint_last")
        self.more = Button("更多", trail="chevron-down")
        self.new = Button("开文书", kind="primary", action="new_paper")
        rare = (self.templates, self.verify, self.again)
        hide_unless(not large, *rare)
        hide_unless(large, self.more)
        self._offer(may)
        self.more.clicked.connect(self._open_menu)
        self.setLayout(
            row(
                h1("文书"),
                self.issued,
                None,
                self.search,
                self.registers,
                *rare,
                self.more,
                self.new,
                spacing=10,
            )
        )

    def _offer(self, may: Callable[[Right], bool]) -> None:
        issues = may(Right.ISSUE_PAPERS)
        offer(issues, self.new)
        offer(issues or may(Right.APPROVE_PAPERS), self.registers, self.verify)
        offer(issues or may(Right.EDIT_TEMPLATES), self.templates)
        offer(may(Right.PRINT), self.again)
        offer(not all(one.withheld for one in (self.verify, self.again, self.templates)), self.more)

    def bind(self, page: QWidget, focus_search: Callable[[], object]) -> None:
        """Let the keys work while the page is seen, also of buttons that stand in the menu."""
        keys.bind(page, "search", focus_search)
        keys.bind(page, "verify", self.verify.click)
        keys.bind(page, "reprint_last", self.again.click)
        keys.bind(page, "new_paper", self.new.click)

    def show_issued(self, words: str, *, gaps: Sequence[str] = ()) -> None:
        """How many numbers were given this year; a gap is said in red, the tool tip lists them."""
        self.issued.setText(words)
        self.issued.set_tone("danger" if gaps else "text2")
        self.issued.setToolTip(tip_of("\n".join(gaps[:MOST_GAPS])))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        rare = (self.verify, self.again, self.templates)
        for button in (one for one in rare if not one.withheld):
            words = f"{button.text()}\t{button.cap}" if button.cap else button.text()
            menu.addAction(words, button.click).setEnabled(button.isEnabled())
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
