"""设置 · 网格 and 记走访 of the person card for the sweep."""

from collections.abc import Callable
from typing import Any

from app.ui.office.grid_rules.tab import DEADLINES, OTHERS, VISITS, GridRulesTab
from app.ui.office.page import OfficePage
from app.ui.people.visit_dialog import VisitDialog


def _part(name: str) -> Callable[[OfficePage], None]:
    def then(office_page: OfficePage) -> None:
        office_page.show_record("网格")
        office_page.findChild(GridRulesTab).show_part(name)

    return then


def _one_kind(office_page: OfficePage) -> None:
    office_page.show_record("网格")
    part = office_page.findChild(GridRulesTab).kinds
    part.edit(part.model.ids[9])


PAGES = {
    "设置 网格": lambda it: it.show_record("网格"),
    "设置 网格 一类": _one_kind,
    "设置 网格 走访规定": _part(VISITS),
    "设置 网格 办理期限": _part(DEADLINES),
    "设置 网格 电话和岗位": _part(OTHERS),
}


def put_down_visit(stage: Any) -> VisitDialog:
    return VisitDialog(stage.context(), resident_id=1)
