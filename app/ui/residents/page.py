"""The page 居民: the list, and in its place the form or the import while they are open."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.ui.kit import keys, messages, table_clipboard
from app.ui.kit.signals import IMPORT, Area
from app.ui.people import print_menu
from app.ui.people.paper_wish import PaperWish
from app.ui.residents.list_view import ListView
from app.values.rights import Right

if TYPE_CHECKING:
    from app.ui.people.unsaved_wish import Unsaved
    from app.ui.residents.actions import Actions
    from app.ui.residents.import_wizard import ImportWizard

SPREADSHEETS = frozenset({".xls", ".xlsx", ".xlsm", ".et", ".csv"})
"""What may be dropped on the page; the wizard tells what it cannot read."""
Legend = tuple[tuple[str, str], ...]


class ResidentsPage(QWidget):
    """One thing at a time: list, form or import. A spreadsheet dropped here starts the import."""

    legend_changed = Signal()
    areas = Area.RESIDENTS | Area.OFFICE | Area.GRIDS | Area.REQUESTS | Area.POINTS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.list = ListView(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setAcceptDrops(context.may(Right.IMPORT))
        self._connect_list()
        self._connect_foot()
        self._bind_keys()

    @cached_property
    def actions_of_page(self) -> Actions:
        """Loaded with the first menu: the page appears without its twenty dialogs."""
        from app.ui.residents.actions import Actions

        actions = Actions(self._context, self)
        actions.person_wanted.connect(self.list.show_record)
        return actions

    # -- what the main window asks

    @property
    def legend(self) -> Legend:
        """The keys that work now, for the status line."""
        shown = self.stack.currentWidget()
        if shown is not self.list:
            return tuple(getattr(shown, "legend", ()))
        may = self._context.may
        some = self.list.listing.model.tickable
        chosen = bool(self.list.chosen_ids())
        offered = (
            (some, keys.cap("tick"), "勾选"),
            (self._may_open, keys.cap("open"), "打开"),
            (True, "↑ ↓", "换人"),
            (chosen, keys.cap("cancel"), "取消选择"),
            (may(Right.SEE_NUMBERS), keys.cap("reveal"), "显示证件和电话"),
            (may(Right.EXPORT), keys.cap("export"), "导出"),
        )
        return tuple((cap, words) for there, cap, words in offered if there)

    @property
    def person_at_hand(self) -> int | None:
        """Whose card is open: F7 goes on with them at the counter."""
        at_list = self.stack.currentWidget() is self.list
        return self.list.card.person_id if at_list else None

    @property
    def _may_open(self) -> bool:
        """The form shows every number and changes them: who may do one alone keeps to the card."""
        return self._context.may(Right.EDIT_PEOPLE) and self._context.may(Right.SEE_NUMBERS)

    def refresh(self) -> None:
        """New data for the list; an open form or import keeps what is being typed."""
        self.list.refresh()

    def rest(self) -> None:
        """Nobody is at the desk: the card is put away; a form or an import stays as it is."""
        self.list.rest()

    def find_person(self) -> None:
        """F12: back to the list, into the search box."""
        if self.leave():
            self.list.find_person()

    def show_record(self, wanted: int | str | Unsaved) -> None:
        """Somebody else wants this person to be seen, or (IMPORT) a roster to be brought in, or a
        form that was not saved to be gone on with."""
        if not self.leave():
            return
        if not isinstance(wanted, int | str):
            self._go_on(wanted)
            return
        if isinstance(wanted, int):
            self.list.show_record(wanted)
        elif wanted == IMPORT:
            self.import_file()

    def _go_on(self, unsaved: Unsaved) -> None:
        if unsaved.record_id is None:
            self.add_person()
        else:
            self.open_person(unsaved.record_id)
        take_up = getattr(self.stack.currentWidget(), "take_up_draft", None)
        if take_up is not None:
            take_up()

    def leave(self) -> bool:
        """Close the form or the import; False where the user wants to stay."""
        shown = self.stack.currentWidget()
        if shown is self.list:
            return True
        leave = getattr(shown, "leave", None)
        if leave is not None and not leave():
            return False
        self._back()
        return True

    # -- in place of the list

    def open_person(self, resident_id: int) -> None:
        """The full form; the card for those who may only read."""
        if not self._may_open:
            self.list.show_record(resident_id)
            return
        self._open_form(resident_id=resident_id)

    def add_person(self, name: str = "") -> None:
        """An empty form, or one with the name that was searched in vain."""
        if not self._context.may(Right.EDIT_PEOPLE):
            return
        self._open_form(name=name)

    def import_file(self, file: Path | None = None) -> None:
        """The import wizard, at once with a file where one was dropped."""
        if not self._context.may(Right.IMPORT):
            return
        self._open_wizard(file)

    def import_rows(self, rows: list[list[str]]) -> None:
        """The import wizard with a table that was copied in WPS and pasted into the list."""
        if table_clipboard.is_table(rows):
            self._open_wizard().read_pasted(rows)

    def _open_wizard(self, file: Path | None = None) -> ImportWizard:
        from app.ui.residents.import_wizard import ImportWizard

        wizard = ImportWizard(self._context, file=file)
        wizard.left.connect(self._back)
        self._show(wizard)
        return wizard

    def _open_form(self, *, resident_id: int | None = None, name: str = "") -> None:
        from app.ui.residents.form import ResidentForm

        # Somebody else may have deleted the person since the list was read.
        with messages.domain_errors_shown(self):
            form = ResidentForm(self._context, resident_id=resident_id, name=name)
            form.left.connect(self._back)
            form.saved.connect(self._after_saving)
            self._show(form)

    def _show(self, widget: QWidget) -> None:
        self.list.card.reveal.mask()
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        widget.setFocus()
        announced = getattr(widget, "legend_changed", None)
        if announced is not None:
            announced.connect(self.legend_changed)
        self.legend_changed.emit()

    def _back(self) -> None:
        shown = self.stack.currentWidget()
        if shown is self.list:
            return
        self.stack.setCurrentWidget(self.list)
        self.stack.removeWidget(shown)
        shown.deleteLater()
        self.list.table.setFocus()
        self.legend_changed.emit()

    def _after_saving(self, resident_id: int) -> None:
        self._back()
        self.list.show_record(resident_id)

    # -- dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.stack.currentWidget() is self.list and _spreadsheet(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _spreadsheet(event)
        if file is not None:
            event.acceptProposedAction()
            self.import_file(file)

    # -- the list's buttons and keys

    def _connect_list(self) -> None:
        view = self.list
        view.open_requested.connect(self.open_person)
        view.new_requested.connect(self.add_person)
        view.import_requested.connect(lambda: self.import_file())
        if self._context.may(Right.IMPORT):
            view.table.accept_paste()
        view.table.pasted.connect(self.import_rows)
        view.state_changed.connect(self.legend_changed)
        view.title.fill_more = lambda menu: self.actions_of_page.fill_page_menu(menu)
        view.title.export_asked.connect(self._export)
        view.table.set_context_menu(
            lambda menu, one: self.actions_of_page.fill_table_menu(menu, one, self.open_person)
        )
        view.card.fill_menu = lambda menu, card: self.actions_of_page.fill_card_menu(menu, card)
        view.card.history_requested.connect(lambda one: self.actions_of_page.history(one))
        view.card.household_requested.connect(lambda one: self.actions_of_page.household(one))

    def _connect_foot(self) -> None:
        view = self.list
        view.foot.roster_asked.connect(self._print_roster)
        view.foot.fill_print = self._fill_print
        view.foot.sheets_asked.connect(lambda: self.actions_of_page.print_sheets(view.chosen_ids()))
        view.foot.export_asked.connect(self._export)
        view.foot.tag_asked.connect(lambda: self.actions_of_page.tags_of_many(view.chosen_ids()))
        view.foot.fill_more = lambda menu: self.actions_of_page.fill_selection_menu(
            menu, view.chosen_ids
        )

    def _bind_keys(self) -> None:
        keys.bind(self.list, "export", self._export)
        keys.bind(self.list, "print", self._print)
        keys.bind(self.list, "details", self._history)

    def _print(self) -> None:
        """F9: the ticked people if there are any, otherwise the person on the card."""
        if self.list.chosen_ids():
            self.list.foot.print_ticked()
        else:
            self.list.card.open_print_menu()

    def _fill_print(self, menu: QMenu) -> None:
        """Certificates, forms and labels for the ticked people."""
        view = self.list
        words = self.actions_of_page.who(view.listing.filter, ticked=True)
        print_menu.fill(menu, self._context, PaperWish("", tuple(view.chosen_ids()), words))

    def _history(self) -> None:
        person = self.list.card.person_id
        if person is not None:
            self.actions_of_page.history(person)

    def _print_roster(self) -> None:
        self.actions_of_page.print_roster(*self._meant())

    def _export(self) -> None:
        ids, words = self._meant()
        if ids and self._context.may(Right.EXPORT):
            self.actions_of_page.export(ids, words)

    def _meant(self) -> tuple[list[int], str]:
        """Whom a paper or file of the list holds, and how they were chosen."""
        view = self.list
        best = len(view.listing.ids) if view.listing.cut else 0
        ticked = bool(view.chosen_ids())
        words = self.actions_of_page.who(view.listing.filter, ticked=ticked, best=best)
        return view.meant_ids(), words


def _spreadsheet(event: QDropEvent) -> Path | None:
    """The first dropped file that looks like a spreadsheet."""
    files = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((file for file in files if file.suffix.lower() in SPREADSHEETS), None)
