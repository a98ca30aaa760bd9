"""The middle card: what is treated, with its text, the motions on it, and the vote."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models import ItemKind
from app.services import sittings
from app.services.agenda import ItemView
from app.services.motions import MotionView
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, box, clear, column, row, rule, small, tip_of
from app.ui.kit.states import EmptyState
from app.ui.meetings.live.course import Course, Sight
from app.ui.meetings.live.vote_part import VotePart
from app.ui.meetings.live.words import kind_words

_SHOWN_MOTIONS = 2
_LONGEST_RESULT = 200
_ADVICE = "会前在“会议”里加议程，会上可以加临时议题。"


class MatterCard(Card):
    """Reads from the course; 改文字, 转到这一项 and the motions are asked of the page."""

    words_asked = Signal()
    call_asked = Signal(int)
    plans_asked = Signal()
    motion_asked = Signal(object)

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        large = theme.current().large
        margins = (16, 6, 16, 8) if large else (16, 10, 16, 12)
        super().__init__(margins=margins, spacing=6, parent=parent)
        self._course = course
        self.kicker = small()
        self.call = Button("转到这一项", kind="link", size="small")
        self.plans = Button("选方案", kind="link", size="small")
        self.plans.setToolTip("几个方案里选一个，每人投一个")
        self.change = Button("改文字", kind="link", size="small", action="put_words")
        self.title, self.words = Label("", "h2", bold=True), Label(wrap=True)
        self._motions = column(spacing=2)
        self.outcome = line_edit(hint="结果，如：已通报；由物业月底前答复", name="这一项的结果")
        self.outcome.setMaxLength(_LONGEST_RESULT)
        self.keep = Button("记下结果", size="small")
        self.vote = VotePart(course, self)
        self._lay_out()
        self.call.clicked.connect(self._call)
        self.change.clicked.connect(self.words_asked)
        self.plans.clicked.connect(self.plans_asked)
        self.keep.clicked.connect(self._keep_result)
        self.outcome.returnPressed.connect(self._keep_result)
        offer(course.may, self.call, self.plans, self.change, self.keep)

    def refresh(self) -> None:
        """The item that is looked at."""
        sight = self._course.sight
        item = sight.item if sight is not None else None
        self._empty.setVisible(item is None)
        if sight is not None and item is None:
            self._empty.set_sentence(*_nothing(sight, may=self._course.may))
        self._body.setVisible(item is not None)
        if sight is None or item is None:
            return
        self.kicker.setText(_kicker(item))
        self.title.setText(_cut(item.title))
        self.title.setToolTip(tip_of(item.title))
        self._show_words(item)
        self._show_motions(sight.motions)
        treated = sight.now is not None and sight.now.id == item.id
        self.call.setVisible(sight.runs and not treated)
        self.change.setVisible(sight.runs and not sight.item_votes)
        self._show_result(item, typed=sight.runs and not sight.item_votes and self._course.may)
        self.vote.setVisible(item.kind in (ItemKind.DECIDE, ItemKind.DISCUSS))
        self.vote.refresh()
        if not self.plans.withheld:
            self.plans.setVisible(treated and self.vote.open and not self.vote.area)

    # -- inside

    def _lay_out(self) -> None:
        large = theme.current().large
        # 大字 has no room for a line of its own.
        beside = (self.title,) if large else ()
        head = row(self.kicker, *beside, None, self.call, self.plans, self.change)
        self._result = box(row(Label("结果", bold=True), (self.outcome, 1), self.keep))
        self._told = Label(wrap=True)
        parts = column(
            head,
            *(() if large else (self.title,)),
            self.words,
            self._motions,
            self._result,
            self._told,
            *(() if large else (rule(),)),
            self.vote,
            None,
            spacing=3 if large else 6,
        )
        self._body = box(parts)
        self._empty = EmptyState("format-list-numbered", "还没有议程。", _ADVICE)
        self.body.addWidget(self._body, 1)
        self.body.addWidget(self._empty, 1)

    def _show_words(self, item: ItemView) -> None:
        """So much as there is room for; the whole is in the tip and by F2."""
        most = 60 if theme.current().large else 150
        text = " ".join(item.words.split())
        self.words.setText(text if len(text) <= most else f"{text[:most]}……")
        self.words.setToolTip(tip_of(item.words))
        crowded = theme.current().large and self.vote.area
        self.words.setVisible(bool(text) and not crowded)

    def _show_motions(self, motions: list[MotionView]) -> None:
        clear(self._motions)
        most = 1 if theme.current().large else _SHOWN_MOTIONS
        # What has no result yet is never hidden by what has.
        for one in sorted(motions[::-1], key=lambda motion: bool(motion.result))[:most]:
            line = Button(
                _motion_line(one),
                kind="link",
                size="small",
                icon="source-branch",
            )
            line.setToolTip(tip_of(f"{one.words}\n{one.result}"))
            line.clicked.connect(lambda _=False, motion=one: self.motion_asked.emit(motion))
            self._motions.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_result(self, item: ItemView, *, typed: bool) -> None:
        plain = item.kind is not ItemKind.DECIDE
        self._result.setVisible(plain and typed)
        self._told.setVisible(plain and not typed and bool(item.result))
        self._told.setText(f"结果：{item.result}")
        if not self.outcome.hasFocus():
            self.outcome.setText(item.result)

    def _keep_result(self) -> None:
        sight = self._course.sight
        if sight is None or sight.item is None:
            return
        item, words = sight.item, self.outcome.text()
        if words.strip() != item.result:
            self._course.do(
                f"记 {item.title} 的结果",
                lambda s: sittings.tell_result(s, item.id, words, version=item.version),
            )

    def _call(self) -> None:
        sight = self._course.sight
        if sight is not None and sight.item is not None:
            self.call_asked.emit(sight.item.id)


def _nothing(sight: Sight, *, may: bool) -> tuple[str, str]:
    """Why no item is seen, and what can be done: nothing where one only looks, or it is over."""
    if sight.meeting.items:
        return "这次会没有您网格的议程。", f"共 {sight.meeting.items} 项，是全社区或别的网格的事。"
    over = not (sight.coming or sight.runs)
    return "没有议程。" if over else "还没有议程。", _ADVICE if may and not over else ""


def _kicker(item: ItemView) -> str:
    if theme.current().large:
        return f"第 {item.place} 项" + ("（临时）" if item.added_there else "")
    return kind_words(item) + ("，临时议题，可以议，不作决定" if item.added_there else "")


def _cut(words: str) -> str:
    most = 10 if theme.current().large else 32
    return words if len(words) <= most else f"{words[:most]}…"


def _motion_line(one: MotionView) -> str:
    """修正案 1：先装 3 号楼……　未通过: what became of it is never cut, its proof is in the tip."""
    told = one.result.rpartition("，")[2] or f"附议 {one.seconders} 人，还没有结果"
    most = (30 if theme.current().large else 44) - len(one.title) - len(told)
    words = one.words if len(one.words) <= most else f"{one.words[:most]}…"
    return f"{one.title}：{words}　{told}"
