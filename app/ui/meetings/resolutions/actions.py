"""What is done with a resolution, from its card, the keys and the list alike."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import project_views, resolution_life
from app.services.project_views import ProjectFilter
from app.services.resolution_views import ResolutionRow
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.meetings.resolutions.charge_dialog import ChargeDialog
from app.ui.meetings.resolutions.evaluation_dialog import EvaluationDialog
from app.ui.meetings.resolutions.notice_dialog import NoticeDialog
from app.ui.meetings.resolutions.step_dialog import StepDialog
from app.ui.meetings.resolutions.words import name_of
from app.ui.people.meetings_wish import NewProject, ShowMeeting, ShowProject, ShowTopic
from app.ui.people.paper_wish import MadeNotice
from app.values.rights import Right

_LOOKS = ("meeting", "topic", "project")


class ResolutionActions:
    """Each is one action of the journal; what fails is told in a sentence."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def do(self, name: str, it: ResolutionRow) -> None:
        """The action of this name: step, finish, evaluate, charge, publish, stop, again ..."""
        if name in _LOOKS or self._context.may(Right.CARRY_OUT):
            with messages.domain_errors_shown(self._owner):
                getattr(self, name)(it)

    def step(self, it: ResolutionRow) -> None:
        StepDialog(self._context, it, parent=self._window).exec()

    def finish(self, it: ResolutionRow) -> None:
        StepDialog(self._context, it, last=True, parent=self._window).exec()

    def evaluate(self, it: ResolutionRow) -> None:
        EvaluationDialog(self._context, it, self._window).exec()

    def charge(self, it: ResolutionRow) -> None:
        ChargeDialog(self._context, it, self._window).exec()

    def publish(self, it: ResolutionRow) -> None:
        """公示: written once, from then on shown in 文书."""
        notice_id = it.notice_id
        if notice_id is None:
            dialog = NoticeDialog(self._context, it, self._window)
            dialog.exec()
            notice_id = dialog.notice_id
        if notice_id is not None:
            self._context.signals.page_requested.emit("papers", MadeNotice(notice_id))

    def meeting(self, it: ResolutionRow) -> None:
        self._context.signals.page_requested.emit("meetings", ShowMeeting(it.meeting_id))

    def topic(self, it: ResolutionRow) -> None:
        if it.topic_id is not None:
            self._context.signals.page_requested.emit("meetings", ShowTopic(it.topic_id))

    def project(self, it: ResolutionRow) -> None:
        """The first project that carries it out, in the tab 清单."""
        with self._context.database.lookup() as lookup:
            found = project_views.projects(lookup, ProjectFilter(resolution_id=it.id))
        for one in found[-1:]:
            self._context.signals.page_requested.emit("meetings", ShowProject(one.id))

    def begin(self, it: ResolutionRow) -> None:
        """立项 in 清单, with what was decided."""
        self._context.signals.page_requested.emit("meetings", NewProject(it.id))

    def stop(self, it: ResolutionRow) -> None:
        """终止, with the reason."""
        dialog = ReasonDialog(
            "终止决议",
            f"“{name_of(it)}”不再办理，经过都留着。居民会议有权撤销或者变更居民代表会议的决定"
            "（居民委员会组织法第三十条）。",
            "终止",
            usual=("居民会议决定撤销", "情况有变，已不需要", "上级统一实施，不再另办"),
            parent=self._window,
        )
        if dialog.exec():
            self._do(f"终止 {name_of(it)}", it, resolution_life.stop, dialog.reason)

    def again(self, it: ResolutionRow) -> None:
        """重新办理, with what is not right yet."""
        dialog = ReasonDialog(
            "重新办理",
            f"“{name_of(it)}”回到办理中，以前的进展和评议都留着。",
            "重新办理",
            usual=("居民评议不满意", "没有全部做完", "做好以后又坏了"),
            parent=self._window,
        )
        if dialog.exec():
            self._do(f"重新办理 {name_of(it)}", it, resolution_life.again, dialog.reason)

    # -- inside

    @property
    def _window(self) -> QWidget:
        return self._owner.window()

    def _do(
        self, sentence: str, it: ResolutionRow, act: Callable[..., object], reason: str
    ) -> None:
        with self._context.database.transaction(sentence) as session:
            now = self._context.clock.now()
            act(session, it.id, reason, version=it.version, now=now)
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, f"已{sentence}")
