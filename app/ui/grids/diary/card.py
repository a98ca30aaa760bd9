"""One line of the diary in full, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QWidget

from app.context import Context
from app.models import DiaryEntry
from app.services import diary_photos, diary_views
from app.services.diary_views import DiaryRow
from app.ui.grids.diary.words import line_name, long_day
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.people.card_pictures import CardPictures
from app.ui.people.grid_wish import NewRequest, ShowRequest
from app.ui.people.meetings_wish import NewTopic
from app.ui.people.topic_entry import go_to_topic, topic_words
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_NOTHING = "还没有选中一条"


class DiaryCard(Card):
    """`edit_asked`, `settle_asked` and `remove_asked` speak of the line that is shown."""

    edit_asked = Signal()
    settle_asked = Signal()
    remove_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.line: DiaryRow | None = None
        self.title, self._by = Label("", "title", bold=True, wrap=True), small(wrap=True)
        self.chips = ChipRow()
        self.facts = Facts(label=62)
        self.topic = Button("提为议题", kind="link", size="small")
        self.pictures = CardPictures()
        self._make_buttons()
        self._lay_out()
        self.show_line(None)

    def show_line(self, entry_id: int | None) -> None:
        """What stands in the line; nothing where none is chosen."""
        self.line = self._read(entry_id)
        line = self.line
        self.title.setText(line_name(line) if line else _NOTHING)
        self.chips.set_chips(_chips(line) if line else ())
        self.facts.set_pairs(_facts(line) if line else ())
        words = self._topic_words()
        self.topic.setText(words)
        # 大字 needs the room for the pictures: there its key and the menu of the line must do.
        self._topic_line.setVisible(bool(words) and not theme.current().large)
        self._by.setText(f"{line.written_by} 记" if line and line.written_by else "")
        self._show_buttons()
        self._show_pictures()

    def fill_menu(self, menu: QMenu, _entry: object) -> None:
        """What may come of the line that is shown, for the menu of the list."""
        if self.request.isEnabled():
            menu.addAction(f"{self.request.text()}\t{self.request.cap}", self._go_to_request)
        if words := self._topic_words():
            menu.addAction(f"{words}\t{keys.cap('raise_topic')}", self._go_to_topic)

    # -- inside

    def _read(self, entry_id: int | None) -> DiaryRow | None:
        if entry_id is None:
            return None
        with self._context.database.lookup() as lookup:
            return next(iter(diary_views.rows(lookup, [entry_id])), None)

    def _make_buttons(self) -> None:
        self.edit = Button("修改", cap="Enter")
        self.settle = Button("销号", action="settle_line")
        self.request = Button("记成诉求", kind="primary", action="raise_request")
        self.remove = Button("删除", kind="danger", size="small")
        self.history = history_button(self._context, self, self._record)
        may_log = self._context.may(Right.LOG_ROUNDS)
        offer(may_log, self.edit, self.settle, self.remove)
        self.edit.clicked.connect(self.edit_asked)
        self.settle.clicked.connect(self.settle_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.request.clicked.connect(self._go_to_request)
        self.settle.bind(self)
        self.request.bind(self)
        self.topic.clicked.connect(self._go_to_topic)
        keys.bind(self, "raise_topic", self._go_to_topic)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        label = small("议题")
        label.setFixedWidth(theme.current().px(62))
        self._topic_line = box(row(label, self.topic, None, spacing=0))
        facts = column(self.facts, self._topic_line, spacing=0)
        inside = box(column(facts, self.pictures, self._by, None))
        scroll.setWidget(inside)
        # The white of the card, not the grey of windows.
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.chips)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(self.edit, self.settle, None))
        self.body.addLayout(row(self.request, None, self.remove))

    def _show_buttons(self) -> None:
        line = self.line
        for button in (self.edit, self.remove, self.history):
            button.setVisible(line is not None)
        settled = line is not None and line.settled_on is not None
        self.settle.setText("撤回销号" if settled else "销号")
        self.settle.setVisible(settled or (line is not None and line.open))
        asked = line is not None and bool(line.requests)
        self.request.setText("看诉求" if asked else "记成诉求")
        may = asked or self._context.may(Right.HANDLE_REQUESTS)
        self.request.setVisible(line is not None and may)
        self.request.setEnabled(line is not None and may)

    def _show_pictures(self) -> None:
        line = self.line
        if line is None or not line.photos:
            self.pictures.show_pictures(())
            return
        with self._context.database.reading() as session:
            found = diary_photos.photos(session, line.id)
        self.pictures.show_pictures(found)

    def _topic_words(self) -> str:
        line = self.line
        return topic_words(self._context, NewTopic(diary_entry_id=line.id)) if line else ""

    def _go_to_topic(self) -> None:
        if self.line is not None:
            go_to_topic(self._context, NewTopic(diary_entry_id=self.line.id))

    def _record(self) -> Record | None:
        line = self.line
        return None if line is None else Record(DiaryEntry, line.id, line_name(line))

    def _go_to_request(self) -> None:
        """The one that came of the line, or a new one about it."""
        line = self.line
        if line is not None:
            asked = line.requests
            wish = ShowRequest(asked[0].id) if asked else NewRequest(diary_entry_id=line.id)
            self._context.signals.page_requested.emit("grids", wish)


def _chips(line: DiaryRow) -> list[Chip]:
    found = [Chip(line.category)] if line.category else []
    if line.hazard:
        found.append(Chip(f"隐患：{line.hazard}", "warn" if line.open else "grey", "alert-outline"))
    if line.open:
        found.append(Chip("待销号", "warn"))
    elif line.settled_on:
        found.append(Chip(f"{line.settled_on:%m-%d} 销号", "ok"))
    return found


def _facts(line: DiaryRow) -> list[tuple[str, str | QWidget]]:
    day = "　".join(part for part in (long_day(line.on_date), line.weather, line.period) if part)
    who = "　".join(part for part in (line.grid_name, line.member_name) if part)
    told = (
        ("日期", day),
        ("网格", who),
        (line.way, line.met),
        ("发现", line.seen),
        ("处理", line.measures),
        ("结果", line.outcome),
        ("诉求", "、".join(one.words for one in line.requests)),
        ("走访", "、".join(line.visits)),
    )
    return [(name, words) for name, words in told if words]
