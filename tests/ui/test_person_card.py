"""The person card that all tabs share: what it shows, hides again, and does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import AccountKind, MealAccount, MealBalance, Visit, VisitResult
from app.services import cards, events, resident_forms, settings
from app.services.person_rounds import PersonRounds
from app.storage.engine import Database
from app.ui.kit import theme
from app.ui.people.canteen_wish import LogMeal, ShowMealAccount
from app.ui.people.date_line import DateLine, NearLine
from app.ui.people.grid_wish import NewRequest, ShowVisits
from app.ui.people.ledger_lines import visits_words
from app.ui.people.meetings_wish import NewTopic
from app.ui.people.person_card import PersonCard
from app.ui.people.person_picker import PersonPicker
from app.ui.people.visit_dialog import VisitDialog
from app.values.rights import Right
from tests.actors import actor
from tests.conftest import Dialogs
from tests.ui import people_office
from tests.ui.people_office import NOW, TODAY, Office


@pytest.fixture
def office(database: Database) -> Office:
    return people_office.found(database)


@pytest.fixture
def card(qtbot: QtBot, context: Context, office: Office) -> PersonCard:
    card = PersonCard(context)
    qtbot.addWidget(card)
    card.resize(card.width(), 640)
    card.show()
    return card


def show(card: PersonCard, resident_id: int) -> None:
    card.show_person(resident_id)
    card.load()


def test_the_card_says_who_it_is_with_masked_numbers(card: PersonCard, office: Office) -> None:
    show(card, office["王秀兰"])

    assert card.view.name.text() == "王秀兰"
    assert card.view._beside.text() == "女・78 岁"
    assert card.view.facts.fact("证件").startswith("2102 **** **** ")
    assert card.view.facts.fact("电话") == "138 **** 0612"
    assert card.view.facts.fact("住址") == "3 号楼 2 单元 301"
    assert card.view.tags.accessibleName() == "独居老人"


def test_f9_and_enter_make_the_sheet(card: PersonCard, office: Office, qtbot: QtBot) -> None:
    show(card, office["王秀兰"])

    card.open_print_menu()

    [menu] = [menu for menu in card.findChildren(QMenu) if menu.isVisible()]
    assert menu.activeAction().text() == "本人信息单"
    menu.close()


def test_a_revealed_number_is_journaled_and_masks_itself_after_a_minute(
    card: PersonCard, context: Context, office: Office, qtbot: QtBot
) -> None:
    show(card, office["王秀兰"])
    qtbot.mouseClick(card.view.facts.button("电话"), Qt.MouseButton.LeftButton)

    assert card.view.facts.fact("电话") == "13840310612"
    assert card.view.facts.button("电话").text() == "隐藏"
    assert people_office.looks(context.database, office["王秀兰"]) == ["查看 王秀兰 的电话"]
    assert card.reveal._timer.interval() == 1000 * context.settings[settings.MASK_SECONDS]
    card.reveal._timer.timeout.emit()
    assert card.view.facts.fact("电话") == "138 **** 0612"


def test_a_revealed_number_masks_itself_when_the_person_changes(
    card: PersonCard, office: Office
) -> None:
    show(card, office["王秀兰"])
    card.reveal_all()
    assert card.view.facts.fact("电话") == "13840310612"

    card.show_person(office["仇志国"])
    show(card, office["王秀兰"])

    assert card.view.facts.fact("电话") == "138 **** 0612"


def test_the_members_of_the_household_lead_to_each_other(
    card: PersonCard, office: Office, qtbot: QtBot
) -> None:
    show(card, office["仇志国"])
    lines = [line for line in card.view.members.lines if line.isVisible()]
    assert [line.text() for line in lines] == ["仇志国", "曲晓燕", "仇小虎"]

    with qtbot.waitSignal(card.person_requested) as asked:
        lines[1].click()

    assert asked.args == [office["曲晓燕"]]


def test_a_person_who_lives_alone_has_no_list_of_members(card: PersonCard, office: Office) -> None:
    show(card, office["王秀兰"])

    assert not card.view.members.isVisible()
    assert card.view.facts.fact("户") == "户主・本户 1 人"


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "资料没有核对过"), (0, "资料今天核对"), (7, "资料 7 天前核对")],
)
def test_the_card_says_when_the_data_was_last_checked(
    card: PersonCard, context: Context, office: Office, days: int | None, words: str
) -> None:
    if days is not None:
        with context.database.transaction("核对") as session:
            day = TODAY - timedelta(days=days)
            resident_forms.mark_checked(session, office["单玉梅"], today=day)
    show(card, office["单玉梅"])

    assert card.view.check_chip.accessibleName() == words
    assert card.view.check_button.isVisible() == (days != 0)


def test_checking_the_data_is_one_click(card: PersonCard, context: Context, office: Office) -> None:
    show(card, office["王秀兰"])
    card.view.check_button.click()

    with context.database.reading() as session:
        stored = cards.card(session, office["王秀兰"], today=TODAY)
    assert stored.checked_on == TODAY


def test_somebody_who_moved_out_can_be_taken_back_from_the_card(
    card: PersonCard, context: Context, office: Office
) -> None:
    with context.database.transaction("迁出") as session:
        events.move_out(session, office["单玉梅"], on_date=TODAY, now=NOW)
    show(card, office["单玉梅"])
    assert card.view.gone.isVisible()
    assert card.view.take_back.text() == "撤回迁出"

    card.view.take_back.click()
    card.load()

    assert card.card is not None
    assert card.card.departure == ""
    assert not card.view.gone.isVisible()


def test_a_person_who_was_deleted_leaves_an_empty_card(
    card: PersonCard, context: Context, office: Office
) -> None:
    with context.database.transaction("删除") as session:
        resident_forms.delete(session, office["单玉梅"], now=NOW)

    show(card, office["单玉梅"])

    assert card.card is None
    assert not card.view.isVisible()


def test_running_through_a_list_reads_only_the_person_at_the_end(
    card: PersonCard, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    read: list[int] = []
    real = cards.card
    monkeypatch.setattr(cards, "card", lambda s, one, **k: (read.append(one), real(s, one, **k))[1])

    for one in office.people.values():
        card.show_person(one)
    qtbot.waitUntil(lambda: card.card is not None)

    assert read == [office["阿迪力·买买提"]]


def test_the_first_card_waits_while_the_program_is_still_loading(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    loaded: list[bool] = []
    card = PersonCard(replace(context, ready=lambda: bool(loaded)))
    qtbot.addWidget(card)
    card.show_person(office["王秀兰"])
    card._timer.timeout.emit()
    assert card.card is None

    loaded.append(True)
    qtbot.waitUntil(lambda: card.card is not None)
    assert card.card.name == "王秀兰"


def test_in_large_type_the_card_drops_what_does_not_decide(
    qtbot: QtBot, qapp: QApplication, context: Context, office: Office
) -> None:
    theme.apply(qapp, "大字")
    card = PersonCard(context)
    qtbot.addWidget(card)
    card.show()
    show(card, office["仇志国"])

    assert not card.view.history.isVisible()
    assert card.view.facts.fact("居住") == ""
    assert card.view.facts.fact("电话") == "139 **** 8842"


def test_a_person_is_picked_by_two_letters_and_enter(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    picker = PersonPicker(context, without=[office["仇志国"]])
    qtbot.addWidget(picker)
    picker.show()
    picker.search.setText("仇")
    assert office["仇志国"] not in picker.model.ids

    picker.search.clear()
    qtbot.keyClicks(picker.search, "qxy")
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert picked.args == [office["曲晓燕"]]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2026年11月3日", "2026-11-03"), ("20261103", "2026-11-03"), ("今天", "2026-11-21")],
)
def test_a_date_is_shown_as_it_will_be_stored(qtbot: QtBot, typed: str, shown: str) -> None:
    line = DateLine(TODAY)
    qtbot.addWidget(line)
    line.setText(typed)

    line.editingFinished.emit()

    assert line.text() == shown


@pytest.mark.parametrize(
    ("typed", "lately", "soon"),
    [
        ("20", date(2026, 11, 20), date(2026, 11, 20)),
        ("11-28", date(2025, 11, 28), date(2026, 11, 28)),
        ("1月5日", date(2026, 1, 5), date(2027, 1, 5)),
        ("2月29日", date(2024, 2, 29), date(2028, 2, 29)),
        ("2月30日", None, None),
        ("2026-11-03", date(2026, 11, 3), date(2026, 11, 3)),
    ],
)
def test_a_day_without_its_year_is_the_nearest_that_may_be_meant(
    qtbot: QtBot, typed: str, lately: date | None, soon: date | None
) -> None:
    past, plan = NearLine(TODAY), NearLine(TODAY, future=True)
    for line in (past, plan):
        qtbot.addWidget(line)
        line.setText(typed)

    assert (past.value(), plan.value()) == (lately, soon)


def test_what_is_no_date_stays_and_turns_red(qtbot: QtBot) -> None:
    line = DateLine(TODAY)
    qtbot.addWidget(line)
    line.setText("去年冬天")

    line.editingFinished.emit()

    assert (line.text(), line.property("state"), line.value()) == ("去年冬天", "danger", None)


def test_the_ledgers_say_what_was_visited_and_asked(card: PersonCard, office: Office) -> None:
    lan = office["王秀兰"]
    show(card, lan)
    lines = card.view.ledgers.lines
    assert (lines["走访"].words.figure, lines["走访"].words.latest) == ("今年 0 次", "还没走访过")
    assert lines["诉求"].words.figure == "没有"
    with card._context.database.transaction("走访") as session:
        session.add(
            Visit(
                resident_id=lan,
                on_date=TODAY - timedelta(days=7),
                result=VisitResult.FINE,
                entered_at=NOW,
            )
        )
    show(card, lan)
    card.load()
    assert (lines["走访"].words.figure, lines["走访"].words.latest) == ("今年 1 次", "7 天前・正常")


def test_a_visit_that_is_due_is_told_in_the_place_of_the_last_one() -> None:
    known = PersonRounds(due_on=TODAY - timedelta(days=3))
    assert visits_words(known, TODAY).latest == "超期 3 天"
    assert visits_words(known, TODAY).tone == "danger"
    assert visits_words(replace(known, due_on=TODAY), TODAY).latest == "今天该走访"
    assert visits_words(replace(known, due_on=TODAY + timedelta(days=30)), TODAY).tone == ""


def test_a_visit_is_put_down_from_the_card(
    card: PersonCard, office: Office, dialogs: Dialogs
) -> None:
    show(card, office["王秀兰"])

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, VisitDialog)
        dialog.choose(VisitResult.CHANGED)
        dialog.note.setPlainText("女儿来同住")
        dialog.confirm.click()
        return dialog.result()

    dialogs.on_dialog = fill
    card.view.ledgers.add_buttons["走访"].click()
    card.load()

    with card._context.database.reading() as session:
        visit = session.query(Visit).one()
    assert (visit.on_date, visit.result, visit.note) == (TODAY, VisitResult.CHANGED, "女儿来同住")
    assert card.view.ledgers.lines["走访"].words.latest == "今天・情况有变"


def test_a_visit_in_the_future_or_without_a_day_stays_in_the_dialog(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    dialog = VisitDialog(context, resident_id=office["王秀兰"])
    qtbot.addWidget(dialog)
    dialog.day.setText("2027-01-01")
    dialog.confirm.click()
    assert "请填走访的日期" in dialog._day_field.message
    assert dialog.result() == 0


def test_a_request_is_asked_of_the_page_of_the_grids(card: PersonCard, office: Office) -> None:
    show(card, office["王秀兰"])
    asked: list[object] = []
    card._context.signals.page_requested.connect(lambda key, wish: asked.append((key, wish)))
    card.view.ledgers.add_buttons["诉求"].click()
    card.view.ledgers.lines["走访"].click()
    card.view.ledgers.add_buttons["议事"].click()
    # There is none to be shown yet.
    card.view.ledgers.lines["诉求"].click()
    card.view.ledgers.lines["议事"].click()
    assert asked == [
        ("grids", NewRequest(resident_id=office["王秀兰"])),
        ("grids", ShowVisits(resident_id=office["王秀兰"])),
        ("meetings", NewTopic(resident_id=office["王秀兰"])),
    ]


@pytest.mark.parametrize(("role", "offered"), [("只读", []), ("网格员", ["走访", "诉求", "议事"])])
def test_what_one_may_not_put_down_is_not_offered(
    qtbot: QtBot, context: Context, office: Office, role: str, offered: list[str]
) -> None:
    context.database.act_as(actor("孙丽", role))
    card = PersonCard(context)
    qtbot.addWidget(card)
    card.show()
    show(card, office["王秀兰"])
    ledgers = card.view.ledgers
    assert [name for name, one in ledgers.add_buttons.items() if one.isVisible()] == offered
    context.database.act_as(actor("食堂", "食堂"))
    other = PersonCard(context)
    qtbot.addWidget(other)
    other.show()
    show(other, office["王秀兰"])
    lines = other.view.ledgers.lines
    assert [name for name, one in lines.items() if one.isVisible()] == ["用餐"]
    assert other.view.ledgers.add_buttons["用餐"].isVisible()
    context.database.act_as(replace(actor("李想", "食堂"), rights=frozenset({Right.VIEW_PEOPLE})))
    third = PersonCard(context)
    qtbot.addWidget(third)
    third.show()
    show(third, office["王秀兰"])
    assert not third.view.ledgers_box.isVisible()


def test_what_somebody_eats_and_pays_stands_in_one_line(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    person = office["王秀兰"]

    facts = {"resident_id": person, "kind": AccountKind.CARD, "opened_on": TODAY}
    with context.database.transaction("开户") as session:
        session.add(MealAccount(id=7, **facts))
        session.flush()
        session.add(MealBalance(account_id=7, kind=AccountKind.CARD, balance=6350))
    card = PersonCard(context)
    qtbot.addWidget(card)
    card.show()
    show(card, person)
    asked: list[tuple[str, object]] = []
    card._context.signals.page_requested.connect(lambda key, wish: asked.append((key, wish)))
    line = card.view.ledgers.lines["用餐"]
    assert (line.words.figure, line.words.latest) == ("没有", "餐卡 63.50 元")
    line.click()
    card.view.ledgers.add_buttons["用餐"].click()
    assert asked == [("canteen", ShowMealAccount(7)), ("canteen", LogMeal(person))]
