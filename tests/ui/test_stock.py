"""库存: goods, receipts, counting and the ledger of goods, by keyboard and scanner."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Action, Change, Goods, Notice, Operation, ReceiptKind, StockKind
from app.services import drafts, publicity, receipts, steps, stock
from app.services.notice_kinds import PUBLICITY
from app.services.publicity import AFFAIRS
from app.services.receipts import ReceiptFacts, ReceiptLine
from app.services.stock import StockMove
from app.storage.engine import Database
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.points_wish import ShowGoods, ShowStockEntry
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.page import TABS, PointsPage
from app.ui.points.stock import print_menu
from app.ui.points.stock.close_dialog import CloseDialog
from app.ui.points.stock.goods_dialog import GoodsDialog
from app.ui.points.stock.label_dialog import LabelDialog
from app.ui.points.stock.receipt_dialog import ReceiptDialog
from app.ui.points.stock.receipt_shown import ReceiptShownDialog
from app.ui.points.stock.spoil_dialog import SpoilDialog
from app.ui.points.stock.tab import GOODS, LEDGER, RECEIPTS, TAKES, StockTab
from app.ui.recent.unsaved_bar import PLACES
from app.values.rights import READER, SHOP
from tests.actors import actor, seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pypdf
from tests.services.shop import SOAP_CODE, add_goods, on_hand
from tests.storage.offices import CLOCK, furnish

ONLY = tuple(one for one in TABS if one.title == "库存")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LIQUID, SOAP, TOWEL = 1, 2, 3


@pytest.fixture
def shop(database: Database) -> Database:
    """洗衣液 6 left (low at 10), 香皂 30 with a barcode, 毛巾 that ran out."""
    furnish(database, _stock_up)
    return database


def _stock_up(database: Database) -> None:
    add_goods(database, "洗衣液", 40, unit="瓶", low_at=10, shelf="A1", kind="日用")
    add_goods(database, "香皂", 12, unit="块", barcode=SOAP_CODE, shelf="A1", kind="日用")
    add_goods(database, "毛巾", 15, unit="条")
    lines = (ReceiptLine(LIQUID, 10, 900), ReceiptLine(SOAP, 30, 350))
    facts = ReceiptFacts(giver="海湾超市")
    with database.transaction("入库") as session:
        receipts.add(
            session,
            ReceiptKind.PURCHASE,
            facts,
            lines,
            on_date=CLOCK.today(),
            now=CLOCK.now(),
        )
    out = StockMove(LIQUID, StockKind.REDEEMED, -4, CLOCK.today())
    with database.transaction("兑换") as session:
        stock.move(session, out, now=CLOCK.now())


@pytest.fixture
def tab(qtbot: QtBot, context: Context, shop: Database) -> StockTab:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> StockTab:
    page = PointsPage(context, kinds=ONLY)
    context.signals.changed.connect(lambda _: page.refresh())
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    found = page.open("库存")
    assert isinstance(found, StockTab)
    return found


def cells(table: PagedTable, row: int = 0) -> list[str]:
    return [cell.plain for cell in table.paged_model.cells(row)]


def names(tab: StockTab) -> list[str]:
    return [tab.goods.known[one].name for one in tab.goods.model.lines]


def on_dialog(dialogs: Dialogs, kind: type[QDialog], act: Callable[[Any], object]) -> list[QDialog]:
    """What is done in the next dialog; a message is still only noted."""
    seen: list[QDialog] = []

    def meet(dialog: QDialog) -> int:
        dialogs.on_dialog = None
        assert isinstance(dialog, kind)
        seen.append(dialog)
        act(dialog)
        return dialog.result()

    dialogs.on_dialog = meet
    return seen


def enter(qtbot: QtBot, widget: QWidget, words: str) -> None:
    """Typed or scanned, and Enter."""
    qtbot.keyClicks(widget, words)
    qtbot.keyClick(widget, Qt.Key.Key_Return)


# -- goods


def test_the_list_tells_what_is_running_out_and_the_tab_how_many(tab: StockTab) -> None:
    counts: list[int] = []
    tab.count_changed.connect(counts.append)
    tab.refresh()
    assert counts == [2]
    assert [cells(tab.table, row)[-1] for row in range(3)] == ["低库存", "", "缺货"]
    tab.goods.state.choose("low")
    assert names(tab) == ["洗衣液", "毛巾"]
    assert tab.goods._words() == "低库存"


def test_goods_are_found_by_pinyin_and_by_scanning_the_packet(tab: StockTab, qtbot: QtBot) -> None:
    tab.search.setText("xyy")
    tab._search()
    assert names(tab) == ["洗衣液"]
    tab.search.clear()
    enter(qtbot, tab.search, SOAP_CODE)
    assert names(tab) == ["香皂"]


def test_a_new_article_is_typed_by_keyboard_and_is_then_the_current_one(
    tab: StockTab, qtbot: QtBot, dialogs: Dialogs
) -> None:
    def fill(dialog: GoodsDialog) -> None:
        dialog.name.setText("抽纸")
        dialog.points.setText("三十")
        dialog.save()
        assert dialog.result() == 0
        dialog.points.setText("30")
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return, CTRL)

    on_dialog(dialogs, GoodsDialog, fill)
    tab.new()
    assert dialogs.shown == ["单价要写成数字，如 12。"]
    current = tab.goods.current
    assert current is not None
    assert (current.name, current.number, current.on_shelf) == ("抽纸", "0004", True)


def test_several_new_articles_follow_one_another_and_a_known_barcode_is_said_at_once(
    tab: StockTab, qtbot: QtBot, dialogs: Dialogs
) -> None:
    wanted = ["抽纸", "牙膏"]

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, GoodsDialog)
        dialog.name.setText(wanted.pop(0))
        dialog.points.setText("30")
        dialog.barcode.setText(SOAP_CODE)
        dialog._check_barcode()
        assert dialog.barcode_field.message == "已经是“香皂”（0002）的条码。"
        dialog.barcode.clear()
        more = Qt.KeyboardModifier.ShiftModifier if wanted else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return, CTRL | more)
        return dialog.result()

    dialogs.on_dialog = fill
    tab.new()
    assert names(tab)[-2:] == ["抽纸", "牙膏"]


def test_an_article_with_stock_is_not_deleted_and_its_unit_stays(
    tab: StockTab, dialogs: Dialogs
) -> None:
    dialog = GoodsDialog(tab.context, SOAP)
    dialogs.answers.append("删除")
    dialog.remove()
    assert "还有 30 块，不能删除" in dialogs.shown[-1]
    dialog.unit.setCurrentText("箱")
    dialog.save()
    assert "单位不能再改" in dialogs.shown[-1]
    assert dialog.result() == 0


def test_what_is_ticked_goes_off_the_shelf_together_and_back(tab: StockTab, qtbot: QtBot) -> None:
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_A, CTRL)
    tab.goods.switch_shelf()
    assert [one.on_shelf for one in tab.goods.known.values()] == [False] * 3
    assert tab.goods.shelf_button.text() == "上架"
    tab.goods.switch_shelf()
    assert sum(one.on_shelf for one in tab.goods.known.values()) == 1


def test_spoiled_goods_go_out_with_a_reason(
    tab: StockTab, dialogs: Dialogs, shop: Database
) -> None:
    def fill(dialog: SpoilDialog) -> None:
        dialog.quantity.setText("40")
        dialog.reason.setCurrentText("过期")
        dialog.day.setText("2027-01-01")
        dialog.save()
        dialog.day.setText("今天")
        dialog.save()
        dialog.quantity.setText("2")
        dialog.save()

    tab.goods.select(SOAP)
    on_dialog(dialogs, SpoilDialog, fill)
    tab.goods.spoil()
    assert "不能晚于今天" in dialogs.shown[0]
    assert "“香皂”只有 30 块" in dialogs.shown[1]
    assert on_hand(shop, SOAP) == 28


def test_another_page_shows_an_article_whatever_hides_it(tab: StockTab) -> None:
    tab.goods.state.choose("low")
    tab.show_view(LEDGER)
    tab.show_record(ShowGoods(SOAP))
    assert tab.view is tab.goods
    assert tab.goods.current is not None
    assert tab.goods.current.name == "香皂"


def test_who_may_only_look_is_offered_nothing_to_change(
    qtbot: QtBot, context: Context, shop: Database
) -> None:
    context = seen_by(context, "小周", READER)
    tab = opened(qtbot, context)
    goods, takes = tab.goods, tab.takes
    for button in (
        *(tab.receive_button, goods.new_button, goods.edit_button, goods.shelf_button),
        *(goods.spoil_button, takes.begin_button, tab.ledger.reverse_button),
    ):
        assert button.withheld
    tab.new()
    goods.edit()
    tab.receive()


# -- receipts


def test_a_receipt_is_scanned_in_and_entered_with_keys_alone(
    tab: StockTab, qtbot: QtBot, dialogs: Dialogs, shop: Database
) -> None:
    def fill(dialog: ReceiptDialog) -> None:
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.fields.giver.setCurrentText("渤海批发")
        lines = dialog.lines
        dialog.fields.note.setFocus()
        qtbot.keyClick(dialog.fields.note, Qt.Key.Key_Return)
        assert dialog.focusWidget() is lines.goods
        enter(qtbot, lines.goods, SOAP_CODE)
        enter(qtbot, lines.quantity, "20")
        enter(qtbot, lines.cost, "3.5")
        enter(qtbot, lines.goods, "mj")
        enter(qtbot, lines.quantity, "5")
        qtbot.keyClick(lines.cost, Qt.Key.Key_Return)
        assert lines.sums.text() == "2 种　25 件　金额 70.00 元"
        qtbot.keyClick(lines.goods, Qt.Key.Key_Return, CTRL)
        assert dialog.result() == 1

    on_dialog(dialogs, ReceiptDialog, fill)
    tab.receive()
    assert (on_hand(shop, SOAP), on_hand(shop, TOWEL)) == (50, 5)
    tab.show_view(RECEIPTS)
    assert cells(tab.table)[0] == "RK-20261121-02"
    assert "香皂 20 块、毛巾 5 条" in cells(tab.table)


@pytest.mark.parametrize("place", [0, 4])
def test_a_packet_scanned_into_the_head_of_a_receipt_is_its_next_article(
    tab: StockTab, context: Context, qtbot: QtBot, place: int
) -> None:
    dialog = ReceiptDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    edit = dialog.fields.edits[place]
    edit.setFocus()
    enter(qtbot, edit, SOAP_CODE)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.lines.quantity)
    assert (edit.text(), dialog.lines.goods.text()) == ("", "0002 香皂")
    enter(qtbot, dialog.lines.quantity, "20")
    edit.setText("0002")
    edit.editingFinished.emit()
    qtbot.wait(1)
    assert edit.text() == "0002", "a receipt may have the number of an article"


def test_lines_of_a_receipt_survive_a_power_cut(context: Context, shop: Database) -> None:
    dialog = ReceiptDialog(context)
    dialog.lines.set_value([[SOAP, 7, 300]])
    dialog.keeper.keep()
    dialog.deleteLater()
    again = ReceiptDialog(context)
    assert again.lines.lines == (ReceiptLine(SOAP, 7, 300),)
    assert on_hand(shop, SOAP) == 30


@pytest.mark.parametrize(
    ("key", "kind"),
    [("goods:2", GoodsDialog), ("goods:new", GoodsDialog), ("receipt:new", ReceiptDialog)],
)
def test_a_form_that_was_not_saved_is_gone_on_with(
    tab: StockTab, dialogs: Dialogs, key: str, kind: type[QDialog]
) -> None:
    assert PLACES[Unsaved(key).kind][1] == "points"
    page = tab.window()
    assert isinstance(page, PointsPage)
    seen = on_dialog(dialogs, kind, lambda _: None)
    page.show_record(Unsaved(key))
    assert len(seen) == 1
    if isinstance(seen[0], GoodsDialog):
        assert seen[0].goods_id == Unsaved(key).record_id


def test_a_receipt_that_was_booked_is_not_offered_again_after_a_power_cut(
    context: Context, shop: Database
) -> None:
    dialog = ReceiptDialog(context)
    dialog.lines.set_value([[SOAP, 7, 300]])
    dialog.fields.giver.setCurrentText("渤海批发")
    dialog.keeper.keep()
    left: list[object] = []

    def look(_areas: object) -> None:
        """The moment after the receipt was written: the dialog is still open."""
        with shop.reading() as session:
            left.append(drafts.kept(session, "receipt:new"))

    context.signals.changed.connect(look)
    dialog.save()
    assert left == [None]
    assert on_hand(shop, SOAP) == 37


def test_what_was_given_has_no_price_and_the_donor_is_asked(
    context: Context, shop: Database
) -> None:
    dialog = ReceiptDialog(context)
    dialog.lines.set_value([[SOAP, 7, 300]])
    dialog.kind.show_value(ReceiptKind.DONATION.value)
    dialog._show_kind()
    assert not dialog.fields.named.isHidden()
    assert dialog.fields.giver_field.label.text() == "捐赠人*"
    assert dialog.lines.lines == (ReceiptLine(SOAP, 7, None),)


def test_enter_in_the_open_list_takes_what_the_arrows_reached_or_the_likeliest(
    context: Context, shop: Database, qtbot: QtBot
) -> None:
    dialog = ReceiptDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    line = dialog.lines.goods
    for arrows, name in ((0, "毛巾"), (1, "香皂")):
        line.clear()
        line.setFocus()
        qtbot.keyClicks(line, "mj" if not arrows else "xz")
        line._offer()
        popup = line._hits.popup()
        assert popup.isVisible()
        for _ in range(arrows):
            qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert not popup.isVisible()
        assert dialog.lines._picked is not None
        assert dialog.lines._picked.name == name


def test_a_code_that_no_article_has_is_said(
    context: Context, shop: Database, dialogs: Dialogs, qtbot: QtBot
) -> None:
    dialog = ReceiptDialog(context)
    enter(qtbot, dialog.lines.goods, "6900000000000")
    assert "没有“6900000000000”这件商品" in dialogs.shown[0]
    assert dialog.lines.lines == ()


def test_a_whole_receipt_is_reversed_with_a_reason_unless_some_of_it_is_gone(
    tab: StockTab, dialogs: Dialogs, shop: Database
) -> None:
    def reason(dialog: ReasonDialog) -> None:
        dialog.line.setCurrentText("录重了")
        dialog.save()

    first = ReceiptShownDialog(tab.context, 1)
    on_dialog(dialogs, ReasonDialog, reason)
    first.reverse()
    assert "“洗衣液”只有 6 瓶" in dialogs.shown[0]
    assert on_hand(shop, SOAP) == 30
    with shop.transaction("退回") as session:
        back = StockMove(LIQUID, StockKind.TAKEN_BACK, 4, CLOCK.today())
        stock.move(session, back, now=CLOCK.now())
    on_dialog(dialogs, ReasonDialog, reason)
    first.reverse()
    assert on_hand(shop, SOAP) == 0
    tab.show_view(RECEIPTS)
    assert "已冲正" in cells(tab.table)


def test_who_does_not_keep_the_stock_sees_no_whole_phone_of_a_donor(
    context: Context, shop: Database
) -> None:
    facts, version = ReceiptFacts(giver="刘大爷", phone="13840310612"), 1
    with shop.transaction("修改入库单") as session:
        receipts.correct(session, 1, facts, version=version)
    assert ReceiptShownDialog(context, 1).fields.phone.text() == "13840310612"
    dialog = ReceiptShownDialog(seen_by(context, "小周", READER), 1)
    assert dialog.fields.phone.text() == "138 **** 0612"
    assert not dialog.form.isEnabled()


# -- counting


def test_counts_are_scanned_a_difference_asks_why_and_the_book_follows_at_the_end(
    tab: StockTab, qtbot: QtBot, dialogs: Dialogs, shop: Database
) -> None:
    tab.show_view(TAKES)
    tab.new()
    line = tab.takes.line
    enter(qtbot, line.goods, SOAP_CODE)
    assert line.hint.text() == "账面 30 块"
    assert tab.table.current_id() == SOAP
    enter(qtbot, line.number, "30")
    assert line.goods.text() == ""
    enter(qtbot, line.goods, "xyy")
    qtbot.keyClicks(line.number, "5")
    assert line.hint.text() == "账面 6，差 −1"
    qtbot.keyClick(line.number, Qt.Key.Key_Return)
    assert tab.takes.shown is not None
    assert tab.takes.shown.counted == 1
    edit = line.reason.lineEdit()
    assert edit is not None
    # Chinese comes by an input method, not by keys.
    edit.setText("破损")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (tab.takes.shown.counted, tab.takes.shown.missing) == (2, 1)
    assert on_hand(shop, LIQUID) == 6
    tab.table.select_row(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert tab.takes.shown.counted == 1
    tab.takes.count(LIQUID, 5, "破损")
    seen = on_dialog(dialogs, CloseDialog, lambda it: (it.line.setText("李娜"), it.accept()))
    qtbot.keyClick(tab.table, Qt.Key.Key_W, ALT)
    assert isinstance(seen[0], CloseDialog)
    assert "还有 1 种没盘" in seen[0].words.text()
    assert tab.takes.shown.witness == "李娜"
    assert on_hand(shop, LIQUID) == 5
    assert line.isHidden()
    assert [cap for cap, _ in tab.legend] == ["Alt+V"]
    assert not tab.takes.begin_button.isHidden()


def test_every_scan_is_a_piece_where_that_is_asked(tab: StockTab, qtbot: QtBot) -> None:
    tab.show_view(TAKES)
    tab.takes.begin()
    tab.takes.by_ones.choose(True)
    for _ in range(3):
        enter(qtbot, tab.takes.line.goods, SOAP_CODE)
    assert tab.takes._rows[SOAP].counted == 3
    tab.takes.type_count(SOAP)
    enter(qtbot, tab.takes.line.number, "30")
    assert tab.takes._rows[SOAP].difference == 0


def test_a_stocktaking_that_is_given_up_changes_nothing(
    tab: StockTab, dialogs: Dialogs, shop: Database
) -> None:
    tab.show_view(TAKES)
    tab.takes.begin()
    tab.takes.count(SOAP, 3, "丢失")
    dialogs.answers.append("放弃")
    tab.takes.give_up()
    assert tab.takes.takes == []
    assert on_hand(shop, SOAP) == 30


# -- the ledger


def test_a_line_of_the_ledger_is_reversed_once_and_stays_struck_through(
    tab: StockTab, qtbot: QtBot, dialogs: Dialogs, shop: Database
) -> None:
    with shop.transaction("报损") as session:
        now = CLOCK.now()
        stock.spoil(session, SOAP, 3, reason="受潮", on_date=CLOCK.today(), now=now)
    tab.refresh()
    tab.show_view(LEDGER)
    assert tab.ledger.sums.text() == "入 40　出 7"
    on_dialog(dialogs, ReasonDialog, lambda it: (it.line.setCurrentText("数错"), it.save()))
    qtbot.keyClick(tab.table, Qt.Key.Key_X, ALT)
    assert on_hand(shop, SOAP) == 30
    tab.table.select_row(1)
    kind = tab.table.paged_model.cells(1)[3]
    assert kind.plain == "报损、已冲正"
    assert tab.table.paged_model.cells(1)[5].strike
    assert not tab.ledger.reverse_button.isEnabled()


def test_from_what_was_done_last_one_comes_to_the_line_that_is_to_be_reversed(
    tab: StockTab, shop: Database
) -> None:
    with shop.reading() as session:
        counter = next(one.counter for one in steps.Steps().page(session) if one.counter)
    assert counter.verb == "冲正"
    tab.goods.state.choose("low")
    tab.show_record(ShowStockEntry(counter.row_id))
    assert tab.view is tab.ledger
    assert tab.table.current_id() == counter.row_id
    assert {line.name for line in tab.ledger._fetch(tab.ledger.model.ids)} == {"洗衣液"}


def test_a_line_that_came_in_opens_its_receipt(tab: StockTab, dialogs: Dialogs) -> None:
    tab.show_view(LEDGER)
    tab.ledger.table.select_row(tab.ledger.model.rowCount() - 1)
    seen = on_dialog(dialogs, ReceiptShownDialog, lambda _: None)
    tab.ledger.open_source()
    assert isinstance(seen[0], ReceiptShownDialog)
    assert seen[0].receipt.number == "RK-20261121-01"


# -- papers


def papers(tab: StockTab, dialogs: Dialogs, qtbot: QtBot, words: str) -> str:
    """The text of a paper of the menu that is open behind F9, printed."""
    shown: list[str] = []

    def meet(dialog: QDialog) -> int:
        if isinstance(dialog, LabelDialog):
            dialog.save()
            return 1
        assert isinstance(dialog, PaperPreview)
        shown.append(text_by_pypdf(dialog.data))
        dialog.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = meet
    menu = QMenu()
    tab.fill_print_menu(menu)
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()
    qtbot.waitUntil(lambda: bool(shown))
    dialogs.on_dialog = None
    return shown[0]


@pytest.mark.parametrize(
    ("view", "paper", "parts"),
    [
        (GOODS, "价目表", ("积分超市积分兑换价目表", "洗衣液", "40 分/瓶", "香皂")),
        (GOODS, "货架标签", ("香皂", "12 分/块", SOAP_CODE, "SP0001")),
        (RECEIPTS, "物资入库单", ("RK-20261121-01", "海湾超市", "3.50 105.00", "验收人")),
        (LEDGER, "物资出入库登记表", ("采购 海湾超市", "RK-20261121-01", "合计")),
        (LEDGER, "物资收发存汇总表", ("期初", "洗衣液", "期末")),
    ],
)
def test_papers_of_the_shop_are_drawn_and_put_on_record(
    tab: StockTab,
    dialogs: Dialogs,
    qtbot: QtBot,
    view: int,
    paper: str,
    parts: tuple[str, ...],
) -> None:
    tab.show_view(view)
    text = papers(tab, dialogs, qtbot, paper)
    for part in parts:
        assert part in text
    # What was paid is in the storekeeper's own book; residents meet points alone.
    assert ("元" in text) == (view == RECEIPTS)
    with tab.context.database.reading() as session:
        looked = session.scalars(select(Change).where(Change.action == Action.PRINTED)).all()
        said = session.get_one(Operation, looked[-1].operation_id).sentence
    assert said.startswith("打印 ")


def test_donors_are_made_public_by_name_only_where_they_like(
    tab: StockTab, dialogs: Dialogs, qtbot: QtBot, shop: Database
) -> None:
    tab.show_view(RECEIPTS)
    print_menu.print_donations(tab.context, tab, tab.receipts.chosen)
    qtbot.waitUntil(lambda: bool(dialogs.shown))
    assert "没有捐赠" in dialogs.shown[0]
    for giver, named in (("渤海装备厂", True), ("刘大爷", False)):
        given(shop, giver, named=named)
    text = papers(tab, dialogs, qtbot, "爱心捐赠公示")
    assert "渤海装备厂" in text
    assert "爱心人士" in text
    assert "刘大爷" not in text


def test_gifts_hang_fifteen_days_and_their_posting_is_on_record(
    tab: StockTab, dialogs: Dialogs, qtbot: QtBot, shop: Database
) -> None:
    tab.show_view(RECEIPTS)
    given(shop, "渤海装备厂")
    given(shop, "刘大爷", named=False)
    assert "张贴之日起 15 天" in papers(tab, dialogs, qtbot, "爱心捐赠公示（贴墙）")
    asked: list[tuple[str, object]] = []
    tab.context.signals.page_requested.connect(lambda page, what: asked.append((page, what)))
    wish = "爱心捐赠公示（写进文书"

    choose(tab, wish)
    choose(tab, wish)

    with shop.reading() as session:
        (notice,) = session.scalars(select(Notice))
    assert asked == [("papers", MadeNotice(notice.id))] * 2
    assert (notice.kind, notice.affair, notice.period_days) == (PUBLICITY, AFFAIRS[1], 15)
    assert "渤海装备厂捐赠：香皂 8 块。" in notice.body
    assert "爱心人士捐赠：香皂 8 块。" in notice.body
    assert "刘大爷" not in notice.body

    with shop.transaction("登记张贴") as session:
        publicity.post(session, notice.id, on=CLOCK.today())
    hangs = f"{CLOCK.today()} 至 {CLOCK.today() + timedelta(days=15)}"
    assert hangs in papers(tab, dialogs, qtbot, "爱心捐赠公示（贴墙）")
    # One more gift, and the list that hangs is not this one any more.
    given(shop, "海湾超市")
    assert "张贴之日起 15 天" in papers(tab, dialogs, qtbot, "爱心捐赠公示（贴墙）")


def test_who_writes_no_papers_is_not_offered_the_notice_of_gifts(
    tab: StockTab, shop: Database
) -> None:
    shop.act_as(actor("小赵", SHOP))
    tab.show_view(RECEIPTS)
    menu = QMenu()
    tab.fill_print_menu(menu)
    assert [one.text() for one in menu.actions() if "公示" in one.text()] == [
        "爱心捐赠公示（贴墙）…"
    ]


def given(shop: Database, giver: str, *, named: bool = True) -> None:
    """8 bars of soap as a gift of today."""
    facts = ReceiptFacts(giver=giver, named=named)
    line = (ReceiptLine(SOAP, 8),)
    day, now = CLOCK.today(), CLOCK.now()
    with shop.transaction("入库") as session:
        receipts.add(session, ReceiptKind.DONATION, facts, line, on_date=day, now=now)


def choose(tab: StockTab, words: str) -> None:
    """An entry of the menu behind F9."""
    menu = QMenu()
    tab.fill_print_menu(menu)
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()


def test_the_stocktaking_sheet_can_be_blind(tab: StockTab, dialogs: Dialogs, qtbot: QtBot) -> None:
    tab.show_view(TAKES)
    tab.takes.begin()
    assert "30" in papers(tab, dialogs, qtbot, "盘点表…").split("香皂")[1].split("毛巾")[0]
    blind = papers(tab, dialogs, qtbot, "盘点表（不印账面数）")
    assert "30" not in blind.split("香皂")[1].split("毛巾")[0]


def test_a_donor_is_thanked_and_the_receipt_remembers_it(
    context: Context, shop: Database, dialogs: Dialogs, qtbot: QtBot
) -> None:
    facts = ReceiptFacts(giver="渤海装备厂")
    with shop.transaction("入库") as session:
        given = receipts.add(
            session,
            ReceiptKind.DONATION,
            facts,
            (ReceiptLine(SOAP, 8),),
            on_date=CLOCK.today(),
            now=CLOCK.now(),
        )
    letters: list[str] = []

    def meet(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        letters.append(text_by_pypdf(dialog.data))
        dialog.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = meet
    dialog = ReceiptShownDialog(context, given)
    dialog.thank()
    qtbot.waitUntil(lambda: bool(letters))
    assert "尊敬的渤海装备厂" in letters[0]
    assert "捐赠物资：香皂8块，共8件" in "".join(letters[0].split())
    with shop.reading() as session:
        assert session.get(Goods, SOAP) is not None
    assert ReceiptShownDialog(context, given).receipt.thanked_on == CLOCK.today()
