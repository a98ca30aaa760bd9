"""迁出, 户, 标签, 合并, 回收站, 疑似重复: dialogs do what they say, and tell what is missing."""

import pytest
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import EventKind, Resident
from app.services import cards, events, history, resident_forms, residents
from app.services.cards import ResidentCard
from app.services.resident_forms import ResidentInput
from app.storage.engine import Database
from app.ui.recent.recycle_bin import RecycleBinDialog
from app.ui.residents.events import DepartureDialog
from app.ui.residents.households import ChangeHouseholdDialog, HouseholdDialog
from app.ui.residents.merge import MergeDialog
from app.ui.residents.tags import END, TagDialog
from app.ui.residents.twins import TwinsDialog
from tests.conftest import Dialogs
from tests.services import grid_life
from tests.services.conftest import Clerk
from tests.ui import people_office
from tests.ui.people_office import NOW, TODAY, Office


@pytest.fixture
def office(database: Database) -> Office:
    return people_office.found(database)


def card_of(context: Context, resident_id: int) -> ResidentCard:
    with context.database.reading() as session:
        return cards.card(session, resident_id, today=TODAY)


def household_of(context: Context, resident_id: int) -> int:
    home = card_of(context, resident_id).household
    assert home is not None
    return home.id


def present(context: Context) -> int:
    with context.database.lookup() as lookup:
        return residents.counts(lookup, today=TODAY).people


# -- 迁出, 死亡


