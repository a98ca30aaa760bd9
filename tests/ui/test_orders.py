"""The tab 订餐 by its keys: the day and its kitchen, standing orders, stops, papers, wishes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.clock import Clock
from app.context import Context
from app.errors import DomainError
from app.models import Change, MealOrder, Operation, OrderState
from app.services import diners, meal_orders, order_pauses, standing_orders
from app.services.diners import DinerView
from app.services.meal_orders import OrderInput
from app.services.order_pauses import PauseInput
from app.services.standing_orders import StandingInput
from app.ui.canteen.orders.diner_dialog import DinerDialog
from app.ui.canteen.orders.labels_dialog import LabelsDialog
from app.ui.canteen.orders.order_dialog import OrderDialog
from app.ui.canteen.orders.pause_dialog import PauseDialog
from app.ui.canteen.orders.standing_dialog import DRAFT, StandingDialog
from app.ui.canteen.orders.tab import DAY, STANDING, OrdersTab
from app.ui.canteen.page import CanteenPage
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.people.canteen_wish import NewStandingOrder, ShowMealOrder, ShowStandingOrder
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import CANTEEN, READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on

ENTER, CTRL, ALT = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


@pytest.fixture
def stage(context: Context) -> Stage:
    """Saturday 9:30: three standing lunches from tomorrow on, one of them soft, without fish."""
    found = stage_on(context.database)
    for who in ("chen", "wang", "li"):
        entered = StandingInput(
            resident_id=found.people[who],
            canteen_id=found.canteen,
            period=LUNCH,
            weekdays="1234567",
            set_letter="A",
            since=SUNDAY,
        )
        found.do(standing_orders.add, entered, now=found.now)
    known = DinerView(
        resident_id=found.people["chen"],
        diet="软食",
        avoids="鱼",
        consented_on=found.today,
        contact="王丽",
        contact_relation="女儿",
        contact_phone="13940962277",
    )
    found.do(diners.save, known, today=found.today)
    return found


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> OrdersTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> OrdersTab:
    page = CanteenPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    context.signals.changed.connect(lambda _: page.refresh())
    with qtbot.waitActive(page):
        page.show()
    found = page.open("订餐")
    assert isinstance(found, OrdersTab)
    return found


def answer(dialogs: Dialogs, fill: Callable[[Any], int]) -> None:
    """`fill` gets the forms; questions and messages are for `dialogs` itself."""

    def on_dialog(dialog: QDialog) -> int:
        if not isinstance(dialog, Question | Message):
            return fill(dialog)
        dialogs.on_dialog = None
        result = dialogs.dialog(dialog)
        dialogs.on_dialog = on_dialog
        return result

    dialogs.on_dialog = on_dialog


def seen(tab: OrdersTab) -> dict[str, OrderState]:
    """The lines of the day, in words of the screen."""
    lines = tab.day._fetch(list(tab.day.model.ids))
    return {one.name: one.state for one in lines}


def test_whoever_opens_the_day_finds_tomorrows_orders_made_once(
    tab: OrdersTab, stage: Stage
) -> None:
    assert seen(tab) == {}
    tab.day.bar.step(1)
    assert seen(tab) == dict.fromkeys(("陈桂芳", "王秀兰", "李建国"), OrderState.ORDERED)
    assert tab.day.kitchen.figure.text() == "3"
    assert tab.day.kitchen.grid.lines == (("A 餐", (2, 1, 3)),)
    stage.clerk.undo_last()
    tab.refresh()
    # Whoever took it back is not overruled; the advice says what the plan has.
    assert seen(tab) == {}


def test_the_plan_makes_the_day_by_its_key_and_says_when_there_is_nothing_to_do(
    qtbot: QtBot, tab: OrdersTab, context: Context
) -> None:
    told: list[str] = []
    context.signals.notified.connect(told.append)
    tab.day.bar.go_to(MONDAY)
    qtbot.keyClick(tab, Qt.Key.Key_G, ALT)
    qtbot.keyClick(tab, Qt.Key.Key_G, ALT)
    assert told == [
        "11月23日的订餐已按长期订餐生成：新增 3 份",
        "订餐和长期订餐一致，没有要改的。",
    ]
    assert len(seen(tab)) == 3


def test_one_meal_is_ordered_by_keyboard_and_late_only_when_the_kitchen_was_asked(
    qtbot: QtBot, tab: OrdersTab, stage: Stage, dialogs: Dialogs
) -> None:
    def fill(dialog: Any) -> int:
        if isinstance(dialog, OrderDialog):
            assert dialog.day.value() == SUNDAY
            dialog.day.setText("11-21")
            assert dialog._day.message == "星期六・今天，09:00 已截止订餐"
            dialog.resident.choose()
            dialog.sets.setCurrentIndex(1)
            qtbot.keyClick(dialog.note, ENTER, CTRL)
            return dialog.result()
        dialog.picker.search.setText("sym")
        qtbot.keyClick(dialog.picker.search, ENTER)
        return dialog.result()

    answer(dialogs, fill)
    dialogs.answers += ["取消", "后厨同意了，照样订"]
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    assert "11-21 09:00 已经截止" in dialogs.shown[0]
    assert seen(tab) == {}
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    assert seen(tab) == {"孙玉梅": OrderState.ORDERED}
    line = tab.day.line
    assert line is not None
    assert (line.set_letter, line.by_hand) == ("B", True)
    assert tab.window().person_at_hand == stage.people["sun"]


def test_the_form_tells_what_the_person_pays_before_anything_is_ordered(
    qtbot: QtBot, tab: OrdersTab, stage: Stage, context: Context
) -> None:
    form = OrderDialog(context, tab.place)
    qtbot.addWidget(form)
    assert form._sets.message == "选好居民，这里说明本人付多少"
    form.resident.set_value(stage.people["chen"])
    assert form._sets.message.startswith("本人付 3.00 元。低保对象每餐补 9.00 元")
    form.quantity.set_value("2")
    assert form._sets.message.startswith("本人付 15.00 元")
    standing = StandingDialog(context, tab.place, resident_id=stage.people["sun"])
    qtbot.addWidget(standing)
    assert standing._price.detail.startswith("本人付 0.00 元")


def test_an_order_is_cancelled_with_a_reason_and_comes_back_by_the_same_key(
    qtbot: QtBot, tab: OrdersTab, dialogs: Dialogs
) -> None:
    def fill(dialog: Any) -> int:
        assert isinstance(dialog, ReasonDialog)
        dialog.line.setCurrentText("本人来电")
        dialog.save()
        return dialog.result()

    answer(dialogs, fill)
    tab.day.bar.step(1)
    first = tab.day.line
    assert first is not None
    qtbot.keyClick(tab, Qt.Key.Key_X, ALT)
    assert seen(tab)[first.name] is OrderState.CANCELLED
    assert (tab.day.line.reason, tab.day.card.restore.isVisible()) == ("本人来电", True)
    qtbot.keyClick(tab, Qt.Key.Key_X, ALT)
    assert seen(tab)[first.name] is OrderState.ORDERED
    tab.day.model.tick(range(3), on=True)
    qtbot.keyClick(tab, Qt.Key.Key_X, ALT)
    assert set(seen(tab).values()) == {OrderState.CANCELLED}
    assert tab.day.kitchen.count.portions == 0
    assert tab.day.kitchen.grid.isHidden()
    assert "还没有订餐" in tab.day.kitchen.ways.text()


def test_the_day_is_narrowed_by_name_diet_route_and_state(tab: OrdersTab) -> None:
    bar = tab.day.bar
    bar.step(1)
    tab.search.setText("wxl")
    assert list(seen(tab)) == ["王秀兰"]
    tab.search.setText("")
    bar.special.choose(True)
    assert list(seen(tab)) == ["陈桂芳"]
    bar.route.choose(0)
    bar.state.choose(OrderState.CANCELLED)
    assert seen(tab) == {}
    bar.clear_all()
    assert len(seen(tab)) == 3
    assert bar.filter_words == "2026-11-22 午餐"
    tab.place.choose_period(DINNER)
    assert seen(tab) == {}


def test_a_changed_plan_is_told_over_the_list_and_taken_over_by_the_key(
    qtbot: QtBot, tab: OrdersTab, stage: Stage
) -> None:
    """Past the services' own following: the plan was put back from the recycle bin."""
    tab.day.bar.step(1)
    stage.tamper("UPDATE standing_order SET set_letter = 'B' WHERE resident_id = 2")
    tab.refresh()
    assert tab.day.notice.words == "长期订餐改过了：改动 1 份。"
    assert tab.day.strip.isVisible()
    qtbot.keyClick(tab, Qt.Key.Key_G, ALT)
    assert not tab.day.strip.isVisible()
    letters = {one.name: one.set_letter for one in tab.day._lines.values()}
    assert letters["王秀兰"] == "B"


