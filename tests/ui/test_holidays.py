"""设置 · 节假日: the calendar by which the office counts working days."""

from datetime import date

import pytest

from app.models import CategoryGroup, Origin, Request
from app.services import calendar, categories, office, requests
from app.services.requests import RequestInput
from app.ui.office.holidays import HolidaysTab

ORDER = "一、元旦：2027年1月1日至3日放假调休，共3天。1月4日（周一）上班。"


@pytest.fixture
def tab(qtbot, context):
    with context.database.transaction("导入节假日") as session:
        calendar.seed(session)
    tab = HolidaysTab(context)
    qtbot.addWidget(tab)
    tab.resize(1000, 600)
    tab.show()
    return tab


def days_of(context, year):
    with context.database.reading() as session:
        return [(one.day, one.works, one.name) for one in calendar.days(session, year)]


def test_the_year_is_shown_and_one_without_data_says_so_in_yellow(tab):
    assert tab.model.rowCount() == 39
    assert tab.count.text() == "放假 33 天，调休上班 6 天"
    assert not tab.guessed.isVisible()

    tab.show_year(2027)

    assert tab.model.rowCount() == 0
    assert tab.guessed.isVisible()
    assert tab.guessed.objectName() == "warn"


def test_a_pasted_order_is_shown_in_words_and_entered_when_confirmed(tab, context, dialogs):
    tab.pasted.setPlainText(ORDER)
    dialogs.answers.append("写入")

    tab.read_button.click()

    assert "读到 2027 年 4 天：元旦 01-01 至 01-03；调休上班 01-04" in dialogs.shown[0]
    assert len(days_of(context, 2027)) == 4
    assert tab.year.currentText() == "2027"
    assert tab.pasted.toPlainText() == ""


def test_a_pasted_order_that_is_not_confirmed_changes_nothing(tab, context, dialogs):
    tab.pasted.setPlainText(ORDER)
    dialogs.answers.append("取消")

    tab.read_button.click()

    assert days_of(context, 2027) == []
    assert tab.pasted.toPlainText() == ORDER


def test_text_without_days_is_told_and_stays_to_be_corrected(tab, context, dialogs):
    tab.pasted.setPlainText("今天天气很好")

    tab.read_button.click()

    assert "没有读到放假日期" in dialogs.shown[0]
    assert tab.pasted.toPlainText() == "今天天气很好"


def test_a_span_is_typed_by_hand_one_day_without_an_end(tab, context):
    tab.first.setText("2027-06-09")
    tab.name.setText("端午节")

    tab.add_button.click()

    assert days_of(context, 2027) == [(date(2027, 6, 9), False, "端午节")]


def test_a_span_without_a_date_is_told(tab, context, dialogs):
    tab.name.setText("端午节")

    tab.add_button.click()

    assert "请填日期" in dialogs.shown[0]


def test_ticked_days_are_taken_out_after_a_question(tab, context, dialogs):
    tab.model.tick([0, 1, 2], on=True)
    dialogs.answers.append("删除")

    tab.remove_button.click()

    assert len(days_of(context, 2026)) == 36
    assert tab.model.ticked == frozenset()


def test_a_day_of_the_list_is_opened_corrected_and_entered_again(tab, context):
    tab.table.opened.emit(tab.model.id_at(0))
    assert tab.first.value() == date(2026, 1, 1)
    tab.name.setText("元旦（补假）")

    tab.add_button.click()

    assert days_of(context, 2026)[0] == (date(2026, 1, 1), False, "元旦（补假）")
    assert len(days_of(context, 2026)) == 39


def test_a_day_off_moves_the_deadlines_of_open_requests(tab, context):
    today = context.clock.today()
    with context.database.transaction("建立资料") as session:
        office.seed(session, today=today)
        kind = categories.categories(session, CategoryGroup.MATTER)[0]
        entered = RequestInput(origin=Origin.PHONE, category_id=kind.id, title="楼道灯不亮")
        key = requests.register(session, entered, now=context.clock.now())
        due_on = session.get(Request, key).due_on
    assert due_on == date(2026, 11, 23)

    tab.first.setText("2026-11-23")
    tab.name.setText("停电")
    tab.add_button.click()

    with context.database.reading() as session:
        assert session.get(Request, key).due_on == date(2026, 11, 24)
