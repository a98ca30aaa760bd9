"""Whole numbers leave the house by a reason, a password typed now, and in a locked file."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import pyzipper
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.models import Action, Change, Operation
from app.services import authorisation, exports, office, users
from app.services.authorisation import Grant
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.services.rights import load_actor
from app.storage.office_file import NewOffice, create_office
from app.storage.slots import WEAK_COST
from app.ui.kit.background import Background
from app.ui.kit.dialogs import Question
from app.ui.kit.sealing import Sealing
from app.ui.kit.signals import AppSignals
from app.ui.kit.table_paper import SeenColumn, SeenTable
from app.ui.people.authorisation import AuthorisationDialog
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.table_printing import copy_table, export_table, print_table
from app.ui.people.take_out_dialog import TakeOutDialog
from app.ui.residents.export import export
from app.values.rights import Right
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium

SECRETARY, WORKER, READER = "周立群", "赵敏", "李娜"
PASSWORDS = {SECRETARY: "three quiet words", WORKER: "four other words", READER: "five new words"}
ROLES = {SECRETARY: "书记", WORKER: "社工", READER: "只读"}
NUMBER, PHONE = "210214194805111821", "13840310612"
REASON = "报街道民政办"
FILE_PASSWORD = "海湾大桥-8mk2"


@pytest.fixture
def new(clock: FixedClock) -> Iterator[NewOffice]:
    """Three users with passwords, and one resident."""
    made = create_office(
        paths.database_file(),
        user=SECRETARY,
        role=ROLES[SECRETARY],
        password=PASSWORDS[SECRETARY],
        clock=clock,
        cost=WEAK_COST,
    )
    database, vault = made.database, made.vault
    with database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道"))
        for name in (WORKER, READER):
            slot = vault.add_user(
                database.key, name=name, role=ROLES[name], password=PASSWORDS[name]
            )
            users.add(session, name=name, role=ROLES[name], slot=slot)
        person = ResidentInput(name="=王秀兰", document_number=NUMBER, phone=PHONE)
        add(session, person, now=clock.now())
    yield made
    database.close()


@pytest.fixture
def context(new: NewOffice, clock: FixedClock, qapp: QApplication) -> Iterator[Context]:
    signals, background = AppSignals(), Background(qapp)
    yield Context(new.database, signals, background, LiveSettings(new.database, signals), clock)
    assert background.finish()


def slot_of(new: NewOffice, name: str) -> str:
    return next(one.slot for one in new.vault.users() if one.name == name)


def enter(new: NewOffice, name: str) -> None:
    with new.database.lookup() as lookup:
        actor = load_actor(lookup, slot_of(new, name))
    new.database.act_as(actor)


def journal(context: Context, action: Action) -> list[tuple[str, str]]:
    """Who did it, and the sentence, of what was done to the resident."""
    with context.database.reading() as session:
        found = session.execute(
            select(Operation.user_name, Operation.sentence)
            .join(Change, Change.operation_id == Operation.id)
            .where(Change.action == action, Change.table_name == "resident")
        )
        return [(name, sentence) for name, sentence in found]


@pytest.fixture
def answers(dialogs: Dialogs, context: Context) -> list[str]:
    """Answers every dialog as somebody would who wants whole numbers; notes what was asked."""
    asked: list[str] = []

    def answer(dialog: QDialog) -> int:
        asked.append(dialog.windowTitle())
        if isinstance(dialog, Question):
            return dialogs.question(dialog)
        if isinstance(dialog, TakeOutDialog):
            dialog.full.setChecked(True)
            dialog.reason.setText(REASON)
            for edit in (dialog.first, dialog.second):
                edit.setText(FILE_PASSWORD)
            dialog.sealing.setCurrentText(answer.sealing)
        elif isinstance(dialog, AuthorisationDialog):
            dialog.password.setText(PASSWORDS[SECRETARY])
        elif isinstance(dialog, PaperPreview):
            asked.append(text_by_pdfium(dialog.data))
            dialog.note_taken("已送到打印机")
            return 0
        dialog.confirm()
        return dialog.result()

    answer.sealing = Sealing.XLSX
    dialogs.on_dialog = answer
    return asked


def exported(
    context: Context, dialogs: Dialogs, file: Path, qtbot: QtBot, sealing: Sealing
) -> bytes:
    said: list[str] = []
    context.signals.notified.connect(said.append)
    dialogs.files.append(file)
    dialogs.on_dialog.sealing = sealing
    window = QWidget()
    qtbot.addWidget(window)
    export(context, window, [1], "全部")
    qtbot.waitUntil(lambda: bool(said))
    return file.read_bytes()


def test_the_secretary_types_his_password_and_the_file_is_locked(
    new: NewOffice,
    context: Context,
    dialogs: Dialogs,
    answers: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    enter(new, SECRETARY)

    locked = exported(context, dialogs, tmp_path / "一人.xlsx", qtbot, Sealing.XLSX)

    clear = BytesIO()
    book = msoffcrypto.OfficeFile(BytesIO(locked))
    book.load_key(password=FILE_PASSWORD, verify_password=True)
    book.decrypt(clear)
    opened = openpyxl.load_workbook(clear)
    rows = [[cell.value for cell in row] for row in opened["居民"]]
    assert NUMBER in rows[3]
    assert PHONE in rows[3]
    assert opened["居民"]["A4"].data_type == "s"
    assert dict(opened["导出说明"].values)["用途"] == REASON
    assert answers == ["导出 1 人", "请再输一次密码"]
    assert journal(context, Action.EXPORTED) == [
        (SECRETARY, f"导出 1 人（完整号码，用途：{REASON}，加密）")
    ]
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["一人.xlsx"]


def test_a_worker_calls_the_secretary_and_both_names_are_on_record(
    new: NewOffice,
    context: Context,
    dialogs: Dialogs,
    answers: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    enter(new, WORKER)

    locked = exported(context, dialogs, tmp_path / "一人.zip", qtbot, Sealing.ZIP)

    with pyzipper.AESZipFile(BytesIO(locked)) as archive:
        archive.setpassword(FILE_PASSWORD.encode())
        (name,) = archive.namelist()
        told = dict(openpyxl.load_workbook(BytesIO(archive.read(name)))["导出说明"].values)
    assert name == "居民 1 人 2026-11-21.xlsx"
    assert (told["导出人"], told["授权人"]) == (WORKER, SECRETARY)
    assert answers == ["导出 1 人", "请有权限的人授权"]
    assert journal(context, Action.EXPORTED) == [
        (WORKER, f"导出 1 人（完整号码，用途：{REASON}，{SECRETARY} 授权，加密）")
    ]


def test_an_open_file_needs_a_second_click_against_advice(
    new: NewOffice,
    context: Context,
    dialogs: Dialogs,
    answers: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    enter(new, SECRETARY)
    dialogs.answers.append("不加密，照样导出")

    data = exported(context, dialogs, tmp_path / "一人.xlsx", qtbot, Sealing.NONE)

    assert openpyxl.load_workbook(BytesIO(data)).sheetnames == ["居民", "导出说明"]
    assert answers == ["导出 1 人", "不加密就导出？", "请再输一次密码"]
    assert journal(context, Action.EXPORTED)[0][1].endswith("，未加密）")


def test_a_word_of_advice_that_is_followed_exports_nothing(
    new: NewOffice, context: Context, dialogs: Dialogs, answers: list[str], qtbot: QtBot
) -> None:
    enter(new, SECRETARY)
    dialogs.answers.append("取消")
    dialogs.on_dialog.sealing = Sealing.NONE
    window = QWidget()
    qtbot.addWidget(window)

    export(context, window, [1], "全部")

    assert journal(context, Action.EXPORTED) == []


def authorising(context: Context, qtbot: QtBot) -> AuthorisationDialog:
    dialog = AuthorisationDialog(context, Right.EXPORT_FULL, "导出 1 人的完整号码")
    qtbot.addWidget(dialog)
    return dialog


def test_a_wrong_password_gives_no_word(new: NewOffice, context: Context, qtbot: QtBot) -> None:
    enter(new, WORKER)
    dialog = authorising(context, qtbot)

    dialog.password.setText("guessed")
    dialog.confirm()

    assert (dialog.grant, dialog.result()) == (None, 0)
    assert "密码不对" in dialog._password_field.message
    assert dialog.password.text() == ""
    with context.database.reading() as session:
        told = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
    asked = f"输错密码，没有做：请{SECRETARY}授权：导出 1 人的完整号码"
    assert (told.user_name, told.sentence) == (WORKER, asked)


def test_only_those_who_may_are_asked_and_their_own_right_counts(
    new: NewOffice, context: Context, qtbot: QtBot
) -> None:
    enter(new, WORKER)
    dialog = authorising(context, qtbot)

    offered = [dialog.giver.itemText(place) for place in range(dialog.giver.count())]

    assert offered == [f"{SECRETARY}（书记）"]
    with pytest.raises(Exception, match="没有“导出完整号码”的权限"):
        authorisation.authorise(
            context.database,
            Right.EXPORT_FULL,
            slot=slot_of(new, WORKER),
            password=PASSWORDS[WORKER],
            what="导出 1 人的完整号码",
        )
    with context.database.reading() as session:
        refused = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
    assert (refused.user_name, refused.details["refused"]) == (
        WORKER,
        f"请{WORKER}授权：导出 1 人的完整号码",
    )


def test_the_service_gives_whole_numbers_for_the_right_word_only(context: Context) -> None:
    today = context.clock.today()
    with context.database.lookup() as lookup:
        (masked,) = exports.lines(lookup, [1], today=today)
        (whole,) = exports.lines(lookup, [1], today=today, grant=Grant(Right.EXPORT_FULL, "甲"))
        with pytest.raises(ValueError, match="does not open"):
            next(exports.lines(lookup, [1], today=today, grant=Grant(Right.PRINT, "甲")))

    assert NUMBER in whole
    assert NUMBER not in masked


# -- tables of any page


def seen(phone: str) -> SeenTable:
    columns = (SeenColumn("姓名", 100, "left"), SeenColumn("电话", 100, "left"))
    return SeenTable("用印登记", "全部", "共 1 次", columns, [("王秀兰", phone)], (1,))


def test_a_table_with_a_whole_number_is_asked_about_and_stamped_on_paper(
    new: NewOffice, context: Context, answers: list[str], qtbot: QtBot
) -> None:
    enter(new, SECRETARY)
    window = QWidget()
    qtbot.addWidget(window)

    print_table(context, seen(PHONE), window)
    qtbot.waitUntil(lambda: len(answers) == 4)

    assert answers[:3] == ["打印 用印登记 1 次", "请再输一次密码", "用印登记 1 次"]
    assert PHONE in answers[3]
    assert f"用途：{REASON}" in answers[3]
    assert journal(context, Action.PRINTED) == [
        (SECRETARY, f"打印 用印登记 1 次（完整号码，用途：{REASON}）")
    ]


def test_a_table_with_masked_numbers_leaves_without_a_question(
    new: NewOffice, context: Context, answers: list[str], qtbot: QtBot
) -> None:
    enter(new, WORKER)
    window = QWidget()
    qtbot.addWidget(window)

    print_table(context, seen("138 **** 0612"), window)
    qtbot.waitUntil(lambda: len(answers) == 2)

    assert answers[0] == "用印登记 1 次"
    assert "完整号码" not in answers[1]


def test_the_file_of_a_table_is_locked_too(
    new: NewOffice,
    context: Context,
    dialogs: Dialogs,
    answers: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    enter(new, SECRETARY)
    dialogs.files.append(tmp_path / "用印登记.xlsx")
    window = QWidget()
    qtbot.addWidget(window)

    export_table(context, seen(PHONE), window)
    qtbot.waitUntil((tmp_path / "用印登记.xlsx").exists)

    data = BytesIO((tmp_path / "用印登记.xlsx").read_bytes())
    assert msoffcrypto.OfficeFile(data).is_encrypted()


def test_what_is_copied_is_masked_and_on_record(
    new: NewOffice, context: Context, qtbot: QtBot
) -> None:
    enter(new, SECRETARY)
    window = QWidget()
    qtbot.addWidget(window)

    copy_table(context, seen(PHONE), window)

    assert QApplication.clipboard().text().splitlines()[1] == "王秀兰\t138 **** 0612"
    assert journal(context, Action.EXPORTED) == [(SECRETARY, "复制 用印登记 1 次")]


def test_who_may_not_export_copies_nothing(
    new: NewOffice, context: Context, dialogs: Dialogs, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText("before")
    enter(new, READER)
    window = QWidget()
    qtbot.addWidget(window)

    copy_table(context, seen(PHONE), window)

    assert QApplication.clipboard().text() == "before"
    assert "没有“导出（脱敏）”的权限" in dialogs.shown[0]
    assert journal(context, Action.EXPORTED) == []


def test_the_proposed_password_is_shown_to_be_written_down(
    new: NewOffice, context: Context, qtbot: QtBot
) -> None:
    enter(new, SECRETARY)
    dialog = TakeOutDialog(context, "导出 1 人", "全部")
    qtbot.addWidget(dialog)
    dialog.full.setChecked(True)

    dialog.suggest.click()

    assert dialog.first.text() == dialog.second.text() != ""
    assert dialog.first.text() in [one.text() for one in dialog.proposed.findChildren(QLabel)]
