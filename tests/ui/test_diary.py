"""平安日记: typed by keyboard alone, kept while typing, shown, settled, handed on, printed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import (
    Action,
    CategoryGroup,
    Change,
    DiaryEntry,
    DiaryPhoto,
    Grid,
    Origin,
    Resident,
    Visit,
)
from app.services import categories, diary, diary_views, drafts, history, recycle_bin, requests
from app.services.diary_input import DiaryInput, Met
from app.services.photos import LARGEST_PHOTO
from app.services.requests import RequestInput
from app.storage.engine import Database
from app.ui.grids.diary.day_line import DayLine
from app.ui.grids.diary.print_dialog import PrintDiary, What
from app.ui.grids.diary.tab import DiaryTab
from app.ui.grids.page import TABS, GridsPage
from app.ui.kit import table_paper
from app.ui.kit.buttons import Button
from app.ui.kit.states import EmptyState
from app.ui.kit.table_paper import SeenTable
from app.ui.main_window import MainWindow
from app.ui.people.date_line import DueLine
from app.ui.people.grid_wish import NewDiary, NewRequest, ShowDiary, ShowRequest
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.ui import people_office
from tests.ui.people_office import Office

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
ONLY = tuple(one for one in TABS if one.title == "平安日记")


@pytest.fixture
def office(database: Database) -> Office:
    """王秀兰 and her neighbours, all of one grid, and the usual kinds."""
    found = people_office.found(database)
    with database.transaction("准备") as session:
        categories.seed(session)
        grid = session.scalars(select(Grid)).first()
        if grid is None:
            grid = Grid(number=3, name="第三网格")
            session.add(grid)
            session.flush()
        for person in session.scalars(select(Resident)):
            person.grid_id = grid.id
    return found


@pytest.fixture
def tab(qtbot: QtBot, context: Context, office: Office) -> DiaryTab:
    page = GridsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    opened = page.open("平安日记")
    assert isinstance(opened, DiaryTab)
    return opened


class Keys:
    """Hands on the keyboard: every stroke goes where the focus is, and is counted."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot, self._window = qtbot, window
        self.strokes = 0

    def press(self, *keys: Qt.Key, by: Any = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.strokes += 1
            self._qtbot.keyClick(self._target(), key, by)

    def type(self, text: str) -> None:
        """Words: not counted, they are what one has to say. Chinese comes as an input method's."""
        if text.isascii():
            self._qtbot.keyClicks(self._target(), text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._window.focusWidget(), event)

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or self._window.focusWidget() or self._window


def lines(context: Context) -> list[diary_views.DiaryRow]:
    with context.database.lookup() as lookup:
        return diary_views.rows(lookup, diary_views.list_ids(lookup))


def write(context: Context, office: Office, **fields: Any) -> int:
    values: dict[str, Any] = {
        "on_date": context.clock.today(),
        "met": (Met(resident_id=office["王秀兰"]),),
        "seen": "楼道有杂物",
    }
    with context.database.transaction("记日记") as session:
        entered = DiaryInput(**(values | fields))
        return diary.write(session, entered, now=context.clock.now())


def kind(context: Context, name: str, group: CategoryGroup = CategoryGroup.MATTER) -> int:
    with context.database.reading() as session:
        found = categories.categories(session, group)
    return next(one.id for one in found if one.name == name)


def picture(folder: Path) -> Path:
    """Nothing but noise: of all pictures the one that a JPEG can do least about."""
    side = 1300
    noise = Random(7).randbytes(3 * side * side)
    file = folder / "楼道.png"
    QImage(noise, side, side, 3 * side, QImage.Format.Format_RGB888).save(str(file), quality=100)
    return file


def test_a_line_is_written_in_a_dozen_strokes_from_any_page(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    hands = Keys(qtbot, window)

    hands.press(Qt.Key.Key_J, by=CTRL)
    hands.press(Qt.Key.Key_2, ENTER)
    hands.type("wxl")
    hands.press(ENTER, ENTER)
    hands.press(Qt.Key.Key_1, ENTER, ENTER)
    hands.type("楼上漏水")
    hands.press(ENTER)
    hands.type("约了两家周六谈")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_4)
    hands.press(ENTER, by=CTRL)

    [line] = lines(context)
    assert hands.strokes <= 12
    assert line.on_date == context.clock.today()
    assert line.way == "入户"
    assert line.met.startswith("王秀兰")
    assert (line.category, line.hazard) == ("矛盾纠纷", "高空坠物")
    assert (line.seen, line.measures) == ("楼上漏水", "约了两家周六谈")
    assert line.period == "上午"
    page = window.findChild(GridsPage)
    assert page is not None
    assert isinstance(page.current, DiaryTab)
    assert page.current.card.line == line


def test_a_sheet_is_typed_back_line_after_line_with_its_day_and_weather_kept(
    qtbot: QtBot, context: Context, tab: DiaryTab, office: Office
) -> None:
    before = context.clock.today() - timedelta(days=1)
    tab.write()
    fields = tab.form.fields
    fields.day.setText("11-20")
    fields.day.editingFinished.emit()
    fields.weather.set_value("小雨")
    fields.grid.choose_id(office.grids["第三网格"])
    fields.met.add(Met(words="小广场"))

    qtbot.keyClick(fields.seen, ENTER, CTRL | SHIFT)
    assert tab.form.is_open
    assert fields.entered().weather == "小雨"
    assert fields.entered().met == ()
    fields.seen.setPlainText("井盖松动")
    tab.form.save()

    assert [(one.on_date, one.weather, one.met or one.seen) for one in lines(context)] == [
        (before, "小雨", "井盖松动"),
        (before, "小雨", "小广场"),
    ]
    assert not tab.form.is_open


def test_enter_walks_through_the_form_in_the_order_of_the_sheet(
    qtbot: QtBot, tab: DiaryTab
) -> None:
    tab.write()
    hands = Keys(qtbot, tab.window())
    fields = tab.form.fields
    order = (fields.met.edit, fields.category, fields.seen, fields.measures, fields.hazard)

    reached = []
    for _ in order:
        hands.press(ENTER)
        reached.append(tab.window().focusWidget())
    back = []
    for _ in range(3):
        hands.press(ENTER, by=SHIFT)
        back.append(tab.window().focusWidget())

    assert reached == list(order)
    assert back == [fields.measures, fields.seen, fields.category]


def test_backspace_takes_the_last_one_off_and_words_left_standing_are_kept(
    qtbot: QtBot, tab: DiaryTab
) -> None:
    tab.write()
    hands = Keys(qtbot, tab.window())
    met = tab.form.fields.met
    hands.press(ENTER)
    hands.type("xgc")
    hands.press(ENTER)
    hands.type("西门")
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Tab)
    assert met.met() == (Met(words="xgc"), Met(words="西门"))

    met.edit.setFocus()
    hands.press(Qt.Key.Key_Backspace)

    assert met.met() == (Met(words="xgc"),)


