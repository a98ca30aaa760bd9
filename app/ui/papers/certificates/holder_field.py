"""For whom a certificate is: people of the roster, or somebody who is not in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import residents
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.short_title import ShortTitle
from app.ui.papers.certificates.fields import NumberLine
from app.ui.people.person_picker import PersonPicker
from app.values.masking import mask_text

_PICKING, _CHOSEN, _OUTSIDE = range(3)
NAMES_SHOWN = 5
GONE = "选定的人已经不在名册里，可能移到了回收站。请先放回来，或者重新选人。"


@dataclass(frozen=True, slots=True)
class Holder:
    """Ids of the roster in the order of their choice, or a name and a document typed by hand."""

    people: tuple[int, ...] = ()
    name: str = ""
    document: str = ""

    @property
    def known(self) -> bool:
        return bool(self.people or self.name)


class HolderField(QWidget):
    """Type two letters and Enter; 再加一人 for several papers at once; 不在名册里 for others."""

    changed = Signal()
    picked = Signal()
    """Somebody was chosen: the next field may take the focus."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._people: tuple[int, ...] = ()
        self.picker = PersonPicker(context, lines=3)
        self.chosen, self.facts = ShortTitle(), small(wrap=True)
        self.another = Button("再加一人", size="small")
        self.change = Button("换人", size="small")
        self.outside = Button("不在名册里", kind="link", size="small")
        self.inside = Button("从名册里找", kind="link", size="small")
        self.name = line_edit(hint="姓名", name="姓名", limit=60)
        self.document = NumberLine(mask_text, "证件类型和号码")
        self.document.setAccessibleName("证件")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.picker)

    # -- what is chosen

    def value(self) -> Holder:
        if self._stack.currentIndex() == _OUTSIDE:
            return Holder((), self.name.text().strip(), self.document.answer())
        return Holder(self._people)

    def fault(self) -> str:
        """What is wrong with a document that was typed; '' for people of the roster."""
        return self.document.fault() if self._stack.currentIndex() == _OUTSIDE else ""

    def show_people(self, people: Sequence[int]) -> None:
        """Put people of the roster on the paper; nobody leads back to the search.

        DomainError for somebody who is in it no more.
        """
        chosen = tuple(dict.fromkeys(people))
        if chosen:
            name, facts = self._words(chosen)
            self.chosen.setText(name)
            self.facts.setText(facts)
        self._people = chosen
        self._show(_CHOSEN if chosen else _PICKING)
        self.changed.emit()

    def show_outsider(self, name: str, document: str) -> None:
        """Somebody who is not in the roster."""
        self._people = ()
        self.name.setText(name)
        self.document.put(document)
        self._show(_OUTSIDE)

    def clear(self) -> None:
        """Nobody yet."""
        self.name.clear()
        self.document.put("")
        self.picker.search.clear()
        self.show_people(())

    # -- inside

    def _lay_out(self) -> None:
        searching = column(self.picker, row(None, self.outside), spacing=2)
        chosen = column(row((self.chosen, 1), self.another, self.change), self.facts, spacing=0)
        outside = column(
            row((self.name, 1), (self.document, 2)),
            row(small("证件写全，如 居民身份证 2102…"), None, self.inside),
            spacing=2,
        )
        for page in (searching, chosen, outside):
            page.addStretch(1)
            self._stack.addWidget(box(page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._show(_PICKING)

    def _connect(self) -> None:
        self.picker.picked.connect(self._pick)
        self.another.clicked.connect(lambda: self._search_again())
        self.change.clicked.connect(lambda: self._search_again(afresh=True))
        self.outside.clicked.connect(self._go_outside)
        self.inside.clicked.connect(lambda: self._search_again(afresh=True))
        for line in (self.name, self.document):
            line.textChanged.connect(lambda _: self.changed.emit())

    def _pick(self, resident_id: int) -> None:
        self.picker.search.clear()
        self.show_people((*self._people, resident_id))
        self.picked.emit()

    def _search_again(self, *, afresh: bool = False) -> None:
        if afresh:
            self._people = ()
            self.changed.emit()
        self._show(_PICKING)
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_outside(self) -> None:
        self.show_outsider("", "")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self, page: int) -> None:
        """Only the page that is seen claims height."""
        self._stack.setCurrentIndex(page)
        need = self._stack.currentWidget().sizeHint().height()
        self._stack.setFixedHeight(need + theme.current().px(2))

    def _words(self, people: Sequence[int]) -> tuple[str, str]:
        """Name and what tells the person apart; of several their names."""
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            rows = residents.rows(session, people[:NAMES_SHOWN], today=today)
        if not rows:
            raise DomainError(GONE)
        if len(people) == 1:
            [one] = rows
            age = "" if one.age is None else f"{one.age} 岁"
            facts = (one.sex, age, one.place or "住址未登记", one.document_tail)
            return one.name, "　".join(part for part in facts if part)
        names = "、".join(one.name for one in rows)
        more = "" if len(people) <= NAMES_SHOWN else "……"
        return f"{len(people):,} 人，每人一份", f"{names}{more}"
