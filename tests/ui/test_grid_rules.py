"""设置 · 网格: the rules of the grids, typed and kept; only for those who may."""

from collections.abc import Callable

import pytest

from app.models import CategoryGroup
from app.services import categories, office
from app.ui.office.grid_rules.tab import GridRulesTab
from tests.actors import actor


@pytest.fixture
def open_tab(qtbot, context) -> Callable[[], GridRulesTab]:
    with context.database.transaction("建立资料") as session:
        office.seed(session, today=context.clock.today())

    def build() -> GridRulesTab:
        tab = GridRulesTab(context)
        qtbot.addWidget(tab)
        tab.refresh()
        tab.resize(1180, 600)
        tab.show()
        return tab

    return build


def matters(context) -> list[str]:
    with context.database.reading() as session:
        return [one.name for one in categories.categories(session, CategoryGroup.MATTER)]


def test_a_kind_is_added_renamed_moved_and_switched_off(open_tab, context, dialogs):
    tab = open_tab()
    part = tab.kinds
    part.new.click()
    part.name.setText("停车")
    part.save_button.click()
    assert matters(context)[-1] == "停车"
    assert part.chosen.kind.name == "停车"

    part.edit(part.chosen.id)
    part.name.setText("停车难")
    part.save_button.click()
    part.up.click()
    assert matters(context)[-2:] == ["停车难", "其他"]

    part.switch.click()
    assert "停车难" not in matters(context)
    assert part.switch.text() == "启用"
    dialogs.answers.append("删除")
    part.remove.click()
    assert "停车难" not in [line.kind.name for line in part.lines.values()]


def test_a_name_that_is_taken_is_told_and_stays_to_be_corrected(open_tab, dialogs):
    tab = open_tab()
    part = tab.kinds
    part.new.click()
    part.name.setText("其他")
    part.save_button.click()
    assert "已经有“其他”" in dialogs.shown[0]
    assert part.name.text() == "其他"


def test_whoever_may_not_change_settings_reads_the_lists_only(open_tab, context):
    context.database.act_as(actor("李娜", "社工"))
    tab = open_tab()
    assert tab.kinds.model.rowCount() == 19
    assert not tab.kinds.new.isVisible()
    assert not tab.kinds.save_button.isVisible()
    tab.kinds.table.opened.emit(tab.kinds.model.ids[0])
    assert not tab.kinds.form.isVisible()
