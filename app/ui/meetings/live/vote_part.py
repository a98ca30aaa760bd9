"""计票: how it is voted, the figures, the bar, the result in words, and 宣布."""

import uuid
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import DomainError
from app.models import Basis, ItemKind, VoteWay
from app.services import votes
from app.services.ballot_views import Tally
from app.services.vote_ground import VoteInput
from app.services.votes import Check
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.segments import Segments
from app.ui.meetings.ballots.dialog import BallotsDialog
from app.ui.meetings.live.course import Course, Sight
from app.ui.meetings.live.figures import ACTIONS, Figures
from app.ui.meetings.live.vote_bar import VoteBar
from app.values.areas import square_metres

_WAYS = (
    (VoteWay.HANDS, "举手", "举手表决，数出来的人数"),
    (VoteWay.BALLOT, "票决", "投票表决，收回来的票数"),
    (VoteWay.HOUSEHOLD, "按户", "一户一票"),
)
_DRAFT_WORDS = "决议草案"


class VotePart(QWidget):
    """Types figures and announces; `announced` carries the words of the result."""

    announced = Signal(str)
    changed = Signal()
    wanted = Signal()
    """Somebody goes to the figures by key"""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self._item_id: int | None = None
        self._key = ""
        self._again = False
        self.check: Check | None = None
        self._offered = [way for way, _, _ in _WAYS]
        self.ways = Segments(_WAYS)
        self.tracks = Label(
            "双轨" if theme.current().large else "双轨（人数和面积）", tone="sel", bold=True
        )
        self.target = IdChoice(name="表决什么", blank=_DRAFT_WORDS)
        self.papers = Button("表决票", kind="ghost", size="small")
        self._tally: Tally | None = None
        self.sum = small()
        self.figures = Figures(self)
        self.bar, self.area_bar = VoteBar(self), VoteBar(self)
        self.area_bar.set_figure(square_metres)
        self.result = Notice("", tone="soft")
        self.button = Button(
            "宣布" if theme.current().large else "宣布并写入记录", kind="primary", action="announce"
        )
        self.repeat = Button("再表决一次", kind="ghost", size="small")
        self._lay_out()
        self.ways.show_value(VoteWay.HANDS)
        self.ways.chosen.connect(self._choose_way)
        self.figures.changed.connect(self._reckon)
        self.target.currentIndexChanged.connect(self._reckon)
        self.papers.clicked.connect(self.type_ballots)
        self.button.clicked.connect(self.announce)
        self.repeat.clicked.connect(self._vote_again)

    def bind(self, page: QWidget) -> None:
        """Alt+1 to Alt+4, Alt+V and Ctrl+Enter work on the whole page."""
        for place, action in enumerate(ACTIONS):
            keys.bind(page, action, partial(self._go_to, place))
        keys.bind(page, "announce", self.announce)
        keys.bind(page, "vote_way", self._next_way)

    @property
    def open(self) -> bool:
        """Whether figures are typed now."""
        return not self.isHidden() and not self._figures.isHidden()

    @property
    def way(self) -> VoteWay:
        """How it is voted."""
        way = VoteWay.AREA if self.area else self.ways.value()
        return way if isinstance(way, VoteWay) else VoteWay.HANDS

    @property
    def area(self) -> bool:
        sight = self._course.sight
        return sight is not None and sight.here.rule.by_area

    def refresh(self) -> None:
        """Another item, another number of people."""
        sight = self._course.sight
        item = sight.item if sight is not None else None
        if sight is None or item is None:
            return
        if item.id != self._item_id:
            self._item_id, self._again, self._tally = item.id, False, None
            self.figures.clear()
            self._key = str(uuid.uuid4())
        self._offer_ways(sight)
        self.tracks.setVisible(self.area)
        self.figures.show_areas(self.area)
        self.bar.set_compact(self.area)
        self.area_bar.set_compact(self.area)
        # 大字 has no room for bars and a second row of figures.
        self.bar.setVisible(not (self.area and theme.current().large))
        self.area_bar.setVisible(self.area and not theme.current().large)
        self._offer_papers()
        self._offer_targets(sight)
        self._show_stage(sight)
        self._reckon()

    def announce(self) -> None:
        """宣布: into the ledger, the minutes and the resolutions, in one step."""
        sight, check = self._course.sight, self.check
        if not self.button.isEnabled() or sight is None or sight.item is None or check is None:
            return
        if check.verdict is None or not self.open:
            return
        item, entered = sight.item, self._entered()
        told = f"宣布表决结果 {item.title}：{'通过' if check.verdict.passed else '未通过'}"
        now = self._course.context.clock.now()
        if self._course.do(told, lambda s: votes.announce(s, item.id, entered, now=now)):
            self._again, self._tally = False, None
            self.figures.clear()
            self._key = str(uuid.uuid4())
            self.announced.emit(f"{check.words}。")
            self.refresh()

    def type_ballots(self) -> None:
        """Ballots of the item: printed, typed back, and their sums taken over."""
        if self._item_id is None:
            return
        dialog = BallotsDialog(self._course.context, self._item_id, self, handed_on=True)
        if dialog.exec() and dialog.tally is not None:
            self._tally = dialog.tally
            self.figures.put(dialog.tally.count)
            self.figures.go_to(0)

    # -- inside

    def _offer_ways(self, sight: Sight) -> None:
        """By household only where its rule counts so, or where nothing is decided."""
        item, rule = sight.item, sight.here.rule
        decides = rule.decides and item is not None and item.kind is ItemKind.DECIDE
        heads = decides and rule.basis is not Basis.HOUSEHOLDS
        self._offered = [way for way, _, _ in _WAYS if not (heads and way is VoteWay.HOUSEHOLD)]
        self.ways.offer(self._offered)
        if self.ways.value() not in self._offered:
            self.ways.show_value(VoteWay.HANDS)
        self.ways.setVisible(not self.area)

    def _offer_papers(self) -> None:
        """Where it is not voted by hands."""
        self.papers.setVisible(self.area or self.ways.value() is not VoteWay.HANDS)

    def _lay_out(self) -> None:
        ways = (self.ways, self.tracks, self.papers, self.target)
        head = row(Label("计票", bold=True), *ways, None, self.sum)
        self._figures = box(column(head, self.figures, self.bar, self.area_bar, spacing=8))
        foot = row((self.result, 1), self.button, self.repeat, spacing=10)
        self.setLayout(column(self._figures, foot, spacing=8))
        self.target.setFixedWidth(theme.current().px(130))

    def _entered(self) -> VoteInput:
        return VoteInput(
            way=self.way,
            count=self.figures.count(),
            motion_id=self.target.chosen_id if self.target.isVisibleTo(self) else None,
            issued=self._tally.issued if self._tally else None,
            returned=self._tally.returned if self._tally else None,
            request_key=self._key,
            seen=self._course.sight.seen if self._course.sight else None,
        )

    def _offer_targets(self, sight: Sight) -> None:
        """Amendments that have no result yet are voted on before the text itself."""
        open_ones = {one.id: one.title for one in sight.motions if not one.result}
        self.target.offer(open_ones)
        self.target.setVisible(bool(open_ones))

    def _show_stage(self, sight: Sight) -> None:
        item = sight.item
        done = sight.item_votes
        votable = item is not None and item.kind in (ItemKind.DECIDE, ItemKind.DISCUSS)
        runs = sight.runs and self._course.may and votable
        typing = runs and (not done or self._again or self.target.isVisibleTo(self))
        self._figures.setVisible(typing)
        self.button.setVisible(typing)
        self.repeat.setVisible(runs and not typing)
        self.result.setVisible(typing or bool(done))

    def _reckon(self) -> None:
        """Check what stands there, and say it; the button is off until it is true."""
        sight = self._course.sight
        if sight is None or sight.item is None:
            return
        if self._figures.isHidden():
            self._show_announced(sight)
            return
        self._draw(sight)
        try:
            entered = self._entered()
        except DomainError as error:
            self._say(Check(agrees=False, sum_words="", words=str(error)))
            return
        with self._course.context.database.lookup() as lookup:
            self._say(votes.check(lookup, sight.item.id, entered))
        self.changed.emit()

    def _draw(self, sight: Sight) -> None:
        count, turnout = self.figures.count_or_zero(), sight.here.turnout
        share = sight.here.rule.passing
        whole = max(turnout.present, count.total)
        if self.area:
            whole = count.total
            line = whole * share.num / share.den if share.asked else 0.0
            self.bar.show_votes(count.people, whole, line, f"人数{share.part_words} {line:,.1f}")
            area = count.area_total
            line = area * share.num / share.den if share.asked else 0.0
            words = f"面积{share.part_words} {square_metres(round(line))}"
            self.area_bar.show_votes(count.areas, area, line, words)
            return
        line = whole * share.num / share.den if share.asked else 0.0
        words = f"到会{share.part_words} {line:g}" if line else ""
        self.bar.show_votes(count.people, whole, line, words)

    def _say(self, check: Check) -> None:
        self.check = check
        nothing = self.figures.empty
        self.sum.setText("" if nothing else check.sum_words)
        self.sum.set_tone("ok" if check.agrees else "danger")
        self.button.setEnabled(check.verdict is not None and not nothing)
        if nothing:
            blocked = not check.agrees and not check.sum_words
            words = check.words if blocked else "照念出来的顺序填票数，Enter 到下一格。"
            self.result.show_text(words, tone="warn" if blocked else "soft")
        elif check.verdict is None:
            self.result.show_text(check.words, tone="warn")
        else:
            tone = "ok" if check.verdict.passed else "danger"
            self.result.show_text(f"{check.words}。", _proof(check, short=self.area), tone=tone)

    def _show_announced(self, sight: Sight) -> None:
        done = sight.item_votes
        self.check = None
        if done:
            last = done[-1]
            told = f"{last.announced_at:%H:%M} 宣布，当时到会 {last.voters:,} 人。{last.proof}"
            tone = "ok" if last.passed else "danger"
            self.result.show_text(f"{last.words}。", told, tone=tone)

    def _vote_again(self) -> None:
        """What was announced stays; a further vote stands beside it."""
        self._again = True
        self.refresh()
        self._go_to(0)

    def _choose_way(self, way: object) -> None:
        self.ways.show_value(way)
        self._offer_papers()
        self._reckon()

    def _next_way(self) -> None:
        order: list[object] = list(self._offered)
        if self.open and not self.area:
            here = order.index(self.ways.value())
            self._choose_way(order[(here + 1) % len(order)])

    def _go_to(self, place: int) -> None:
        if self.open:
            self.wanted.emit()
            self.figures.go_to(place)


def _proof(check: Check, *, short: bool) -> str:
    beside = "意向表决只形成意见，不作决定。" if check.opinion else "弃权算到会，不算赞成。"
    if not check.proof:
        return beside
    return f"{check.proof}。" if short or theme.current().large else f"{check.proof}。{beside}"
