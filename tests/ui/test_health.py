"""数据体检 in its tab: run in the background, listed, opened, put right, remembered."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Resident
from app.services import history, office, search_keys
from app.services.health import examination
from app.storage import connection as raw
from app.ui.kit.signals import BACKUPS, Area
from app.ui.office.health.complete_dialog import CompleteDialog
from app.ui.office.health.last_run import last_run
from app.ui.office.health.tab import HealthTab
from app.ui.office.page import TABS, OfficePage
from app.ui.people.grid_wish import ShowDiary, ShowRequest
from app.ui.people.paper_wish import MadePaper
from app.values.rights import DEFAULTS, SOCIAL_WORKER, Actor
from tests.conftest import Dialogs
from tests.services import grid_life
from tests.services.conftest import Clerk, id_number
from tests.services.issuing import Issuer
from tests.storage.offices import KEY


@pytest.fixture
def clerk(context: Context) -> Clerk:
    """An office with two people whose numbers know more than their records."""
    with context.database.transaction("填写社区资料") as session:
        office.seed(session, today=context.clock.today())
    clerk = Clerk(context.database, context.clock.now())
    for number, name in enumerate(("王秀兰", "李明")):
        born = context.clock.today().replace(year=1956 + number)
        clerk.add(name, document_number=id_number(born), address="3-2-501", sex="男")
    with context.database.transaction("x") as session:
        for person in session.query(Resident):
            person.birth_date = None
        session.flush()
        search_keys.reindex(session, list(search_keys.strays(session)))
    return clerk


@pytest.fixture
def tab(context: Context, clerk: Clerk, qtbot: QtBot) -> HealthTab:
    tab = HealthTab(context)
    tab.resize(1180, 640)
    qtbot.addWidget(tab)
    tab.show()
    return tab


def run(tab: HealthTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.start_button.isEnabled())


def names(tab: HealthTab) -> list[str]:
    model = tab.records.model
    return [model.row(number).name for number in range(model.rowCount())]


def results(tab: HealthTab) -> dict[str, str]:
    """What the report says, line by line."""
    lines = [tab.checks.paged_model.row(one) for one in range(tab.checks.paged_model.rowCount())]
    return {line.check.key if line.check else line.group.value: line.words for line in lines}


def test_before_the_first_run_nothing_is_said_to_be_sound(tab: HealthTab) -> None:
    assert set(results(tab).values()) == {"没有查"}
    assert "还没有做过体检" in tab.state.text()
    assert not tab.records.repair_button.isVisible()


def test_a_run_lists_what_it_found_and_shows_the_first_of_it(tab: HealthTab, qtbot: QtBot) -> None:
    run(tab, qtbot)

    said = results(tab)
    assert said["资料文件"] == "完好"
    assert said["birth_from_number"] == "2 人"
    assert "文件没有损坏，4 处提醒" in tab.state.text()
    assert names(tab) == ["王秀兰", "李明"]
    assert not tab.bar.isVisible()


def test_a_second_click_starts_no_second_run(
    tab: HealthTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[object] = []
    look = examination.check_file
    monkeypatch.setattr(
        examination, "check_file", lambda *facts: (runs.append(facts), look(*facts))[1]
    )

    qtbot.mouseDClick(tab.start_button, Qt.MouseButton.LeftButton)
    tab.start()
    qtbot.waitUntil(lambda: tab.start_button.isEnabled())

    assert len(runs) == 1


def test_a_run_that_is_cancelled_leaves_the_report_of_before(tab: HealthTab, qtbot: QtBot) -> None:
    run(tab, qtbot)
    before = results(tab)

    tab.start()
    tab.stop_button.click()
    qtbot.waitUntil(lambda: tab.start_button.isEnabled())

    assert results(tab) == before
    assert not tab.stop_button.isVisible()


def test_the_last_run_is_remembered_without_a_name(
    tab: HealthTab, context: Context, qtbot: QtBot, office_folder: Path
) -> None:
    run(tab, qtbot)
    again = HealthTab(context)
    qtbot.addWidget(again)

    assert results(again) == results(tab)
    assert "上次 2026-11-21 09:30 体检：文件没有损坏，4 处提醒" in again.state.text()
    assert names(again) == []
    kept = last_run(context.database.file)
    assert kept is not None
    assert kept.counts["birth_from_number"] == 2
    assert "王秀兰" not in (office_folder / "窗口.ini").read_text("utf-8")


def test_a_person_opens_with_enter(tab: HealthTab, context: Context, qtbot: QtBot) -> None:
    run(tab, qtbot)
    tab.records.table.select_row(1)

    with qtbot.waitSignal(context.signals.page_requested) as asked:
        qtbot.keyClick(tab.records.table, Qt.Key.Key_Return)

    assert asked.args == ["residents", 2]


def test_a_paper_opens_where_its_life_goes_on(
    tab: HealthTab, clerk: Clerk, context: Context, qtbot: QtBot
) -> None:
    paper = Issuer(clerk).printed()
    clerk.do("x", lambda s: s.connection().exec_driver_sql("DELETE FROM seal_use"))
    run(tab, qtbot)
    assert tab.checks.select_id("seals_used")

    with qtbot.waitSignal(context.signals.page_requested) as asked:
        tab.records.table.opened.emit(0)

    assert asked.args == ["papers", MadePaper(paper)]


def test_a_repair_asks_first_and_does_the_ticked_ones(
    tab: HealthTab, clerk: Clerk, context: Context, dialogs: Dialogs, qtbot: QtBot
) -> None:
    run(tab, qtbot)
    tab.checks.select_id("birth_from_number")
    tab.records.model.tick([1], on=True)
    assert tab.records.repair_button.text() == "按证件号填（1 人）…"
    dialogs.answers.append("按证件号填")
    dialogs.answers.append("取消")
    said: list[str] = []
    context.signals.notified.connect(said.append)

    with qtbot.waitSignal(context.signals.changed) as changed:
        tab.records.repair_button.click()
    tab.records.repair_button.click()

    assert "按证件号填上这些人的出生日期" in dialogs.shown[0]
    assert "共 1 人。改了可以撤销" in dialogs.shown[0]
    assert Area.RESIDENTS in changed.args[0]
    assert str(clerk.get(2, "birth_date")) == "1957-11-21"
    assert clerk.get(1, "birth_date") is None
    assert names(tab) == ["王秀兰"]
    assert results(tab)["birth_from_number"] == "1 人"
    assert said == ["出生日期可从证件号取：按证件号填，1 人"]
    assert clerk.see(history.last_undoable).sentence.startswith("体检修复：出生日期")


def test_a_repair_that_came_too_late_says_so(
    tab: HealthTab, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    run(tab, qtbot)
    tab.checks.select_id("birth_from_number")
    for key in (1, 2):
        clerk.change(key, birth_date=clerk.today.replace(year=1956))
    dialogs.answers.append("按证件号填")

    tab.records.repair_button.click()
    qtbot.waitUntil(lambda: len(dialogs.shown) == 2)

    assert "已经改好了" in dialogs.shown[1]


def test_who_may_not_repair_is_offered_none(clerk: Clerk, context: Context, qtbot: QtBot) -> None:
    context.database.act_as(Actor("赵敏", SOCIAL_WORKER, DEFAULTS[SOCIAL_WORKER]))
    tab = HealthTab(context)
    qtbot.addWidget(tab)
    tab.show()
    run(tab, qtbot)

    tab.checks.select_id("birth_from_number")

    assert names(tab) == ["王秀兰", "李明"]
    assert not tab.records.repair_button.isVisible()
    assert not tab.complete_button.isVisible()


def damage(context: Context) -> None:
    """Break a page of the open file as a bad disk does."""
    with closing(raw.connect(context.database.file, KEY)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with context.database.file.open("r+b") as stream:
        stream.seek(6 * 4096 + 60)
        stream.write(bytes(40))


def test_damage_under_an_open_page_is_named_and_leads_to_the_backups(
    clerk: Clerk, context: Context, qtbot: QtBot
) -> None:
    page = OfficePage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_record("数据体检")
    tab = page.stack.currentWidget()
    assert isinstance(tab, HealthTab)
    run(tab, qtbot)
    damage(context)

    run(tab, qtbot)

    said = results(tab)
    assert said["资料文件"] == "损坏"
    assert said["户和户主"] == "没有查"
    tab.checks.select_id("pages")
    assert tab.records.model.row(0).note == "有 1 页损坏：第 7 页。"
    assert "文件有损坏" in tab.state.text()
    tab.records.backups_button.click()
    assert page.stack.currentWidget() is page._built[TABS.index(BACKUPS)]


def test_a_file_that_is_gone_is_told_on_the_page(
    tab: HealthTab, context: Context, qtbot: QtBot
) -> None:
    file = context.database.file
    away = file.rename(file.with_suffix(".away"))

    run(tab, qtbot)

    assert "没有查完" in tab.state.text()
    assert "找不到资料文件" in tab.state.text()
    away.rename(file)


def test_what_counts_as_complete_is_for_the_office_to_say(
    tab: HealthTab, context: Context, dialogs: Dialogs, qtbot: QtBot
) -> None:
    def ask_for_no_birth(dialog: Any) -> int:
        assert isinstance(dialog, CompleteDialog)
        dialog.card._fields[0].control.setChecked(False)
        dialog.card.save()
        return 0

    dialogs.on_dialog = ask_for_no_birth
    tab.complete_button.click()
    run(tab, qtbot)

    assert "no_birth" not in results(tab)
    assert "birth_from_number" in results(tab)


def test_the_printed_list_names_its_check_and_its_people(tab: HealthTab, qtbot: QtBot) -> None:
    run(tab, qtbot)
    tab.checks.select_id("birth_from_number")

    facts = tab.records.table.paper

    assert facts.title == "数据体检：出生日期可从证件号取"
    assert facts.people([0, 1]) == [1, 2]


def test_a_request_and_a_line_of_the_diary_open_on_the_page_of_the_grids(
    tab: HealthTab, clerk: Clerk, context: Context, qtbot: QtBot
) -> None:
    asked_id = grid_life.request(clerk, grid_life.category(clerk), due_on=None)
    tomorrow = clerk.today + timedelta(days=1)
    entry = grid_life.diary(clerk, on_date=tomorrow)
    run(tab, qtbot)
    for check, wish in (
        ("request_due", ShowRequest(asked_id)),
        ("diary_days", ShowDiary(entry)),
    ):
        assert tab.checks.select_id(check)
        with qtbot.waitSignal(context.signals.page_requested) as asked:
            tab.records.table.opened.emit(0)
        assert asked.args == ["grids", wish]
