"""设置 · 积分 for the sweep."""

from collections.abc import Callable

from app.ui.office.page import OfficePage
from app.ui.office.points_rules.tab import EXPIRY, ITEMS, REVIEW_PART, SHOP, STARS, PointsRulesTab


def _part(name: str) -> Callable[[OfficePage], None]:
    def then(office_page: OfficePage) -> None:
        office_page.show_record("积分")
        office_page.findChild(PointsRulesTab).show_part(name)

    return then


def _one_item(office_page: OfficePage) -> None:
    _part(ITEMS)(office_page)
    part = office_page.findChild(PointsRulesTab).items
    part.edit(part.model.ids[4])


PAGES = {
    "设置 积分": _part(ITEMS),
    "设置 积分 一个事项": _one_item,
    "设置 积分 星级": _part(STARS),
    "设置 积分 有效期": _part(EXPIRY),
    "设置 积分 柜台": _part(SHOP),
    "设置 积分 复核和期限": _part(REVIEW_PART),
}
