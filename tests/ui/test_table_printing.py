"""Every table prints and exports what the screen shows: filter, order, count."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Action, Change, Operation, Resident
from app.services import office, users
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.ui.kit import table_paper
from app.ui.kit.dialogs import ProgressDialog
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.paper_desk import desk_of
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.table_paper import SeenTable
from app.ui.main_window import MainWindow
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.table_printing import paper_desk
from tests.conftest import Dialogs
from tests.reports.reading import page_texts, text_by_pdfium

NAMES = ("王秀兰", "张𣲗", "李𬱖", "周立群", "毕永昌")


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    age: int


LINES = {number: Line(number, name, 60 + number) for number, name in enumerate(NAMES, start=1)}
COLUMNS = (
    Column("name", "姓名", lambda line: Cell(line.name, sub="新"), 120, weight=1, sortable=True),
    Column("age", "年龄", lambda line: str(line.age), 60, align="right"),
    Column("note", "备注", lambda _: "<&>", 90),
)


@dataclass
class Place:
    window: QWidget
    table: PagedTable
    foot: TableFoot


@pytest.fixture
def place(qtbot: QtBot, context: Context) -> Place:
    """A window with a desk, and a table of five people."""
    with context.database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道"))
        users.add(session, name=context.user.name, role="书记", slot="")
        for name in NAMES:
            entered = ResidentInput(name=name, document_kind="none", sex="女")
            add(session, entered, now=context.clock.now())
    window = QWidget()
    qtbot.addWidget(window)
    paper_desk(context, window)
    model = PagedTableModel(
        COLUMNS, lambda ids: [LINES[one] for one in ids], tickable=True, parent=window
    )
    table = PagedTable(model, name="老人")
    foot = TableFoot(table, unit="人")
    layout = QVBoxLayout(window)
    layout.addWidget(table)
    layout.addWidget(foot)
    window.resize(600, 400)
    window.show()
    model.set_ids([3, 1, 2, 5])
    return Place(window, table, foot)


@pytest.fixture
def printed(dialogs: Dialogs) -> list[str]:
    """The text of every paper that was shown, and it is taken out at once."""
    texts: list[str] = []

    def look(dialog: PaperPreview) -> int:
        texts.append(text_by_pdfium(dialog.data))
        dialog.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = look
    return texts


def seen_of(table: PagedTable) -> SeenTable:
    found: list[SeenTable] = []
    table_paper.see(table, found.append)
    return found[0]


def test_paper_holds_what_the_screen_shows(place: Place, printed: list[str], qtbot: QtBot) -> None:
    place.table.paper.filter_words = lambda: "60 岁以上，第三网格"

    place.foot.print_button.click()
    qtbot.waitUntil(lambda: bool(printed))

    text = printed[0]
    assert "60 岁以上，第三网格" in text
    assert "共 4 人" in text
    assert "海湾街道望海社区居民委员会" in text
    assert [text.index(name) for name in ("李𬱖", "王秀兰", "张𣲗", "毕永昌")] == sorted(
        text.index(name) for name in ("李𬱖", "王秀兰", "张𣲗", "毕永昌")
    )
    assert "周立群" not in text
    assert "<&>" in text


def test_only_a_table_of_people_warns_of_personal_data(
    place: Place, printed: list[str], qtbot: QtBot
) -> None:
    place.foot.print_button.click()
    qtbot.waitUntil(lambda: len(printed) == 1)
    place.table.paper.personal = False
    place.foot.print_button.click()
    qtbot.waitUntil(lambda: len(printed) == 2)

    assert ["内含个人信息" in text for text in printed] == [True, False]


def test_ticked_rows_are_meant_alone_and_it_is_said(place: Place) -> None:
    place.table.paged_model.tick([1, 3], on=True)

    seen = seen_of(place.table)

    assert [row[0] for row in seen.rows] == ["王秀兰 新", "毕永昌 新"]
    assert seen.filter_words == "全部，只含勾选的"
    assert seen.count_words == "共 2 人"


def test_a_hidden_column_stays_away_and_a_moved_one_moves(place: Place) -> None:
    place.table.set_column_present("note", present=False)
    place.table.horizontalHeader().moveSection(2, 1)

    seen = seen_of(place.table)

    assert [column.title for column in seen.columns] == ["年龄", "姓名"]
    assert [column.align for column in seen.columns] == ["right", "left"]
    assert seen.rows[0] == ("63", "李𬱖 新")


def test_the_file_holds_the_same_with_its_filter_at_the_head(
    place: Place, tmp_path: Path, dialogs: Dialogs, context: Context, qtbot: QtBot
) -> None:
    said: list[str] = []
    context.signals.notified.connect(said.append)
    dialogs.files += [tmp_path / "老人"]
    place.table.paper.filter_words = lambda: "第三网格"

    place.foot.export_button.click()
    qtbot.waitUntil(lambda: bool(said))

    sheet = openpyxl.load_workbook(tmp_path / "老人.xlsx").active
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    assert rows[0] == ["老人"]
    assert rows[1] == ["第三网格　共 4 人　2026-11-21 导出"]
    assert rows[2] == ["姓名", "年龄", "备注"]
    assert rows[3] == ["李𬱖 新", "63", "<&>"]
    assert len(rows) == 7
    assert said == ["已导出 老人 4 人，存到「老人.xlsx」"]


def test_what_left_the_program_is_journaled_person_by_person(
    place: Place,
    printed: list[str],
    context: Context,
    tmp_path: Path,
    dialogs: Dialogs,
    qtbot: QtBot,
) -> None:
    said: list[str] = []
    context.signals.notified.connect(said.append)
    place.table.paper.people = list
    place.foot.print_button.click()
    qtbot.waitUntil(lambda: bool(printed))
    dialogs.files += [tmp_path / "老人.xlsx"]
    place.foot.export_button.click()
    qtbot.waitUntil(lambda: said[-1:] == ["已导出 老人 4 人，存到「老人.xlsx」"])

    with context.database.reading() as session:
        lines = session.execute(
            select(
                Operation.sentence,
                Change.table_name,
                Change.action,
                Change.row_id,
                Change.last_row_id,
            )
            .join(Change, Change.operation_id == Operation.id)
            .where(Change.action.in_([Action.PRINTED, Action.EXPORTED]))
        ).all()
    assert {(line.sentence, line.table_name, line.action) for line in lines} == {
        ("打印 老人 4 人", "resident", Action.PRINTED),
        ("导出 老人 4 人", "resident", Action.EXPORTED),
    }
    people = [
        one
        for line in lines
        if line.action is Action.PRINTED
        for one in range(line.row_id, (line.last_row_id or line.row_id) + 1)
    ]
    assert sorted(people) == [1, 2, 3, 5]


def test_a_table_without_people_is_journaled_with_who_took_it(
    place: Place, printed: list[str], context: Context, qtbot: QtBot
) -> None:
    place.foot.print_button.click()
    qtbot.waitUntil(lambda: bool(printed))

    with context.database.reading() as session:
        found = session.execute(
            select(Operation.sentence, Change.table_name)
            .join(Change, Change.operation_id == Operation.id)
            .where(Change.action == Action.PRINTED)
        ).all()
    assert [tuple(line) for line in found] == [("打印 老人 4 人", "user")]


def test_a_long_table_is_read_while_the_window_lives(place: Place, qtbot: QtBot) -> None:
    ids = [1, 2, 3, 4, 5] * 800
    found: list[SeenTable] = []
    beats: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(len(found)))
    timer.start(0)
    place.table.paged_model.set_ids(ids)

    table_paper.see(place.table, found.append)
    assert found == []
    qtbot.waitUntil(lambda: bool(found))

    assert len(found[0].rows) == 4000
    assert found[0].count_words == "共 4,000 人"
    assert [row[0] for row in found[0].rows[:5]] == [f"{name} 新" for name in NAMES]
    assert place.window.findChildren(ProgressDialog)[0].isHidden()
    assert 0 in beats


def test_reading_a_long_table_can_be_broken_off(place: Place, qtbot: QtBot) -> None:
    found: list[SeenTable] = []
    place.table.paged_model.set_ids([1, 2, 3, 4, 5] * 8000)

    table_paper.see(place.table, found.append)
    (dialog,) = place.window.findChildren(ProgressDialog)
    dialog.stop.click()
    qtbot.waitUntil(dialog.isHidden)

    assert found == []


def test_an_empty_table_offers_nothing(place: Place) -> None:
    place.table.paged_model.set_ids([])
    menu = QMenu()
    table_paper.fill_menu(menu, place.table)

    assert not place.foot.print_button.isEnabled()
    assert menu.actions() == []


def test_the_menu_of_a_table_says_the_same_as_its_foot(place: Place) -> None:
    menu = QMenu()
    table_paper.fill_menu(menu, place.table)

    assert [action.text() for action in menu.actions()] == ["复制本表", "打印本表…", "导出本表…"]


def test_the_clipboard_gets_the_same(place: Place) -> None:
    table_paper.copy(place.table)

    assert QApplication.clipboard().text().splitlines() == [
        "姓名\t年龄\t备注",
        "李𬱖 新\t63\t<&>",
        "王秀兰 新\t61\t<&>",
        "张𣲗 新\t62\t<&>",
        "毕永昌 新\t65\t<&>",
    ]


def test_without_a_main_window_nothing_is_offered(qtbot: QtBot) -> None:
    table = PagedTable(PagedTableModel(COLUMNS, lambda ids: []), name="老人")
    foot = TableFoot(table)
    qtbot.addWidget(table)
    qtbot.addWidget(foot)
    foot.show()

    assert foot.print_button.isHidden()
    assert not table_paper.may_print(table)


def test_the_main_window_has_a_desk_for_everything_in_it(context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)

    desk = desk_of(window.stack.currentWidget())

    assert desk is not None
    page = desk.calibration_page(printer="二楼", right=0.5, down=0.0, cross=30.0)
    assert "打印位置校准页" in page_texts(page)[0]


@pytest.mark.parametrize("build", ["history", "recycle_bin", "twins"])
def test_tables_in_dialogs_have_the_same_foot(
    build: str, place: Place, context: Context, qtbot: QtBot
) -> None:
    from app.ui.recent.history import HistoryDialog
    from app.ui.recent.recycle_bin import RecycleBinDialog
    from app.ui.residents.twins import TwinsDialog

    makers: dict[str, Callable[[], QWidget]] = {
        "history": lambda: HistoryDialog(context, Resident, 1, "王秀兰", place.window),
        "recycle_bin": lambda: RecycleBinDialog(context, place.window),
        "twins": lambda: TwinsDialog(context, place.window),
    }
    dialog = makers[build]()
    dialog.show()

    foot = dialog.findChild(TableFoot)
    assert foot is not None
    assert not foot.print_button.isHidden()
