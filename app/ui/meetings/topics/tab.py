"""The tab 提事: what residents bring up, with the card of the one that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.services import topic_views
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import column, row
from app.ui.kit.search_box import SearchBox
from app.ui.meetings.topics.actions import TopicActions
from app.ui.meetings.topics.card import TopicCard
from app.ui.meetings.topics.list_view import TopicList
from app.ui.people.meetings_wish import NewTopic, ShowTopic
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class TopicsTab(PageTab):
    """Assembles: filters, the list, the card."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        hint = "议题" if theme.current().large else "编号、议题、姓名"
        self.search = SearchBox(hint, name="查找议题")
        self.more_button = Button("更多", trail="chevron-down")
        self.new_button = Button("登记提事", kind="primary", action="new")
        self.head = (self.search, self.more_button, self.new_button)
        self.list, self.card = TopicList(context, self), TopicCard(context, self)
        self.actions_ = TopicActions(context, self, self.show_topic)
        offer(context.may(Right.RAISE_TOPICS), self.new_button)
        offer(context.may(Right.SCREEN_TOPICS) or context.may(Right.PRINT), self.more_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        screens, raises = map(self.context.may, (Right.SCREEN_TOPICS, Right.RAISE_TOPICS))
        opens = [words for words, may in (("审定", screens), ("修改", raises)) if may]
        enter = (("Enter", "、".join(opens)),) if opens else ()
        signs = ((keys.cap("topic_people"), "联名"),) if raises else ()
        return (("↑↓", "看这一件"), *enter, *signs)

    def refresh(self) -> None:
        self.list.refresh()
        self._tell_count()

    def take_focus(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, NewTopic):
            self.actions_.new(wanted)
        elif isinstance(wanted, ShowTopic):
            self.show_topic(wanted.topic_id)
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)

    def show_topic(self, topic_id: int) -> None:
        """Make it current, whatever the filters hide."""
        self.list.read()
        if not self.list.show_topic(topic_id):
            self._clear()
            if not self.list.show_topic(topic_id):
                messages.warn(self.context.signals, "这个议题已经删除，可以从回收站放回。")
        self.take_focus()

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(150 if metrics.large else 200))
        self.card.setFixedWidth(metrics.px(318 if metrics.large else 372))
        body = row((self.list, 1), self.card, spacing=12)
        self.setLayout(column(self.list.bar, (body, 1), spacing=8))

    def _connect(self) -> None:
        self.search.paused.connect(lambda _: self.list.search(self.search.text()))
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.list.table.current_changed.connect(self.card.show_topic)
        self.list.table.opened.connect(lambda _: self._open())
        self.list.clear_asked.connect(self._clear)
        self.card.asked.connect(self._ask)
        self.card.wished.connect(self._go)
        self.new_button.clicked.connect(lambda: self.actions_.new())
        self.more_button.clicked.connect(self.open_more)
        self.new_button.bind(self)
        self.search.bind(self)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "print", lambda: table_paper.print_out(self.list.table))
        keys.bind(self, "export", lambda: table_paper.export(self.list.table))

    def open_more(self) -> None:
        """What is not done every day, with the list as a whole."""
        may, menu = self.context.may, menu_of(self.more_button)
        if may(Right.SCREEN_TOPICS):
            menu.addAction("公布议题清单…", self.actions_.publish)
        if may(Right.PRINT):
            menu.addAction("打印空白征集表…", self.actions_.slips)
            print_key = keys.cap("print")
            menu.addAction(
                f"打印议题清单\t{print_key}", lambda: table_paper.print_out(self.list.table)
            )
        if may(Right.EXPORT):
            export_key = keys.cap("export")
            menu.addAction(
                f"导出议题清单\t{export_key}", lambda: table_paper.export(self.list.table)
            )
        drop(menu, self.more_button)

    def _go_on(self, unsaved: Unsaved) -> None:
        """The form that was not saved: of a topic, or of whatever a new one came out of."""
        from app.ui.meetings.topics.form import wish_of

        if unsaved.record_id is not None:
            self.actions_.go_on(unsaved.record_id)
        else:
            self.actions_.new(wish_of(unsaved.key))

    def _ask(self, name: str) -> None:
        if self.card.topic is not None:
            self.actions_.do(name, self.card.topic)

    def _go(self, wish: object) -> None:
        self.context.signals.page_requested.emit("meetings", wish)

    def _open(self) -> None:
        """Enter: screen what waits for it, else correct it."""
        it = self.card.topic
        if it is not None:
            waits = self.card.screening.isEnabled() and not self.card.screening.withheld
            name = "screen" if waits and it.screened_on is None else "edit"
            if name == "screen" or self.card.edit.isEnabled():
                self._ask(name)

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        self.list.clear_filters()
        self.take_focus()

    def _tell_count(self) -> None:
        with self.context.database.lookup() as lookup:
            self.count_changed.emit(topic_views.open_count(lookup))
