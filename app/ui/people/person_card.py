"""The one picture of a resident that all tabs share: it reads, reveals, prints and checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QMenu, QStackedLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.services.resident_rows import DEPARTURE_LABELS
from app.ui.kit import messages, theme
from app.ui.kit.buttons import offer
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.people import print_menu, printing
from app.ui.people.canteen_wish import LogMeal, ShowMealAccount
from app.ui.people.grid_wish import NewRequest, ShowRequest, ShowVisits
from app.ui.people.ledger_lines import MEALS, MEETINGS, POINTS, REQUESTS, VISITS
from app.ui.people.meetings_wish import NewTopic, ShowTopic
from app.ui.people.paper_wish import PaperWish
from app.ui.people.person_view import MASKED, PersonView
from app.ui.people.points_wish import Redeem, ShowAccount
from app.ui.people.reveal import Reveal, Secret
from app.values.rights import Right

# The card is read when the list stands: what reads and changes people is loaded then.
if TYPE_CHECKING:
    from app.services.cards import EventLine, ResidentCard

SECRETS: dict[str, Secret] = {"证件": "document_number", "电话": "phone", "备用": "other_phones"}
_OF_LEDGERS = (
    Right.VIEW_GRIDS,
    Right.VIEW_POINTS,
    Right.VIEW_CANTEEN,
    Right.VIEW_MEETINGS,
)
LOAD_DELAY_MS = 100
"""Arrow keys and letters run through people without reading every one that they pass."""


class PersonCard(QFrame):
    """Shows one resident. Windows that belong to a page are asked for by signals.

    `fill_menu(menu, card)`, set by the page, adds what can be done with the person there.
    """

    open_requested = Signal(int)
    history_requested = Signal(int)
    household_requested = Signal(int)
    """id of a household"""
    person_requested = Signal(int)
    """A member of the household was chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(theme.current().card)
        self.card: ResidentCard | None = None
        self.fill_menu: Callable[[QMenu, ResidentCard], None] | None = None
        self._context = context
        self._wanted: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._load_when_ready)
        self.reveal = Reveal(context, self)
        self.view = PersonView()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("account-outline", "选中一人，这里显示资料"))
        self._stack.addWidget(self.view)
        self._connect()
        self._offer()

    # -- for the page

    @property
    def person_id(self) -> int | None:
        """Who is shown or about to be."""
        return self._wanted

    def show_person(self, resident_id: int | None) -> None:
        """Show somebody else, a moment later; what was in clear is masked at once."""
        if resident_id != self._wanted:
            self._wanted = resident_id
            self.reveal.mask()
            self._timer.start(LOAD_DELAY_MS)
        elif self._timer.isActive():
            self._timer.start(LOAD_DELAY_MS)

    def refresh(self) -> None:
        """The data has changed: read the same person again."""
        self._timer.start(0)

    def load(self) -> None:
        """Read now what was asked for; somebody who is gone leaves an empty card."""
        self._timer.stop()
        self.card = None if self._wanted is None else self._read(self._wanted)
        if self.card is not None:
            self.view.show_card(self.card, self._context.clock.today())
            self._show_secrets()
        self._stack.setCurrentIndex(0 if self.card is None else 1)

    def print_sheet(self) -> None:
        """本人信息单 of the person shown, in the preview."""
        card = self._present_card()
        if card is not None:
            printing.preview_info_sheets(self._context, self, [card.id])

    def open_print_menu(self) -> None:
        """F9: what can be printed for the person shown."""
        card = self._present_card()
        if card is None or not self._context.may(Right.PRINT):
            return
        menu = QMenu(self)
        if self._context.may(Right.SEE_NUMBERS):
            menu.addAction("本人信息单", self.print_sheet)
            menu.addSeparator()
        print_menu.fill(menu, self._context, PaperWish("", (card.id,)))
        menu.popup(self.view.print_button.mapToGlobal(QPoint(0, self.view.print_button.height())))
        # F9 and Enter make the sheet.
        menu.setActiveAction(menu.actions()[0])

    def reveal_all(self) -> None:
        """证件 and 电话 in clear; a second time masks them again."""
        card = self._present_card()
        if card is None or not self.reveal.offered:
            return
        asked = [name for name in MASKED[:2] if _masked(card, name)]
        if any(self.reveal.text(card.id, SECRETS[name]) for name in asked):
            self.reveal.mask()
            return
        for name in asked:
            self._reveal(name)

    # -- reactions

    def _connect(self) -> None:
        view = self.view
        self.reveal.changed.connect(self._show_secrets)
        view.secret_asked.connect(self._toggle_secret)
        view.menu_asked.connect(self._open_menu)
        view.print_asked.connect(self.open_print_menu)
        view.checked.connect(self._mark_checked)
        view.take_back_asked.connect(self._take_back)
        view.member_chosen.connect(self.person_requested)
        view.open_asked.connect(lambda: self._pass_on(self.open_requested))
        view.history_asked.connect(lambda: self._pass_on(self.history_requested))
        view.household_asked.connect(self._ask_household)
        view.ledger_opened.connect(self._open_ledger)
        view.ledger_add_asked.connect(self._add_to_ledger)

    def _offer(self) -> None:
        """What one may not do with people is not there."""
        view, may = self.view, self._context.may
        edits = may(Right.EDIT_PEOPLE)
        offer(edits, view.check_button, view.take_back, view.household)
        offer(edits and may(Right.SEE_NUMBERS), view.open_button)
        offer(may(Right.PRINT), view.print_button)
        for name in (VISITS, REQUESTS):
            view.ledgers.offer(name, may(Right.VIEW_GRIDS))
        view.ledgers.offer(POINTS, may(Right.VIEW_POINTS))
        view.ledgers.offer(MEALS, may(Right.VIEW_CANTEEN))
        view.ledgers.offer(MEETINGS, may(Right.VIEW_MEETINGS))
        view.ledgers_box.setVisible(any(map(may, _OF_LEDGERS)))
        offer(may(Right.REDEEM), view.ledgers.add_buttons[POINTS])
        offer(may(Right.LOG_MEALS), view.ledgers.add_buttons[MEALS])
        offer(may(Right.RAISE_TOPICS), view.ledgers.add_buttons[MEETINGS])
        offer(may(Right.LOG_ROUNDS), view.ledgers.add_buttons[VISITS])
        offer(may(Right.HANDLE_REQUESTS), view.ledgers.add_buttons[REQUESTS])

    def _load_when_ready(self) -> None:
        if self._context.ready():
            self.load()
        else:
            self._timer.start(LOAD_DELAY_MS)

    def _read(self, resident_id: int) -> ResidentCard | None:
        from app.services import cards

        try:
            with self._context.database.reading() as session:
                return cards.card(session, resident_id, today=self._context.clock.today())
        except DomainError:
            return None

    def _present_card(self) -> ResidentCard | None:
        if self._timer.isActive():
            self.load()
        return self.card

    def _pass_on(self, signal: SignalInstance) -> None:
        if self.card is not None:
            signal.emit(self.card.id)

    def _ask_household(self) -> None:
        if self.card is not None and self.card.household is not None:
            self.household_requested.emit(self.card.household.id)

    def _open_ledger(self, name: str) -> None:
        """The visits of this person, the last request or topic, the book of points or of meals."""
        card = self._present_card()
        if card is None:
            return
        latest, account = card.rounds.last_request_id, card.points.account_id
        paid, raised = card.meals.account_id, card.meetings.last_topic_id
        ask = self._context.signals.page_requested.emit
        if name == VISITS:
            ask("grids", ShowVisits(resident_id=card.id))
        elif name == REQUESTS and latest is not None:
            ask("grids", ShowRequest(latest))
        elif name == POINTS and account is not None:
            ask("points", ShowAccount(account))
        elif name == MEALS and paid is not None:
            ask("canteen", ShowMealAccount(paid))
        elif name == MEETINGS and raised is not None:
            ask("meetings", ShowTopic(raised))

    def _add_to_ledger(self, name: str) -> None:
        """A visit is put down here; the others have a form or a counter of their own."""
        card = self._present_card()
        if card is None:
            return
        ask = self._context.signals.page_requested.emit
        if name == REQUESTS:
            ask("grids", NewRequest(resident_id=card.id))
        elif name == POINTS:
            ask("points", Redeem(card.id))
        elif name == MEALS:
            ask("canteen", LogMeal(card.id))
        elif name == MEETINGS:
            ask("meetings", NewTopic(resident_id=card.id))
        else:
            self._put_down_visit(card.id)

    def _put_down_visit(self, resident_id: int) -> None:
        from app.ui.people.visit_dialog import VisitDialog

        if VisitDialog(self._context, resident_id=resident_id, parent=self.window()).exec():
            self.refresh()

    def _open_menu(self) -> None:
        card = self._present_card()
        if card is not None and self.fill_menu is not None:
            menu = QMenu(self)
            self.fill_menu(menu, card)
            menu.popup(self.view.more.mapToGlobal(QPoint(0, self.view.more.height())))

    def _show_secrets(self) -> None:
        if self.card is None:
            return
        for name, secret in SECRETS.items():
            clear = self.reveal.text(self.card.id, secret)
            masked = _masked(self.card, name)
            offered = masked and self.reveal.offered
            action = "" if not offered else "隐藏" if clear else "显示"
            self.view.show_secret(name, clear or masked or _missing(self.card, name), action)

    def _toggle_secret(self, name: str) -> None:
        if self.card is not None and self.reveal.text(self.card.id, SECRETS[name]):
            self.reveal.mask()
        else:
            self._reveal(name)

    def _reveal(self, name: str) -> None:
        if self.card is not None:
            with messages.domain_errors_shown(self):
                self.reveal.show(self.card.id, self.card.name, SECRETS[name])

    def _mark_checked(self) -> None:
        if self.card is None:
            return
        from app.services import resident_forms

        today = self._context.clock.today()
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"核对 {self.card.name} 的资料") as session:
                resident_forms.mark_checked(session, self.card.id, today=today)
            self._announce(f"已记下：{self.card.name} 的资料今天核对无误")

    def _take_back(self) -> None:
        leaving = _last_leaving(self.card)
        if self.card is None or leaving is None:
            return
        from app.services import events

        now = self._context.clock.now()
        sentence = f"撤回 {self.card.name} 的{leaving.label}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(sentence) as session:
                events.take_back(session, leaving.id, now=now)
            self._announce(f"已{sentence}")

    def _announce(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.RESIDENTS)
        messages.notify(self._context.signals, sentence)
        self.refresh()


def _masked(card: ResidentCard, name: str) -> str:
    shown = {
        "证件": card.document_masked,
        "电话": card.phone_masked,
        "备用": card.other_phones_masked,
    }
    return shown[name]


def _missing(card: ResidentCard, name: str) -> str:
    """What stands in the line of a number that the office does not have."""
    if name == "备用":
        return ""
    return "没有证件" if name == "证件" and not card.has_document else "未登记"


def _last_leaving(card: ResidentCard | None) -> EventLine | None:
    lines = () if card is None else card.events
    return next(
        (line for line in lines if line.kind in DEPARTURE_LABELS and not line.revoked), None
    )