def test_escape_asks_only_where_something_would_be_lost(
    qtbot: QtBot, tab: DiaryTab, dialogs: Dialogs
) -> None:
    tab.write()
    tab.form.cancel()
    assert not tab.form.is_open

    tab.write()
    tab.form.fields.seen.setPlainText("井盖松动")
    dialogs.answers.append("取消")
    tab.form.cancel()
    assert tab.form.is_open
    dialogs.answers.append("不保存，返回")
    qtbot.keyClick(tab.form.fields.seen, Qt.Key.Key_Escape)

    assert not tab.form.is_open
    assert len(dialogs.shown) == 2


def test_a_line_that_is_being_typed_is_not_written_over_by_another(
    context: Context, tab: DiaryTab, office: Office
) -> None:
    entry = write(context, office)
    tab.refresh()
    tab.write()
    tab.form.fields.seen.setPlainText("井盖松动")

    tab.list.table.opened.emit(entry)
    tab.show_record(Unsaved(f"diary:{entry}"))
    tab.show_record(ShowDiary(entry))
    assert tab.right.currentWidget() is tab.card
    tab.write(office["仇志国"])

    assert tab.right.currentWidget() is tab.form
    assert tab.form.fields.seen.toPlainText() == "井盖松动"
    assert tab.form.fields.entered().met == (Met(resident_id=office["仇志国"]),)