def test_a_head_who_dies_hands_over_to_whom_the_clerk_chose(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    dialog = DepartureDialog(context, card_of(context, office["仇志国"]), EventKind.DIED)
    qtbot.addWidget(dialog)
    dialog.new_head.setCurrentText("曲晓燕")
    dialog.save()

    assert dialog.result() == 1
    assert card_of(context, office["仇志国"]).departure == "死亡"
    home = card_of(context, office["曲晓燕"]).household
    assert home is not None
    assert home.head_name == "曲晓燕"
    assert present(context) == 5


def test_a_whole_household_moves_out_together(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    dialog = DepartureDialog(context, card_of(context, office["仇志国"]), EventKind.MOVED_OUT)
    qtbot.addWidget(dialog)
    dialog.whole.setChecked(True)
    dialog.save()

    assert present(context) == 3
    assert "3 人迁出" in dialog.sentence


def test_of_a_whole_household_the_open_requests_of_all_are_told(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    clerk = Clerk(context.database, NOW)
    grid_life.request(clerk, grid_life.category(clerk), resident_id=office["曲晓燕"])
    dialog = DepartureDialog(context, card_of(context, office["仇志国"]), EventKind.MOVED_OUT)
    qtbot.addWidget(dialog)
    dialog.show()
    asked = "曲晓燕还有 1 件诉求在办：20260001 楼道灯不亮（处理），照样办到回访、销号"
    assert asked not in dialog.ties.detail
    dialog.whole.setChecked(True)
    assert asked in dialog.ties.detail
    dialog.one.setChecked(True)
    assert asked not in dialog.ties.detail


def test_a_departure_needs_a_date_and_none_of_the_future(
    qtbot: QtBot, context: Context, office: Office, dialogs: Dialogs
) -> None:
    dialog = DepartureDialog(context, card_of(context, office["王秀兰"]), EventKind.MOVED_OUT)
    qtbot.addWidget(dialog)
    dialog.date.setText("")
    dialog.save()
    assert dialog._date_field.message == "请填写日期，如 2026-11-20。"

    dialog.date.setText("2027-01-01")
    dialog.save()

    assert dialog.result() == 0
    assert present(context) == 6


# -- 户


def test_another_head_is_chosen_with_the_relations_of_the_others(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    dialog = HouseholdDialog(context, household_of(context, office["仇志国"]))
    qtbot.addWidget(dialog)
    dialog.choose(0)
    panel = dialog.panels[0]
    panel.head.setCurrentText("曲晓燕")
    panel.relations[office["仇小虎"]].setCurrentText("子")
    dialog.save()

    assert card_of(context, office["曲晓燕"]).relation == "户主"
    assert card_of(context, office["仇小虎"]).relation == "子"


def test_a_split_asks_who_leaves_and_makes_a_new_household(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    old = household_of(context, office["仇志国"])
    dialog = HouseholdDialog(context, old)
    qtbot.addWidget(dialog)
    dialog.choose(1)
    dialog.save()
    assert dialog.trouble.text() == "请先勾选分出去的人。"

    panel = dialog.panels[1]
    panel.ticks[office["曲晓燕"]].setChecked(True)
    panel.ticks[office["仇小虎"]].setChecked(True)
    panel.address.setText("5-1-102")
    dialog.save()

    assert household_of(context, office["曲晓燕"]) == household_of(context, office["仇小虎"]) != old
    assert card_of(context, office["曲晓燕"]).place == "5 号楼 1 单元 102"
    assert card_of(context, office["曲晓燕"]).relation == "户主"


def test_a_household_moves_as_a_whole_and_a_wrong_address_is_told(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    dialog = HouseholdDialog(context, household_of(context, office["仇志国"]))
    qtbot.addWidget(dialog)
    dialog.choose(2)
    panel = dialog.panels[2]
    panel.address.setText("河边")
    dialog.save()
    assert dialog.trouble.text() == "看不懂这个住址，请写成 3-2-501 这样。"

    panel.address.setText("6-1-101")
    dialog.save()

    places = {card_of(context, office[name]).place for name in ("仇志国", "曲晓燕", "仇小虎")}
    assert places == {"6 号楼 1 单元 101"}


def test_a_person_changes_to_a_household_at_another_address(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    dialog = ChangeHouseholdDialog(context, card_of(context, office["单玉梅"]))
    qtbot.addWidget(dialog)
    dialog.save()
    assert dialog._address_field.message == "请先写住址，再选那里的一户。"

    dialog.address.setText("3-2-301")
    dialog.relation.setCurrentText("其他亲属")
    dialog.save()

    assert household_of(context, office["单玉梅"]) == household_of(context, office["王秀兰"])


# -- 标签


def test_a_tag_is_given_to_many_and_says_who_had_it(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    ids = [office["王秀兰"], office["单玉梅"]]
    dialog = TagDialog(context, ids, "已选 2 人")
    qtbot.addWidget(dialog)
    dialog.tag.setCurrentText("独居老人")
    dialog.source.setText("走访")
    dialog.save()

    assert dialog.sentence == "已加标签“独居老人”：1 人；1 人原来就有，没有改动"
    given = card_of(context, office["单玉梅"]).tags[0]
    assert (given.name, given.since, given.source) == ("独居老人", TODAY, "走访")


def test_an_ended_tag_stays_with_its_day(qtbot: QtBot, context: Context, office: Office) -> None:
    card = card_of(context, office["王秀兰"])
    dialog = TagDialog(context, [card.id], card.name, current=card.tags)
    qtbot.addWidget(dialog)
    dialog.edit(card.tags[0], ending=True)
    dialog.until.setText("2026-11-01")
    dialog.save()

    after = card_of(context, office["王秀兰"])
    assert after.tags == ()
    assert f"{after.past_tags[0].until:%Y-%m-%d}" == "2026-11-01"


def test_a_tag_of_several_people_can_be_ended(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    ids = [office["王秀兰"], office["单玉梅"]]
    dialog = TagDialog(context, ids, "已选 2 人")
    qtbot.addWidget(dialog)
    dialog.action.setCurrentText(END)
    dialog.tag.setCurrentText("独居老人")
    dialog.save()

    assert card_of(context, office["王秀兰"]).tags == ()
    assert dialog.sentence == "已结束标签“独居老人”：1 人；1 人没有这个标签"


# -- 合并


@pytest.fixture
def twin(context: Context, office: Office) -> int:
    """A second record of 王秀兰, with another phone and a workplace."""
    with context.database.transaction("重复录入") as session:
        return resident_forms.add(
            session,
            ResidentInput(
                name="王秀兰",
                sex="女",
                birth_date=card_of(context, office["王秀兰"]).birth_date,
                document_kind="none",
                phone="13998887766",
                workplace="大连造船厂",
            ),
            now=NOW,
        )


def test_a_merge_takes_the_chosen_values_and_fills_the_gaps(
    qtbot: QtBot, context: Context, office: Office, twin: int
) -> None:
    dialog = MergeDialog(context, office["王秀兰"], twin)
    qtbot.addWidget(dialog)
    assert dialog.comparison is not None
    dialog.comparison.take("phone")
    dialog.save()

    kept = card_of(context, office["王秀兰"])
    assert (kept.phone_masked, kept.workplace) == ("139 **** 7766", "大连造船厂")
    assert present(context) == 6


def test_a_merge_can_be_undone(qtbot: QtBot, context: Context, office: Office, twin: int) -> None:
    dialog = MergeDialog(context, office["王秀兰"], twin)
    qtbot.addWidget(dialog)
    dialog.save()
    with context.database.reading() as session:
        merged = history.of_record(session, Resident, office["王秀兰"])[0]

    with context.database.transaction("撤销合并") as session:
        history.undo(session, merged.operation_id)

    assert present(context) == 7
    assert card_of(context, twin).workplace == "大连造船厂"


def test_the_other_record_is_found_by_searching_and_the_two_can_be_swapped(
    qtbot: QtBot, context: Context, office: Office, twin: int
) -> None:
    dialog = MergeDialog(context, office["王秀兰"])
    qtbot.addWidget(dialog)
    dialog.picker.search.setText("wxl")
    assert list(dialog.picker.model.ids) == [twin]
    dialog.picker.search.submitted.emit("wxl")
    assert dialog.confirm.isVisibleTo(dialog)

    dialog.swap()

    assert (dialog.kept_id, dialog.other_id) == (twin, office["王秀兰"])


def test_look_alikes_are_listed_until_somebody_says_they_are_two(
    qtbot: QtBot, context: Context, office: Office, twin: int
) -> None:
    dialog = TwinsDialog(context)
    qtbot.addWidget(dialog)
    assert len(dialog.model.ids) == 1

    dialog.declare_distinct()

    assert len(dialog.model.ids) == 0
    assert not dialog.merge.isVisibleTo(dialog)


# -- 回收站


def test_a_deleted_person_comes_back_from_the_bin(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    with context.database.transaction("删除") as session:
        resident_forms.delete(session, office["单玉梅"], now=NOW)
    dialog = RecycleBinDialog(context)
    qtbot.addWidget(dialog)
    dialog.model.tick_all(on=True)
    dialog.restore()

    assert present(context) == 6
    assert dialog.sentence.startswith("已放回 单玉梅")


def test_moving_out_twice_is_told_and_changes_nothing(
    qtbot: QtBot, context: Context, office: Office, dialogs: Dialogs
) -> None:
    dialog = DepartureDialog(context, card_of(context, office["单玉梅"]), EventKind.MOVED_OUT)
    qtbot.addWidget(dialog)
    with context.database.transaction("迁出") as session:
        events.move_out(session, office["单玉梅"], on_date=TODAY, now=NOW)
    dialog.save()

    assert dialog.result() == 0
    assert "请先撤回那次变动" in dialogs.shown[0]
