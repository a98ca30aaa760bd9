"""组织: both trees move together, posts change hands by keyboard, people, papers, rights."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Action, Change, GridMember, PostKind, UserGrid
from app.services import drafts, member_forms, members, pairings, posts, settings, users
from app.services.member_forms import MemberInput
from app.services.organisation import Place
from app.services.posts import PostInput
from app.storage.engine import Database
from app.ui.grids.organisation import boards
from app.ui.grids.organisation.boards import BoardsDialog
from app.ui.grids.organisation.body_dialog import BodyDialog
from app.ui.grids.organisation.end_dialog import EndDialog
from app.ui.grids.organisation.member_dialog import MemberDialog
from app.ui.grids.organisation.pairing_dialog import PairingDialog
from app.ui.grids.organisation.place_card import PAIRINGS, PAST, VACANT
from app.ui.grids.organisation.post_dialog import PostDialog
from app.ui.grids.organisation.tab import PEOPLE, PLAN, OrganisationTab
from app.ui.grids.page import TABS, GridsPage
from app.ui.kit.dialogs import Message, Question
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.resident_link import ResidentDialog
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import GRID_MEMBER, READER
from tests.actors import actor, seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.ui import people_office
from tests.ui.people_office import Office

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
MARCH = date(2026, 3, 1)
ONLY = tuple(kind for kind in TABS if kind.title == "组织")


@pytest.fixture
def office(database: Database) -> Office:
    return people_office.found(database)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, office: Office) -> OrganisationTab:
    return _open(qtbot, context)


def _open(qtbot: QtBot, context: Context) -> OrganisationTab:
    page = GridsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    context.signals.changed.connect(lambda _: page.refresh())
    opened = page.open("组织")
    assert isinstance(opened, OrganisationTab)
    return opened


def answer(dialogs: Dialogs, fill: Callable[[QDialog], int]) -> None:
    """`fill` gets the forms; questions and messages are for `dialogs` itself."""

    def on_dialog(dialog: QDialog) -> int:
        if not isinstance(dialog, Question | Message):
            return fill(dialog)
        dialogs.on_dialog = None
        result = dialogs.dialog(dialog)
        dialogs.on_dialog = on_dialog
        return result

    dialogs.on_dialog = on_dialog


def member(context: Context, name: str, *, party: bool = False, phone: str = "") -> int:
    entered = MemberInput(name=name, party_member=party, phone=phone)
    with context.database.transaction(name) as session:
        return member_forms.add(session, entered)


def appoint(context: Context, member_id: int, kind: PostKind, **at: int) -> int:
    entered = PostInput(member_id=member_id, kind=kind, since=MARCH, **at)  # type: ignore[arg-type]  # its own fields
    with context.database.transaction("任职") as session:
        return posts.appoint(session, entered, today=context.clock.today()).post_id


def held(context: Context, kind: PostKind) -> list[tuple[str, str]]:
    with context.database.lookup() as lookup:
        return [(one.name, one.term) for one in posts.posts(lookup, kinds=[kind])]


def _seats(tab: OrganisationTab) -> list[tuple[str, str]]:
    model = tab.trees.card.parts["在任"].model
    rows = [model.row(number) for number in range(len(model.ids))]
    return [(row.kind.label, row.post.name if row.post else "") for row in rows]


def test_a_line_chosen_in_one_tree_shows_its_counterpart_in_the_other(
    tab: OrganisationTab, office: Office, qtbot: QtBot
) -> None:
    grid = office.grids["第三网格"]
    tab.trees.show_key(f"grid:{grid}")
    assert tab.trees.party.current.key == f"branch:{grid}"
    assert tab.trees.card.title.text() == "第三网格"
    tab.trees.party.setFocus()
    qtbot.keyClick(tab.trees.party, Qt.Key.Key_Right)
    qtbot.keyClick(tab.trees.party, Qt.Key.Key_Down)
    assert tab.trees.card.title.text() == "3 号楼党小组"
    assert tab.trees.community.current.title == "3 号楼"
    assert tab.trees.party.active
    assert not tab.trees.community.active


def test_somebody_is_appointed_by_keyboard_alone(
    tab: OrganisationTab, context: Context, office: Office, qtbot: QtBot, dialogs: Dialogs
) -> None:
    member(context, "孙丽")
    tab.trees.show_key(f"grid:{office.grids['第三网格']}")
    tab.trees.community.setFocus()
    qtbot.keyClick(tab.trees.community, ENTER)
    table = tab.trees.card.part.table
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, PostDialog)
        assert dialog.kind_chosen is PostKind.GRID_STAFF
        dialog.show()
        qtbot.keyClicks(dialog.member, "sl")
        dialog.since.setText("2026-3-1")
        qtbot.keyClick(dialog.since, ENTER, CTRL)
        return dialog.result()

    answer(dialogs, fill)
    qtbot.keyClick(table, "n", CTRL)
    assert held(context, PostKind.GRID_STAFF) == [("孙丽", "2026-03-01 起")]
    assert _seats(tab) == [("网格长", ""), ("专职网格员", "孙丽"), ("网格信息员", "")]
    words = [one.text() for one in tab.trees.card.choice.findChildren(QAbstractButton)]
    assert "在任 1" in words  # the empty seats beside it are not in office


def test_a_taken_post_asks_whether_the_other_follows(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    grid = office.grids["第三网格"]
    appoint(context, member(context, "孙丽"), PostKind.GRID_LEAD, grid_id=grid)
    ding = member(context, "丁伟")
    tab.refresh()
    tab.trees.show_key(f"grid:{grid}")

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, PostDialog)
        dialog.kind.setCurrentText("网格长")
        dialog.grid.choose_id(grid)
        dialog.member.choose_id(ding)
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    dialogs.answers.append("取消")
    tab.people.card.show_member(ding)
    tab.people.card.posts.buttons[0].click()
    assert "从 2026-03-01 起由孙丽担任" in " ".join(dialogs.shown)
    assert held(context, PostKind.GRID_LEAD) == [("孙丽", "2026-03-01 起")]
    dialogs.answers.append("办接任")
    tab.people.card.posts.buttons[0].click()
    assert held(context, PostKind.GRID_LEAD) == [
        ("丁伟", "2026-11-21 起"),
        ("孙丽", "2026-03-01 至 2026-11-20"),
    ]
    tab.trees.card.show_part(PAST)
    assert tab.trees.card.part.current.name == "孙丽"


def test_leaving_a_post_and_moving_to_another_are_buttons_of_the_card(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    three, four = office.grids["第三网格"], office.grids["第四网格"]
    appoint(context, member(context, "孙丽"), PostKind.GRID_LEAD, grid_id=three)
    tab.refresh()
    tab.trees.show_key(f"grid:{three}")
    new, follow, end, transfer, correct = tab.trees.card.part.buttons
    assert [one.isEnabled() for one in (new, follow, end, transfer, correct)] == [
        False,
        *[True] * 4,
    ]

    def to_four(dialog: QDialog) -> int:
        assert isinstance(dialog, PostDialog)
        assert not dialog.member.isEnabled()
        dialog.grid.choose_id(four)
        dialog.save()
        return dialog.result()

    answer(dialogs, to_four)
    transfer.click()
    tab.trees.show_key(f"grid:{four}")
    assert _seats(tab)[0] == ("网格长", "孙丽")

    def last_day(dialog: QDialog) -> int:
        assert isinstance(dialog, EndDialog)
        dialog.until.setText("2026-12-31")
        dialog.reason.setText("退休")
        dialog.save()
        return dialog.result()

    answer(dialogs, last_day)
    tab.trees.card.part.buttons[2].click()
    assert held(context, PostKind.GRID_LEAD)[0] == ("孙丽", "2026-11-21 至 2026-12-31")


def test_a_mistake_is_corrected_or_removed(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    grid = office.grids["第三网格"]
    appoint(context, member(context, "孙丽"), PostKind.GRID_LEAD, grid_id=grid)
    tab.refresh()
    tab.trees.show_key(f"grid:{grid}")

    def earlier(dialog: QDialog) -> int:
        assert isinstance(dialog, PostDialog)
        dialog.since.setText("2025-03-01")
        dialog.save()
        return dialog.result()

    answer(dialogs, earlier)
    tab.trees.card.part.buttons[4].click()
    assert held(context, PostKind.GRID_LEAD) == [("孙丽", "2025-03-01 起")]

    def remove(dialog: QDialog) -> int:
        assert isinstance(dialog, PostDialog)
        dialog.remove_button.click()
        return dialog.result()

    answer(dialogs, remove)
    dialogs.answers.append("删除")
    tab.trees.card.part.buttons[4].click()
    assert held(context, PostKind.GRID_LEAD) == []


def test_what_is_vacant_below_is_listed_and_filled_from_there(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    tab.trees.show_key("community")
    tab.trees.card.show_part(VACANT)
    part = tab.trees.card.part
    rows = [part.model.row(number) for number in range(len(part.model.ids))]
    assert ("3 号楼 2 单元", "单元长") in [(row.where, row.kind.label) for row in rows]
    opened: list[Place] = []

    def note(dialog: QDialog) -> int:
        assert isinstance(dialog, PostDialog)
        opened.append(Place(dialog.grid.chosen_id, dialog.building.chosen_id, dialog.unit.text()))
        return 0

    answer(dialogs, note)
    part.table.select_row(next(i for i, row in enumerate(rows) if row.where == "3 号楼 2 单元"))
    part.buttons[0].click()
    assert opened[0].unit == "2"
    assert opened[0].building_id is not None


def test_a_party_member_answers_for_a_household(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    member(context, "刘德厚", party=True)
    member(context, "不是党员")
    key = next(node.key for node in tab.trees.trees.community.walk() if node.title == "3 号楼")
    tab.trees.show_key(key)
    tab.trees.card.show_part(PAIRINGS)

    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, ResidentDialog):
            dialog.picker.picked.emit(office["王秀兰"])
            return dialog.result()
        assert isinstance(dialog, PairingDialog)
        offered = [dialog.member.itemText(i) for i in range(dialog.member.count())]
        assert offered[1:] == ["刘德厚"]
        dialog.member.setCurrentIndex(1)
        dialog.home.click()
        assert dialog.building.chosen_id is None
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    tab.trees.card.press_new()
    assert tab.trees.card.part.current.what == "3 号楼 2 单元 301 王秀兰户"
    dialogs.answers.append("结束")
    tab.trees.card.part.buttons[1].click()
    with context.database.lookup() as lookup:
        assert pairings.pairings(lookup)[0].until == context.clock.today()


def test_a_branch_is_given_a_name(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    tab.trees.show_key(f"branch:{office.grids['第三网格']}")

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, BodyDialog)
        dialog.name.setText("先锋党支部")
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    tab.trees.card.rename_button.click()
    assert tab.trees.card.title.text() == "先锋党支部"


def test_the_search_goes_from_one_match_to_the_next(
    tab: OrganisationTab, context: Context, office: Office, qtbot: QtBot
) -> None:
    sun = member(context, "孙丽")
    for name in ("第三网格", "第四网格"):
        appoint(context, sun, PostKind.GRID_LEAD, grid_id=office.grids[name])
    tab.refresh()
    qtbot.keyClicks(tab.search, "sunli")
    assert tab.trees.card.title.text() == "第三网格"
    qtbot.keyClick(tab.search, ENTER)
    assert tab.trees.card.title.text() == "第四网格"


# -- people


def test_a_resident_joins_without_his_private_phone_unless_it_is_ticked(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs, qtbot: QtBot
) -> None:
    dialog = MemberDialog(context)
    qtbot.addWidget(dialog)
    assert not dialog.private.isVisibleTo(dialog)
    dialogs.on_dialog = lambda it: (it.picker.picked.emit(office["仇志国"]), it.result())[1]  # type: ignore[attr-defined]
    dialog.resident.choose_button.click()
    assert (dialog.name.text(), dialog.phone.text()) == ("仇志国", "")
    assert dialog.party.isChecked()
    assert dialog.private.isVisibleTo(dialog)
    dialog.private.setChecked(True)
    assert dialog.phone.text() == "13940258842"
    dialog.private.setChecked(False)
    assert dialog.phone.text() == ""
    dialog.save()
    tab.show_view(PEOPLE)
    assert tab.people.table.paged_model.row(0).resident_id == office["仇志国"]


def test_a_photo_is_kept_small_and_shown_and_a_user_gets_the_grids_of_the_posts(
    tab: OrganisationTab,
    context: Context,
    office: Office,
    dialogs: Dialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    with context.database.transaction("使用人") as session:
        user = users.add(session, name="孙丽", role=GRID_MEMBER, slot="s1")
    key = member(context, "孙丽")
    appoint(context, key, PostKind.GRID_STAFF, grid_id=office.grids["第三网格"])
    picture = tmp_path / "large.png"
    QImage(2000, 3000, QImage.Format.Format_RGB32).save(str(picture))
    dialog = MemberDialog(context, key)
    qtbot.addWidget(dialog)
    dialogs.files.append(picture)
    dialog.photo.choose_button.click()
    dialog.user.choose_id(user)
    dialog.keeper.keep()
    dialog.save()
    with context.database.reading() as session:
        jpeg = members.photo(session, key)
        assert session.scalars(select(UserGrid.grid_id)).all() == [office.grids["第三网格"]]
    assert jpeg is not None
    assert QImage.fromData(jpeg).height() <= 441
    tab.show_person(key)
    assert tab.people.card.picture.isVisibleTo(tab)


def test_the_list_is_searched_and_who_has_a_post_is_not_deleted(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    sun, ding = member(context, "孙丽"), member(context, "丁伟")
    appoint(context, sun, PostKind.GRID_LEAD, grid_id=office.grids["第三网格"])
    tab.show_view(PEOPLE)
    tab.search.setText("sl")
    assert list(tab.people.model.ids) == [sun]
    dialogs.answers.append("删除")
    tab.people.card.remove_button.click()
    assert "请先办离任" in dialogs.shown[-1]
    tab.show_person(ding)
    dialogs.answers.append("删除")
    tab.people.card.remove_button.click()
    assert list(tab.people.model.ids) == [sun]


def test_who_is_not_found_leaves_an_empty_card_and_esc_shows_everybody_again(
    tab: OrganisationTab, context: Context, office: Office, qtbot: QtBot
) -> None:
    sun = member(context, "孙丽")
    tab.show_view(PEOPLE)
    for _ in range(2):
        tab.search.setText("没有这个人")
        assert tab.people.card.title.text() == "还没有选中人员"
        # What is shown in an empty list dies when another takes its place.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert tab.people.card.facts.findChildren(QLabel) == []
        qtbot.keyClick(tab.people.table, Qt.Key.Key_Escape)
        assert tab.search.text() == ""
        assert list(tab.people.model.ids) == [sun]


def test_a_form_that_was_not_saved_is_gone_on_with(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    with context.database.transaction("保存草稿") as session:
        drafts.keep(
            session,
            "member:new",
            {"姓名": "吕春梅", "居民": office["王秀兰"], "党员": True},
            now=context.clock.now(),
            title="添加人员",
        )
    found: list[tuple[str, int | None, bool]] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, MemberDialog)
        found.append((dialog.name.text(), dialog.resident.value(), dialog.party.isChecked()))
        return 0

    answer(dialogs, look)
    page = tab.parent().parent()
    assert isinstance(page, GridsPage)
    page.show_record(Unsaved("member:new"))
    assert found == [("吕春梅", office["王秀兰"], True)]


# -- papers


def _printed(context: Context) -> set[int]:
    with context.database.reading() as session:
        ranges = session.execute(
            select(Change.row_id, Change.last_row_id).where(
                Change.table_name == GridMember.__tablename__, Change.action == Action.PRINTED
            )
        )
        return {one for first, last in ranges for one in range(first, last + 1)}


def test_the_plan_is_drawn_on_the_screen_and_its_people_are_on_record_when_it_is_printed(
    tab: OrganisationTab, context: Context, office: Office
) -> None:
    sun = member(context, "孙丽")
    appoint(context, sun, PostKind.GRID_LEAD, grid_id=office.grids["第三网格"])
    tab.show_view(PLAN)
    assert tab.plan.panel.view.pages is not None
    tab.plan.choose("A3")
    tab.plan.panel.taken.emit("已存为 PDF")
    assert _printed(context) == {sun}


def test_the_boards_of_a_grid_or_of_all_show_the_work_phone_and_are_on_record(
    tab: OrganisationTab, context: Context, office: Office, dialogs: Dialogs
) -> None:
    with context.database.transaction("设置") as session:
        settings.change(session, settings.SUPERVISION_PHONE, "0411-12345678")
    sun = member(context, "孙丽", phone="13840910001")
    ding = member(context, "丁伟")
    appoint(context, sun, PostKind.GRID_STAFF, grid_id=office.grids["第三网格"])
    appoint(context, ding, PostKind.GRID_STAFF, grid_id=office.grids["第四网格"])
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            seen.append(text_by_pdfium(dialog.data))
            dialog.note_taken("已送到打印机")
            return 0
        assert isinstance(dialog, BoardsDialog)
        return 1

    answer(dialogs, look)
    boards.print_boards(context, tab, [office.grids["第三网格"]])
    assert "13840910001" in seen[0]
    assert "0411-12345678" in seen[0]
    assert "丁伟" not in seen[0]
    assert _printed(context) == {sun}
    tab.boards_button.click()
    assert "丁伟" in seen[1]
    assert _printed(context) == {sun, ding}


# -- rights


def test_who_may_only_look_is_offered_nothing(
    context: Context, office: Office, qtbot: QtBot
) -> None:
    appoint(context, member(context, "孙丽"), PostKind.GRID_LEAD, grid_id=office.grids["第三网格"])
    tab = _open(qtbot, seen_by(context, "来客", READER))
    tab.trees.show_key(f"grid:{office.grids['第三网格']}")
    assert tab.add_button.withheld
    assert tab.boards_button.withheld
    assert all(button.withheld for button in tab.trees.card.part.buttons)
    tab.show_person(1)
    assert tab.people.card.edit_button.withheld
    tab.people.edit(1)


def test_a_member_of_a_grid_sees_his_own_grid(
    context: Context, office: Office, qtbot: QtBot
) -> None:
    for name, grid in (("孙丽", "第三网格"), ("丁伟", "第四网格")):
        appoint(context, member(context, name), PostKind.GRID_STAFF, grid_id=office.grids[grid])
    own = frozenset({office.grids["第三网格"]})
    context.database.act_as(replace(actor("孙丽", GRID_MEMBER), grids=own))
    tab = _open(qtbot, context)
    assert [one.title for one in tab.trees.trees.community.children] == ["第三网格"]
    tab.show_view(PEOPLE)
    assert [tab.people.model.row(i).name for i in range(len(tab.people.model.ids))] == ["孙丽"]
