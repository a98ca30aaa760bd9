"""The right side of the form: look-alikes while there are any, else the neighbours."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout

from app.ui.kit.card import Card
from app.ui.residents.form_data import FormData
from app.ui.residents.form_fields import ResidentFields
from app.ui.residents.form_neighbours import NeighboursPanel
from app.ui.residents.look_alike_panel import LookAlikePanel
from app.values.addresses import parse_address

PAUSE_MS = 300
"""Asked after a pause in typing, so that no keystroke waits."""


class FormSide(Card):
    """Never takes the focus by itself."""

    same = Signal(int)
    distinct = Signal(int)

    def __init__(self, fields: ResidentFields, data: FormData) -> None:
        super().__init__(margins=(14, 14, 14, 14))
        self._fields = fields
        self._data = data
        self.exclude_id: int | None = None
        self.declared: set[int] = set()
        self.look_alikes = LookAlikePanel(data.recent)
        self.neighbours = NeighboursPanel()
        self._stack = QStackedLayout()
        # A stack shows its first page at once: it must stand in the card by then.
        self.body.addLayout(self._stack)
        self._stack.addWidget(self.neighbours)
        self._stack.addWidget(self.look_alikes)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self._connect()

    def _connect(self) -> None:
        self._fields.changed.connect(self._timer.start)
        self._fields.place_changed.connect(self.show_neighbours)
        self._fields.household.activated.connect(self.show_neighbours)
        self.look_alikes.same.connect(self.same)
        self.look_alikes.distinct.connect(self._declare)

    def start_over(self, exclude_id: int | None) -> None:
        """Another person is in the form."""
        self.exclude_id = exclude_id
        self.declared.clear()
        self.show_neighbours()
        self.look()

    def look(self) -> None:
        """Ask the file for people who look like the one in the form."""
        self._timer.stop()
        found = self._data.look_alikes(self._fields.entered(), self.exclude_id)
        self.look_alikes.show_found([one for one in found if one.id not in self.declared])
        likely = bool(self.look_alikes.found)
        self._stack.setCurrentWidget(self.look_alikes if likely else self.neighbours)

    def show_neighbours(self) -> None:
        place = self._fields.address.place()
        households = self._data.at_address(place)
        chosen = self._fields.household.household_id()
        self.neighbours.show_households(parse_address(place).spoken, households, chosen)

    def _declare(self, resident_id: int) -> None:
        self.declared.add(resident_id)
        self.look()
        self.distinct.emit(resident_id)
