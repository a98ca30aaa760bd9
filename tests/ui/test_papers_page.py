"""文书: from a wish to a paper on the desk, with what it leaves in the file."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from app.models import Action, Change, Operation
from app.services import notices, office
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.ui.kit.print_dialog import PrintDialog
from app.ui.kit.printers import NO_PRINTER
from app.ui.papers.page import PapersPage


@pytest.fixture
def page(qtbot, context):
    """An office with two residents, and the page 文书."""
    with context.database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道"))
        for name, place in (("王秀兰", "3-2-301"), ("沈𬀩", "4-1-102")):
            entered = ResidentInput(
                name=name, document_kind="none", sex="女", address=place, phone="13842840612"
            )
            add(session, entered, now=context.clock.now())
    page = PapersPage(context)
    qtbot.addWidget(page)
    page.show()
    return page


def shown_text(page) -> str:
    pages = page.preview.view.pages
    return "" if pages is None else PdfReader(BytesIO(pages.data)).pages[0].extract_text()


def written(qtbot, page, title="关于停水的通知", body="明天停水。"):
    page.choices.choose("notice")
    qtbot.mouseClick(page.panel("notice").archive.new_button, Qt.MouseButton.LeftButton)
    page.panel("notice").form.fields.title.setText(title)
    page.panel("notice").form.fields.body.setPlainText(body)


def test_a_notice_is_seen_as_a_page_while_it_is_typed(qtbot, page):
    written(qtbot, page)

    qtbot.waitUntil(lambda: "关于停水的通知" in shown_text(page))

    assert "海湾街道望海社区居民委员会" in shown_text(page)


def test_a_saved_notice_stands_in_the_list_and_can_be_used_again(qtbot, page, context):
    written(qtbot, page)
    page.panel("notice").form.save()
    page.panel("notice").form.leave()

    qtbot.mouseClick(page.panel("notice").archive.again_button, Qt.MouseButton.LeftButton)
    page.panel("notice").form.save()

    with context.database.reading() as session:
        titles = [line.title for line in notices.notices(session)]
    assert titles == ["关于停水的通知"] * 2


def test_a_notice_without_a_title_is_not_kept_and_the_sentence_says_so(qtbot, page, dialogs):
    written(qtbot, page, title="")

    page.panel("notice").form.save()

    assert dialogs.shown == ["通知还没有填标题，填好再保存或打印。"]
    assert page.panel("notice").form.fields.body.toPlainText() == "明天停水。"


def test_what_was_typed_survives_a_power_cut(qtbot, page, context):
    written(qtbot, page, body="写到一半")
    page.panel("notice").form.keep_draft()

    again = PapersPage(context)
    qtbot.addWidget(again)

    assert again.panel("notice").form.fields.body.toPlainText() == "写到一半"
    assert again.panel("notice").form.dirty


def test_somebody_elses_change_is_not_overwritten(qtbot, page, context, dialogs):
    written(qtbot, page)
    page.panel("notice").form.save()
    with context.database.transaction("别人改") as session:
        [line] = notices.notices(session)
        text, version = notices.text_of(session, line.id)
        text = replace(text, body="后天停水。")
        notices.update(session, line.id, text, version=version, now=context.clock.now())

    page.panel("notice").form.fields.body.setPlainText("我也改")
    page.panel("notice").form.save()

    assert "刚被别人改过" in dialogs.shown[0]
    assert page.panel("notice").form.fields.body.toPlainText() == "我也改"


def test_an_information_sheet_is_put_away_when_nobody_is_there(qtbot, page):
    page.choices.choose("info_sheet")
    page.panel("info_sheet").show_person(1)
    qtbot.waitUntil(lambda: "13842840612" in shown_text(page))
    page.rest()
    assert "13842840612" not in shown_text(page)
    assert page.panel("info_sheet").chosen.words == "还没有选人"


def test_an_information_sheet_is_journaled_when_seen_and_when_saved(
    qtbot, page, context, tmp_path: Path, dialogs
):
    dialogs.files.append(tmp_path / "单.pdf")
    page.choices.choose("info_sheet")
    page.panel("info_sheet").show_person(1)
    qtbot.waitUntil(lambda: "13842840612" in shown_text(page))

    page.preview.save()

    [saved] = PdfReader(tmp_path / "单.pdf").pages
    assert "王秀兰" in saved.extract_text()
    with context.database.reading() as session:
        lines = session.execute(
            select(Operation.sentence, Change.action)
            .join(Change, Change.operation_id == Operation.id)
            .where(Change.table_name == "resident", Change.row_id == 1)
            .order_by(Operation.id)
        ).all()
    assert lines[1:] == [
        ("查看本人信息单 王秀兰", Action.LOOKED),
        ("打印本人信息单 王秀兰", Action.PRINTED),
    ]


def _words_of(dialog):
    assert isinstance(dialog, PrintDialog)
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_without_a_printer_a_sentence_says_what_to_do(qtbot, page, dialogs):
    written(qtbot, page)
    qtbot.waitUntil(lambda: "停水" in shown_text(page))

    shown: list[str] = []
    dialogs.on_dialog = lambda dialog: shown.extend(_words_of(dialog)) or 0

    page.preview.print()

    assert NO_PRINTER in shown


def test_a_name_that_no_font_can_print_is_told_instead_of_the_paper(qtbot, page, context):
    with context.database.transaction("准备") as session:
        entered = ResidentInput(name="王\U0002ebf0", document_kind="none")
        unprintable = add(session, entered, now=context.clock.now())
    page.choices.choose("info_sheet")

    page.panel("info_sheet").show_person(unprintable)

    qtbot.waitUntil(lambda: "\U0002ebf0" in page.preview._empty.text())
    assert not page.preview.print_button.isEnabled()


def test_a_paper_that_was_asked_for_before_is_not_shown_instead_of_the_present_one(qtbot, page):
    page.choices.choose("roster")
    page.choices.choose("info_sheet")

    qtbot.waitUntil(lambda: not page.panel("roster")._latest._job)
    qtbot.wait(50)

    assert page.preview.view.pages is None


def test_a_new_notice_is_signed_by_this_office_and_dated_today(qtbot, page):
    qtbot.mouseClick(page.panel("notice").archive.new_button, Qt.MouseButton.LeftButton)

    text = page.panel("notice").form.text()

    assert (text.signed_by, text.dated) == ("海湾街道望海社区居民委员会", date(2026, 11, 21))
