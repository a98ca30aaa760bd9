"""Each role at the desk: pages open, what is offered works, and nothing is offered in vain."""

import json
from collections.abc import Iterator, Set
from contextlib import closing

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget

from app.errors import OutsideGrids
from app.services import exports, residents
from app.storage.lookup import Sql
from app.ui.kit.dialogs import Message
from app.ui.main_window import MainWindow
from app.ui.office.page import OfficePage
from app.ui.office.settings_form import CommunityTab
from app.ui.papers.kinds import LISTS, NOTICES, REFUSAL, PaperKind
from app.ui.people.paper_wish import PaperWish
from app.ui.residents.page import ResidentsPage
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, ROLES, Actor, Right
from tests.conftest import Dialogs
from tests.ui.screens import Stage, make_stage

PEOPLE = 120
PRESSED = ("社工", "网格员", "食堂", "只读")
"""The others may do everything, or what one of these may and more"""
OWN_GRID = frozenset({1})
REFUSED = """
    SELECT operation.details FROM operation JOIN change ON change.operation_id = operation.id
    WHERE change.action = 'refused' ORDER BY operation.id
"""
PAGES = {
    "书记": ["residents", "grids", "points", "canteen", "meetings", "papers", "office"],
    "主任": ["residents", "grids", "points", "canteen", "meetings", "papers", "office"],
    "社工": ["residents", "grids", "points", "canteen", "meetings", "papers", "office"],
    "网格员": ["residents", "grids", "meetings", "papers", "office"],
    "食堂": ["residents", "canteen", "papers", "office"],
    "积分超市": ["residents", "points", "papers", "office"],
    "只读": ["residents", "grids", "points", "canteen", "meetings", "office"],
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = make_stage(tmp_path_factory.mktemp("office"), people=PEOPLE)
    yield made
    made.database.close()


@pytest.fixture
def told(dialogs: Dialogs) -> list[str]:
    """Titles and words of everything that would have opened; all of it is closed again."""
    seen: list[str] = []

    def close(dialog: QDialog) -> int:
        seen.append(dialog.words if isinstance(dialog, Message) else dialog.windowTitle())
        dialog.deleteLater()
        return 0

    dialogs.on_dialog = close
    dialogs.files = [None] * 50
    return seen


def at_the_desk(stage: Stage, role: str, without: Set[Right] = frozenset()) -> MainWindow:
    context = stage.context()
    grids = OWN_GRID if role == GRID_MEMBER else None
    somebody = Actor("李娜", role, DEFAULTS[role] - without, grids, stage.vault.users()[2].slot, 3)
    stage.database.act_as(somebody)
    window = MainWindow(context)
    window.resize(1366, 768)
    window.show()
    return window


def settle(app: QApplication, window: MainWindow) -> None:
    """What was begun in the background has ended, and said what it had to say."""
    app.processEvents()
    window._context.background.finish()
    app.processEvents()


def refusals(stage: Stage) -> list[str]:
    """What the journal says of refused attempts, whoever is at the desk and sees of it."""
    with closing(stage.database.raw_copy_source()) as connection:
        return [row[0] for row in connection.execute(REFUSED)]


def offered(page: QWidget) -> list[QPushButton]:
    return [one for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]


def ready(page: QWidget) -> None:
    """Everybody listed, somebody's card, and people ticked: the foot offers most then."""
    if isinstance(page, ResidentsPage):
        page.list.filters.clear()
        page.list.card.load()
        page.list.listing.model.tick([0, 1], on=True)


def press_everything(app: QApplication, window: MainWindow, key: str) -> set[str]:
    """Click what is there, and once what the menus hold; back to the page each time."""
    pressed: set[str] = set()
    page = window.stack.currentWidget()
    ready(page)
    for name in [button.accessibleName() for button in offered(page)]:
        assert window.open_page(key)
        ready(page)
        button = next((one for one in offered(page) if one.accessibleName() == name), None)
        if button is not None:
            pressed.add(name)
            button.click()
            press_menu(app, pressed)
        settle(app, window)
        leave = getattr(page, "leave", None)
        assert leave is None or leave()
    return pressed


def press_menu(app: QApplication, pressed: set[str]) -> None:
    menu = app.activePopupWidget()
    if isinstance(menu, QMenu):
        for action in menu.actions():
            if action.isEnabled() and not action.menu() and action.text() not in pressed:
                pressed.add(action.text())
                action.trigger()
        menu.close()


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_is_offered_it_may_do(
    role: str, stage: Stage, qapp: QApplication, told: list[str]
) -> None:
    before = refusals(stage)
    window = at_the_desk(stage, role)
    pressed: set[str] = set()
    for key in PAGES[role]:
        assert window.open_page(key)
        settle(qapp, window)
        if role in PRESSED and key != "office":
            pressed |= press_everything(qapp, window, key)

    assert list(window._pages) == PAGES[role]
    assert refusals(stage) == before
    assert [words for words in told if "没有做" in words] == []
    if role in PRESSED:
        rights = DEFAULTS[role]
        assert any(name.startswith("打印") for name in pressed) == (Right.PRINT in rights)
        assert ("新增居民 Ctrl+N" in pressed) == (Right.EDIT_PEOPLE in rights)
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [(GRID_MEMBER, LISTS), ("社工", (*NOTICES, REFUSAL))],
    ids=["lists", "notices"],
)
def test_every_paper_that_leaves_is_on_record_with_the_people_on_it(
    role: str, kinds: tuple[PaperKind, ...], stage: Stage, qapp: QApplication, told: list[str]
) -> None:
    window = at_the_desk(stage, role)
    window.open_page("papers")
    page = window.stack.currentWidget()
    with stage.database.lookup() as lookup:
        (somebody,) = residents.list_ids(lookup, today=window._context.clock.today()).ids[:1]
    shown = [choice.key for _, group in page.choices._groups for choice in group]
    for kind in kinds:
        page.show_record(PaperWish(kind.key, (somebody,)))
        panel = page._current()
        if kind is REFUSAL:
            panel.applicant.setText("王秀兰")
            panel.matter.setText("亲属关系证明")
        panel.compose()
        settle(qapp, window)
        before = printed(stage)

        panel.leaving()()

        (new,) = printed(stage)[len(before) :]
        assert kind.key in shown
        assert new[1] == ("resident" if kind in LISTS else "refusal" if kind is REFUSAL else "user")
        if kind in LISTS:
            assert new[2] <= somebody <= new[3]
    assert [words for words in told if "没有做" in words] == []
    window.deleteLater()