def test_a_dish_that_somebody_does_not_eat_is_told_with_the_name(
    tab: OrdersTab, stage: Stage
) -> None:
    stage.dish("红烧带鱼", 600, sets="A")
    stage.tamper(f"UPDATE menu_dish SET on_date = '{SUNDAY}'")
    tab.day.bar.step(1)
    assert "1 份餐忌口和菜谱冲突" in tab.day.notice.words
    chen = next(one.id for one in tab.day._lines.values() if one.name == "陈桂芳")
    tab.day.table.select_id(chen)
    labels = [one.text() for one in tab.day.card.facts.findChildren(type(tab.day.card.title))]
    assert "红烧带鱼（忌鱼）" in labels


def test_a_standing_order_is_made_by_keyboard_and_the_days_that_stand_follow(
    qtbot: QtBot, tab: OrdersTab, stage: Stage, dialogs: Dialogs
) -> None:
    def fill(dialog: Any) -> int:
        assert isinstance(dialog, StandingDialog)
        assert dialog.since.value() == SUNDAY
        field = dialog.weekdays
        for key in (Qt.Key.Key_0, Qt.Key.Key_6):
            qtbot.keyClick(field, key)
        dialog.quantity.set_value("2")
        qtbot.keyClick(dialog.note, ENTER, CTRL)
        return dialog.result()

    answer(dialogs, fill)
    tab.show_record(NewStandingOrder(stage.people["sun"]))
    line = tab.standing.card.line
    assert line is not None
    assert (line.name, line.weekdays, line.meal) == ("孙玉梅", "123457", "A 餐 ×2")
    tab.show_day(SUNDAY)
    assert "孙玉梅" in seen(tab)
    qtbot.keyClick(tab, Qt.Key.Key_V, ALT)
    assert tab.choice.value() == STANDING


