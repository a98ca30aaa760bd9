"""The page 居民, used as a clerk uses it: letters, chips, ticks, keys, dropped files."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Action, EventKind, Resident
from app.services import cards, events, history, recycle_bin, resident_forms, search
from app.services.filters import AGE_BANDS
from app.storage.engine import Database
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Question
from app.ui.kit.sealing import Sealing
from app.ui.kit.signals import IMPORT, Area
from app.ui.kit.tokens import COLORS
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.take_out_dialog import TakeOutDialog
from app.ui.recent.history import LOOKS, HistoryDialog
from app.ui.residents.events import DepartureDialog
from app.ui.residents.form import ResidentForm
from app.ui.residents.import_wizard import COLUMNS, ImportWizard
from app.ui.residents.list_view import ListView
from app.ui.residents.page import ResidentsPage
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.ui import people_office
from tests.ui.people_office import NOW, TODAY, Office


@pytest.fixture
def office(database: Database) -> Office:
    return people_office.found(database)


@pytest.fixture
def page(qtbot: QtBot, context: Context, office: Office) -> ResidentsPage:
    return _open(qtbot, context)


def _open(qtbot: QtBot, context: Context) -> ResidentsPage:
    page = ResidentsPage(context)
    qtbot.addWidget(page)
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1218, 700)
    page.show()
    return page


def names(view: ListView) -> list[str]:
    """The names on the screen, in order."""
    return [row.name for row in view.listing.model.rows_of(list(view.listing.ids))]


def buttons(view: ListView) -> list[str]:
    """What the empty table offers."""
    return [one.text() for one in view.table.viewport().findChildren(Button) if one.isVisible()]


# -- search


def test_each_letter_lists_whom_it_fits_in_the_same_event(page: ResidentsPage) -> None:
    view = page.list
    assert len(names(view)) == 6

    view.title.search.setText("wx")
    assert names(view) == ["王秀兰"]

    view.title.search.setText("qzg")
    assert names(view) == ["仇志国"]


def test_the_first_hit_is_current_and_enter_opens_its_form(
    page: ResidentsPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.list.title.search, "sym")
    qtbot.keyClick(page.list.title.search, Qt.Key.Key_Return)

    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    assert form.fields.entered().name == "单玉梅"


def test_a_scanned_number_opens_the_person(page: ResidentsPage) -> None:
    page.list.title.search.scanned.emit(people_office.number("19480511", "182"))

    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    assert form.fields.entered().name == "王秀兰"


def test_a_scanned_number_of_nobody_stands_in_the_box(page: ResidentsPage) -> None:
    page.list.title.search.scanned.emit("210214200001010009")

    assert page.stack.currentWidget() is page.list
    assert page.list.title.search.text() == "210214200001010009"


def test_a_name_that_nobody_has_can_be_added_from_the_empty_list(
    page: ResidentsPage, qtbot: QtBot
) -> None:
    page.list.title.search.setText("欧阳夏丹")
    qtbot.waitUntil(lambda: buttons(page.list) == ["按此姓名新增「欧阳夏丹」"])

    page.list.table.viewport().findChild(Button).click()

    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    assert form.fields.entered().name == "欧阳夏丹"


def test_an_empty_result_under_filters_offers_to_clear_them(
    page: ResidentsPage, qtbot: QtBot
) -> None:
    view = page.list
    view.filters.party.choose(True)
    view.title.search.setText("wxl")
    qtbot.waitUntil(lambda: buttons(view) == ["清除筛选"])

    view.table.viewport().findChild(Button).click()

    assert names(view) == ["王秀兰"]


def test_somebody_who_left_is_offered_when_nobody_else_is_found(
    page: ResidentsPage, qtbot: QtBot, context: Context, office: Office
) -> None:
    with context.database.transaction("迁出") as session:
        events.move_out(session, office["单玉梅"], on_date=TODAY, now=NOW)
    page.refresh()
    page.list.title.search.setText("sym")
    qtbot.waitUntil(lambda: buttons(page.list) == ["看已离开的 1 人"])

    page.list.table.viewport().findChild(Button).click()

    assert names(page.list) == ["单玉梅"]


def test_a_list_that_is_cut_says_so_instead_of_a_count(
    page: ResidentsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = search.find_ids
    monkeypatch.setattr(search, "find_ids", lambda *a, **k: real(*a, **{**k, "limit": 2}))

    page.list.title.search.setText("1")
    page.list.listing.count()

    assert page.list.filters.figures == "只列出前 2 人，请再输入"


def test_a_new_office_offers_import_and_a_first_person(qtbot: QtBot, context: Context) -> None:
    page = _open(qtbot, context)
    qtbot.waitUntil(lambda: buttons(page.list) == ["从 Excel 导入", "新增居民"])

    page.list.table.viewport().findChild(Button).click()

    assert isinstance(page.stack.currentWidget(), ImportWizard)


# -- filters and counts


def test_the_counts_of_a_filter_are_those_of_the_list(page: ResidentsPage, office: Office) -> None:
    view = page.list
    view.filters.read_choices()
    view.filters.grid.toggle_value(office.grids["第三网格"])
    view.filters.age.toggle_value(AGE_BANDS[3])
    view.listing.count()

    assert names(view) == ["单玉梅", "王秀兰"]
    assert view.filters.figures == "符合 2 人・2 户"
    assert view.title.counts.text() == "共 6 人・3 户"


def test_filters_in_force_come_first_and_their_column_goes(
    page: ResidentsPage, office: Office
) -> None:
    filters = page.list.filters
    filters.read_choices()
    filters.residence.toggle_value("人户一致")
    filters.grid.toggle_value(office.grids["第四网格"])

    chips = sorted(filters.chips, key=lambda chip: chip.x())
    assert [chip.text() for chip in chips[:2]] == ["第四网格", "人户一致"]
    assert "网格" not in [column.title for column in page.list.table._columns.visible()]


def test_escape_first_clears_ticks_and_then_filters(page: ResidentsPage, qtbot: QtBot) -> None:
    view = page.list
    view.filters.party.choose(True)
    view.table.setFocus()
    view.listing.model.tick_all(on=True)

    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert (len(view.chosen_ids()), view.filters.in_force) == (0, True)

    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert not view.filters.in_force
    assert len(names(view)) == 6


def test_the_heading_sorts_by_age_both_ways(page: ResidentsPage) -> None:
    table = page.list.table

    table.horizontalHeader().sort_clicked.emit("age")
    assert names(page.list)[0] == "仇小虎"

    table.horizontalHeader().sort_clicked.emit("age")
    assert names(page.list)[0] == "王秀兰"


def test_chips_that_find_no_room_are_reached_through_one_menu(
    page: ResidentsPage, qtbot: QtBot
) -> None:
    filters = page.list.filters
    filters.setFixedWidth(360)

    hidden = [chip for chip in filters.chips if chip.isHidden()]
    assert filters._more.isVisible()
    assert hidden
    filters._more.click()
    menu = filters.findChild(QMenu)
    assert menu is not None
    offered = [entry.text() for entry in menu.actions()]
    assert len(offered) == len(hidden)
    menu.close()


# -- ticks, copy, export


def test_space_ticks_and_the_heading_ticks_everybody_whom_the_filter_lets_through(
    page: ResidentsPage, qtbot: QtBot
) -> None:
    view = page.list
    view.table.setFocus()
    view.table.select_row(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Space)
    assert view.foot.count.text() == "已选 1 人"

    view.filters.party.choose(True)
    view.table.horizontalHeader().tick_clicked.emit()
    if not view.chosen_ids():
        view.table.horizontalHeader().tick_clicked.emit()

    assert view.foot.count.text() == "已选全部 2 人"
    assert sorted(view.chosen_ids()) == sorted(view.listing.ids)


def test_ticks_of_people_whom_a_filter_hides_are_let_go(page: ResidentsPage) -> None:
    view = page.list
    view.listing.model.tick_all(on=True)

    view.filters.party.choose(True)

    assert set(view.chosen_ids()) == set(view.listing.ids)
    assert len(view.chosen_ids()) == 2


def test_copied_rows_have_headings_and_masked_numbers(page: ResidentsPage) -> None:
    page.list.title.search.setText("王秀兰")
    page.list.table.copy()

    data = QGuiApplication.clipboard().mimeData()
    heading, line = data.text().strip().split("\n")
    assert heading.split("\t")[:4] == ["姓名", "性别", "年龄", "住址"]
    assert "138 **** 0612" in line.split("\t")
    assert "13840310612" not in data.text() + data.html()
    assert "<table>" in data.html()


def _export(page: ResidentsPage, dialogs: Dialogs, file: Path, reason: str, qtbot: QtBot) -> list:
    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, Question):
            return dialogs.question(dialog)
        assert isinstance(dialog, TakeOutDialog)
        if reason:
            dialog.full.setChecked(True)
            dialog.reason.setText(reason)
            dialog.sealing.setCurrentText(Sealing.NONE)
            dialogs.answers.append("不加密，照样导出")
        dialog.confirm()
        return dialog.result()

    dialogs.on_dialog = answer
    dialogs.files.append(file)
    page._export()
    qtbot.waitUntil(file.exists)
    page._context.background.finish()
    sheet = openpyxl.load_workbook(file).active
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_an_export_holds_exactly_the_list_and_masks_numbers(
    page: ResidentsPage, dialogs: Dialogs, tmp_path: Path, qtbot: QtBot, office: Office
) -> None:
    page.list.filters.age.toggle_value(AGE_BANDS[3])
    page.list.table.sort_requested.emit("age", False)
    title, above, heading, *lines = _export(page, dialogs, tmp_path / "长者.xlsx", "", qtbot)

    assert title[0] == "居民"
    assert above[0] == "60 岁及以上　共 3 人　2026-11-21 导出"
    assert [int(line[2]) for line in lines] == [78, 72, 71]
    assert [line[0] for line in lines] == names(page.list)
    assert lines[0][heading.index("证件号码")].count("*") > 4
    journal = people_office.looks(page._context.database, office["王秀兰"], Action.EXPORTED)
    assert journal == ["导出 3 人（脱敏）"]


def test_the_roster_holds_exactly_the_list_in_its_order(
    page: ResidentsPage, dialogs: Dialogs, qtbot: QtBot
) -> None:
    texts: list[str] = []

    def read(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        texts.append(text_by_pdfium(dialog.data))
        return 0

    dialogs.on_dialog = read
    page.list.filters.age.toggle_value(AGE_BANDS[3])
    page.list.table.sort_requested.emit("age", False)
    page._print_roster()
    qtbot.waitUntil(lambda: bool(texts))

    shown = names(page.list)
    assert len(shown) == 3
    assert "60 岁及以上" in texts[0]
    assert "共 3 人" in texts[0]
    assert sorted(shown, key=texts[0].index) == shown
    assert [name for name in people_office.NAMES if name in texts[0]] == sorted(
        shown, key=people_office.NAMES.index
    )


def test_papers_say_that_a_search_found_more_people_than_are_listed(page: ResidentsPage) -> None:
    page.list.title.search.setText("a")
    page.list.listing.cut = True

    ids, words = page._meant()

    assert words == f"查找“a”（只含最相符的 {len(ids)} 人）"


def test_full_numbers_are_exported_as_text_and_only_with_a_reason(
    page: ResidentsPage, dialogs: Dialogs, tmp_path: Path, qtbot: QtBot, office: Office
) -> None:
    page.list.title.search.setText("王秀兰")
    *_, heading, line = _export(page, dialogs, tmp_path / "一人.xlsx", "报民政办高龄补贴", qtbot)

    assert line[heading.index("证件号码")] == people_office.number("19480511", "182")
    assert line[heading.index("电话")] == "13840310612"
    journal = people_office.looks(page._context.database, office["王秀兰"], Action.EXPORTED)
    assert journal == ["导出 1 人（完整号码，用途：报民政办高龄补贴，未加密）"]


def test_the_export_dialog_insists_on_the_reason(qtbot: QtBot, context: Context) -> None:
    dialog = TakeOutDialog(context, "导出 118 人", "第三网格")
    qtbot.addWidget(dialog)
    dialog.full.setChecked(True)

    dialog.confirm()

    assert dialog.result() == 0
    assert dialog._reason_field.message == "带出完整号码要写明用途。"


# -- masked numbers in the list


def test_a_click_on_a_masked_phone_shows_it_and_is_journaled(
    page: ResidentsPage, qtbot: QtBot, office: Office
) -> None:
    view = page.list
    view.table.select_id(office["王秀兰"])
    number = view.table.currentIndex().row()
    section = 1 + [column.key for column in view.listing.model.columns].index("phone")
    place = view.table.visualRect(view.listing.model.index(number, section)).center()

    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert view.table.number_in_clear == "13840310612"
    assert people_office.looks(page._context.database, office["王秀兰"]) == ["查看 王秀兰 的电话"]
    laid_over = view.table.findChild(QLabel, "clear_number")
    laid_over.clear()
    ground = view.table.viewport().grab(laid_over.geometry()).toImage()
    seen = {ground.pixel(x, ground.height() // 2) for x in range(ground.width())}
    # What is masked below it, and the next column, must not shine through.
    assert seen == {QColor(COLORS.primary_soft).rgb()}
    view.card.reveal.mask()
    assert view.table.number_in_clear == ""


# -- dropped files


def _mime(file: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def test_a_spreadsheet_dropped_on_the_page_starts_the_import(
    page: ResidentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr(page, "import_file", lambda file=None: opened.append(file))
    data = _mime(tmp_path / "花名册.xlsx")
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(9, 9), copy, data, left, none)
    page.dragEnterEvent(entering)
    page.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))

    assert entering.isAccepted()
    assert opened == [tmp_path / "花名册.xlsx"]


def test_a_table_pasted_into_the_list_starts_the_import(page: ResidentsPage, qtbot: QtBot) -> None:
    page.list.table.setFocus()
    QApplication.clipboard().setText("赵")
    qtbot.keyClick(page.list.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.stack.currentWidget() is page.list

    QApplication.clipboard().setText("姓名\t性别\n赵海燕\t女\n")
    qtbot.keyClick(page.list.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    wizard = page.stack.currentWidget()
    assert isinstance(wizard, ImportWizard)
    qtbot.waitUntil(lambda: wizard.step == COLUMNS)
    assert wizard.reading.workbook.sheets[0].rows[1] == ["赵海燕", "女"]


def test_a_picture_is_not_taken(page: ResidentsPage, tmp_path: Path) -> None:
    data = _mime(tmp_path / "合影.jpg")
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()

    page.dragEnterEvent(event)

    assert not event.isAccepted()


# -- people come and go


def test_moving_out_takes_a_person_from_the_list_and_taking_it_back_returns_him(
    page: ResidentsPage, dialogs: Dialogs, context: Context, office: Office
) -> None:
    view = page.list

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, DepartureDialog)
        dialog.note.setText("迁往沈阳")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = answer
    with context.database.reading() as session:
        card = cards.card(session, office["王秀兰"], today=TODAY)
    page.actions_of_page.depart(card, EventKind.MOVED_OUT)
    view.listing.count()
    assert "王秀兰" not in names(view)
    assert view.title.counts.text() == "共 5 人・2 户"

    view.filters.departed.choose(True)
    view.table.select_row(0)
    view.card.load()
    assert view.card.view.gone.isVisible()
    view.card.view.take_back.click()
    view.filters.clear()

    assert "王秀兰" in names(view)


def test_a_deleted_person_is_in_the_recycle_bin_after_one_question(
    page: ResidentsPage, dialogs: Dialogs, context: Context, office: Office
) -> None:
    dialogs.answers.append("移到回收站")

    page.actions_of_page.delete([office["单玉梅"]])

    assert "单玉梅" not in names(page.list)
    with context.database.reading() as session:
        assert [line.name for line in recycle_bin.lines(session, now=NOW)] == ["单玉梅"]


def test_a_change_elsewhere_keeps_the_place_and_the_person(
    page: ResidentsPage, context: Context, office: Office
) -> None:
    view = page.list
    view.table.select_id(office["曲晓燕"])
    with context.database.transaction("删除") as session:
        resident_forms.delete(session, office["阿迪力·买买提"], now=NOW)

    context.signals.changed.emit(Area.RESIDENTS)

    assert view.table.current_id() == office["曲晓燕"]
    assert len(names(view)) == 5


def test_a_step_can_be_taken_back_from_the_history(
    page: ResidentsPage, dialogs: Dialogs, context: Context, office: Office, qtbot: QtBot
) -> None:
    with context.database.transaction("迁出") as session:
        events.move_out(session, office["王秀兰"], on_date=TODAY, now=NOW)
    page.refresh()

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, Question):
            return 1
        assert isinstance(dialog, HistoryDialog)
        dialog.undo_button.click()
        return dialog.result()

    dialogs.on_dialog = answer
    page.actions_of_page.history(office["王秀兰"])

    qtbot.waitUntil(lambda: "王秀兰" in names(page.list))


def test_looks_can_be_seen_apart_from_changes(
    context: Context, office: Office, qtbot: QtBot
) -> None:
    with context.database.transaction("查看 王秀兰 的电话") as session:
        cards.reveal(session, office["王秀兰"], "phone")
    with context.database.reading() as session:
        count = len(history.of_record(session, Resident, office["王秀兰"]))
    dialog = HistoryDialog(context, Resident, office["王秀兰"], "王秀兰")
    qtbot.addWidget(dialog)
    assert len(dialog.model.ids) == count

    dialog.kind.choose(LOOKS)

    assert len(dialog.model.ids) == 1
    assert not dialog.undo_button.isVisibleTo(dialog)


# -- printing


def test_the_roster_of_the_filtered_list_opens_in_the_preview(
    page: ResidentsPage, dialogs: Dialogs, qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    shown: list[str] = []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        shown.append(dialog.windowTitle())
        pages = dialog.panel.view.pages
        assert pages is not None
        assert len(pages) == 1
        dialog.panel.save()
        return 0

    dialogs.on_dialog = answer
    dialogs.files.append(tmp_path / "花名册.pdf")
    page.list.filters.party.choose(True)
    page.list.foot.roster.click()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)

    assert shown == ["居民花名册 2 人"]
    assert (tmp_path / "花名册.pdf").read_bytes().startswith(b"%PDF")
    journal = page._context.database
    # Its numbers are masked: to see it is no look, to take it out is on record.
    assert people_office.looks(journal, office["仇志国"]) == []
    printed = people_office.looks(page._context.database, office["仇志国"], Action.PRINTED)
    assert printed == ["打印 居民花名册 2 人"]


# -- keys and 大字


def test_every_key_of_the_page_is_bound_once(page: ResidentsPage) -> None:
    bound = [
        shortcut.key().toString()
        for shortcut in page.list.findChildren(QShortcut)
        if shortcut.context() is Qt.ShortcutContext.WindowShortcut
    ]

    assert len(bound) == len(set(bound))
    assert {"F3", "Ctrl+F", "F9", "Ctrl+N", "Ctrl+K", "Ctrl+I", "Ctrl+R"} <= set(bound)


def test_in_large_type_import_and_export_move_into_one_menu(
    qtbot: QtBot, qapp: QApplication, context: Context, office: Office
) -> None:
    theme.apply(qapp, "大字")
    page = _open(qtbot, context)
    title = page.list.title

    title.more.click()
    menu = title.findChild(QMenu)

    assert menu is not None
    assert [entry.text() for entry in menu.actions()][:2] == ["导入…", "导出…"]
    menu.close()
    columns = [column.title for column in page.list.table._columns.visible()]
    assert columns == ["姓名", "性别", "年龄", "住址", "标签"]


def test_the_first_start_can_ask_for_the_import_instead_of_the_list(page: ResidentsPage) -> None:
    page.show_record(IMPORT)

    assert isinstance(page.stack.currentWidget(), ImportWizard)


def test_hits_carry_no_arrow_since_the_best_come_first(page: ResidentsPage) -> None:
    table = page.list.table
    assert table._head._sorted == ("name", True)

    page.list.title.search.setText("王")
    assert table._head._sorted == ("", True)

    page.list.title.search.clear()
    assert table._head._sorted == ("name", True)


def test_when_nobody_is_at_the_desk_the_card_and_the_search_are_put_away(
    page: ResidentsPage, office: Office, qtbot: QtBot
) -> None:
    view = page.list
    view.title.search.setText("王")
    view.table.setFocus()
    view.listing.model.tick_all(on=True)
    ticked = view.chosen_ids()
    qtbot.waitUntil(lambda: view.card.card is not None)
    page.rest()
    assert view.card.card is None
    assert view.card.person_id is None
    assert view.table.current_id() is None
    assert view.title.search.text() == ""
    assert set(ticked) <= set(view.chosen_ids())
    page.list.show_record(ticked[0])
    qtbot.waitUntil(lambda: view.card.card is not None)


def test_a_form_that_is_being_filled_stays_when_nobody_is_at_the_desk(
    page: ResidentsPage, office: Office
) -> None:
    page.add_person("半途")
    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    page.rest()
    assert page.stack.currentWidget() is form
