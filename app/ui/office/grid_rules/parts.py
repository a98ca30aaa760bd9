"""What the parts of 设置 · 网格 have in common: a list, and the form of one line beside it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.forms import Form
from app.ui.kit.labels import Label, column, hide_unless, row, title
from app.ui.kit.messages import domain_errors_shown, notify
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.values.rights import Right

NEW = 0
"""What `edit` is given for a line that is not there yet."""


class RulesPart(QWidget):
    """Subclasses give the columns, the lines and the form; writing goes through `save`.

    Without the right to change the settings only the list is there.
    """

    areas = Area.OFFICE | Area.GRIDS | Area.REQUESTS
    """What is told to have changed."""

    def __init__(
        self, context: Context, columns: Sequence[Column], *, name: str, unit: str, words: str = ""
    ) -> None:
        super().__init__()
        self.context = context
        self.may = context.may(Right.EDIT_OFFICE)
        self.lines: dict[int, Any] = {}
        self.model = PagedTableModel(columns, self._fetch, parent=self)
        self.table = PagedTable(self.model, name=name)
        self.table.paper.personal = False
        self.table.set_empty(EmptyState("format-list-bulleted", f"还没有{name}"))
        self.edited = NEW
        self._heading = title("")
        self.form = Form(label=84)
        self.save_button = Button("保存", kind="primary", cap="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.buttons: list[Button] = []
        self.fill_form()
        self.form.finish()
        self._lay_out(unit, words)
        self.table.opened.connect(self.edit)
        self.table.current_changed.connect(lambda _: self.show_chosen())

    # -- given by the parts

    def read(self) -> Sequence[Any]:
        """All lines, each with an `id`."""
        raise NotImplementedError

    def fill_form(self) -> None:
        """The fields, and the buttons over the list (`offer`)."""
        raise NotImplementedError

    def show_line(self, line: Any | None) -> str:
        """A line, or an empty one, into the form; returns the heading."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep what was typed."""
        raise NotImplementedError

    def show_chosen(self) -> None:
        """The buttons say what they do with the line that is marked."""

    # -- for the parts and the tab

    @property
    def chosen(self) -> Any | None:
        """The line that is marked in the list."""
        return self.lines.get(self.table.current_id() or NEW)

    def refresh(self) -> None:
        """Read the lines anew; what is being typed stays."""
        kept = self.table.current_id()
        self.lines = {line.id: line for line in self.read()}
        self.model.set_ids(list(self.lines))
        if not self.table.select_id(kept):
            self.table.select_row(0)
        self.show_chosen()
        if not self.form.dirty:
            self._show_edited(self.edited if self.edited in self.lines else NEW)

    def edit(self, line_id: int) -> None:
        """A line of the list, or a new one, into the form, with the focus in its first field."""
        if not self.may:
            return
        self._show_edited(line_id)
        field = next(one.control for one in self.form.fields if one.control.isEnabled())
        field.setFocus()

    def done(self, words: str, *, line_id: int | None = None) -> None:
        """After a change: an empty form, the list anew, the other pages told."""
        self.form.mark_clean()
        self.edited = NEW
        self.refresh()
        if line_id is not None:
            self.table.select_id(line_id)
        self.context.signals.changed.emit(self.areas)
        notify(self.context.signals, words)

    def offer(self, *buttons: Button) -> None:
        """Buttons over the list, at the right."""
        self.buttons.extend(buttons)

    def shown_errors(self) -> AbstractContextManager[None]:
        """Broken rules are told in a window and nothing is lost."""
        return domain_errors_shown(self)

    # -- inside

    def _show_edited(self, line_id: int) -> None:
        self.edited = line_id
        self._heading.setText(self.show_line(self.lines.get(line_id)))
        self.form.mark_clean()

    def _lay_out(self, unit: str, words: str) -> None:
        said = Label(words, "small", tone="text2", wrap=True)
        hide_unless(bool(words), said)
        table = TableCard(self.table, TableFoot(self.table, unit=unit))
        if not self.may:
            self.setLayout(column(said, (table, 1), spacing=10))
            return
        tools = row(None, *self.buttons, spacing=8)
        left = column(said, tools, (table, 1), spacing=8)
        self.setLayout(row((left, 3), (column(self._form_card(), None), 2), spacing=12))

    def _form_card(self) -> Card:
        card = Card(margins=(20, 14, 20, 14))
        card.body.addWidget(self._heading)
        card.body.addWidget(self.form)
        card.body.addLayout(row(None, self.save_button))
        card.setMinimumHeight(card.sizeHint().height())
        return card

    def _fetch(self, ids: Sequence[int]) -> list[Any]:
        return [self.lines[one] for one in ids]