def test_a_stop_tells_which_orders_are_there_and_cancels_them(
    qtbot: QtBot, tab: OrdersTab, stage: Stage, dialogs: Dialogs
) -> None:
    tab.day.bar.step(1)
    told = []

    def fill(dialog: Any) -> int:
        assert isinstance(dialog, PauseDialog)
        told.append(dialog.notice.words)
        dialog.save()
        dialog.reason.setCurrentText("住院")
        dialog.until.setText("11-25")
        qtbot.keyClick(dialog.until, ENTER, CTRL)
        return dialog.result()

    answer(dialogs, fill)
    tab.day.table.select_id(next(k for k, v in tab.day._lines.items() if v.name == "王秀兰"))
    qtbot.keyClick(tab, Qt.Key.Key_S, ALT)
    assert told == ["已有订餐，停送后取消：11-22 午餐"]
    assert "原因" in dialogs.shown[0]
    assert seen(tab)["王秀兰"] is OrderState.CANCELLED
    tab.show_view(STANDING)
    tab.search.setText("wxl")
    [button] = [
        tab.standing.card.stops.itemAt(place).widget()
        for place in range(tab.standing.card.stops.count())
    ]
    assert button.text() == "停送 11-22 至 11-25：住院"

    def shorter(dialog: Any) -> int:
        assert isinstance(dialog, PauseDialog)
        dialog.since.setText("11-24")
        dialog.save()
        return dialog.result()

    answer(dialogs, shorter)
    button.click()
    tab.show_day(SUNDAY)
    assert seen(tab)["王秀兰"] is OrderState.ORDERED


def test_a_stop_that_was_wrong_is_lifted_at_once(
    qtbot: QtBot, context: Context, tab: OrdersTab, stage: Stage
) -> None:
    person = stage.people["wang"]
    entered = PauseInput(resident_id=person, since=SUNDAY, reason="住院")
    stage.do(order_pauses.add, entered, now=stage.now)
    [pause] = stage.look(order_pauses.pauses, person, today=stage.today)
    dialog = PauseDialog(context, person, "王秀兰", pause=pause)
    qtbot.addWidget(dialog)
    dialog.resume_button.click()
    assert sentences(context)[-1] == "恢复送餐 王秀兰"
    assert stage.look(order_pauses.pauses, person, today=stage.today) == []
    tab.show_day(SUNDAY)
    assert seen(tab)["王秀兰"] is OrderState.ORDERED


def test_diet_and_family_are_kept_and_the_number_is_whole_for_who_may_see_it(
    qtbot: QtBot, tab: OrdersTab, stage: Stage, context: Context
) -> None:
    dialog = DinerDialog(context, stage.people["chen"], "陈桂芳")
    qtbot.addWidget(dialog)
    assert dialog.phone.text() == "13940962277"
    assert sentences(context)[-1] == "打开饮食和家属 陈桂芳"
    chip = next(one for one in dialog.diet.chips if one.name == "低盐")
    chip.click()
    assert dialog.diet.value() == "软食、低盐"
    dialog.save()
    clerk = DinerDialog(seen_by(context, "小店", CANTEEN), stage.people["chen"], "陈桂芳")
    qtbot.addWidget(clerk)
    assert (clerk.phone.text(), clerk.phone.isEnabled()) == ("139 **** 2277", False)
    clerk.save()
    known = stage.look(diners.diner, stage.people["chen"])
    assert (known.diet, known.contact_phone) == ("软食、低盐", "13940962277")


