"""The tab 统计 of 积分超市 in its states."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services import periods
from app.ui.points.page import PointsPage
from app.ui.points.statistics.tab import StatisticsTab
from tests.ui import month_states


def opened(page: QWidget) -> StatisticsTab:
    """The tab of the page, with points in it."""
    assert isinstance(page, PointsPage)
    month_states.write_some(page._context)
    tab = page.open("统计")
    assert isinstance(tab, StatisticsTab)
    tab.refresh()
    return tab


def _part(number: int) -> Callable[[QWidget], None]:
    def show(page: QWidget) -> None:
        opened(page).figures.show_part(number)

    return show


def _nothing(page: QWidget) -> None:
    tab = opened(page)
    tab.period.choose(periods.year_of(date(2024, 1, 1)))
    tab.figures.show_part(1)


PAGES: dict[str, Callable[[QWidget], object]] = {
    "积分统计": opened,
    "积分统计 类型": _part(1),
    "积分统计 队伍": _part(2),
    "积分统计 年龄": _part(3),
    "积分统计 月份": _part(4),
    "积分统计 没有": _nothing,
}
