"""设置 · 网格: the rules of the grids, typed and kept; only for those who may."""

from collections.abc import Callable
from datetime import date

import pytest

from app.models import CategoryGroup, DeadlineStep, Origin, Request, RequestState
from app.services import categories, deadlines, office, requests
from app.services.requests import RequestInput
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


def test_a_kind_that_becomes_a_question_has_another_deadline(open_tab, context):
    tab = open_tab()
    part = tab.kinds
    kind = part.lines[part.model.ids[0]]
    with context.database.transaction("登记") as session:
        entered = RequestInput(origin=Origin.PHONE, category_id=kind.id, title="问一件事")
        key = requests.register(session, entered, now=context.clock.now())
        row = session.get(Request, key)
        row.state = RequestState.HANDLING
        session.flush()
        requests.recount(session)
        assert row.due_on == date(2026, 11, 27)
    part.edit(kind.id)
    part.consultation.setChecked(True)
    part.save_button.click()
    with context.database.reading() as session:
        assert session.get(Request, key).due_on == date(2026, 11, 24)


def test_a_name_that_is_taken_is_told_and_stays_to_be_corrected(open_tab, dialogs):
    tab = open_tab()
    part = tab.kinds
    part.new.click()
    part.name.setText("其他")
    part.save_button.click()
    assert "已经有“其他”" in dialogs.shown[0]
    assert part.name.text() == "其他"


def test_a_rule_of_visits_changes_from_a_day_on_and_keeps_its_past(open_tab, context):
    tab = open_tab()
    part = tab.visits
    key = part.model.ids[0]
    before = part.lines[key]
    part.edit(key)
    part.days.setText("5")
    part.since.setText("2026-12-01")
    part.save_button.click()
    days = {(one.name, one.days, one.since.isoformat()) for one in part.lines.values()}
    assert {(before.name, 7, "2026-11-21"), (before.name, 5, "2026-12-01")} <= days


def test_a_new_rule_takes_tags_and_an_old_one_is_stopped(open_tab, context, dialogs):
    tab = open_tab()
    part = tab.visits
    part.new.click()
    part.name.setText("残疾人")
    part.days.setText("14")
    chosen = next(one for one in part.tags.offered())
    part.tags.set_value((chosen,))
    part.save_button.click()
    assert part.chosen.tag_ids == (chosen,)
    dialogs.answers.append("停止执行")
    part.stop.click()
    assert "残疾人" not in [one.name for one in part.lines.values()]


def test_a_rule_from_yesterday_is_refused_and_stays_in_the_form(open_tab, dialogs):
    tab = open_tab()
    part = tab.visits
    part.edit(part.model.ids[0])
    part.days.setText("5")
    part.since.setText("2026-11-01")
    part.save_button.click()
    assert "不能从过去的日子改起" in dialogs.shown[0]
    assert part.days.text() == "5"


def test_a_deadline_changes_from_a_day_on_and_a_preset_brings_all_its_values(
    open_tab, context, dialogs
):
    tab = open_tab()
    part = tab.deadlines
    part.step.setCurrentText("其他类办结")
    part.days.setText("4")
    part.since.setText("2026-12-01")
    part.source.setText("街道 2026 年通知")
    part.save_button.click()
    with context.database.reading() as session:
        held = deadlines.load(session)
    assert held.days(DeadlineStep.OTHER, date(2026, 11, 30)) == 5
    assert held.days(DeadlineStep.OTHER, date(2026, 12, 1)) == 4

    dialogs.answers.append("换成这一套")
    part.use_preset("dalian2015")
    assert "2015 年旧口径" in dialogs.shown[-1]
    with context.database.reading() as session:
        today = deadlines.in_force(session, date(2026, 11, 21))
    assert today[DeadlineStep.OTHER].working_days == 20
    assert "2015" in today[DeadlineStep.OTHER].source


def test_a_deadline_without_a_day_or_without_figures_is_refused(open_tab, dialogs):
    tab = open_tab()
    part = tab.deadlines
    part.save_button.click()
    part.since.setText("")
    part.save_button.click()
    assert "1 到 250 个工作日" in dialogs.shown[0]
    assert "从哪天起" in dialogs.shown[1]


def test_whoever_may_not_change_settings_reads_the_lists_only(open_tab, context):
    context.database.act_as(actor("李娜", "社工"))
    tab = open_tab()
    assert tab.kinds.model.rowCount() == 19
    assert not tab.kinds.new.isVisible()
    assert not tab.kinds.save_button.isVisible()
    tab.kinds.table.opened.emit(tab.kinds.model.ids[0])
    assert not tab.kinds.form.isVisible()
