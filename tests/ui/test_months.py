"""月结 as somebody uses it: what blocks, closing, the list, the steps to the archive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.clock import FixedClock
from app.context import Context
from app.models import Action, Change, Operation
from app.services import office, points_appeals, points_publishing, settings, users
from app.services.points_publishing import Step
from app.storage.engine import Database
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.points.months.cards import MonthCards
from app.ui.points.months.objections import ObjectionsDialog
from app.ui.points.months.step_dialogs import LongerDialog, PostDialog, SignDialog
from app.ui.points.months.tab import MonthsTab
from app.values.rights import Actor, Right
from tests.reports.reading import text_by_pypdf
from tests.storage.offices import CLOCK, furnish
from tests.ui import month_states
from tests.ui.hands import until
from tests.ui.month_states import OCTOBER, SEPTEMBER


def _fill(database: Database) -> None:
    with database.transaction("三个月的积分") as session:
        office.seed(session, today=CLOCK.today())
        settings.change(session, settings.COMMUNITY_NAME, "望海社区")
        users.add(session, name="周立群", role="书记", slot="1")
        month_states.write(session, CLOCK.now())


@pytest.fixture
def desk(context: Context) -> Context:
    furnish(context.database, _fill)
    return context


@pytest.fixture
def tab(desk: Context) -> Iterator[MonthsTab]:
    tab = MonthsTab(desk)
    desk.signals.changed.connect(lambda _: tab.refresh())
    tab.resize(1180, 620)
    tab.show()
    tab.refresh()
    settled(tab)
    yield tab
    settled(tab)
    tab.close()
    tab.deleteLater()


def settled(tab: MonthsTab) -> None:
    """Until the work that was begun is done, and the list stands on the desk."""
    until(lambda: tab._latest._job is None and not tab.context.background.busy)


def paper(tab: MonthsTab) -> str:
    settled(tab)
    return "".join(text_by_pypdf(tab.preview._pdf).split())


def step(tab: MonthsTab) -> Step | None:
    assert tab.facts is not None
    return tab.facts.step


def view(tab: MonthsTab) -> points_publishing.MonthView:
    assert tab.facts is not None
    assert tab.facts.closed is not None
    return tab.facts.closed


def test_the_month_that_is_over_and_open_is_shown_with_its_proof_and_its_list(
    tab: MonthsTab,
) -> None:
    assert tab.month.value == OCTOBER
    assert step(tab) is Step.CLOSE
    card = tab.cards.proof
    assert [card.words(name) for name in ("opening", "added", "taken", "entries", "balances")] == [
        "上月结余 188",
        "本月增加 + 188",
        "本月减少 − 15",
        "流水合计 361",
        "8 个账户余额合计 361",
    ]
    assert card.words("before") == "9 月公示 已月结"
    said = paper(tab)
    assert "合计上月结余188＋本月新增188－本月兑换15＝本月结余361" in said
    assert "还没有月结" in said
    assert "王*兰" in said
    assert "王秀兰" not in said


def test_what_waits_stands_in_words_below_the_button_that_is_off(tab: MonthsTab) -> None:
    claim = month_states.leave_waiting(tab.context)
    tab.refresh()
    card = tab.cards.steps
    assert not card.next_button.isEnabled()
    assert card.told.text() == "1 笔待复核，办完才能月结"
    assert [line.beside for line in card.steps.lines][:2] == ["剩 1 笔", "11-05 前"]
    month_states.take_back(tab.context, claim)
    tab.refresh()
    assert card.next_button.isEnabled()
    assert card.told.isHidden()


def test_the_present_month_says_from_when_it_can_be_closed(tab: MonthsTab) -> None:
    tab.month.choose(202611)
    settled(tab)
    assert not tab.cards.steps.next_button.isEnabled()
    assert tab.cards.steps.told.text() == "这个月还没有过完，12-01 起才能月结"
    tab.month.choose(None)
    assert tab.month.value == OCTOBER, "taken off, it is the month to see to again"


def test_closing_by_its_key_asks_first_and_tells_what_it_locks(
    tab: MonthsTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    told: list[str] = []
    tab.context.signals.notified.connect(told.append)
    answer = [False]
    monkeypatch.setattr(
        messages,
        "confirm",
        lambda *said: asked.append(said[2]) or answer[0],
    )
    tab.activateWindow()
    assert QTest.qWaitForWindowActive(tab.window())
    QTest.keyClick(tab, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert step(tab) is Step.CLOSE
    answer[0] = True
    QTest.keyClick(tab, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settled(tab)
    settled(tab)
    assert "增加 188 分，减少 15 分，月末 8 个账户共 361 分" in asked[0]
    assert "补记的记在2026年11月" in asked[0]
    assert told == ["已月结 2026年10月，月末结余 361 分"]
    assert step(tab) is Step.PREPARE
    assert tab.cards.steps.next_button.text() == "打印公示"
    assert "还没有月结" not in paper(tab)


def test_printing_the_list_of_a_closed_month_is_on_record_and_makes_it(
    tab: MonthsTab, desk: Context
) -> None:
    tab.month.choose(SEPTEMBER)
    settled(tab)
    printed: list[bool] = []
    tab.preview.print_instead = lambda: not printed.append(True)
    tab.cards.take_step()
    assert printed == [True]
    tab.preview.taken.emit("已送到打印机")
    settled(tab)
    assert step(tab) is Step.SIGN
    with desk.database.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        assert last.sentence == "打印 2026年9月积分公示"
        done = set(session.scalars(select(Change.action).where(Change.operation_id == last.id)))
    assert done == {Action.PRINTED, Action.UPDATED}
    tab.preview.taken.emit("已送到打印机")
    assert step(tab) is Step.SIGN, "printed again, nothing more is made"


def test_whoever_may_not_print_or_close_is_told_or_not_asked(desk: Context) -> None:
    all_but = Actor("李娜", rights=frozenset(set(Right) - {Right.PRINT}))
    desk.database.act_as(all_but)
    tab = MonthsTab(desk)
    tab.month.set_value(SEPTEMBER)
    tab.refresh()
    assert not tab.cards.steps.next_button.isEnabled()
    assert tab.cards.steps.told.text() == "打印出来才算生成，请能打印的人来打"
    settled(tab)
    desk.database.act_as(Actor("孙丽", rights=frozenset({Right.VIEW_POINTS})))
    reader = MonthsTab(desk)
    reader.refresh()
    assert reader.cards.steps.next_button.withheld
    assert "下一步" not in [words for _, words in reader.legend]
    settled(reader)


def test_signing_proposes_the_secretary_and_posting_the_usual_place(
    tab: MonthsTab, desk: Context
) -> None:
    tab.month.choose(SEPTEMBER)
    month_states.publish(desk, SEPTEMBER, until="prepared")
    tab.refresh()
    sign = SignDialog(tab.context, view(tab))
    assert sign.signer.currentText() == "周立群"
    sign.confirm.click()
    assert (step(tab), view(tab).signed_by) == (Step.POST, "周立群")
    post = PostDialog(tab.context, view(tab))
    post.places.setText("公示栏 2 处")
    post.confirm.click()
    assert step(tab) is Step.OBJECTIONS
    assert view(tab).public_until == date(2026, 11, 26)
    lines = [line.beside for line in tab.cards.steps.steps.lines]
    assert lines[3:] == ["11-21 周立群", "公示栏 2 处", "到 11-26", ""]
    assert "公示期2026年11月21日至2026年11月26日" in paper(tab)


def test_where_the_next_step_must_wait_the_keys_go_on_to_what_can_be_done(
    tab: MonthsTab, desk: Context
) -> None:
    tab.month.choose(SEPTEMBER)
    month_states.publish(desk, SEPTEMBER, until="signed")
    tab.refresh()
    tab.take_focus()
    steps = tab.cards.steps
    assert tab.window().focusWidget() is steps.next_button
    assert "下一步" in [words for _, words in tab.legend]
    PostDialog(tab.context, view(tab)).confirm.click()
    assert not steps.next_button.isEnabled()
    assert tab.window().focusWidget() is steps.objections
    assert "下一步" not in [words for _, words in tab.legend]


def test_an_objection_is_written_down_and_holds_the_archive(tab: MonthsTab, desk: Context) -> None:
    tab.month.choose(SEPTEMBER)
    month_states.publish(desk, SEPTEMBER)
    tab.refresh()
    longer = LongerDialog(tab.context, view(tab))
    longer.until.setText("11-27")
    longer.reason.setText("公示栏被雨打湿")
    longer.confirm.click()
    assert view(tab).public_until == date(2026, 11, 27)
    dialog = ObjectionsDialog(tab.context, SEPTEMBER)
    dialog.words.setText("9 月 20 日的巡逻没有记上")
    dialog.confirm.click()
    assert tab.cards.steps.objections.text() == "异议 1 件"
    assert [line.beside for line in tab.cards.steps.steps.lines][5] == "到 11-27，1 件待答复"
    assert not tab.cards.steps.next_button.isEnabled()
    dialog.words.setText("已核对签到表，补记 2 分")
    dialog.confirm.click()
    with desk.database.lookup() as lookup:
        answered = points_appeals.appeals(lookup, month=SEPTEMBER)
    assert [(one.upheld, one.answer) for one in answered] == [(True, "已核对签到表，补记 2 分")]


def test_after_its_days_the_month_goes_into_the_archive(desk: Context) -> None:
    month_states.publish(desk, SEPTEMBER)
    later = replace(desk, clock=FixedClock(datetime(2026, 12, 20, 9)))
    tab = MonthsTab(later)
    tab.month.set_value(SEPTEMBER)
    tab.refresh()
    assert step(tab) is Step.ARCHIVE
    tab.cards.take_step()
    tab.refresh()
    settled(tab)
    assert step(tab) is None
    assert tab.cards.steps.place.text() == "已归档"
    assert tab.cards.steps.next_button.isHidden()
    tab.deleteLater()


def test_the_cards_of_a_month_on_the_board_have_room_beside_the_ledger(desk: Context) -> None:
    """Of 728 the ledger gives them 630; what they lack is taken from the seven steps."""
    month_states.publish(desk, SEPTEMBER)
    heights = []
    for preview in (True, False):
        cards = MonthCards(desk, preview=preview)
        cards.show_month(SEPTEMBER)
        cards.resize(276, 630)
        cards.show()
        QApplication.processEvents()
        assert cards.sizeHint().height() <= 630
        heights.append(cards.steps.steps.height())
        cards.close()
    assert heights == [7 * 26, 7 * 30]


def test_books_that_are_apart_are_said_in_red_and_nothing_is_printed(
    tab: MonthsTab, desk: Context
) -> None:
    with month_states.broken(desk):
        tab.refresh()
        settled(tab)
        assert tab.facts is not None
        assert tab.facts.proof.difference == -4
        assert not tab.cards.proof.apart.isHidden()
        assert not tab.preview._pdf
    tab.context.signals.changed.emit(Area.POINTS)
    settled(tab)
    assert tab.cards.proof.apart.isHidden()
    assert tab.preview._pdf
