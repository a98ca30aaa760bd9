"""台账 with the keyboard of a clerk: reviewing, entering by hand, counter-entries, accounts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import AccountState, Activity, Attendance, ClaimOrigin, Participation
from app.services import drafts, papers, points_accounts, points_claims, points_owner, settings
from app.services.activity_finder import Person
from app.services.points_filter import Book, LineKind, key_of
from app.services.points_views import LineState
from app.ui.kit import table_paper, theme
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.table_paper import SeenTable
from app.ui.kit.tokens import Mode
from app.ui.people import table_printing
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.points_wish import NewClaim, ShowAccount, ShowActivity, ShowEntry, ShowRedemption
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.ledger import line_dialog, printing
from app.ui.points.ledger import tab as ledger_tab
from app.ui.points.ledger.account_dialog import AccountDialog
from app.ui.points.ledger.appeals_dialog import AppealsDialog
from app.ui.points.ledger.cards_dialog import CardsDialog
from app.ui.points.ledger.claim_dialog import ClaimDialog
from app.ui.points.ledger.claim_rows import quantity_of, quantity_words
from app.ui.points.ledger.columns import columns
from app.ui.points.ledger.give_dialog import GiveDialog
from app.ui.points.ledger.kind_bar import RETURNED
from app.ui.points.ledger.line_dialog import LineDialog
from app.ui.points.ledger.selection_bar import OWN
from app.ui.points.ledger.tab import LedgerTab
from app.ui.points.page import TABS, PointsPage
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.points_stage import Stage, stage_on

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(context: Context) -> Stage:
    return stage_on(context.database)


@pytest.fixture
def open_tab(context: Context, qtbot: QtBot) -> Callable[[], LedgerTab]:
    """The tab as it is seen, with the secretary before it."""

    def make() -> LedgerTab:
        context.database.act_as(actor("王书记", "书记"))
        tab = LedgerTab(context)
        qtbot.addWidget(tab)
        tab.resize(1180, 640)
        tab.refresh()
        tab.show()
        tab.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is tab)
        tab.take_focus()
        context.signals.changed.connect(lambda _: tab.refresh())
        return tab

    return make


def served(stage: Stage, account: str = "wang", **more: Any) -> int:
    """A claim of two hours that 孙丽 entered."""
    volunteer = {"volunteer_id": stage.volunteers[account]} if account in stage.volunteers else {}
    half_hours = {"half_hours": 4} if volunteer else {}
    more = {"quantity": 200, "points": 20, **volunteer, **half_hours, **more}
    return stage.claim(getattr(stage, account), "志愿服务", **more)


def answered(dialogs: Dialogs, reason: str) -> None:
    """Whoever is asked for a reason gives this one."""

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, ReasonDialog)
        dialog.line.setCurrentText(reason)
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = answer


def kept(dialogs: Dialogs) -> list[Any]:
    """The windows that open, each closed at once."""
    found: list[Any] = []

    def close(dialog: QDialog) -> int:
        found.append(dialog)
        return 0

    dialogs.on_dialog = close
    return found


def press(qtbot: QtBot, tab: LedgerTab, key: Qt.Key, modifier: Any = None) -> None:
    held = Qt.KeyboardModifier.NoModifier if modifier is None else modifier
    qtbot.keyClick(tab.list.table, key, held)


def states(tab: LedgerTab) -> list[LineState]:
    return [line.state for line in tab.list.model.rows_of(tab.list.model.lines)]


# -- reviewing


def test_ticked_by_keys_reviewed_by_one_key(
    stage: Stage, open_tab: Callable[[], LedgerTab], qtbot: QtBot
) -> None:
    for account in ("wang", "chen", "li"):
        served(stage, account)
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_Down, SHIFT)
    assert tab.bar.words.text() == "已选 2 笔・增加 40 分"
    press(qtbot, tab, Qt.Key.Key_Return, CTRL)
    assert states(tab) == [LineState.WAITING, LineState.REVIEWED, LineState.REVIEWED]
    assert stage.ask("SELECT count(*) FROM points_claim WHERE reviewed_by = '王书记'") == [(2,)]
    assert tab.list.totals.words == "已记账 2 笔"


def test_without_ticks_the_current_line_is_meant(
    stage: Stage, open_tab: Callable[[], LedgerTab], qtbot: QtBot
) -> None:
    served(stage)
    tab = open_tab()
    assert tab.bar.words.text() == "王秀兰・志愿服务・+20 分，2.0 小时"
    press(qtbot, tab, Qt.Key.Key_Return, CTRL)
    assert states(tab) == [LineState.REVIEWED]


def test_nobody_reviews_what_he_entered_himself(
    stage: Stage, open_tab: Callable[[], LedgerTab], qtbot: QtBot
) -> None:
    served(stage, by=actor("王书记", "书记"))
    tab = open_tab()
    assert not tab.bar.approve.isEnabled()
    assert tab.bar.reason.text() == OWN
    press(qtbot, tab, Qt.Key.Key_Return, CTRL)
    assert states(tab) == [LineState.WAITING]
    tab.bar.withdraw.click()
    assert states(tab) == []


def test_sent_back_it_is_corrected_and_entered_again(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    dialogs: Dialogs,
    context: Context,
) -> None:
    served(stage)
    answered(dialogs, "请附签到表")
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_T, ALT)
    tab.list.filters.kinds.buttons[RETURNED].click()
    assert states(tab) == [LineState.RETURNED]
    forms = kept(dialogs)
    press(qtbot, tab, Qt.Key.Key_F2)
    (form,) = forms
    assert (form.notice.isHidden(), form.form.points.text()) == (False, "20")
    assert form.form.people.rows[0].person.name == "王秀兰"
    form.save()
    waiting = stage.ask("SELECT points, half_hours FROM points_claim WHERE state = 'waiting'")
    assert waiting == [(20, 4)]


def test_a_reader_sees_everything_and_is_offered_nothing(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    served(stage)
    context.database.act_as(actor("读者", "只读"))
    tab = LedgerTab(context)
    qtbot.addWidget(tab)
    tab.refresh()
    tab.show()
    offered = (tab.new_button, tab.bar.approve, tab.bar.send_back, tab.bar.reverse)
    assert [button.isVisible() for button in offered] == [False] * 4
    assert states(tab) == [LineState.WAITING]
    tab.write_down()


# -- the list


def test_counts_sums_and_what_leaves_come_from_one_query(
    stage: Stage, open_tab: Callable[[], LedgerTab]
) -> None:
    stage.accept(served(stage))
    served(stage, "chen")
    stage.earn(stage.chen, 30)
    stage.spend(stage.chen, 8)
    tab = open_tab()
    kinds = tab.list.filters.kinds
    assert kinds.buttons[LineKind.SERVICE].text() == "志愿服务 2"
    assert tab.list.totals.sums == {"hours": "2.0", "added": "50", "taken": "8"}
    seen: list[SeenTable] = []
    table_paper.see(tab.list.table, seen.append)
    (paper,) = seen
    titles = [column.title for column in paper.columns]
    sums = dict(zip(titles, paper.totals, strict=True))
    assert (sums["工时"], sums["增加"], sums["减少"]) == ("2.0", "50", "8")
    assert len(paper.rows) == 4
    assert paper.filter_words == "2026年11月"
    kinds.buttons[LineKind.REDEEMED].click()
    assert tab.list.totals.words == "筛选已记账 1 笔"
    assert tab.list.totals.sums == {"hours": "0.0", "added": "0", "taken": "8"}


def test_bands_tell_what_waits_and_what_counts(
    stage: Stage, open_tab: Callable[[], LedgerTab]
) -> None:
    served(stage)
    stage.earn(stage.chen, 30)
    model = open_tab().list.model
    bands = [model.band_at(number) for number in range(model.rowCount())]
    assert [words for words in bands if words] == [
        "待复核 1 笔・共 +20 分，复核后才计入余额",
        "已记账 1 笔",
    ]


def test_the_proof_beside_the_list_is_that_of_its_month(
    stage: Stage, open_tab: Callable[[], LedgerTab]
) -> None:
    stage.earn(stage.chen, 30)
    tab = open_tab()
    assert tab.month is not None
    assert tab.month.proof.words("entries") == "流水合计 30"
    assert tab.list.totals.sums["added"] == "30"


def test_in_large_type_the_list_has_the_whole_width(
    stage: Stage, open_tab: Callable[[], LedgerTab], qapp: Any
) -> None:
    theme.apply(qapp, Mode.LARGE)
    tab = open_tab()
    assert tab.month is None


def test_clearing_goes_back_to_this_month_and_then_to_all(
    stage: Stage, open_tab: Callable[[], LedgerTab], qtbot: QtBot
) -> None:
    stage.earn(stage.chen, 30)
    tab = open_tab()
    tab.list.filters.search.setText("没有这个人")
    tab.list.read()
    assert states(tab) == []
    press(qtbot, tab, Qt.Key.Key_Backspace, CTRL)
    assert (len(states(tab)), tab.list.filters.month.number) == (1, 202611)
    press(qtbot, tab, Qt.Key.Key_Backspace, CTRL)
    assert tab.list.filters.month.number is None


# -- one line


def test_a_counter_entry_leaves_the_old_line_struck_through(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    dialogs: Dialogs,
) -> None:
    stage.accept(served(stage))
    answered(dialogs, "记错了人")
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_X, ALT)
    assert states(tab) == [LineState.REVERSAL, LineState.REVERSED]
    assert stage.points(stage.wang) == 0
    assert stage.ask("SELECT sum(half_hours) FROM hour_entry") == [(0,)]
    tab.list.table.select_row(1)
    assert not tab.bar.reverse.isVisible()
    assert tab.bar.reason.text() == "冲正行不再冲正"


def test_enter_leads_from_what_was_spent_to_what_was_earned(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    dialogs: Dialogs,
) -> None:
    stage.accept(served(stage))
    stage.spend(stage.wang, 8)
    shown = kept(dialogs)
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_Return)
    (dialog,) = shown
    qtbot.addWidget(dialog)
    dialog.show()
    assert (dialog.line.title, dialog.heading.text()) == ("兑换", "用的是这些积分")
    dialog.table.select_row(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert (dialog.line.title, dialog.line.reason) == ("志愿服务", "有签到表")
    assert dialog.heading.text() == "这些积分用在"
    assert [cell.plain for cell in dialog.model.cells(0)][-1] == "8"


@pytest.mark.parametrize(
    ("column", "wish"),
    [("redemption_id", ShowRedemption(7)), ("activity_id", ShowActivity(7))],
)
def test_a_line_leads_to_where_it_came_from(
    stage: Stage,
    context: Context,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    column: str,
    wish: object,
) -> None:
    entry = stage.earn(stage.chen, 30)
    rows = line_dialog.points_views.rows
    monkeypatch.setattr(
        line_dialog.points_views,
        "rows",
        lambda source, keys: [replace(one, **{column: 7}) for one in rows(source, keys)],
    )
    dialog = LineDialog(context, key_of(Book.ENTRY, entry))
    qtbot.addWidget(dialog)
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wanted: asked.append(wanted))
    dialog.source.click()
    assert asked == [wish]
    assert dialog.left


def test_other_pages_lead_to_a_line_and_to_an_account(
    stage: Stage, open_tab: Callable[[], LedgerTab], dialogs: Dialogs
) -> None:
    old = stage.earn(stage.chen, 30, stage.today.replace(month=9))
    stage.earn(stage.chen, 2)
    opened = kept(dialogs)
    tab = open_tab()
    tab.show_record(ShowEntry(old))
    current = tab.list.current()
    assert current is not None
    assert current.row_id == old
    claim = stage.claim(
        stage.wang, "志愿服务", points=0, half_hours=4, volunteer_id=stage.volunteers["wang"]
    )
    stage.accept(claim)
    tab.refresh()
    tab.show_record(ShowEntry(stage.ask("SELECT id FROM hour_entry")[0][0], of_hours=True))
    served = tab.list.current()
    assert served is not None
    assert (served.book, served.half_hours) == (Book.HOURS, 4)
    tab.show_record(ShowAccount(stage.chen))
    assert opened[0].name.text() == "陈桂芳"


def test_what_waits_stands_on_the_tab_before_it_was_opened(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    served(stage)
    page = PointsPage(context)
    qtbot.addWidget(page)
    tab = page.tabs.findChildren(QAbstractButton)[[one.title for one in TABS].index("台账")]
    qtbot.waitUntil(lambda: tab.accessibleName() == "台账 1")
    page.open("台账")
    page.open("活动")
    # Behind another tab as well.
    served(stage, "qiu")
    page.refresh()
    qtbot.waitUntil(lambda: tab.accessibleName() == "台账 2")


# -- by hand


def form_of(context: Context, qtbot: QtBot, item: str, wish: NewClaim | None = None) -> ClaimDialog:
    context.database.act_as(actor("王书记", "书记"))
    dialog = ClaimDialog(context, wish)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    place = dialog.form.item.findText(item)
    assert place >= 0
    dialog.form.item.setCurrentIndex(place)
    return dialog


def type_person(qtbot: QtBot, dialog: ClaimDialog, letters: str, quantity: str) -> None:
    """A name, Enter, how much, Enter."""
    dialog.form.person.setFocus()
    qtbot.keyClicks(dialog.form.person, letters)
    qtbot.keyClick(dialog.form.person, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.form.quantity
    qtbot.keyClicks(dialog.form.quantity, quantity)
    qtbot.keyClick(dialog.form.quantity, Qt.Key.Key_Return)


def test_several_people_by_weight_without_a_mouse(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    dialog = form_of(context, qtbot, "厨余垃圾称重")
    type_person(qtbot, dialog, "cgf", "1.5")
    type_person(qtbot, dialog, "wxl", "4")
    assert [(one.quantity, one.points, one.why) for one in dialog.form.people.rows] == [
        (150, 3, ""),
        (400, 5, "按每天最多 5 分，记 5 分"),
    ]
    dialog.form.reason.setText("11 月称重登记")
    qtbot.keyClick(dialog.form.reason, Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()
    assert (stage.points(stage.chen), stage.points(stage.wang)) == (3, 5)


def test_hours_by_hand_wait_for_a_second_person(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    dialog = form_of(context, qtbot, "志愿服务")
    dialog.form.put(Person(stage.volunteers["wang"], stage.people["wang"], "王秀兰", "0132"))
    dialog.form.quantity.setText("2.5")
    dialog.form._quantity_typed("2.5")
    dialog.form.place.setText("3 号楼")
    dialog.form.leader.setText("赵敏")
    dialog.form.reason.setText("补记，有签到表")
    dialog.save()
    asked = "SELECT state, half_hours, points FROM points_claim"
    assert stage.ask(asked) == [("waiting", 5, 3)]


def test_hours_by_hand_have_a_place_and_who_led_them(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    dialog = form_of(context, qtbot, "厨余垃圾称重")
    assert not dialog.form.place.isVisible()
    dialog.form.item.setCurrentIndex(dialog.form.item.findText("志愿服务"))
    assert dialog.form.place.isVisible()
    dialog.form.put(Person(stage.volunteers["wang"], stage.people["wang"], "王秀兰", "0132"))
    dialog.form._quantity_typed("2")
    dialog.form.place.setText(" 3 号楼 ")
    dialog.form.leader.setText("赵敏")
    dialog.form.reason.setText("补记，有签到表")
    dialog.save()
    asked = "SELECT place, leader, organiser FROM points_claim"
    assert stage.ask(asked) == [("3 号楼", "赵敏", stage.clerk.see(papers.committee))]
    [(claim,)] = stage.ask("SELECT id FROM points_claim")
    line = LineDialog(context, key_of(Book.CLAIM, claim))
    qtbot.addWidget(line)
    words = [one.text() for one in line.facts.findChildren(QLabel)]
    assert ("3 号楼" in words, "赵敏" in words) == (True, True)
    context.database.act_as(actor("孙丽", "社工"))
    stage.do(points_claims.send_back, [claim], answer="核对地点", now=stage.clerk.now)
    again = ClaimDialog(context, returned_id=claim)
    qtbot.addWidget(again)
    assert (again.form.place.text(), again.form.leader.text()) == ("3 号楼", "赵敏")


def test_hours_by_hand_say_what_is_missing_and_who_called_for_them(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialog = form_of(context, qtbot, "志愿服务")
    form = dialog.form
    form.put(Person(stage.volunteers["wang"], stage.people["wang"], "王秀兰", "0132"))
    form.reason.setText("补记，有签到表")
    dialog.save()
    assert dialogs.shown == ["还有没填好的，已标出来。填好后再记分。"]
    assert dialog.focusWidget() is form.place
    form.place.setText("中心广场")
    form.leader.setText("王强")
    assert not form.ours.isVisible()
    form.organiser.setText("区红十字会")
    assert form.ours.isVisible()
    dialog.save()
    assert stage.ask("SELECT count(*) FROM points_claim") == [(0,)]
    form.ours.show_value(False)
    dialog.save()
    assert stage.ask("SELECT organiser, ours FROM points_claim") == [("区红十字会", 0)]
    [(claim,)] = stage.ask("SELECT id FROM points_claim")
    line = LineDialog(context, key_of(Book.CLAIM, claim))
    qtbot.addWidget(line)
    words = [one.text() for one in line.facts.findChildren(QLabel)]
    assert "其他单位，时长证明由那个单位出具" in words
    stage.do(points_claims.send_back, [claim], answer="核对日期", now=stage.clerk.now)
    again = ClaimDialog(context, returned_id=claim)
    qtbot.addWidget(again)
    assert again.form.ours.value() is False


def test_what_was_not_finished_keeps_who_called_for_it(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    dialog = form_of(context, qtbot, "志愿服务")
    dialog.form.organiser.setText("区红十字会")
    dialog.form.ours.show_value(False)
    dialog.form.put(Person(stage.volunteers["wang"], stage.people["wang"], "王秀兰", "0132"))
    dialog.reject()
    again = form_of(context, qtbot, "志愿服务")
    assert (again.form.organiser.text(), again.form.ours.value()) == ("区红十字会", False)


def test_whoever_typed_the_sheet_finds_the_approval_withheld(
    stage: Stage, open_tab: Callable[[], LedgerTab]
) -> None:
    item = stage.item("志愿服务")
    activity = Activity(
        name="楼道清扫", item_id=item, on_date=stage.today, starts=540, ends=660, place="3 号楼"
    )

    def attended(session: Session) -> int:
        session.add(activity)
        session.flush()
        came = {"state": Attendance.CAME, "half_hours": 4, "entered_by": "王书记"}
        wang = stage.volunteers["wang"]
        session.add(Participation(activity_id=activity.id, volunteer_id=wang, **came))
        return activity.id

    served(stage, activity_id=stage.do(attended), origin=ClaimOrigin.ACTIVITY)
    bar = open_tab().bar
    assert [(line.by, line.attended_by) for line in bar.lines] == [("孙丽", "王书记")]
    assert (bar.approve.isEnabled(), bar.reason.text()) == (False, OWN)
    assert not bar.withdraw.isVisible()


def test_hours_go_by_halves(stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs) -> None:
    dialog = form_of(context, qtbot, "志愿服务")
    dialog.form.put(Person(stage.volunteers["wang"], stage.people["wang"], "王秀兰", ""))
    dialog.form._quantity_typed("1.2")
    dialog.form.reason.setText("补记")
    dialog.save()
    assert dialogs.shown == ["工时要按半小时记，如 1、1.5、2。请核对。"]
    assert stage.ask("SELECT count(*) FROM points_claim") == [(0,)]


def test_what_is_missing_is_said_at_its_field(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialog = form_of(context, qtbot, "邻里互助")
    dialog.save()
    dialog.form.reason.setText("帮邻居买药")
    dialog.save()
    assert dialog.form._reason.message == ""
    assert ["标出来" in dialogs.shown[0], "还没有选人" in dialogs.shown[1]] == [True, True]


def test_one_of_several_who_cannot_get_points_is_named_and_nothing_is_booked(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialog = form_of(context, qtbot, "邻里互助")
    dialog.form.put(Person(None, stage.people["chen"], "陈桂芳", ""))
    dialog.form.put(Person(None, 4711, "某某", ""))
    dialog.form.reason.setText("帮邻居搬东西")
    dialog.save()
    assert dialogs.shown[0].startswith("某某：")
    assert stage.ask("SELECT count(*) FROM points_entry") == [(0,)]


def test_penalties_are_offered_only_where_the_office_has_them(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    context.database.act_as(actor("王书记", "书记"))
    without = ClaimDialog(context)
    qtbot.addWidget(without)
    assert without.form.item.findText("乱扔垃圾") < 0
    stage.set(settings.PENALTIES, True)
    context.settings._read = None
    dialog = form_of(context, qtbot, "乱扔垃圾")
    dialog.form.put(Person(None, stage.people["chen"], "陈桂芳", ""))
    assert dialog.form.people.total < 0
    dialog.form.witness.setText("孙丽")
    dialog.form.reason.setText("楼道堆物，已劝告")
    dialog.save()
    assert stage.ask("SELECT state, points < 0, told_on FROM points_claim") == [
        ("waiting", 1, "2026-11-21")
    ]


def test_what_another_page_found_is_not_posted_twice(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    wish = NewClaim(
        resident_id=stage.people["chen"],
        origin="meeting_claim",
        source_key="meeting:14",
        words="路灯的建议",
    )
    for _ in range(2):
        dialog = form_of(context, qtbot, "参加议事", wish)
        dialog.form.reason.setText("会议签到")
        dialog.save()
    assert stage.ask("SELECT origin, words FROM points_claim") == [("meeting_claim", "路灯的建议")]
    assert dialogs.shown == ["“路灯的建议”已经记过，没有再记一次。"]


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [
        ("3.5", 350),
        ("２", 200),
        ("0.05", 5),
        ("0", None),
        ("-1", None),
        ("1.234", None),
        ("", None),
    ],
)
def test_quantities_are_read_in_hundredths(typed: str, quantity: int | None) -> None:
    assert quantity_of(typed) == quantity


def test_a_quantity_is_shown_as_it_is_said() -> None:
    assert [quantity_words(one) for one in (100, 350, 5)] == ["1", "3.5", "0.05"]


# -- the account


def test_an_account_is_frozen_with_a_reason_and_thawed_again(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    stage.earn(stage.chen, 30)
    context.database.act_as(actor("王书记", "书记"))
    answered(dialogs, "卡遗失")
    dialog = AccountDialog(context, stage.chen)
    qtbot.addWidget(dialog)
    assert dialog.points.text() == "30 分可用"
    dialog.hold.click()
    assert "冻结：卡遗失" in dialog.detail.text()
    assert (dialog.holder.state, dialog.hold.text()) == (AccountState.FROZEN, "解冻")
    dialog.hold.click()
    assert dialog.holder.state is AccountState.OPEN


def test_points_are_given_to_a_relative(stage: Stage, context: Context, qtbot: QtBot) -> None:
    stage.earn(stage.wang, 30)
    context.database.act_as(actor("王书记", "书记"))
    account = AccountDialog(context, stage.wang)
    qtbot.addWidget(account)
    dialog = GiveDialog(context, account.holder, account._family)
    qtbot.addWidget(dialog)
    dialog.taker.choose_id(0)
    dialog.points.setText("12")
    dialog.save()
    assert (stage.points(stage.wang), stage.points(stage.li)) == (18, 12)
    account.read()
    assert "全户 2 个账户共 30 分" in account.detail.text()


def test_a_household_that_shares_gets_one_account(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    context.database.act_as(actor("王书记", "书记"))
    dialogs.answers = ["开共用账户"]
    dialog = AccountDialog(context, stage.wang)
    qtbot.addWidget(dialog)
    dialog.common.click()
    child = stage.people["child"]
    shared = stage.clerk.look_up(lambda one: points_owner.account_of(one, child))
    owner = stage.clerk.look_up(lambda one: points_accounts.holder(one, shared))
    assert owner.name == "王秀兰一户"


def test_a_lost_card_is_void_and_another_one_bound(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    context.database.act_as(actor("王书记", "书记"))
    dialogs.answers = ["作废"]
    with context.database.lookup() as lookup:
        owner = points_accounts.holder(lookup, stage.chen)
    dialog = CardsDialog(context, owner)
    qtbot.addWidget(dialog)
    dialog.issue.click()
    (code,) = stage.ask("SELECT code FROM points_card")[0]
    assert code not in dialog.model.cells(0)[0].plain
    dialog.void.click()
    dialog.bind_code("0002718281")
    found = stage.ask("SELECT code, void_on IS NULL FROM points_card ORDER BY id")
    assert found == [(code, 0), ("0002718281", 1)]


def test_an_appeal_is_taken_down_and_answered_in_one_window(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    context.database.act_as(actor("王书记", "书记"))
    with context.database.lookup() as lookup:
        owner = points_accounts.holder(lookup, stage.chen)
    dialog = AppealsDialog(context, owner)
    qtbot.addWidget(dialog)
    assert dialog.confirm.text() == "登记"
    dialog.words.setText("11 月 20 日的清扫没有记上")
    dialog.save()
    assert dialog.confirm.text() == "答复"
    dialog.words.setText("已补记 2 分")
    dialog.save()
    assert stage.ask("SELECT upheld, answer FROM appeal") == [(1, "已补记 2 分")]
    assert dialog.confirm.text() == "登记"


def test_a_reason_is_asked_until_there_is_one(qtbot: QtBot) -> None:
    dialog = ReasonDialog("冲正", "王秀兰 +2 分", "冲正", usual=("记错了人",))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.confirm.click()
    assert dialog.isVisible()
    edit = dialog.line.lineEdit()
    assert isinstance(edit, QLineEdit)
    edit.setText("重复记的")
    qtbot.keyClick(edit, Qt.Key.Key_Return, CTRL)
    assert (dialog.isVisible(), dialog.reason) == (False, "重复记的")


def test_rules_of_another_day_are_those_of_that_day(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    dialog = form_of(context, qtbot, "志愿服务")
    assert dialog.form.rule is not None
    assert dialog.form.rule.words == "1 分/小时，每天最多 4 分"
    dialog.form.day.setText("2025-06-01")
    assert (dialog.form.rule, dialog.form.item.findText("志愿服务")) == (None, -1)


# -- a child, and papers


def test_a_childs_points_open_the_account_that_the_household_shares(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialogs.answers = ["取消", "开共用账户"]
    dialog = form_of(context, qtbot, "垃圾分类")
    dialog.form.put(Person(None, stage.people["child"], "王小明", ""))
    dialog.form.reason.setText("分类打卡")
    dialog.save()
    assert stage.ask("SELECT count(*) FROM points_claim") == [(0,)]
    dialog.save()
    assert stage.ask(
        "SELECT a.household_id IS NOT NULL, e.points FROM points_entry e"
        " JOIN points_account a ON a.id = e.account_id"
    ) == [(1, 1)]


def shown_papers(qtbot: QtBot, dialogs: Dialogs, show: Callable[[], object]) -> list[PaperPreview]:
    """The papers that `show` draws in the background, each closed at once."""
    found = kept(dialogs)
    show()
    qtbot.waitUntil(lambda: bool(found))
    return found


@pytest.mark.parametrize("number", range(3))
def test_each_paper_of_the_menu_is_drawn_and_put_on_record(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    dialogs: Dialogs,
    context: Context,
    number: int,
) -> None:
    stage.earn(stage.chen, 30)
    tab = open_tab()
    tab.list.table.select_row(0)
    tab.list.model.tick([1], on=True)
    account, name = stage.chen, "陈桂芳"
    papers: tuple[tuple[Callable[[], object], str], ...] = (
        (tab.print_vouchers, "积分记账凭证"),
        (lambda: printing.print_points(context, tab, tab.list), "积分登记表"),
        (lambda: printing.print_passbook(context, tab, account, name), "积分存折"),
    )
    show, title = papers[number]
    (preview,) = shown_papers(qtbot, dialogs, show)
    assert title in text_by_pdfium(preview.data)
    preview.note_taken("已送到打印机")
    printed = stage.ask(
        "SELECT o.sentence, c.table_name FROM change c JOIN operation o ON o.id = c.operation_id"
        " WHERE c.action = 'printed'"
    )
    assert [(title in said, table) for said, table in printed] == [
        (True, "points_account" if title == "积分存折" else "resident")
    ]


def test_a_half_full_sheet_is_asked_for_before_the_book_goes_on(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    dialogs: Dialogs,
    context: Context,
) -> None:
    stage.earn(stage.chen, 30)
    tab = open_tab()

    def go_on() -> None:
        printing.print_passbook(context, tab, stage.chen, "陈桂芳")

    (first,) = shown_papers(qtbot, dialogs, go_on)
    first.note_taken("已送到打印机")
    stage.spend(stage.chen, 8)
    dialogs.on_dialog, dialogs.answers = None, ["取消"]
    go_on()
    assert dialogs.shown == ["接着第 1 页往下打，请先把这一页放回打印机，字头朝上。"]


def test_the_sums_stand_below_the_lines_on_paper_and_in_the_file(
    stage: Stage, open_tab: Callable[[], LedgerTab], context: Context
) -> None:
    stage.earn(stage.chen, 30)
    stage.spend(stage.chen, 8)
    seen: list[SeenTable] = []
    table_paper.see(open_tab().list.table, seen.append)
    text = "".join(text_by_pdfium(table_printing.draw(context, seen[0])).split())
    assert "合计不含待复核0.0308" in text
    assert [line[2] for line in seen[0].lines] == ["陈桂芳", "陈桂芳", "合计"]


def test_people_who_were_not_booked_are_there_again(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    first = form_of(context, qtbot, "厨余垃圾称重")
    type_person(qtbot, first, "cgf", "1.5")
    first.form.reason.setText("称重登记")
    first.reject()
    again = form_of(context, qtbot, "厨余垃圾称重")
    assert again.kept.text() == "上次没记完的 1 人还在；不要的选中按 Del。"
    assert again.form.reason.text() == "称重登记"
    assert [(one.person.name, one.quantity) for one in again.form.people.rows] == [("陈桂芳", 150)]
    again.save()
    assert stage.points(stage.chen) == 3
    assert form_of(context, qtbot, "垃圾分类").form.people.rows == []


def test_what_was_kept_is_opened_from_the_start(
    stage: Stage,
    context: Context,
    qtbot: QtBot,
    open_tab: Callable[[], LedgerTab],
    dialogs: Dialogs,
) -> None:
    form = form_of(context, qtbot, "垃圾分类")
    form.form.put(Person(None, stage.people["chen"], "陈桂芳", ""))
    form.reject()
    (draft,) = stage.clerk.see(drafts.waiting)
    assert (draft.key, draft.title) == ("points_claim", "手工记分 1 人")
    opened = kept(dialogs)
    open_tab().show_record(Unsaved(draft.key))
    assert [one.person.name for one in opened[0].form.people.rows] == ["陈桂芳"]


def test_a_line_that_came_from_nowhere_else_stays_open(
    stage: Stage, context: Context, qtbot: QtBot
) -> None:
    entry = stage.earn(stage.chen, 30)
    dialog = LineDialog(context, key_of(Book.ENTRY, entry))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.source.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()


def test_the_proof_is_done_again_only_for_another_month(
    stage: Stage, open_tab: Callable[[], LedgerTab], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.earn(stage.chen, 30)
    tab = open_tab()
    read: list[int | None] = []
    assert tab.month is not None
    monkeypatch.setattr(tab.month, "show_month", read.append)
    tab.list.filters.kinds.buttons[LineKind.OTHER].click()
    assert read == []
    tab.list.filters.show_month(202610)
    assert read == [202610]


def test_more_lines_than_anybody_looked_at_are_not_reviewed_at_once(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger_tab, "MOST_AT_ONCE", 1)
    for account in ("wang", "chen"):
        served(stage, account)
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_A, CTRL)
    assert tab.bar.words.text() == "已选 2 笔"
    press(qtbot, tab, Qt.Key.Key_Return, CTRL)
    assert states(tab) == [LineState.WAITING] * 2
    press(qtbot, tab, Qt.Key.Key_Escape)
    assert tab.bar.approve.isEnabled()


def test_a_line_tells_its_day_and_when_it_was_written(
    stage: Stage, open_tab: Callable[[], LedgerTab]
) -> None:
    stage.on(date(2026, 11, 20)).earn(stage.chen, 5)
    stage.earn(stage.chen, 3, date(2026, 11, 1))
    model = open_tab().list.model
    days = [model.cells(number)[0].plain for number in (1, 2)]
    assert days == ["11-01 11-21 记", "11-20 09:30"]
    next_year = columns(2027)[0]
    assert next_year.cell(model.row(1)).plain == "2026-11-01"


def test_a_penalty_that_is_appealed_against_is_not_booked_before_the_answer(
    stage: Stage,
    open_tab: Callable[[], LedgerTab],
    qtbot: QtBot,
    dialogs: Dialogs,
) -> None:
    stage.set(settings.PENALTIES, True)
    stage.earn(stage.chen, 30)
    stage.claim(stage.chen, "乱扔垃圾", witness="孙丽")
    later = stage.on(date(2026, 11, 27))
    opened = kept(dialogs)
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_U, ALT)
    (dialog,) = opened
    qtbot.addWidget(dialog)
    assert "关于 11-21 乱扔垃圾" in dialog.said.text()
    dialog.words.setText("不是我扔的")
    dialog.save()
    assert stage.ask("SELECT claim_id, entry_id FROM appeal") == [(1, None)]
    assert dialog.model.cells(0)[2].plain.startswith("11-21 乱扔垃圾 −")
    with pytest.raises(DomainError, match="有申诉"):
        later.accept(1)
    dialog.words.setText("监控已核对，确是本人")
    dialog.verdict.show_value(False)
    dialog.save()
    later.accept(1)
    assert stage.ask("SELECT upheld FROM appeal") == [(0,)]


def test_an_appeal_about_a_booked_line_names_it(
    stage: Stage, open_tab: Callable[[], LedgerTab], qtbot: QtBot, dialogs: Dialogs
) -> None:
    entry = stage.earn(stage.chen, 30)
    opened = kept(dialogs)
    tab = open_tab()
    press(qtbot, tab, Qt.Key.Key_U, ALT)
    opened[0].words.setText("应该是 40 分")
    opened[0].save()
    assert stage.ask("SELECT entry_id FROM appeal") == [(entry,)]
    press(qtbot, tab, Qt.Key.Key_A, ALT)
    assert opened[1].appeal.text() == "申诉 1"
