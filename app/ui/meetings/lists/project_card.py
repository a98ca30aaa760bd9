"""A project on its card: stage, money, dated steps with pictures, and the next thing to do."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Project, ProjectState
from app.services import progress, progress_photos
from app.services.progress import StepView
from app.services.project_views import OPEN, OVER, ProjectView
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.card import Facts
from app.ui.kit.drop_menu import menu_of
from app.ui.kit.labels import row
from app.ui.meetings.lists.record_card import RecordCard
from app.ui.meetings.lists.views import KEEPS
from app.ui.meetings.lists.words import (
    money_words,
    name_of,
    stage_chips,
    term_words,
    verdict_words,
)
from app.ui.people.card_pictures import CardPictures
from app.ui.recent.history import Record

_MOST_PICTURES = 6


class ProjectCard(RecordCard):
    """`asked` carries what is to be done with it, by the names of ProjectActions."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, name="项目", hint="在左边选一个，这里看进展、经费和下一步。")
        self.project: ProjectView | None = None
        self.step = Button("登记进展", action="project_step")
        self.next = Button("完工", action="project_next")
        self.ask = Button("评价", action="project_asked")
        self.edit = Button("修改", action="edit_in_meetings", size="small")
        self.menu = Button("更多", trail="chevron-down", size="small")
        self._may = any(map(context.may, KEEPS))
        offer(self._may, self.step, self.next, self.ask, self.edit)
        self.body.addLayout(row(self.step, self.next, None))
        self.body.addLayout(row(self.ask, self.edit, None, self.menu))
        named = (
            (self.step, "step"),
            (self.next, "go_on"),
            (self.ask, "evaluate"),
            (self.edit, "edit"),
        )
        for button, what in named:
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))
            button.bind(self)
        self.menu.clicked.connect(self.open_menu)
        self._buttons: tuple[QWidget, ...] = (self.step, self.next, self.ask, self.edit, self.menu)

    def show_project(self, one: ProjectView | None) -> None:
        """What is known of it; nothing where none is chosen."""
        self.project = one
        for button in self._buttons:
            button.setVisible(one is not None)
        if one is None:
            self.show_parts("")
            return
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            steps = progress.of_project(lookup, one.id)
        self.show_parts(one.name, stage_chips(one, today), _facts(one))
        self._say_next(one)
        self._show_steps(steps)
        self._show_buttons(one)
        self.order_focus(self.step)

    def open_menu(self) -> None:
        """更多: what is not done every day; it opens upwards."""
        if self.project is None:
            return
        menu = menu_of(self.menu)
        for words, what in self._rare(self.project):
            menu.addAction(words, partial(self.asked.emit, what))
        corner = self.menu.rect().topLeft()
        corner.setY(-menu.sizeHint().height() - 2)
        menu.popup(self.menu.mapToGlobal(corner))

    def record(self) -> Record | None:
        one = self.project
        return Record(Project, one.id, name_of(one)) if one is not None else None

    # -- inside

    def _show_steps(self, steps: Sequence[StepView]) -> None:
        if not steps:
            return
        self.section("进展")
        way = Facts(label=78)
        way.set_pairs([(f"{one.on_date:%Y-%m-%d}", _told(one)) for one in steps])
        self.more.addWidget(way)
        shown = [one.id for one in steps if one.photos]
        if shown:
            with self._context.database.reading() as session:
                found = progress_photos.of_steps(session, shown)
            pictures = CardPictures()
            pictures.show_pictures(found[-_MOST_PICTURES:])
            self.more.addWidget(pictures)

    def _show_buttons(self, one: ProjectView) -> None:
        finished = one.state is ProjectState.FINISHED
        show_if(one.state in OPEN, self.step, self.next)
        self.next.setText("验收" if finished else "完工")
        show_if(one.state in OVER, self.ask)
        self._mark(self.step, one.state in (ProjectState.PLANNED, ProjectState.STARTED))
        self._mark(self.next, finished)
        self._mark(self.ask, one.state is ProjectState.ACCEPTED)

    def _mark(self, button: Button, primary: bool) -> None:
        button.kind = "primary" if primary else "normal"
        button.update()

    def _say_next(self, one: ProjectView) -> None:
        today = self._context.clock.today()
        if one.state is ProjectState.STOPPED:
            self.warn(f"已终止：{one.stopped_reason}")
        elif one.late(today):
            advice = "请登记进展，做完了办完工。"
            self.warn(f"应在 {one.until:%Y-%m-%d} 完成", advice, tone="danger")
        elif one.state is ProjectState.FINISHED:
            self.warn("已经完工，还没有验收", "验收以后再付最后一笔款，再请大家评价。")
        elif one.state is ProjectState.ACCEPTED and one.notice_id is None:
            self.warn("还没有公示", "在“更多”里写项目公示；社区服务项目应当及时公布。")

    def _rare(self, one: ProjectView) -> list[tuple[str, str]]:
        found = [("看需求", "need")] if one.need_id else []
        found += [("看决议", "resolution")] if one.resolution_id else []
        found += [("看议题", "topic")] if one.topic_id else []
        if not self._may:
            return found
        found.append(("看公示" if one.notice_id else "写项目公示…", "publish"))
        if one.state in (ProjectState.FINISHED, *OVER):
            found.append(("返工…", "again"))
        if one.state in OPEN:
            found.append(("终止…", "stop"))
        if one.state is ProjectState.PLANNED:
            found.append(("删除…", "remove"))
        return found


def _told(one: StepView) -> str:
    words = one.words.replace("\n", " ")
    return words if one.percent is None else f"{words}（{one.percent}%）"


def _facts(one: ProjectView) -> list[tuple[str, str]]:
    approval = "　".join(part for part in (one.approval, f"{one.approved_on or ''}") if part)
    accepted = f"{one.accepted_on:%Y-%m-%d}　{one.accepted_by}" if one.accepted_on else ""
    return [
        ("编号", one.number),
        ("需求", one.need),
        ("决议", one.resolution),
        ("网格", one.grid),
        ("牵头", one.lead),
        ("资源", "；".join(words for _, words in one.resources)),
        ("起止", term_words(one)),
        ("经费", money_words(one)),
        ("用途", one.purpose),
        ("审批", approval),
        ("进展", f"{one.percent}%"),
        ("成效", one.effect),
        ("验收", accepted),
        ("评价", verdict_words(one)),
    ]
