"""What is done with the lines of the three lists, from cards, keys and tables alike."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ListState, ProjectState
from app.services import project_life, project_notice, projects, three_lists
from app.services.project_views import ProjectView
from app.services.projects import ProjectInput
from app.services.three_lists import NeedView, ResourceView
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.meetings.lists.line_dialogs import NeedDialog, ResourceDialog
from app.ui.meetings.lists.project_dialog import ProjectDialog
from app.ui.meetings.lists.stage_dialogs import AcceptDialog, EvaluateDialog, StepDialog
from app.ui.meetings.lists.views import KEEPS
from app.ui.meetings.lists.words import name_of
from app.ui.people.meetings_wish import ShowNeed, ShowResolution, ShowTopic
from app.ui.people.paper_wish import MadeNotice

_LOOKS = ("need", "resolution", "topic")


class ProjectActions:
    """Each is one action of the journal; what fails is told in a sentence."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def do(self, name: str, one: ProjectView) -> None:
        """The action of this name: step, go_on, evaluate, edit, publish, again, stop ..."""
        if name in _LOOKS or any(map(self._context.may, KEEPS)):
            with messages.domain_errors_shown(self._owner):
                getattr(self, name)(one)

    def begin(self, wish: ProjectInput) -> int | None:
        """立项 with what is known already; gives the project, None where nothing came of it."""
        dialog = ProjectDialog(self._context, None, wish, self._window)
        return dialog.project_id if dialog.exec() else None

    def edit(self, one: ProjectView) -> None:
        ProjectDialog(self._context, one.id, parent=self._window).exec()

    def step(self, one: ProjectView) -> None:
        StepDialog(self._context, one, parent=self._window).exec()

    def go_on(self, one: ProjectView) -> None:
        """完工, or 验收 of what is finished."""
        if one.state is ProjectState.FINISHED:
            AcceptDialog(self._context, one, self._window).exec()
        else:
            StepDialog(self._context, one, last=True, parent=self._window).exec()

    def evaluate(self, one: ProjectView) -> None:
        EvaluateDialog(self._context, one, self._window).exec()

    def publish(self, one: ProjectView) -> None:
        """项目公示: written once, from then on shown in 文书."""
        notice_id = one.notice_id
        if notice_id is None:
            with self._context.database.transaction(f"公示 {name_of(one)}") as session:
                now = self._context.clock.now()
                notice_id = project_notice.publish(session, one.id, version=one.version, now=now)
            self._context.signals.changed.emit(Area.MEETINGS | Area.PAPERS)
        self._context.signals.page_requested.emit("papers", MadeNotice(notice_id))

    def again(self, one: ProjectView) -> None:
        """返工, with what is not right yet."""
        words = f"“{name_of(one)}”回到实施中，以前的进展和评价都留着。"
        usual = ("验收不合格", "居民不满意", "做好以后又坏了")
        self._with_reason("返工", words, usual, one, project_life.again)

    def stop(self, one: ProjectView) -> None:
        """终止, with the reason."""
        words = f"“{name_of(one)}”不再实施，经过都留着；它的需求和资源可以再对接。"
        usual = ("情况有变，已不需要", "单位撤回了资源", "上级统一实施")
        self._with_reason("终止", words, usual, one, project_life.stop)

    def remove(self, one: ProjectView) -> None:
        """Into the recycle bin, after asking."""
        remove_line(self._context, self._owner, one, projects.remove)

    def need(self, one: ProjectView) -> None:
        if one.need_id is not None:
            self._context.signals.page_requested.emit("meetings", ShowNeed(one.need_id))

    def resolution(self, one: ProjectView) -> None:
        if one.resolution_id is not None:
            wish = ShowResolution(one.resolution_id)
            self._context.signals.page_requested.emit("meetings", wish)

    def topic(self, one: ProjectView) -> None:
        if one.topic_id is not None:
            self._context.signals.page_requested.emit("meetings", ShowTopic(one.topic_id))

    # -- inside

    @property
    def _window(self) -> QWidget:
        return self._owner.window()

    def _with_reason(
        self,
        verb: str,
        words: str,
        usual: tuple[str, ...],
        one: ProjectView,
        act: Callable[..., object],
    ) -> None:
        dialog = ReasonDialog(f"{verb}项目", words, verb, usual=usual, parent=self._window)
        if not dialog.exec():
            return
        sentence = f"{verb} {name_of(one)}"
        with self._context.database.transaction(sentence) as session:
            now = self._context.clock.now()
            act(session, one.id, dialog.reason, version=one.version, now=now)
        _changed(self._context, sentence)


class LineActions:
    """The same for resources and needs."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def add(self, *, need: bool) -> int | None:
        """A new line; gives its id, None where nothing came of it."""
        kind = NeedDialog if need else ResourceDialog
        dialog = kind(self._context, None, self._owner.window())
        return dialog.line_id if dialog.exec() else None

    def do(self, name: str, one: ResourceView | NeedView) -> None:
        """edit, withdraw or remove."""
        with messages.domain_errors_shown(self._owner):
            getattr(self, name)(one)

    def edit(self, one: ResourceView | NeedView) -> None:
        kind = NeedDialog if isinstance(one, NeedView) else ResourceDialog
        kind(self._context, one.id, self._owner.window()).exec()

    def withdraw(self, one: ResourceView | NeedView) -> None:
        """撤回, or what was withdrawn stands again."""
        gone = one.state is not ListState.WITHDRAWN
        need = isinstance(one, NeedView)
        act = three_lists.withdraw_need if need else three_lists.withdraw_resource
        sentence = f"{'撤回' if gone else '恢复'} {name_of(one)}"
        with self._context.database.transaction(sentence) as session:
            act(session, one.id, withdrawn=gone, version=one.version)
        _changed(self._context, sentence)

    def remove(self, one: ResourceView | NeedView) -> None:
        """Into the recycle bin, after asking."""
        need = isinstance(one, NeedView)
        act = three_lists.remove_need if need else three_lists.remove_resource
        remove_line(self._context, self._owner, one, act)


def remove_line(
    context: Context,
    owner: QWidget,
    one: ResourceView | NeedView | ProjectView,
    act: Callable[..., None],
) -> None:
    """Into the recycle bin, after asking."""
    words = f"“{name_of(one)}”会移到回收站，30 天内可以放回。"
    if not messages.confirm(owner, "删除", words, "删除", destructive=True):
        return
    sentence = f"删除 {name_of(one)}"
    with context.database.transaction(sentence) as session:
        act(session, one.id, now=context.clock.now())
    _changed(context, sentence)


def _changed(context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.MEETINGS)
    messages.notify(context.signals, f"已{sentence}")
