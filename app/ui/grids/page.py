"""网格: grids, organisation, diary, visits, requests, and what became of them."""

from app.context import Context
from app.ui.kit.signals import Area
from app.ui.people.grid_wish import (
    NewDiary,
    NewRequest,
    ShowDiary,
    ShowGrid,
    ShowRequest,
    ShowVisits,
)
from app.ui.people.tabbed_page import PageTab, TabbedPage, TabKind


# Each tab's widgets are imported when it is first opened: the page opens with one of them only.
def _districts(context: Context) -> PageTab:
    from app.ui.grids.districts.tab import DistrictsTab

    return DistrictsTab(context)


def _organisation(context: Context) -> PageTab:
    from app.ui.grids.organisation.tab import OrganisationTab

    return OrganisationTab(context)


def _diary(context: Context) -> PageTab:
    from app.ui.grids.diary.tab import DiaryTab

    return DiaryTab(context)


def _visits(context: Context) -> PageTab:
    from app.ui.grids.visits.tab import VisitsTab

    return VisitsTab(context)


def _requests(context: Context) -> PageTab:
    from app.ui.grids.requests.tab import RequestsTab

    return RequestsTab(context)


def _bill(context: Context) -> PageTab:
    from app.ui.grids.bill.tab import BillTab

    return BillTab(context)


TABS: tuple[TabKind, ...] = (
    TabKind("网格楼栋", _districts, takes=(ShowGrid,), drafts=("grid", "building")),
    TabKind("组织", _organisation, drafts=("member",)),
    TabKind("平安日记", _diary, takes=(NewDiary, ShowDiary), drafts=("diary",)),
    TabKind("走访", _visits, takes=(ShowVisits,), drafts=("visit_sheet", "visit")),
    TabKind("诉求", _requests, takes=(NewRequest, ShowRequest), drafts=("request", "request_step")),
    TabKind("幸福账单", _bill),
)
"""In the order of the page: 网格楼栋 组织 平安日记 走访 诉求 幸福账单."""


class GridsPage(TabbedPage):
    title = "网格"
    areas = Area.RESIDENTS | Area.GRIDS | Area.REQUESTS | Area.MEETINGS | Area.OFFICE
    kinds = TABS
