"""What is done with a topic, from the card and the keys alike."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import papers, topic_points, topic_screening, topics
from app.services.papers import Printing
from app.services.topic_views import TopicRow
from app.ui.kit import messages
from app.ui.kit.dialogs import NumberMessage
from app.ui.kit.signals import Area
from app.ui.meetings.topics.words import name_of
from app.ui.meetings.way_paper import show_way
from app.ui.people.grid_wish import ShowDiary, ShowRequest
from app.ui.people.meetings_wish import NewTopic
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.paper_wish import MadeNotice
from app.values.rights import Right

_ASKS = {
    "screen": Right.SCREEN_TOPICS,
    "edit": Right.RAISE_TOPICS,
    "remove": Right.RAISE_TOPICS,
    "reward": Right.RECORD_POINTS,
    "way": Right.PRINT,
    "large_way": Right.PRINT,
}
"""What each needs; the others are offered to whoever may see 议事 and asked by the service"""
_PAGES = 5
"""Of slips: twenty of them"""


class TopicActions:
    """`shown` is told the id of the topic that is to be looked at then."""

    def __init__(self, context: Context, owner: QWidget, shown: Callable[[int], object]) -> None:
        self._context, self._owner, self._shown = context, owner, shown

    def do(self, name: str, it: TopicRow) -> None:
        """The action of this name: screen, edit, people, merge, separate, reward, remove ..."""
        right = _ASKS.get(name)
        if right is None or self._context.may(right):
            with messages.domain_errors_shown(self._owner):
                getattr(self, name)(it)

    def new(self, wish: NewTopic | None = None) -> None:
        """登记提事, begun with what is known where it was heard of."""
        if self._context.may(Right.RAISE_TOPICS):
            with messages.domain_errors_shown(self._owner):
                self._form(None, wish)

    def edit(self, it: TopicRow) -> None:
        self._form(it.id, None)

    def go_on(self, topic_id: int) -> None:
        """The form of a topic that was not saved when the program ended."""
        with messages.domain_errors_shown(self._owner):
            self._form(topic_id, None)

    def screen(self, it: TopicRow) -> None:
        """审定."""
        from app.ui.meetings.topics.screen_dialog import ScreenDialog

        if ScreenDialog(self._context, it, self._window).exec():
            self._shown(it.id)

    def people(self, it: TopicRow) -> None:
        """联名."""
        from app.ui.meetings.topics.people_dialog import PeopleDialog

        PeopleDialog(self._context, it, self._window).exec()

    def merge(self, it: TopicRow) -> None:
        """并入 another one."""
        from app.ui.meetings.topics.merge_dialog import MergeDialog

        dialog = MergeDialog(self._context, it, self._window)
        if dialog.exec() and dialog.kept is not None:
            self._shown(dialog.kept)

    def separate(self, it: TopicRow) -> None:
        """分出来: it goes on by itself again."""
        with self._context.database.transaction(f"分出议题 {name_of(it)}") as session:
            topic_screening.separate(session, it.id, version=it.version)
        self._changed(f"已分出来，等着审定：{name_of(it)}")

    def reward(self, it: TopicRow) -> None:
        """给提出人记积分, once."""
        with self._context.database.transaction(f"建议被采纳记积分 {name_of(it)}") as session:
            topic_points.reward(session, it.id, now=self._context.clock.now())
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, f"已给{it.who}记积分，由另一个人在台账里复核")

    def remove(self, it: TopicRow) -> None:
        """Into the recycle bin, after asking."""
        words = f"“{name_of(it)}”会移到回收站，30 天内可以放回。"
        if not messages.confirm(self._owner, "删除议题", words, "删除", destructive=True):
            return
        with self._context.database.transaction(f"删除议题 {name_of(it)}") as session:
            topics.remove(session, it.id, version=it.version, now=self._context.clock.now())
        self._changed(f"已删除议题 {name_of(it)}")

    def phone(self, it: TopicRow) -> None:
        """The number in the clear, journaled."""
        with self._context.database.transaction(f"看电话 议题 {name_of(it)}") as session:
            number = topics.reveal_phone(session, it.id)
        words = f"{it.who or '提出人'}　{number}"
        NumberMessage("提出人的电话", words, self._owner.window()).exec()

    def way(self, it: TopicRow) -> None:
        """The one sheet of its whole way, to be hung up."""
        show_way(self._context, self._owner, it.id, it.title)

    def large_way(self, it: TopicRow) -> None:
        """The same on A3."""
        show_way(self._context, self._owner, it.id, it.title, large=True)

    def diary(self, it: TopicRow) -> None:
        if it.diary_entry_id is not None:
            self._go("grids", ShowDiary(it.diary_entry_id))

    def request(self, it: TopicRow) -> None:
        if it.request_id is not None:
            self._go("grids", ShowRequest(it.request_id))

    def notice(self, it: TopicRow) -> None:
        if it.notice_id is not None:
            self._go("papers", MadeNotice(it.notice_id))

    def publish(self) -> None:
        """公布议题清单, then to be hung up in 文书."""
        from app.ui.meetings.topics.publish_dialog import PublishDialog

        if not self._context.may(Right.SCREEN_TOPICS):
            return
        dialog = PublishDialog(self._context, self._window)
        if dialog.exec() and dialog.notice_id is not None:
            self._go("papers", MadeNotice(dialog.notice_id))

    def slips(self) -> None:
        """Blank slips for the box of the 议事亭."""
        if not self._context.may(Right.PRINT):
            return

        def make(session: Session, _printing: Printing) -> Callable[[], Made]:
            from app.reports import topic_slip as paper

            data = paper.TopicSlips(
                office=papers.committee(session),
                box="议事亭的议题箱",
                phone=papers.public_phone(session),
                pages=_PAGES,
            )
            return lambda: (paper.render(data), ())

        show_paper(self._context, self._owner, "空白议题征集表", make)

    # -- inside

    @property
    def _window(self) -> QWidget:
        return self._owner.window()

    def _form(self, topic_id: int | None, wish: NewTopic | None) -> None:
        from app.ui.meetings.topics.form import TopicDialog

        dialog = TopicDialog(self._context, topic_id, wish=wish, parent=self._window)
        while dialog.exec() and dialog.topic_id is not None:
            self._shown(dialog.topic_id)
            if not dialog.again:
                break
            origin = dialog.fields.chosen_origin
            dialog = TopicDialog(self._context, origin=origin, parent=self._window)

    def _go(self, page: str, wish: object) -> None:
        self._context.signals.page_requested.emit(page, wish)

    def _changed(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, sentence)
