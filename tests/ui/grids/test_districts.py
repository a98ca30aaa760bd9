"""网格楼栋: the tree, what is done in it by key and mouse, the comparison and its trial."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app import paths
from app.clock import FixedClock
from app.context import Context
from app.models import Building, BuildingMove, Grid, Resident, ResidentTag, Risk
from app.services import buildings, drafts, grids, settings, visit_rules
from app.services.building_moves import Part
from app.services.buildings import BuildingInput
from app.services.settings import REGION_CODE
from app.services.visit_rules import RuleInput
from app.storage.backup import list_backups
from app.storage.engine import Database
from app.ui.grids.districts.building_form import BuildingDialog
from app.ui.grids.districts.commands import PlaceCommands
from app.ui.grids.districts.data_dialog import WorkloadDialog
from app.ui.grids.districts.grid_form import GridDialog
from app.ui.grids.districts.moving import MoveDialog, move_parts
from app.ui.grids.districts.tab import DistrictsTab
from app.ui.grids.districts.trial_dialog import TrialDialog
from app.ui.grids.page import GridsPage
from app.ui.kit.states import EmptyState
from app.ui.people.grid_wish import ShowGrid
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor
from tests.conftest import Dialogs
from tests.services.conftest import Clerk, _begin
from tests.storage.offices import furnish
from tests.ui.keyed_office import keyed_office

FIRST, SECOND = 1, 2


@pytest.fixture
def clerk(context: Context) -> Clerk:
    """Two grids, of seven people who live alone six in the first."""
    furnish(context.database, _two_grids)
    return Clerk(context.database, context.clock.now())


def _two_grids(database: Database) -> None:
    _begin(database)
    clerk = Clerk(database, datetime(2026, 11, 21, 9, 30))
    for number, name in ((FIRST, "第一网格"), (SECOND, "第二网格")):
        clerk.do("加网格", lambda s, n=number, name=name: grids.add(s, number=n, name=name))
    for number, grid in (("3", FIRST), ("4", FIRST), ("5", SECOND)):
        entered = BuildingInput(number=number, grid_id=grid)
        clerk.do("加楼", lambda s, entered=entered: buildings.add(s, entered))
    tag = clerk.tag_id("独居老人")
    for place in ("3-1-101", "3-1-102", "3-1-103", "4-1-101", "4-1-102", "4-1-103", "5-1-101"):
        clerk.add(
            f"王秀{'兰芝英珍梅琴华'[int(place[-1]) + 3 * (int(place[0]) - 3) - 1]}",
            address=place,
            new_household=True,
            tag_ids=(tag,),
        )
    rule = RuleInput(name="独居", risk=Risk.RED, days=7, tag_ids=(tag,))
    begun = date(2026, 11, 1)
    clerk.do("早就是", lambda s: [setattr(one, "since", begun) for one in s.scalars(_TAGGED)])
    clerk.do("规则", lambda s: visit_rules.add(s, rule, since=begun, today=begun))


_TAGGED = select(ResidentTag)


@pytest.fixture
def page(clerk: Clerk, context: Context, qtbot: QtBot) -> GridsPage:
    return shown(context, qtbot)


def shown(context: Context, qtbot: QtBot) -> GridsPage:
    page = GridsPage(context)
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1218, 728)
    with qtbot.waitActive(page):
        page.show()
    return page


def tab_of(page: GridsPage) -> DistrictsTab:
    tab = page.open("网格楼栋")
    assert isinstance(tab, DistrictsTab)
    return tab


def seen(tab: DistrictsTab) -> list[str]:
    """The lines of the tree that lie open, as they are read out."""
    found, index = [], tab.tree.nodes.index(0, 0)
    while index.isValid():
        found.append(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        index = tab.tree.indexBelow(index)
    return found


def press(qtbot: QtBot, tab: DistrictsTab, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(tab.tree, key)


def at(tab: DistrictsTab, number: str, grid_id: int) -> None:
    with tab.context.database.reading() as session:
        key = session.scalar(select(Building.id).filter_by(number=number))
    assert tab.tree.choose(("building", grid_id, key, ""))


def homes(clerk: Clerk) -> dict[str, int | None]:
    """By the number of a building the grid that it belongs to."""
    found = select(Building.number, Building.grid_id)
    return {number: grid for number, grid in clerk.see(lambda s: list(s.execute(found)))}


def moves(clerk: Clerk) -> list[tuple[int | None, int | None, int]]:
    found = select(BuildingMove.from_grid_id, BuildingMove.to_grid_id, BuildingMove.people)
    return [tuple(row) for row in clerk.see(lambda s: list(s.execute(found)))]


def then(act: Callable[[QDialog], object]) -> Callable[[QDialog], int]:
    """What a person does in a dialog; whether it was closed with its button."""

    def handle(dialog: QDialog) -> int:
        act(dialog)
        return dialog.result()

    return handle


# -- the tree


def test_the_tree_is_walked_unfolded_and_taken_by_keys_and_everything_follows(
    page: GridsPage, qtbot: QtBot
) -> None:
    tab = tab_of(page)
    assert seen(tab) == ["望海社区 7 人", "第一网格 6", "第二网格 1"]
    assert tab.card.count.text() == "3 栋"
    assert [tab.accessibleName() for tab in page.tabs._group.buttons()][3] == "走访 7"
    press(qtbot, tab, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert seen(tab) == ["望海社区 7 人", "第一网格 6", "3 号楼 3", "4 号楼 3", "第二网格 1"]
    assert tab.facts.name.text() == "第一网格"
    assert tab.facts.figures.accessibleName().startswith(
        "户 6，人 6，60 岁以上 0，党员 0，独居老人 6"
    )
    assert tab.workload.list.current_grid == FIRST
    assert len(tab.due.due.items) == 6
    press(qtbot, tab, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert seen(tab)[1:] == ["第一网格 6", "第二网格 1", "5 号楼 1"]
    assert len(tab.due.due.items) == 1


def test_what_is_open_and_chosen_stays_so_when_the_office_changes(
    page: GridsPage, clerk: Clerk, context: Context
) -> None:
    tab = tab_of(page)
    at(tab, "4", FIRST)
    clerk.add("新来的", address="4-2-201")
    page.refresh()
    assert tab.tree.current is not None
    assert (tab.tree.current.name, tab.tree.current.people) == ("4 号楼", 4)
    assert "第一网格 7" in seen(tab)


def test_the_comparison_chooses_a_grid_as_the_tree_does(page: GridsPage, qtbot: QtBot) -> None:
    tab = tab_of(page)
    listed = tab.workload.list
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    tab.show_place()
    assert tab.facts.name.text() == "第二网格"
    spoken = listed.model_.lines[0].spoken
    assert spoken == (
        "第一网格 没有专职网格员：户数 6，重点对象 6（偏多），本月走访 0/6，在办诉求 0"
    ).replace("户数 6", "户数 6（偏多）")
    average = tab.workload.average.line
    assert average is not None
    assert average.bars[2].words == "0%"  # not the sum of all
    assert tab.advice.words.text().endswith("就是 3 比 4。")


# -- moving


def test_chosen_buildings_move_by_key_and_undo_is_one_step(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    tab = tab_of(page)
    at(tab, "3", FIRST)
    qtbot.keyClick(tab.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    said = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveDialog)
        said.append(dialog.said.text())
        dialog.target.setCurrentText("第二网格")
        dialog.reason.setText("网格员调整")
        dialog.save()

    dialogs.on_dialog = then(act)
    qtbot.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert said == [
        "3 号楼（第一网格）：3 人一起过去\n4 号楼（第一网格）：3 人一起过去",
    ]
    assert homes(clerk) == {"3": SECOND, "4": SECOND, "5": SECOND}
    assert moves(clerk) == [(FIRST, SECOND, 3), (FIRST, SECOND, 3)]
    assert "第二网格 7" in seen(tab)
    clerk.undo_last()
    assert homes(clerk) == {"3": FIRST, "4": FIRST, "5": SECOND}
    assert clerk.see(lambda s: set(s.scalars(select(Resident.grid_id)))) == {FIRST, SECOND}


@pytest.mark.parametrize(("many", "made"), [(6, ["划楼前"]), (7, [])])
def test_where_many_people_go_along_the_office_is_backed_up_before(
    office_folder: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    many: int,
    made: list[str],
) -> None:
    """Six go along; from how many on it is many is the rule of all backups before a step."""
    monkeypatch.setattr("app.storage.backup.MANY", many)
    with keyed_office(paths.database_file(), clock) as context:
        _two_grids(context.database)
        clerk = Clerk(context.database, clock.now())
        ids = clerk.see(lambda s: s.scalars(select(Building.id).order_by(Building.number)).all())
        move_parts(context, {Part(one, FIRST): SECOND for one in ids[:2]}, "")

        assert homes(clerk) == {"3": SECOND, "4": SECOND, "5": SECOND}
        backups = list_backups(paths.backup_dir())
        assert [one.reason for one in backups] == made
        for one in backups:
            with closing(Database.open(one.file, context.database.key, clock=clock)) as copy:
                then = Clerk(copy, clock.now())
                assert homes(then) == {"3": FIRST, "4": FIRST, "5": SECOND}


def test_a_dragged_building_is_asked_about_and_stays_where_nobody_agrees(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    tab = tab_of(page)
    at(tab, "3", FIRST)
    asked = []

    def drop() -> None:
        index = tab.tree.nodes.find(("grid", SECOND, None, ""))
        place = QPointF(tab.tree.visualRect(index).center())
        carried = tab.tree.nodes.mimeData(tab.tree.selectedIndexes())
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        with qtbot.waitSignal(tab.tree.dropped):
            tab.tree.dropEvent(QDropEvent(place, Qt.DropAction.MoveAction, carried, left, plain))

    def refuse(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveDialog)
        asked.append(dialog.target.currentText())
        dialog.reject()

    dialogs.on_dialog = then(refuse)
    drop()
    assert (asked, moves(clerk)) == (["第二网格"], [])
    dialogs.on_dialog = then(lambda dialog: dialog.save())
    drop()
    assert moves(clerk) == [(FIRST, SECOND, 3)]
    assert tab.tree.current is not None
    assert tab.tree.current.key[:2] == ("building", SECOND)


def test_a_trial_saves_nothing_before_it_is_agreed_to(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    tab = tab_of(page)
    seen_words = []

    def try_and(dialog: QDialog, *, agree: bool) -> None:
        if not isinstance(dialog, TrialDialog):
            seen_words.append(dialog.words)
            dialog.done(int(agree))
            return
        assert len(dialog.tried) == 1
        rows = [[cell.plain for cell in dialog.grids.paged_model.cells(row)] for row in (0, 1)]
        assert rows == [
            ["第一网格", "6 → 3", "6 → 3", "6 → 3"],
            ["第二网格", "1 → 4", "1 → 4", "1 → 4"],
        ]
        dialog.save()
        if not dialog.result():
            dialog.reject()

    dialogs.on_dialog = then(lambda dialog: try_and(dialog, agree=False))
    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert moves(clerk) == []
    assert seen_words == ["3 号楼（3 人）到第二网格。住户今天起跟着走，历史保留，可以撤销。"]
    dialogs.on_dialog = then(lambda dialog: try_and(dialog, agree=True))
    tab.advice.try_button.click()
    assert moves(clerk) == [(FIRST, SECOND, 3)]


def test_the_trial_takes_other_buildings_and_gives_them_back(
    page: GridsPage, qtbot: QtBot, context: Context
) -> None:
    dialog = TrialDialog(context, tab_of(page).work, None, page)
    qtbot.addWidget(dialog)
    assert not dialog.save_button.isEnabled()
    dialog.buildings.select_row(2)
    dialog.target.setCurrentText("第一网格")
    dialog.target.activated.emit(dialog.target.currentIndex())
    assert [(part.grid_id, to) for part, to in dialog.tried.items()] == [(SECOND, FIRST)]
    assert "重点对象最多的是第一网格 7 人" in dialog.words._line.text()
    dialog.reset()
    assert (dialog.tried, dialog.save_button.isEnabled()) == ({}, False)


# -- grids and buildings


def test_a_new_grid_is_proposed_with_number_name_and_code(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    clerk.do("区划", lambda s: settings.change(s, REGION_CODE, "210214001001"))
    tab = tab_of(page)
    proposed = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, GridDialog)
        proposed.append((dialog.number.value(), dialog.name.text(), dialog.code.text()))
        dialog.number.setValue(7)
        dialog.kind.setCurrentText("专属网格")
        dialog.area.setText("望海小学")
        dialog.save()

    dialogs.on_dialog = then(act)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert proposed == [(3, "第三网格", "210214001001003")]
    made = clerk.see(lambda s: s.scalars(select(Grid).filter_by(number=7)).one())
    assert (made.name, made.code, made.area) == ("第七网格", "210214001001007", "望海小学")
    assert tab.tree.current is not None
    assert "第七网格 —" in seen(tab)
    assert (tab.tree.current.name, tab.facts.kind.accessibleName()) == ("第七网格", "专属网格")


def test_a_building_of_another_grid_is_moved_here_instead_of_made_twice(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    tab = tab_of(page)
    tab.tree.choose(("grid", SECOND, None, ""))
    asked = []

    def act(dialog: QDialog) -> None:
        if isinstance(dialog, BuildingDialog):
            assert dialog.grid.currentText() == "第二网格"
            dialog.number.setText("3号楼")
            dialog.save()
        else:
            asked.append(dialog.words)
            dialog.done(1)

    dialogs.on_dialog = then(act)
    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert asked == [
        "3 号楼已经在第一网格，住着 3 人，一栋楼只能归一个网格。"
        "要归这里，请把它移过来，3 人当天跟着走。"
    ]
    assert moves(clerk) == [(FIRST, SECOND, 3)]


def test_a_grid_with_people_stays_and_the_sentence_says_what_to_do(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs, qtbot: QtBot
) -> None:
    tab = tab_of(page)
    tab.tree.choose(("grid", SECOND, None, ""))
    dialogs.answers.append("删除")
    press(qtbot, tab, Qt.Key.Key_Delete)
    assert dialogs.shown[1].startswith("第二网格还不能删除：还有 1 人，他们到期的走访也在这里")
    assert "第二网格 1" in seen(tab)


def test_a_form_that_was_open_when_the_program_ended_goes_on(
    page: GridsPage, clerk: Clerk, dialogs: Dialogs
) -> None:
    kept = {"楼号": "5", "楼名": "望海楼", "楼栋党小组": "五号楼党小组", "网格": "第二网格"}
    clerk.do(
        "草稿",
        lambda s: drafts.keep(s, "building:3", kept, now=clerk.now, title="修改楼栋 5"),
    )
    dialogs.on_dialog = then(lambda dialog: dialog.save())
    page.show_record(Unsaved("building:3"))
    assert clerk.see(lambda s: s.get_one(Building, 3).party_group) == "五号楼党小组"


# -- what is found and shown


def test_the_search_goes_to_the_place_of_a_person(page: GridsPage, qtbot: QtBot) -> None:
    tab = tab_of(page)
    finder = tab._head.finder
    qtbot.keyClick(page, Qt.Key.Key_F3)
    qtbot.keyClicks(finder, "wxh")
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert tab.tree.current is not None
    assert tab.tree.current.key[:2] == ("building", SECOND)
    assert tab.facts.name.text() == "5 号楼"
    assert finder.text() == ""
    page.show_record(ShowGrid(FIRST))
    assert tab.facts.name.text() == "第一网格"


def test_the_data_of_the_comparison_sums_up(page: GridsPage, qtbot: QtBot) -> None:
    dialog = WorkloadDialog(tab_of(page).work, "2026-11-21")
    qtbot.addWidget(dialog)
    rows = [[cell.plain for cell in dialog.model.cells(row)] for row in range(3)]
    assert rows[0] == ["第一网格", "", "6", "6 偏多", "6 偏多", "6", "0", "0%", "0"]
    assert rows[2] == ["合计", "", "7", "7", "7", "7", "0", "0%", "0"]


# -- whose page it is


def test_a_grid_member_has_own_grids_and_no_comparison(
    clerk: Clerk, context: Context, qtbot: QtBot
) -> None:
    rights = DEFAULTS[GRID_MEMBER]
    clerk.database.act_as(Actor("孙丽", GRID_MEMBER, rights, frozenset({SECOND})))
    tab = tab_of(shown(context, qtbot))
    assert seen(tab) == ["我的网格 1 人", "第二网格 1"]
    assert not tab.workload.isVisible()
    assert not tab.advice.isVisible()
    assert tab.due.isVisible()
    assert offered(tab.commands) == ["划楼记录…"]
    assert not tab.tree.dragEnabled()


def offered(commands: PlaceCommands) -> list[str]:
    menu = QMenu()
    commands.fill_menu(menu)
    return [action.text() for action in menu.actions() if action.text()]


def test_an_empty_office_is_told_how_to_begin(
    context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    page = shown(context, qtbot)
    tab = tab_of(page)
    empty = tab.stack.currentWidget()
    assert isinstance(empty, EmptyState)
    dialogs.on_dialog = then(lambda dialog: dialog.save())
    tab.commands.new_grid()
    assert seen(tab) == ["本社区 0 人", "第一网格 0"]
    assert tab.stack.currentIndex() == 0
    context.database.act_as(Actor("李娜", READER, DEFAULTS[READER]))
    assert offered(tab_of(shown(context, qtbot)).commands) == ["划楼记录…"]