def printed(stage: Stage) -> list[tuple[int, str, int, int]]:
    """Operation, table and rows of everything that was printed so far."""
    found = Sql(
        "SELECT operation_id, table_name, row_id, last_row_id FROM change"
        " WHERE action = 'printed' ORDER BY id"
    )
    with stage.database.lookup() as lookup:
        return list(lookup.rows(found))


def test_who_may_only_read_meets_a_calm_list(
    stage: Stage, qapp: QApplication, told: list[str]
) -> None:
    window = at_the_desk(stage, READER)
    page = window.stack.currentWidget()
    settle(qapp, window)
    page.list.card.load()
    settle(qapp, window)

    words = {button.text() for button in offered(page) if button.text()}
    menu = QMenu()
    page.list.table._menu_filler(menu, page.list.table.current_id())

    assert words & {"新增居民", "导入", "导出", "打印", "打开", "加标签", "更多", "显示"} == set()
    assert [action.text().split("\t")[0] for action in menu.actions() if action.text()] == ["经过…"]
    assert not page.acceptDrops()
    assert not page.list.listing.model.tickable
    page._export()
    page.list.card.reveal_all()
    page.open_person(page.list.table.current_id())
    assert page.stack.currentWidget() is page.list
    assert told == []
    window.deleteLater()


def test_a_grid_member_meets_the_people_of_the_own_grid_alone(
    stage: Stage, qapp: QApplication, told: list[str]
) -> None:
    window = at_the_desk(stage, "书记")
    everybody = len(window.stack.currentWidget().list.listing.ids)
    window.deleteLater()
    window = at_the_desk(stage, GRID_MEMBER)
    page = window.stack.currentWidget()
    settle(qapp, window)
    ids = list(page.list.listing.ids)

    with stage.database.lookup() as lookup:
        grids = {row[0] for row in lookup.rows(_GRIDS_OF_ALL)}
        mine = sum(1 for _ in lookup.rows(_GRIDS_OF_ALL))

    assert 0 < len(ids) < everybody
    assert len(ids) == mine
    assert grids <= OWN_GRID
    window.deleteLater()


def test_a_grid_member_takes_out_the_own_people_and_reaches_for_no_others(stage: Stage) -> None:
    """Also where the 书记 lets grid members export."""
    today = stage.context().clock.today()
    with stage.database.lookup() as lookup:
        everybody = residents.list_ids(lookup, today=today).ids
    rights = DEFAULTS[GRID_MEMBER] | {Right.EXPORT}
    stage.database.act_as(Actor("孙丽", GRID_MEMBER, rights, OWN_GRID, "s", 4))

    with stage.database.lookup() as lookup:
        own = residents.list_ids(lookup, today=today).ids
        lines = list(exports.lines(lookup, everybody, today=today))
    with stage.database.transaction("导出") as session:
        exports.note_exported(session, own)

    assert 0 < len(lines) == len(own) < len(everybody)
    with pytest.raises(OutsideGrids), stage.database.transaction("导出") as session:
        exports.note_exported(session, everybody)
    assert "不在您网格里" in json.loads(refusals(stage)[-1])["reason"]


@pytest.mark.parametrize(("role", "offered"), [("主任", True), ("社工", False)])
def test_settings_are_for_those_to_change_who_may(
    qapp: QApplication, stage: Stage, role: str, offered: bool
) -> None:
    context = stage.context()
    stage.database.act_as(Actor("马强", role, DEFAULTS[role]))
    tab = CommunityTab(context)

    assert tab.card._fields[0].control.isEnabled() is offered
    assert tab.card.save_button.isHidden() is not offered


@pytest.mark.parametrize(("role", "keys"), [("书记", {"保存", "立即备份"}), (GRID_MEMBER, set())])
def test_the_keys_named_in_the_settings_are_those_of_the_role(
    role: str, keys: set[str], stage: Stage, qapp: QApplication
) -> None:
    window = at_the_desk(stage, role)
    assert window.open_page("office")
    settle(qapp, window)
    page = window.stack.currentWidget()
    assert isinstance(page, OfficePage)
    assert {words for _, words in page.legend} == keys | {"按键一览"}
    window.deleteLater()


def test_a_right_that_is_taken_away_takes_its_buttons(
    stage: Stage, qapp: QApplication, told: list[str]
) -> None:
    window = at_the_desk(stage, "社工")
    shown = {button.text() for button in offered(window.stack.currentWidget())}
    window.deleteLater()
    window = at_the_desk(stage, "社工", without={Right.EXPORT, Right.IMPORT})
    left = {button.text() for button in offered(window.stack.currentWidget())}

    assert shown - left == {"导入", "导出"}
    window.deleteLater()


_GRIDS_OF_ALL = Sql("SELECT grid_id FROM resident WHERE deleted_at IS NULL AND departure IS NULL")
