"""The import wizard with the real roster: clicks and keys, from the file to the way back."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.importing.workbook import read_workbook
from app.models import Operation, Resident
from app.services import history, import_layouts, resident_forms
from app.services.residents_import import RowState
from app.storage.backup import list_backups
from app.storage.office_file import create_office
from app.storage.slots import WEAK_COST
from app.ui.kit.background import Background
from app.ui.kit.buttons import Button
from app.ui.kit.memory import window_memory
from app.ui.kit.signals import AppSignals
from app.ui.residents import import_work
from app.ui.residents.import_file_page import DropZone
from app.ui.residents.import_wizard import COLUMNS, FILE, PREVIEW, RESULT, ImportWizard
from app.values.documents import check_character
from tests.actors import actor
from tests.conftest import Dialogs

ROSTER = Path(__file__).parents[1] / "data" / "rosters" / "望海社区居民信息台账.xlsx"
HEADINGS = ("姓名", "性别", "公民身份号码", "出生日期", "楼号", "单元", "房号", "联系电话")
LONG_MS = 60_000
CTRL = Qt.KeyboardModifier.ControlModifier


def number(birth: str, serial: str) -> str:
    first = f"210214{birth}{serial}"
    return first + check_character(first)


WANG = ("王秀兰", "女", number("19480306", "062"), "1948-03-06", "3", "2", "301", "13812340612")
LI = ("李建国", "男", number("19601002", "061"), "1960-10-02", "3", "1", "502", "13912344471")
TIAN = ("田广海", "男", "2.10214E+17", "1949-05-17", "6", "1", "301", "13812347702")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The sample roster where leftovers may be written beside it."""
    return Path(shutil.copy(ROSTER, tmp_path / ROSTER.name))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A small roster of our own."""

    def written(
        *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, name: str = "名册"
    ) -> Path:
        file = tmp_path / f"{name}.xlsx"
        book = xlsxwriter.Workbook(str(file))
        page = book.add_worksheet("第三网格")
        for line, row in enumerate((headings, *rows)):
            for place, text in enumerate(row):
                page.write_string(line, place, text)
        book.close()
        return file

    return written


@pytest.fixture
def wizard(qtbot: QtBot, context: Context) -> ImportWizard:
    wizard = ImportWizard(context)
    qtbot.addWidget(wizard)
    wizard.resize(1218, 700)
    with qtbot.waitExposed(wizard):
        wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wizard)
    return wizard


def settle(qtbot: QtBot, wizard: ImportWizard, context: Context) -> None:
    """Until the job under way has ended and the wizard shows what came of it."""
    qtbot.waitUntil(lambda: not context.background.busy and not wizard.is_busy, timeout=LONG_MS)


def reach_preview(qtbot: QtBot, wizard: ImportWizard, context: Context, file: Path) -> None:
    wizard.file_page.file_chosen.emit(file)
    settle(qtbot, wizard, context)
    assert wizard.step == COLUMNS
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    assert wizard.step == PREVIEW


def counts(wizard: ImportWizard) -> dict[RowState | None, int]:
    cards = wizard.preview.counts
    return {state: cards.card(state).count for state in (None, *RowState)}


def people(context: Context) -> int:
    with context.database.reading() as session:
        statement = select(func.count()).select_from(Resident).where(Resident.deleted_at.is_(None))
        return session.scalar(statement) or 0


def test_the_sample_roster_goes_in_by_clicks_and_46_rows_stay_behind(
    qtbot: QtBot, wizard: ImportWizard, context: Context, roster: Path, dialogs: Dialogs
) -> None:
    dialogs.files.append(roster)
    wizard.file_page.choose_button.click()
    settle(qtbot, wizard, context)
    assert wizard.step == COLUMNS
    assert wizard.columns_page.ticks["第一网格"].isChecked()
    assert not wizard.columns_page.ticks["填表说明"].isChecked()

    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    shown = counts(wizard)
    assert shown[None] == 2528 == sum(shown[state] for state in RowState)
    assert shown[RowState.NEW] == 2482
    assert wizard.header.forward.text() == "导入 2,482 行"

    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    assert wizard.step == RESULT
    assert people(context) == 2482
    rest = wizard.result.rest
    assert rest is not None
    assert rest.name == "望海社区居民信息台账_待改.xlsx"
    assert sum(len(sheet.rows) - 1 for sheet in read_workbook(rest).sheets) == 46

    wizard.result.undo_button.click()
    settle(qtbot, wizard, context)
    assert people(context) == 0
    assert not wizard.result.undo_button.isVisible()


def test_cancelling_half_way_leaves_nothing(
    qtbot: QtBot,
    wizard: ImportWizard,
    context: Context,
    roster: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reach_preview(qtbot, wizard, context, roster)
    apply = import_work.residents_import.apply
    reported = QSignalSpy(wizard.legend_changed)

    def apply_and_cancel(*args: object, **kwargs: object) -> object:
        tell = kwargs["progress"]

        def tell_and_cancel(done: int, total: int) -> None:
            if done:
                wizard.busy._job.cancel()  # what 取消 does, at a known moment
            tell(done, total)

        return apply(*args, **{**kwargs, "progress": tell_and_cancel})

    monkeypatch.setattr(import_work.residents_import, "apply", apply_and_cancel)
    wizard.header.forward.click()
    assert wizard.is_busy
    assert reported.count() > 0
    settle(qtbot, wizard, context)

    assert wizard.step == PREVIEW
    assert people(context) == 0
    with context.database.reading() as session:
        sentences = session.scalars(select(Operation.sentence)).all()
    assert not [sentence for sentence in sentences if sentence.startswith("导入")]


def test_escape_stops_the_job_that_runs(
    qtbot: QtBot, wizard: ImportWizard, context: Context, roster: Path
) -> None:
    reach_preview(qtbot, wizard, context, roster)
    wizard.header.forward.click()
    qtbot.keyClick(wizard.busy.stop, Qt.Key.Key_Escape)
    settle(qtbot, wizard, context)

    assert wizard.step == PREVIEW
    assert people(context) == 0


def test_what_was_changed_after_the_import_is_kept_and_listed(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    reach_preview(qtbot, wizard, context, write(WANG, LI))
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    with context.database.transaction("修改居民 王秀兰 的工作单位") as session:
        key = session.scalars(select(Resident.id).where(Resident.name == "王秀兰")).one()
        session.get_one(Resident, key).workplace = "纺织厂"

    wizard.result.undo_button.click()
    settle(qtbot, wizard, context)

    assert people(context) == 1
    assert any("王秀兰" in sentence for sentence in wizard.result.kept)


def test_a_faulty_cell_is_mended_on_the_spot_and_the_counts_go_on_adding_up(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    reach_preview(qtbot, wizard, context, write(WANG, TIAN, LI))
    assert counts(wizard)[RowState.FAULT] == 1
    detail = wizard.preview.detail
    assert detail.mend.hasFocus()

    qtbot.keyClicks(detail.mend, "12345")
    qtbot.keyClick(detail.mend, Qt.Key.Key_Return)
    settle(qtbot, wizard, context)
    assert counts(wizard)[RowState.FAULT] == 1

    qtbot.keyClicks(detail.mend, number("19490517", "063"))
    qtbot.keyClick(detail.mend, Qt.Key.Key_Return)
    settle(qtbot, wizard, context)

    shown = counts(wizard)
    assert (shown[None], shown[RowState.NEW], shown[RowState.FAULT]) == (3, 3, 0)
    assert wizard.header.forward.text() == "导入 3 行"


def test_a_question_is_answered_by_keys(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    with context.database.transaction("新增居民 王秀兰") as session:
        wang = resident_forms.ResidentInput(
            name="王秀兰",
            document_kind="none",
            birth_date=date(1948, 3, 6),
            address="6-1-204",
        )
        resident_forms.add(session, wang, now=context.clock.now())
    reach_preview(qtbot, wizard, context, write(WANG, LI))
    assert counts(wizard)[RowState.QUESTION] == 1
    assert "很像已有的王秀兰" in wizard.preview.detail.reason
    assert "3-2-301（名册里 6-1-204）" in wizard.preview.detail.told()

    qtbot.keyClick(wizard.preview.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    shown = counts(wizard)
    assert (shown[RowState.UPDATE], shown[RowState.NEW], shown[RowState.QUESTION]) == (1, 1, 0)
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    assert people(context) == 2


def test_the_same_file_a_second_time_changes_nothing(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    file = write(WANG, LI)
    reach_preview(qtbot, wizard, context, file)
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    wizard.result.again_button.click()

    reach_preview(qtbot, wizard, context, file)

    assert counts(wizard)[RowState.UNCHANGED] == 2
    assert not wizard.header.forward.isEnabled()
    assert wizard.header.forward.text() == "导入 0 行"


def test_a_corrected_column_is_remembered_for_the_next_file(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    headings = (*HEADINGS[:-1], "联系电话", "小组情况")
    row = (*WANG, "第二小组")
    wizard.file_page.file_chosen.emit(write(row, headings=headings))
    settle(qtbot, wizard, context)
    box = wizard.columns_page.boxes["I"]
    assert box.currentText() != "备注"

    box.setFocus()
    qtbot.keyClicks(box, "bz")
    assert box.currentText() == "备注"
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    wizard.header.forward.click()
    settle(qtbot, wizard, context)

    wizard.result.again_button.click()
    wizard.file_page.file_chosen.emit(write(row, headings=headings, name="下个月"))
    settle(qtbot, wizard, context)
    assert wizard.columns_page.boxes["I"].currentText() == "备注"
    with context.database.reading() as session:
        mark = wizard.reading.layouts[0].fingerprint
        assert import_layouts.find_layout(session, mark) is not None
        note = session.scalars(select(Resident.note)).one()
    assert note == "第二小组"


def test_a_column_chosen_in_the_heading_is_read_at_once(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    reach_preview(qtbot, wizard, context, write(WANG, LI))
    menu = wizard.preview.column_menu("sex")
    assert [entry.text() for entry in menu.actions() if entry.isChecked()] == ["B　性别"]

    next(entry for entry in menu.actions() if entry.text().startswith("F")).trigger()
    settle(qtbot, wizard, context)

    assert wizard.step == PREVIEW
    layout = wizard.reading.layouts[0]
    assert (layout.columns.get("B"), layout.columns["F"]) == (None, "sex")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "这个文件是空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 broken", "不完整"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence_in_place(
    qtbot: QtBot,
    wizard: ImportWizard,
    context: Context,
    tmp_path: Path,
    content: bytes,
    sentence: str,
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)

    wizard.file_page.file_chosen.emit(file)
    settle(qtbot, wizard, context)

    assert wizard.step == FILE
    assert sentence in wizard.file_page.fault


def test_a_dropped_file_is_read(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(WANG)))])
    zone = wizard.file_page.findChild(DropZone)
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    zone.dropEvent(event)
    settle(qtbot, wizard, context)

    assert wizard.step == COLUMNS
    assert wizard.reading.file.name == "名册.xlsx"


def test_a_copied_table_is_pasted_checked_and_imported(
    qtbot: QtBot, wizard: ImportWizard, context: Context, tmp_path: Path
) -> None:
    window_memory().setValue("文件/文件夹", str(tmp_path))
    lines = ("\t".join(row) for row in (HEADINGS, WANG, TIAN))
    QApplication.clipboard().setText("\r\n".join(lines))

    qtbot.keyClick(wizard.file_page.choose_button, Qt.Key.Key_V, CTRL)
    settle(qtbot, wizard, context)
    assert wizard.step == COLUMNS
    wizard.header.forward.click()
    settle(qtbot, wizard, context)

    found = counts(wizard)
    assert (found[RowState.NEW], found[RowState.FAULT]) == (1, 1)
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    assert people(context) == 1
    assert [one.name for one in tmp_path.glob("*.xlsx")] == ["粘贴的表格_待改.xlsx"]


def test_a_pasted_sentence_is_no_table(qtbot: QtBot, wizard: ImportWizard) -> None:
    QApplication.clipboard().setText("王秀兰住三号楼")

    qtbot.keyClick(wizard.file_page.choose_button, Qt.Key.Key_V, CTRL)

    assert wizard.step == FILE
    assert "没有表格" in wizard.file_page.fault


def test_the_template_can_be_saved_filled_and_imported(
    qtbot: QtBot, wizard: ImportWizard, context: Context, tmp_path: Path, dialogs: Dialogs
) -> None:
    target = tmp_path / "空模板.xlsx"
    dialogs.files.append(target)
    wizard.file_page.template_button.click()

    wizard.file_page.file_chosen.emit(target)
    settle(qtbot, wizard, context)
    fields = set(wizard.reading.layouts[0].columns.values())
    assert {"name", "document_number", "phones", "building", "unit", "room"} <= fields


def test_leaving_an_untouched_preview_asks_nothing(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    reach_preview(qtbot, wizard, context, write(WANG))
    with qtbot.waitSignal(wizard.left):
        qtbot.keyClick(wizard.preview.table, Qt.Key.Key_Escape)
    assert people(context) == 0
    with context.database.reading() as session:
        assert history.recent(session, limit=5) == []


def test_tab_goes_from_trouble_to_trouble_and_delete_skips(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    second = ("马玉霞", *TIAN[1:])
    reach_preview(qtbot, wizard, context, write(WANG, TIAN, LI, second))
    detail, table = wizard.preview.detail, wizard.preview.table
    first = table.current_id()

    qtbot.keyClick(detail.mend, Qt.Key.Key_Tab)
    assert table.current_id() != first
    qtbot.keyClick(detail.mend, Qt.Key.Key_Up)
    assert table.current_id() == first

    qtbot.keyClick(detail.mend, Qt.Key.Key_Delete)
    assert counts(wizard)[RowState.FAULT] == 2
    assert table.current_id() != first
    table.select_id(first)
    assert detail.again_button.isVisible()


def test_the_rows_left_over_come_back_as_they_are_and_nothing_else(
    qtbot: QtBot, wizard: ImportWizard, context: Context, roster: Path
) -> None:
    reach_preview(qtbot, wizard, context, roster)
    wizard.header.forward.click()
    settle(qtbot, wizard, context)
    rest = wizard.result.rest
    assert rest is not None
    wizard.result.again_button.click()

    reach_preview(qtbot, wizard, context, rest)

    shown = counts(wizard)
    assert shown[None] == 46
    assert shown[RowState.NEW] == 0


def test_the_office_is_backed_up_before_anything_is_written(
    qtbot: QtBot, qapp: QApplication, office_folder: Path, clock: FixedClock, roster: Path
) -> None:
    new = create_office(
        office_folder / "社区资料.linli",
        user="周立群",
        role="书记",
        password="three quiet words",
        clock=clock,
        cost=WEAK_COST,
    )
    signals, background = AppSignals(), Background()
    settings = LiveSettings(new.database, signals)
    new.database.act_as(actor("周立群", "书记"))
    context = Context(new.database, signals, background, settings, clock)
    wizard = ImportWizard(context)
    qtbot.addWidget(wizard)
    reach_preview(qtbot, wizard, context, roster)
    assert wizard.preview.promise.startswith("先自动备份")

    wizard.header.forward.click()
    settle(qtbot, wizard, context)

    backups = list_backups(paths.backup_dir())
    assert [(one.reason, one.people) for one in backups] == [("导入前", 0)]
    assert people(context) == 2482
    background.finish()
    new.database.close()


def test_rows_with_the_same_trouble_are_shown_together(
    qtbot: QtBot, wizard: ImportWizard, context: Context, roster: Path
) -> None:
    reach_preview(qtbot, wizard, context, roster)
    wizard.preview.counts.choose(RowState.FAULT)
    alike = wizard.preview.detail.alike
    assert alike.isVisible()
    more = int("".join(char for char in alike.text() if char.isdigit()))

    alike.click()

    model = wizard.preview.table.paged_model
    assert model.rowCount() == more + 1
    reasons = {model.cells(line)[-1].text for line in range(model.rowCount())}
    assert len(reasons) == 1


def test_a_file_that_was_read_is_offered_again(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    file = write(WANG)
    wizard.file_page.file_chosen.emit(file)
    settle(qtbot, wizard, context)
    again = ImportWizard(context)
    qtbot.addWidget(again)

    recent = [button for button in again.findChildren(Button) if button.toolTip() == str(file)]
    assert [button.text() for button in recent] == ["名册.xlsx"]


def test_a_sheet_without_a_name_column_cannot_be_checked_and_says_so(
    qtbot: QtBot, wizard: ImportWizard, context: Context, write: Callable[..., Path]
) -> None:
    wizard.file_page.file_chosen.emit(write(WANG))
    settle(qtbot, wizard, context)
    box = wizard.columns_page.boxes["A"]
    box.setFocus()

    qtbot.keyClick(box, Qt.Key.Key_Delete)

    assert not wizard.header.forward.isEnabled()
    assert "姓名" in wizard.columns_page.why_not
    qtbot.keyClicks(box, "xm")
    assert wizard.header.forward.isEnabled()
