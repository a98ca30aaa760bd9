"""One resolution: what was decided, how far it is, its whole way, and what can be done now."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context
from app.models import Resolution, ResolutionState
from app.services import progress, progress_photos, project_views, resolution_views, topic_way
from app.services.project_views import ProjectFilter, ProjectView
from app.services.resolution_views import ResolutionRow
from app.services.topic_way import Stage, WayStep
from app.storage.lookup import Lookup
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.chips import ChipRow
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.scroll import WholeLines
from app.ui.meetings.resolutions.words import (
    day_words,
    due_chip,
    kind_chip,
    name_of,
    notice_words,
    state_chip,
    verdict_words,
    warning,
)
from app.ui.people.card_pictures import CardPictures
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right

_ROWS = 2
"""Of pictures, the latest"""


class ResolutionCard(Card):
    """`asked` carries what is to be done with the resolution that is shown, by the names of
    ResolutionActions."""

    asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self.resolution: ResolutionRow | None = None
        self._projects: Sequence[ProjectView] = ()
        self.title = Label("", "title", bold=True, wrap=True)
        self.hint = small("在左边选一项，这里看内容、进展和下一步。", wrap=True)
        self.chips = ChipRow()
        self.notice = Notice("", tone="warn")
        self.facts = Facts(label=62)
        self.way_title = Label("来龙去脉", bold=True)
        self.way = Facts(label=62)
        self._columns = 2 if theme.current().large else 3
        self.pictures = CardPictures(columns=self._columns)
        self._make_buttons()
        self._lay_out()
        self.show_resolution(None)

    def show_resolution(self, resolution_id: int | None) -> None:
        """What is known of it; nothing where none is chosen."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = resolution_views.rows(lookup, [] if resolution_id is None else [resolution_id])
            self.resolution = it = next(iter(found), None)
            steps = _way(lookup, it) if it else ()
            mine = ProjectFilter(resolution_id=it.id) if it else None
            self._projects = project_views.projects(lookup, mine) if mine else ()
        self.title.setText(it.title if it else "还没有选中决议")
        self.hint.setVisible(it is None)
        due = due_chip(it, today) if it else None
        self.chips.set_chips([*filter(None, (kind_chip(it), state_chip(it), due))] if it else ())
        self._show_warning(it, today)
        told = [("项目", f"{one.number} {one.name}　{one.state.label}") for one in self._projects]
        self.facts.set_pairs([*_facts(it, today), *told] if it else ())
        self.way_title.setVisible(bool(steps))
        # What happened last is asked for first.
        self.way.set_pairs([_step_pair(one, today) for one in reversed(steps)])
        self._show_buttons(it)
        self._show_pictures(it)

    @property
    def rare(self) -> list[str]:
        """What 更多 offers now, by the names of ResolutionActions."""
        return [name for _, name in self._rare(self.resolution)] if self.resolution else []

    def open_more(self) -> None:
        """更多: what is not done every day."""
        it = self.resolution
        if it is None:
            return
        menu = QMenu(self.more)
        for words, name in self._rare(it):
            menu.addAction(words, lambda name=name: self.asked.emit(name))
        corner = QPoint(0, -menu.sizeHint().height() - 2)
        menu.popup(self.more.mapToGlobal(corner))

    # -- inside

    def _make_buttons(self) -> None:
        self.step = Button("登记进展", action="resolution_step")
        self.finish = Button("办结", action="resolution_done")
        self.ask = Button("评议", action="resolution_asked")
        self.charge = Button("交办", action="resolution_charge", size="small")
        self.public = Button("公示", action="resolution_public", size="small")
        self.more = Button("更多", trail="chevron-down", size="small")
        self.history = history_button(self._context, self, self._record)
        may = self._context.may(Right.CARRY_OUT)
        offer(may, self.step, self.finish, self.ask, self.charge)
        # It is looked at and put up in 文书.
        offer(may and self._context.may(Right.ISSUE_PAPERS), self.public)
        named = {
            "step": self.step,
            "finish": self.finish,
            "evaluate": self.ask,
            "charge": self.charge,
            "publish": self.public,
        }
        for name, button in named.items():
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
        self.more.clicked.connect(self.open_more)
        self._buttons = (*named.values(), self.more, self.history)

    def _lay_out(self) -> None:
        inside = column(self.pictures, self.facts, self.way_title, self.way, None, spacing=8)
        scroll = WholeLines(box(inside), self._ends)
        # 大字 has no room for all of it: Tab comes here, and the arrows read on.
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName("决议的情况")
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.notice)
        self.body.addWidget(scroll, 1)
        for line in self._lines():
            self.body.addLayout(row(*line))
        for button in (self.step, self.finish, self.ask, self.charge, self.public):
            button.bind(self)

    def _lines(self) -> Sequence[Sequence[Button | None]]:
        """大字 has no room for three beside each other; 评议 comes when the first two are gone."""
        if theme.current().large:
            rare = (self.ask, self.charge, self.public, None, self.more)
            return (self.step, self.finish, None), rare
        return (self.step, self.finish, self.ask, None), (self.charge, self.public, None, self.more)

    def _ends(self) -> Sequence[int]:
        return [*self.facts.ends(), *self.way.ends()]

    def _show_warning(self, it: ResolutionRow | None, today: date) -> None:
        words, advice = warning(it, today) if it else ("", "")
        late = it is not None and it.late(today)
        self.notice.show_text(words, advice, tone="danger" if late else "warn")
        self.notice.setVisible(bool(words))

    def _show_buttons(self, it: ResolutionRow | None) -> None:
        for button in self._buttons:
            button.setVisible(it is not None)
        if it is None:
            return
        show_if(it.open, self.step, self.finish, self.charge)
        show_if(it.state in (ResolutionState.DONE, ResolutionState.EVALUATED), self.ask)
        self.public.setText("看公示" if it.notice_id else "公示")
        show_if(it.open or it.notice_id is not None, self.public)
        self._mark(self.step, it.state in (ResolutionState.PUBLIC, ResolutionState.UNDERWAY))
        self._mark(self.ask, it.state is ResolutionState.DONE)

    def _mark(self, button: Button, next_step: bool) -> None:
        """One primary button: what is to be done next."""
        button.kind = "primary" if next_step else "normal"
        button.update()

    def _show_pictures(self, it: ResolutionRow | None) -> None:
        if it is None or not it.photos:
            self.pictures.show_pictures(())
            return
        with self._context.database.reading() as session:
            found = progress_photos.of_resolution(session, it.id)
        self.pictures.show_pictures(found[-_ROWS * self._columns :])

    def _rare(self, it: ResolutionRow) -> list[tuple[str, str]]:
        found = [("看会议", "meeting")]
        if it.topic_id is not None:
            found.append(("看议题", "topic"))
        if self._projects:
            found.append(("看项目", "project"))
        if not self._context.may(Right.CARRY_OUT):
            return found
        if it.open:
            keeps = map(self._context.may, (Right.KEEP_JOINT, Right.KEEP_FUND))
            words = f"立项…\t{keys.cap('resolution_project')}"
            found += [(words, "begin")] if any(keeps) else []
            found.append(("终止…", "stop"))
        elif it.state is not ResolutionState.STOPPED:
            found.append(("重新办理…", "again"))
        return found

    def _record(self) -> Record | None:
        it = self.resolution
        return None if it is None else Record(Resolution, it.id, name_of(it))