def test_a_disk_that_takes_nothing_is_told_when_the_form_of_a_diner_opens(
    tab: OrdersTab,
    stage: Stage,
    context: Context,
    dialogs: Dialogs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (chen,) = stage.ask("SELECT id FROM standing_order ORDER BY id LIMIT 1")
    tab.show_record(ShowStandingOrder(chen[0]))

    def full(_sentence: str) -> NoReturn:
        raise DomainError("磁盘满了。")

    monkeypatch.setattr(context.database, "transaction", full)

    tab.standing.act("diner")

    assert dialogs.shown == ["磁盘满了。"]


def test_the_kitchens_sheet_and_the_labels_are_on_record_when_they_are_printed(
    qtbot: QtBot, tab: OrdersTab, context: Context, dialogs: Dialogs
) -> None:
    tab.day.bar.step(1)
    papers: list[str] = []

    def fill(dialog: Any) -> int:
        if isinstance(dialog, LabelsDialog):
            dialog.save()
        elif isinstance(dialog, PaperPreview):
            papers.append("".join(text_by_pdfium(dialog.data)))
            dialog.note_taken("已送到打印机")
        return dialog.result()

    answer(dialogs, fill)
    qtbot.keyClick(tab, Qt.Key.Key_K, ALT)
    qtbot.waitUntil(lambda: len(papers) == 1, timeout=10_000)
    # The window of the job took the focus of the page along.
    tab.day.kitchen.labels_button.click()
    qtbot.waitUntil(lambda: len(papers) == 2, timeout=10_000)
    sheet, labels = papers
    assert "3 份订餐" in sheet
    assert labels.index("陈桂芳") < labels.index("王秀兰")
    assert sentences(context)[-2:] == ["打印 备餐单 11月22日午餐", "打印 餐盒标签 11月22日午餐"]
    with context.database.reading() as session:
        last = select(func.max(Operation.id)).scalar_subquery()
        looked = select(func.count()).select_from(Change).where(Change.operation_id == last)
        assert session.scalar(looked) == 1


def test_another_page_finds_an_order_a_standing_order_and_what_was_not_saved(
    tab: OrdersTab, stage: Stage, context: Context, dialogs: Dialogs, qtbot: QtBot
) -> None:
    entered = OrderInput(
        canteen_id=stage.canteen,
        on_date=MONDAY,
        period=DINNER,
        resident_id=stage.people["sun"],
        set_letter="A",
    )
    key = stage.do(meal_orders.order, entered, now=stage.now)
    tab.show_record(ShowMealOrder(key))
    assert (tab.choice.value(), tab.day.day, tab.day.line.name) == (DAY, MONDAY, "孙玉梅")
    tab.show_record(ShowStandingOrder(2))
    assert tab.standing.card.line.name == "王秀兰"
    warned: list[str] = []
    context.signals.warned.connect(warned.append)
    tab.show_record(ShowMealOrder(999))
    assert "已经不在了" in warned[0]
    dialog = StandingDialog(context, tab.place, resident_id=stage.people["sun"])
    qtbot.addWidget(dialog)
    dialog.note.setText("多给汤")
    dialog.weekdays.set_value("24")
    dialog.keeper.keep()
    kept = []
    answer(dialogs, lambda again: kept.append((again.note.text(), again.weekdays.value())) or 0)
    tab.show_record(Unsaved(f"{DRAFT}:new"))
    assert kept == [("多给汤", "24")]


def test_a_program_that_stood_open_over_night_shows_the_new_day(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    clock = _Turning(stage.now)
    tab = opened(qtbot, replace(context, clock=clock))
    assert tab.day.day == stage.today
    clock.moment = datetime(2026, 11, 22, 7, 0)
    tab.refresh()
    assert tab.day.day == SUNDAY
    assert len(seen(tab)) == 3
    tab.day.bar.go_to(stage.today)
    clock.moment = datetime(2026, 11, 23, 7, 0)
    tab.refresh()
    assert tab.day.day == stage.today


class _Turning(Clock):
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def test_who_may_only_look_makes_no_orders_and_is_offered_nothing(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    tab = opened(qtbot, seen_by(context, "小李", READER))
    tab.day.bar.step(1)
    assert seen(tab) == {}
    for button in (tab.new_button, tab.day.card.edit, tab.standing.card.edit):
        assert button.withheld
    with context.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MealOrder)) == 0


def test_an_office_without_a_canteen_is_told_where_to_begin(qtbot: QtBot, context: Context) -> None:
    tab = opened(qtbot, context)
    assert tab.stack.currentWidget() is tab._empty
    assert not tab.new_button.isVisible()
    tab.show_record(NewStandingOrder())


def sentences(context: Context) -> list[str]:
    with context.database.reading() as session:
        return list(session.scalars(select(Operation.sentence).order_by(Operation.id)))