def test_a_new_line_does_not_begin_in_one_that_is_being_corrected(
    context: Context, tab: DiaryTab, office: Office
) -> None:
    write(context, office)
    tab.refresh()
    tab.edit()
    tab.form.fields.seen.setPlainText("改过的话")
    tab.write(office["仇志国"])
    assert tab.form.fields.entered().met == (Met(resident_id=office["王秀兰"]),)
    tab.form.fields.seen.setPlainText("楼道有杂物")

    tab.write(office["仇志国"])

    assert tab.form.fields.entered().met == (Met(resident_id=office["仇志国"]),)
    tab.form.save()
    assert len(lines(context)) == 2


def test_what_was_typed_before_a_crash_is_there_again(
    qtbot: QtBot, context: Context, tab: DiaryTab, office: Office
) -> None:
    tab.write()
    tab.form.fields.met.add(Met(resident_id=office["王秀兰"]))
    tab.form.fields.category.choose_id(kind(context, "公共设施"))
    tab.form.fields.seen.setPlainText("井盖松动")
    tab.form.keeper.keep()

    page = GridsPage(context, kinds=ONLY)
    qtbot.addWidget(page)
    page.show_record(Unsaved("diary:new"))

    again = page.current
    assert isinstance(again, DiaryTab)
    entered = again.form.fields.entered()
    assert entered.met == (Met(resident_id=office["王秀兰"]),)
    assert entered.category_id == kind(context, "公共设施")
    assert entered.seen == "井盖松动"
    again.form.save()
    with context.database.reading() as session:
        assert drafts.waiting(session) == []


def test_a_fault_is_said_and_everything_typed_stays(
    context: Context, tab: DiaryTab, dialogs: Dialogs
) -> None:
    tab.write()
    tab.form.fields.day.setText("2026-12-01")
    tab.form.fields.seen.setPlainText("井盖松动")

    tab.form.save()

    assert "还没有到" in dialogs.shown[0]
    assert tab.form.is_open
    assert tab.form.fields.seen.toPlainText() == "井盖松动"
    assert lines(context) == []


def test_a_line_about_somebody_notes_a_visit_by_one_key(
    qtbot: QtBot, context: Context, tab: DiaryTab, office: Office
) -> None:
    tab.write()
    visit = tab.form.fields.visit
    assert not visit.isVisible()
    tab.show_record(NewDiary(office["王秀兰"]))
    assert visit.isVisible()
    qtbot.keyClick(visit, Qt.Key.Key_1)
    tab.form.fields.seen.setPlainText("精神好")

    tab.form.save()

    [line] = lines(context)
    assert line.way == "入户"
    assert line.visits == ("王秀兰 正常",)
    with context.database.reading() as session:
        [row] = session.scalars(select(Visit))
        assert (row.resident_id, row.note) == (office["王秀兰"], "精神好")
        assert row.diary_entry_id == line.id
        step = history.last_undoable(session)
    assert step is not None
    assert step.sentence == "记平安日记 11-21 入户 王秀兰 3-2-301"
    with context.database.transaction("撤销") as session:
        assert history.undo(session, step.id).kept == ()
        assert session.scalars(select(Visit)).all() == []
    tab.refresh()
    assert tab.card.line is None


