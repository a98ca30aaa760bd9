"""Board and table of the same requests, with what is chosen below: one filter, one count."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import CategoryGroup, RequestState
from app.services import categories, grids, request_views
from app.services.request_detail import RequestDetail, detail
from app.services.request_rules import RequestAction
from app.services.request_views import BoardColumn, RequestFilter
from app.ui.grids.requests import step_words
from app.ui.grids.requests.board import Board
from app.ui.grids.requests.board_painter import CLOSED_WORDS
from app.ui.grids.requests.detail_strip import DetailStrip
from app.ui.grids.requests.filter_bar import FilterBar
from app.ui.grids.requests.phone_look import PhoneLook
from app.ui.grids.requests.steps import Steps
from app.ui.grids.requests.table_view import TableView
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.states import EmptyState, not_found
from app.ui.people.meetings_wish import NewTopic
from app.ui.people.topic_entry import go_to_topic
from app.values.rights import Right

BOARD, TABLE = "看板", "表格"
_READ_AT_ONCE = 50
"""Cards of a column; more are read when somebody goes down to the last of them."""


class Browse(QWidget):
    """`count_changed`: how many are open, whatever the filter."""

    count_changed = Signal(int)
    legend_changed = Signal()
    new_asked = Signal()
    opened = Signal(int)
    """id of a request that is to be read in full"""
    edit_asked = Signal(int)
    """id of a request that is to be changed"""
    merge_asked = Signal(object)
    answer_asked = Signal(object)
    """RequestDetail"""
    clear_asked = Signal()
    """Of all that narrows what is shown, the words of the search box too"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._depth = _READ_AT_ONCE
        self._offered = False
        self.filters = FilterBar()
        self.board = Board(movable=context.may(Right.HANDLE_REQUESTS))
        self.table = TableView(context)
        self.strip = DetailStrip(
            phones=context.may(Right.SEE_NUMBERS),
            prints=context.may(Right.PRINT),
            topics=context.may(Right.RAISE_TOPICS),
        )
        self.steps = Steps(context, self)
        self.phone = PhoneLook(context, self)
        self.shown = QStackedWidget()
        self.nothing = self._empty("还没有在办的诉求", "居民来访、来电、日记里发现的，都记在这里。")
        self.not_found = not_found("没有这样的诉求", self.clear_asked.emit)
        self._lay_out()
        self._connect()

    # -- what is shown

    @property
    def view(self) -> str:
        """BOARD or TABLE."""
        return self._view

    def show_view(self, view: str) -> None:
        """The same requests, as cards or as lines; the chosen one stays chosen."""
        current = self.current_id
        self._view = view
        self.filters.offer_closed(view == TABLE)
        self.read()
        if current is not None:
            self.select(current)
        self.take_focus()
        self.legend_changed.emit()

    def take_focus(self) -> None:
        """Into the board or the table, whichever is seen."""
        inside: QWidget | None = self.board if self._view == BOARD else self.table.table
        if self.shown.currentWidget() in (self.nothing, self.not_found):
            inside = cast("QWidget | None", self.shown.currentWidget().findChild(Button))
        if inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> RequestFilter:
        """The filter in force."""
        return self.filters.chosen(self._text)

    def look_for(self, text: str) -> None:
        """Number, name, place or content."""
        self._text = text
        self._depth = _READ_AT_ONCE
        self.read()

    def show_everything(self) -> None:
        """Without filters and words."""
        self._text = ""
        self.filters.clear()

    @property
    def current_id(self) -> int | None:
        """The request that keys and buttons mean."""
        if self._view == TABLE:
            found: int | None = self.table.table.current_id()
            return found
        card = self.board.current()
        return card.id if card else None

    def select(self, request_id: int) -> bool:
        """Make a request current; False where the filter hides it."""
        if self._view == TABLE:
            return self.table.table.select_id(request_id)
        return self.board.select(request_id)

    def read(self) -> None:
        """Everything anew; what is chosen stays chosen."""
        if not self._offered:
            self._offer()
        today = self._context.clock.today()
        chosen = self.chosen
        with self._context.database.lookup() as lookup:
            found = request_views.board(lookup, chosen, today=today, per_column=self._depth)
            self._guessed = request_views.guessed(lookup, today=today)
            open_total = found.open_total
            if chosen != request_views.ALL:
                open_total = request_views.open_count(lookup)
        self.filters.show_words(found.sentence, guessed=self._guessed)
        self.count_changed.emit(open_total)
        if self._view == TABLE:
            self._read_table(chosen)
        else:
            self._read_board(found)
        self.show_current(self.current_id)

    def show_current(self, request_id: object) -> None:
        """The strip follows the current request."""
        found: RequestDetail | None = None
        if isinstance(request_id, int):
            with self._context.database.reading() as session:
                try:
                    found = detail(session, request_id, today=self._context.clock.today())
                except DomainError:
                    # Taken back or deleted by somebody else since the board was read.
                    found = None
        if self.strip.detail is not None and (found is None or found.id != self.strip.detail.id):
            self.phone.mask()
        self.strip.show_detail(found)

    # -- inside

    def _offer(self) -> None:
        """Grids and kinds to choose from."""
        with self._context.database.reading() as session:
            own = self._context.user.grids
            named = [
                (key, name)
                for key, name in grids.names(session).items()
                if own is None or key in own
            ]
            kinds = categories.categories(session, CategoryGroup.MATTER)
        self.filters.offer(named, [(one.id, one.name) for one in kinds])
        self._offered = True

    def offer_anew(self) -> None:
        """Grids or kinds may have changed."""
        self._offered = False

    def _read_board(self, found: request_views.Board) -> None:
        unfolded = self.board.is_unfolded
        closed = self._closed_cards() if unfolded else ()
        columns = (
            *found.columns,
            BoardColumn(RequestState.CLOSED, CLOSED_WORDS, found.closed_this_month, closed),
        )
        self.board.show_columns(columns)
        empty = not found.open_total and not found.closed_this_month
        if empty:
            plain = self.chosen == request_views.ALL
            self.shown.setCurrentWidget(self.nothing if plain else self.not_found)
        else:
            self.shown.setCurrentWidget(self.board)
        self.strip.setVisible(not empty)

    def _read_table(self, chosen: RequestFilter) -> None:
        words = f"查找“{self._text.strip()}”" if self._text.strip() else ""
        parts = (self.filters.sentence, words)
        self.table.filter_words = "，".join(part for part in parts if part)
        plain = chosen == request_views.ALL
        self.table.nothing.set_sentence("还没有在办的诉求" if plain else "没有这样的诉求")
        self.table.read(chosen, closed=self.filters.closed.value)
        self.shown.setCurrentWidget(self.table)
        self.strip.setVisible(bool(self.table.model.ids))

    def _closed_cards(self) -> tuple[request_views.BoardCard, ...]:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            return request_views.closed_cards(lookup, self.chosen, today=today, most=self._depth)

    def _unfold(self, state: RequestState) -> None:
        if state is RequestState.CLOSED:
            self.read()

    def _read_more(self) -> None:
        self._depth += _READ_AT_ONCE
        self.read()

    def _lay_out(self) -> None:
        self._view = BOARD
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().spacing[1])
        for page in (self.board, self.table, self.nothing, self.not_found):
            self.shown.addWidget(page)
        layout.addWidget(self.filters)
        layout.addWidget(self.shown, 1)
        layout.addWidget(self.strip)

    def _empty(self, sentence: str, advice: str) -> EmptyState:
        may = self._context.may(Right.HANDLE_REQUESTS)
        actions = ((f"记诉求  {keys.cap('new_request')}", self.new_asked.emit),) if may else ()
        return EmptyState("clipboard-text-outline", sentence, advice, actions)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.board.current_changed.connect(self.show_current)
        self.board.opened.connect(self.opened)
        self.board.dropped.connect(self._drop)
        self.board.flag_asked.connect(lambda _: self.toggle_flag())
        self.board.menu_asked.connect(self._open_menu)
        self.board.more_wanted.connect(self._read_more)
        self.board.unfolded.connect(self._unfold)
        self.table.current_changed.connect(self.show_current)
        self.table.opened.connect(lambda one: self.opened.emit(one))
        self.table.table.set_context_menu(lambda menu, _: self.strip.fill_menu(menu))
        self.strip.asked.connect(self.run)
        self.strip.answer_asked.connect(lambda: self.answer_asked.emit(self.strip.detail))
        self.strip.open_asked.connect(lambda: self.opened.emit(self.current_id))
        self.strip.edit_asked.connect(self._edit)
        keys.bind(self, "edit_request", self._edit)
        self.strip.phone_asked.connect(self._reveal)
        self.strip.topic_asked.connect(self._raise_topic)
        keys.bind(self, "raise_topic", self._raise_topic)
        self.phone.shown.connect(self.strip.show_phone)
        self.strip.bind(self)
        keys.bind(self, "clear_filters", self.clear_asked.emit)

    def _filter(self) -> None:
        self._depth = _READ_AT_ONCE
        self.read()

    # -- what is done

    def run(self, action: RequestAction) -> bool:
        """A step of the current request, with its dialog; True where it was done."""
        shown = self.strip.detail
        if shown is None:
            return False
        if action is RequestAction.MERGE:
            self.merge_asked.emit(shown)
            return False
        done = self.steps.run(shown, action)
        if not done:
            # Somebody else may have been faster: what is shown then is not what is on file.
            self.read()
        return done

    def toggle_flag(self) -> None:
        """空格: 督办, or its end; nothing for those who do not supervise."""
        shown = self.strip.detail
        for action in (RequestAction.FLAG, RequestAction.UNFLAG):
            if shown is not None and action in shown.allowed:
                self.run(action)
                return

    def _drop(self, request_id: int, target: RequestState) -> None:
        """A card let go on another column is the same as the key that leads there."""
        shown = self.strip.detail
        if shown is None or shown.id != request_id:
            return
        action = step_words.onto(shown.state, target)
        if action is None:
            messages.tell(self, step_words.not_onto(shown, target))
        else:
            self.run(action)

    def _edit(self) -> None:
        shown = self.strip.detail
        if shown is not None and RequestAction.EDIT in shown.allowed:
            self.edit_asked.emit(shown.id)

    def _reveal(self) -> None:
        shown = self.strip.detail
        if shown is not None:
            with messages.domain_errors_shown(self):
                self.phone.look(shown)

    def _raise_topic(self) -> None:
        shown = self.strip.detail
        if shown is not None:
            go_to_topic(self._context, NewTopic(request_id=shown.id))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.strip.fill_menu(menu)
        menu.popup(place)

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        """The keys that work now."""
        flags = self._context.may(Right.SUPERVISE) and self._view == BOARD
        offered = (
            (self._view == BOARD, "← →", "换列"),
            (True, "↑ ↓", "换件"),
            (True, keys.cap("open"), "打开"),
            (flags, keys.cap("flag"), "督办"),
        )
        return tuple((cap, words) for there, cap, words in offered if there)
