"""What all lists and forms have in common: options, who stands on it, whole numbers, figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from app.context import Context
from app.services import lists, papers
from app.services.authorisation import Grant
from app.services.filters import sentence
from app.services.lists import NOBODY, People, Who
from app.services.papers import Printing
from app.ui.kit import theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import box, column, hide_unless, row, rule, small
from app.ui.kit.scroll import scrolled
from app.ui.kit.segments import Segments
from app.ui.papers.lists.who import Way, WhoChoice
from app.ui.papers.panel import PaperPanel
from app.ui.people.authorisation import authorise, can_be_authorised
from app.ui.people.paper_wish import PaperWish
from app.ui.people.take_out import MASKED, TakeOut
from app.ui.people.take_out_dialog import LEAST_REASON, stamp
from app.values.rights import Right
from app.values.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen when the paper was asked for: read in the main thread, drawn in another."""

    who: Who | None
    options: Any
    stamp: Stamp | None
    """Who allowed whole numbers and what for; None where they are masked"""


class ListPanel(PaperPanel):
    """Subclasses name the paper and answer `add_options`, `read_options` and `make`."""

    heading = ""
    meta = ""
    note = "条件和人数印在表头；打印和存盘都会留下记录。"
    whole_words = ""
    """Of the box that prints numbers whole; '' where the paper has none"""
    blank = False
    """Whether the form is of use without names"""
    many = 5_000
    """Of more people than this a paper is only drawn when asked for: it takes a while"""
    many_options = True
    """Whether options and people together are higher than a page in 大字"""
    most_options = False
    """Whether they are in 标准 too"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # Who stands on the paper that is seen, which may be older than the fields beside it.
        self._on_paper = NOBODY
        self._out = MASKED
        self._wish = Wish(Who(), None, None)
        self.grant: Grant | None = None
        """The word by which numbers may be whole, until the box is emptied"""
        self._count = 0
        self.who_words = ""
        self.options = Form(columns=2, label=34)
        self.add_options()
        self.options.finish()
        lines = 3 if theme.current().large else 8 if self.in_turn else 4
        self.who = WhoChoice(context, blank=self.blank, lines=lines)
        self.whole = QCheckBox(self.whole_words)
        self.reason = line_edit(hint="写明用途", name="用途", limit=60)
        self.figures = Notice("", tone="info")
        self.anyway = Button("照样排版", size="small")
        self._parts = Segments([(0, "填内容", "印什么"), (1, "选人", "哪些人")])
        self._turns = QStackedWidget()
        self._agreed = 0
        self._lay_out()
        self._connect()
        self._show_numbers()
        self._recount()

    # -- answered by the kinds of list

    def add_options(self) -> None:
        """Put the fields of this paper into `self.options`."""

    def read_options(self) -> Any:
        """What stands in them; handed to `make`."""
        return None

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        """Gather from the file; what is given back draws the paper without it."""
        raise NotImplementedError

    def on_paper(self, people: People) -> People:
        """Who is named on the paper that was made for these people: they are journaled."""
        return people

    def told(self, people: int, households: int, words: str) -> tuple[str, str]:
        """The figures below the fields, and what explains them."""
        return f"{people:,} 人・{households:,} 户", words

    # -- asked by the page

    def refresh(self) -> None:
        self.who.refresh()
        self._recount()

    def show_wish(self, wish: PaperWish) -> None:
        """These people, from a card or from a selection of the page 居民."""
        self.who.pick(tuple(wish.people), wish.words)

    def show_people(self, resident_ids: Sequence[int]) -> None:
        self.who.pick(tuple(resident_ids))

    def title(self) -> str:
        return self.heading

    def missing(self) -> str:
        if self._whole() and len(self.reason.text().strip()) < LEAST_REASON:
            return "印完整号码要写明用途：写好以后，纸就排出来。"
        if self._count > self.many and self._count != self._agreed:
            return f"有 {self._count:,} 人，排版要等一会儿。先缩小条件，或者点“照样排版”。"
        if self.who.way is Way.BLANK or self._count:
            return ""
        if self.who.way is Way.PICKED:
            return "还没有选人。输入姓名或拼音，按 Enter 选定。"
        return "没有符合条件的居民。换一个条件，或先到「居民」页导入名册。"

    def printing(self) -> Printing:
        """With whole numbers, who took them out and what for stands on every page."""
        if not self._whole():
            return super().printing()
        by, allowed = self.context.user.name, self.grant.by if self.grant else ""
        mark = stamp(self.context, self.reason.text().strip(), "" if allowed == by else allowed)
        return Printing(by=by, at=mark.at, stamp=mark)

    def prepare(self) -> None:
        self._wish = Wish(self.who.who(), self.read_options(), self.printing().stamp)

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        wish = self._wish
        with self.context.database.reading() as session:
            people = self._people(session, wish.who, printing)
            progress.check()
            render = self.make(session, people, printing, wish)
        progress.check()
        pdf = render()
        progress.check()
        named = self.on_paper(people)
        out = TakeOut(stamp=wish.stamp)
        if wish.stamp is not None and named.ids:
            self._note("查看", papers.note_looked, named.ids, out)
        self._on_paper, self._out = named, out
        return pdf

    @property
    def people_on_paper(self) -> People:
        """Who stands on the paper that is seen."""
        return self._on_paper

    def leaving(self) -> Callable[[], object]:
        ids, out = self._on_paper.ids, self._out
        return lambda: self._note("打印", papers.note_printed, ids, out) if ids else None

    # -- how

    def _people(self, session: Session, who: Who | None, printing: Printing) -> People:
        if who is None:
            return NOBODY
        return lists.people(session, who, today=printing.at.date())

    def _note(
        self,
        verb: str,
        note: Callable[[Session, Sequence[int]], None],
        ids: Sequence[int],
        out: TakeOut,
    ) -> None:
        sentence = out.sentence(f"{verb}{self.heading} {len(ids):,} 人", file=False)
        with self.context.database.transaction(sentence) as session:
            note(session, ids)

    def _whole(self) -> bool:
        return bool(self.whole_words) and self.whole.isChecked()

    def _lay_out(self) -> None:
        self.whole.setFixedHeight(theme.current().control)
        numbers = box(row(self.whole, (self.reason, 1), spacing=10))
        offered = bool(self.whole_words) and can_be_authorised(self.context, Right.EXPORT_FULL)
        hide_unless(offered, numbers)
        people = box(column(self.who, numbers, None, spacing=10))
        card = Card(spacing=8)
        if self.in_turn:
            self._lay_out_in_turn(card, people)
        else:
            card.heading(self.heading, self.meta)
            inside = column(self.options, rule(), (people, 1), spacing=10)
            card.body.addWidget(scrolled(box(inside)), 1)
        card.body.addLayout(row((self.figures, 1), self.anyway, spacing=10))
        if not theme.current().large:
            card.body.addWidget(small(self.note, wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.setFocusProxy(self.options.fields[0].control)

    @property
    def in_turn(self) -> bool:
        """Whether options and people are shown one at a time."""
        return self.most_options or (theme.current().large and self.many_options)

    def _lay_out_in_turn(self, card: Card, people: QWidget) -> None:
        """What stands on the paper and who, one at a time: both are higher than the page."""
        for part in (box(column(self.options, None)), people):
            self._turns.addWidget(scrolled(part))
        self._parts.chosen.connect(self.turn_to)
        self.turn_to(0)
        card.heading(self.heading, "", self._parts)
        card.body.addWidget(self._turns, 1)

    def turn_to(self, part: int) -> None:
        """Where they take turns: the options (0) or the people (1)."""
        self._parts.show_value(part)
        self._turns.setCurrentIndex(part)

    def _connect(self) -> None:
        self.options.changed.connect(self.soon)
        self.who.changed.connect(self._recount)
        self.whole.toggled.connect(self._ask_for_whole)
        self.reason.textChanged.connect(lambda _: self.soon())
        self.anyway.clicked.connect(self._agree)

    def _ask_for_whole(self, on: bool) -> None:
        """Whole numbers need somebody's word, for as long as the box is ticked."""
        if not on:
            self.grant = None
        elif self.grant is None:
            what = f"印{self.heading}，带完整号码。"
            self.grant = authorise(self.context, Right.EXPORT_FULL, what, self)
            if self.grant is None:
                self.whole.setChecked(False)
                return
        self._show_numbers()

    def _show_numbers(self) -> None:
        self.reason.setVisible(self._whole())
        if self._whole():
            self.reason.setFocus()
        self.soon()

    def _recount(self) -> None:
        self._count, households, self.who_words = self._figures()
        if self.who.way is Way.PICKED and not self._count:
            self.figures.show_text("还没有选人")
        elif self.who.way is Way.BLANK:
            self.figures.show_text("空白表", "姓名手写")
        else:
            self.figures.show_text(*self.told(self._count, households, self.who_words))
        self.anyway.setVisible(self._count > self.many and self._count != self._agreed)
        self.soon()

    def _agree(self) -> None:
        """As many people as there are: until others are chosen."""
        self._agreed = self._count
        self.anyway.hide()
        self.compose()

    def _figures(self) -> tuple[int, int, str]:
        """People, households, and who they are in words."""
        who = self.who.who()
        if who is None:
            return 0, 0, ""
        with self.context.database.reading() as session:
            counts = lists.counts(session, who, today=self.context.clock.today())
            words = sentence(session, who.chosen) if who.picked is None else who.words
        return counts.people, counts.households, words or "选定的人"