def test_pictures_are_scaled_down_shown_and_saved_with_the_line(
    context: Context,
    tab: DiaryTab,
    office: Office,
    dialogs: Dialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = picture(tmp_path)
    chosen = staticmethod(lambda *_: ([str(file)], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    tab.write()
    tab.form.fields.met.add(Met(resident_id=office["王秀兰"]))
    tab.form.fields.photos.choose()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    tab.form.dropEvent(QDropEvent(QPointF(), action, dropped, button, SHIFT))
    assert tab.form.dirty
    tab.form.save()

    with context.database.reading() as session:
        kept = session.scalars(select(DiaryPhoto.jpeg)).all()
    assert all(0 < len(jpeg) <= LARGEST_PHOTO for jpeg in kept)
    assert lines(context)[0].photos == 2
    shown: list[str] = []
    dialogs.on_dialog = lambda dialog: shown.append(dialog.windowTitle()) or 1
    assert [one.isVisible() for one in tab.card.pictures.tiles[:3]] == [True, True, False]
    tab.card.pictures.tiles[1].click()
    assert shown == ["2026-11-21 09:30 存的照片"]
    tab.edit()
    tab.form.fields.photos._tiles[0].click()
    tab.form.save()
    assert lines(context)[0].photos == 1


def test_a_line_becomes_a_request_and_then_leads_to_it(
    qtbot: QtBot, context: Context, tab: DiaryTab, office: Office
) -> None:
    entry = write(context, office)
    tab.refresh()

    with qtbot.waitSignal(context.signals.page_requested) as asked:
        tab.card.request.click()

    assert asked.args == ["grids", NewRequest(diary_entry_id=entry)]
    assert tab.card.request.text() == "记成诉求"
    with context.database.transaction("登记诉求") as session:
        asking = RequestInput(
            origin=Origin.MEMBER,
            category_id=kind(context, "环境卫生"),
            title="楼道杂物",
            resident_id=office["王秀兰"],
            diary_entry_id=entry,
        )
        request = requests.register(session, asking, now=context.clock.now())
    tab.refresh()
    assert tab.card.request.text() == "看诉求"
    with qtbot.waitSignal(context.signals.page_requested) as asked:
        tab.card.request.click()
    assert asked.args == ["grids", ShowRequest(request)]


def test_settling_and_removing_speak_of_the_line_that_is_seen(
    context: Context, tab: DiaryTab, office: Office, dialogs: Dialogs
) -> None:
    write(context, office, category_id=kind(context, "公共设施"))
    tab.refresh()
    assert tab.card.settle.isVisible()

    tab.card.settle.click()
    assert lines(context)[0].settled_on == context.clock.today()
    assert tab.card.settle.text() == "撤回销号"
    tab.card.settle.click()
    assert lines(context)[0].open
    dialogs.answers.append("删除")
    tab.card.remove.click()

    assert lines(context) == []
    assert tab.card.line is None
    with context.database.reading() as session:
        [lost] = recycle_bin.lines(session, now=context.clock.now())
    assert lost.kind == "平安日记"
    assert lost.name == "11-21 楼道有杂物"


def test_filters_and_search_say_what_is_seen_and_are_taken_off_together(
    context: Context, tab: DiaryTab, office: Office
) -> None:
    write(context, office, category_id=kind(context, "公共设施"))
    write(context, office)
    tab.refresh()
    tab.filters.open.open_menu()
    assert len(tab.list.model.ids) == 1
    assert tab.filters._said.text() == "巡查 1，待销号 1"
    assert tab.list.table.paper.filter_words() == "2026年11月，待销号"
    tab.search.setText("zzz")
    tab._read()
    assert len(tab.list.model.ids) == 0
    empty = tab.list.table.findChildren(EmptyState)[-1]
    assert "只找了 2026年11月。" in [one.text() for one in empty.findChildren(QLabel)]
    next(one for one in empty.findChildren(Button) if one.text() == "清除筛选").click()
    tab._read()

    assert tab.filters.words == "2026年11月"
    assert len(tab.list.model.ids) == 2
    assert not tab.filters.clear.isVisible()


def test_a_line_of_another_month_is_shown_when_it_is_asked_for(
    context: Context, tab: DiaryTab, office: Office
) -> None:
    entry = write(context, office, on_date=date(2026, 9, 5))
    tab.refresh()
    assert len(tab.list.model.ids) == 0

    tab.show_record(ShowDiary(entry))

    assert tab.card.line is not None
    assert tab.card.line.id == entry
    assert tab.filters.words == "2026年9月"


def test_a_reader_is_offered_nothing_but_reading(
    qtbot: QtBot, context: Context, office: Office
) -> None:
    write(context, office, category_id=kind(context, "公共设施"))
    context.database.act_as(actor("看的人", "只读"))
    tab = DiaryTab(context)
    qtbot.addWidget(tab)
    tab.show()
    tab.refresh()

    buttons = (tab.new_button, tab.print_button, tab.card.edit, tab.card.settle, tab.card.remove)
    assert not any(one.isVisible() for one in (*buttons, tab.card.request))
    qtbot.keyClick(tab.list.table, ENTER)
    tab.show_record(NewDiary())
    assert tab.right.currentWidget() is tab.card
    assert tab.card.line is not None


Choose = Callable[[PrintDiary], None]


def _blank(dialog: PrintDiary) -> None:
    dialog.what.setCurrentText(What.BLANK)


def _day(dialog: PrintDiary) -> None:
    dialog.what.setCurrentText(What.DAY)


def _month(dialog: PrintDiary) -> None:
    dialog.what.setCurrentText(What.MONTH)


@pytest.mark.parametrize(
    ("choose", "words", "people"),
    [(_blank, "平安日记单", 0), (_day, "楼道有杂物", 1), (_month, "11月21日", 1)],
)
def test_each_paper_of_the_diary_is_shown_and_on_record_when_it_was_taken(
    qtbot: QtBot,
    context: Context,
    tab: DiaryTab,
    office: Office,
    dialogs: Dialogs,
    choose: Choose,
    words: str,
    people: int,
) -> None:
    write(context, office)
    tab.refresh()
    shown: list[bytes] = []

    def act(dialog: QDialog) -> int:
        if isinstance(dialog, PaperPreview):
            shown.append(dialog.data)
            dialog.note_taken("已送到打印机")
        elif isinstance(dialog, PrintDiary):
            choose(dialog)
            dialog.show_paper()
        return 1

    dialogs.on_dialog = act
    tab.print_button.click()
    qtbot.waitUntil(lambda: bool(shown))

    text = text_by_pdfium(shown[0])
    assert words in text
    assert ("王秀兰" in text) == bool(people)
    with context.database.reading() as session:
        taken = select(Change).where(Change.action == Action.PRINTED)
        tables = [one.table_name for one in session.scalars(taken)]
    assert tables == ["resident" if people else "user"]


def test_the_history_of_a_line_is_read_at_its_card(
    context: Context, tab: DiaryTab, office: Office, dialogs: Dialogs
) -> None:
    write(context, office)
    tab.refresh()
    titles: list[str] = []
    dialogs.on_dialog = lambda dialog: titles.append(dialog.windowTitle()) or 1

    tab.card.history.click()

    assert titles == ["经过：11-21 巡查 王秀兰 3-2-301"]
    with context.database.reading() as session:
        assert session.scalars(select(DiaryEntry)).one().written_by == "王书记"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("19", date(2026, 11, 19)),
        ("30", date(2026, 10, 30)),
        ("11-20", date(2026, 11, 20)),
        ("12.31", date(2025, 12, 31)),
        ("11月1日", date(2026, 11, 1)),
        ("2.29", date(2024, 2, 29)),
        ("昨天", date(2026, 11, 20)),
        ("今天", date(2026, 11, 21)),
        ("2026-11-02", date(2026, 11, 2)),
        ("13-40", None),
    ],
)
def test_a_day_without_year_or_month_is_the_latest_of_its_name(
    qtbot: QtBot, typed: str, meant: date | None
) -> None:
    line = DayLine(date(2026, 11, 21))
    qtbot.addWidget(line)

    line.setText(typed)

    assert line.value() == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4", date(2026, 12, 4)),
        ("12-4", date(2026, 12, 4)),
        ("1月8日", date(2027, 1, 8)),
        ("11-21", date(2026, 11, 21)),
        ("2-30", None),
        ("2026-12-31", date(2026, 12, 31)),
    ],
)
def test_a_deadline_without_year_or_month_is_the_next_of_its_name(
    qtbot: QtBot, typed: str, meant: date | None
) -> None:
    line = DueLine(date(2026, 11, 21))
    qtbot.addWidget(line)

    line.setText(typed)

    assert line.value() == meant


def test_the_whole_ledger_leaves_though_the_screen_shows_less(
    context: Context, tab: DiaryTab, office: Office
) -> None:
    write(context, office, weather="晴", category_id=kind(context, "公共设施"))
    tab.refresh()
    taken: list[SeenTable] = []
    table_paper.see(tab.list.table, taken.append)

    [seen] = taken
    line = dict(zip([one.title for one in seen.columns], seen.rows[0], strict=True))
    assert line["日期"] == "2026-11-21"
    assert (line["星期"], line["天气"], line["类别"]) == ("六", "晴", "公共设施")
    assert line["走访户、人"] == "王秀兰 3-2-301"
    assert {"网格员", "转为诉求", "销号日", "回访日", "满意度", "照片"} <= set(line)
    assert seen.people == (office["王秀兰"],)
