"""议事: topics, meetings, resolutions, bodies, 大党委, the three lists, the fund."""

from app.context import Context
from app.ui.kit.signals import Area
from app.ui.people.meetings_wish import (
    NewProject,
    NewTopic,
    RunMeeting,
    ShowAppraisal,
    ShowBody,
    ShowFundEntry,
    ShowJointUnit,
    ShowMeeting,
    ShowNeed,
    ShowProject,
    ShowResolution,
    ShowResource,
    ShowTopic,
)
from app.ui.people.tabbed_page import PageTab, TabbedPage, TabKind


# Each tab's widgets are imported when it is first opened: the page opens with one of them only.
def _topics(context: Context) -> PageTab:
    from app.ui.meetings.topics.tab import TopicsTab

    return TopicsTab(context)


def _meetings(context: Context) -> PageTab:
    from app.ui.meetings.plan.tab import MeetingsTab

    return MeetingsTab(context)


def _resolutions(context: Context) -> PageTab:
    from app.ui.meetings.resolutions.tab import ResolutionsTab

    return ResolutionsTab(context)


def _bodies(context: Context) -> PageTab:
    from app.ui.meetings.bodies.tab import BodiesTab

    return BodiesTab(context)


def _joint(context: Context) -> PageTab:
    from app.ui.meetings.joint.tab import JointTab

    return JointTab(context)


def _lists(context: Context) -> PageTab:
    from app.ui.meetings.lists.tab import ListsTab

    return ListsTab(context)


def _fund(context: Context) -> PageTab:
    from app.ui.meetings.fund.tab import FundTab

    return FundTab(context)


TABS: tuple[TabKind, ...] = (
    TabKind("提事", _topics, takes=(NewTopic, ShowTopic), drafts=("topic",)),
    TabKind(
        "会议",
        _meetings,
        takes=(ShowMeeting,),
        drafts=("meeting", "minutes", "meeting_words", "agenda_item", "agenda_of"),
    ),
    TabKind("决议", _resolutions, takes=(ShowResolution,), drafts=("progress",)),
    TabKind(
        "组织",
        _bodies,
        takes=(ShowBody, ShowAppraisal),
        drafts=("body", "body_member", "body_member_of", "owner", "owner_of", "appraisal"),
    ),
    TabKind("大党委", _joint, takes=(ShowJointUnit,), drafts=("joint_unit", "member_report")),
    TabKind(
        "清单",
        _lists,
        takes=(ShowNeed, ShowResource, ShowProject, NewProject),
        drafts=("resource", "need", "project", "project_step"),
    ),
    TabKind("经费", _fund, takes=(ShowFundEntry,), drafts=("fund_entry",)),
)
"""In the order of the page: 提事 会议 决议 组织 大党委 清单 经费."""


class MeetingsPage(TabbedPage):
    title = "议事"
    areas = Area.MEETINGS | Area.RESIDENTS | Area.OFFICE
    kinds = TABS

    def show_record(self, wanted: object) -> None:
        """A meeting that is held takes the whole page; everything else has its tab."""
        if not isinstance(wanted, RunMeeting):
            super().show_record(wanted)
        elif self.current.leave():
            self._run(wanted.meeting_id)

    def _run(self, meeting_id: int) -> None:
        from app.ui.meetings.live.view import LiveMeeting

        live = LiveMeeting(self._context, meeting_id, self)
        live.left.connect(self.uncover)
        self.cover(live)