def _way(lookup: Lookup, it: ResolutionRow) -> Sequence[WayStep]:
    """The way of its topic; without a topic only its own steps."""
    if it.topic_id is not None:
        return topic_way.way_of(lookup, it.topic_id).steps
    return [
        WayStep(Stage.PROGRESS, one.on_date, "进展", one.words)
        for one in progress.of_resolution(lookup, it.id)
    ]


def _step_pair(one: WayStep, today: date) -> tuple[str, str]:
    words = one.words.replace("\n", " ")
    said = f"{one.title}：{words}" if words else one.title
    return (day_words(one.on, today) if one.on else ""), said


def _facts(it: ResolutionRow, today: date) -> list[tuple[str, str]]:
    charge = "　".join(
        part
        for part in (it.owner, f"{day_words(it.due_on, today)} 前" if it.due_on else "")
        if part
    )
    done = f"{day_words(it.done_on, today)}　{it.done_words}" if it.done_on else ""
    told = (
        ("编号", it.number),
        ("内容", it.words),
        ("会议", f"{it.meeting}　{day_words(it.made_on, today)}"),
        ("结果", it.vote_words),
        ("责任人", charge),
        ("经费", f"{yuan(it.budget)} 元" if it.budget else ""),
        ("网格", it.grid),
        ("公示", notice_words(it, today)),
        ("进度", f"{it.percent}%"),
        ("办结", done),
        ("评议", verdict_words(it)),
    )
    return [(name, words) for name, words in told if words]
