"""The pages of the program, in the order of the sidebar. A page appears here when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.values.rights import Right


@dataclass(frozen=True)
class Page:
    """`build` is called when the page is opened for the first time, with the place where it will
    stand: what is built there is dressed once, what comes there later once more.

    Of `rights` one is enough; without any the page is for everybody.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Context, QWidget], QWidget]
    rights: tuple[Right, ...] = ()

    def offered(self, context: Context) -> bool:
        """Whether there is anything on it that the user may do."""
        return not self.rights or any(map(context.may, self.rights))


# Each page is imported when it is first opened: starting the program pays for one page only.
def _residents(context: Context, parent: QWidget) -> QWidget:
    from app.ui.residents.page import ResidentsPage

    return ResidentsPage(context, parent)


def _grids(context: Context, parent: QWidget) -> QWidget:
    from app.ui.grids.page import GridsPage

    return GridsPage(context, parent)


def _points(context: Context, parent: QWidget) -> QWidget:
    from app.ui.points.page import PointsPage

    return PointsPage(context, parent)


def _canteen(context: Context, parent: QWidget) -> QWidget:
    from app.ui.canteen.page import CanteenPage

    return CanteenPage(context, parent)


def _meetings(context: Context, parent: QWidget) -> QWidget:
    from app.ui.meetings.page import MeetingsPage

    return MeetingsPage(context, parent)


def _papers(context: Context, parent: QWidget) -> QWidget:
    from app.ui.papers.page import PapersPage

    return PapersPage(context, parent)


def _office(context: Context, parent: QWidget) -> QWidget:
    from app.ui.office.page import OfficePage

    return OfficePage(context, parent)


_OF_POINTS = (Right.VIEW_POINTS, Right.REDEEM)
_OF_CANTEEN = (Right.VIEW_CANTEEN, Right.LOG_MEALS)
_OF_PAPERS = (
    Right.ISSUE_PAPERS,
    Right.APPROVE_PAPERS,
    Right.EDIT_TEMPLATES,
    Right.PRINT,
)
PAGES = (
    Page("residents", "居民", "account-group-outline", _residents, (Right.VIEW_PEOPLE,)),
    Page("grids", "网格", "map-outline", _grids, (Right.VIEW_GRIDS,)),
    Page("points", "积分超市", "storefront-outline", _points, _OF_POINTS),
    Page("canteen", "食堂", "silverware-fork-knife", _canteen, _OF_CANTEEN),
    Page("meetings", "议事", "forum-outline", _meetings, (Right.VIEW_MEETINGS,)),
    Page("papers", "文书", "file-document-outline", _papers, _OF_PAPERS),
    Page("office", "设置", "cog-outline", _office),
)
AT_FOOT = "office"
