"""登记簿 and 核验: the same lines on screen, in the file and on paper; papers held against them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Action, Certificate, Refusal, Resident
from app.reports import refusal
from app.services import forbidden, history, office, refusals, registers
from app.services.office import Office
from app.storage.engine import Database
from app.ui.kit.table_paper import SeenTable
from app.ui.papers.registers.book_view import BookView
from app.ui.papers.registers.books import CERTIFICATE_BOOK
from app.ui.papers.registers.dialog import REFUSALS, SEALS, RegistersDialog
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.papers.verify_dialog import VerifyDialog
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.period_chip import CHOOSE, PeriodDialog
from app.ui.people.table_printing import draw, paper_desk
from tests.conftest import Dialogs
from tests.reports.reading import page_texts, text_by_pdfium
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer
from tests.storage.offices import CLOCK, furnish


@pytest.fixture
def issuer(context: Context) -> Issuer:
    """An office with seven papers: one void, one printed again, one of another kind."""
    furnish(context.database, _issue)
    return Issuer(Clerk(context.database, context.clock.now()))


def _issue(database: Database) -> None:
    with database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道"))
        office.seed(session, today=CLOCK.today())
    clerk = Clerk(database, CLOCK.now())
    issuer = Issuer(clerk)
    lan = clerk.add("王秀兰", phone="13840910001")
    own = issuer.own_template()
    keys = [issuer.printed(holder=f"张{name}") for name in ("一", "二", "三", "四")]
    issuer.step("void", keys[1], reason="姓名打错")
    issuer.step("reprint", keys[2])
    issuer.printed(template_id=own, holder="李五")
    issuer.printed(resident_id=lan, holder_document="居民身份证 210214195604120023", purpose="评优")
    issuer.numbered(holder="张七")


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[QWidget]:
    """What stands behind dialogs: it has the desk that draws tables."""
    window = QWidget()
    qtbot.addWidget(window)
    paper_desk(context, window)
    return window


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, issuer: Issuer, window: QWidget) -> RegistersDialog:
    dialog = RegistersDialog(context, window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _screen(view: BookView) -> list[tuple[str, ...]]:
    """The lines of the table with all their columns, as table and card show them."""
    lines = []
    for key in view.model.ids:
        view.table.select_id(key)
        line = view.model.row(view.table.currentIndex().row())
        assert _card(view) == {
            heading: words
            for heading, words in zip(view._book.headings[2:], line[2:], strict=True)
            if words
        }
        for column in view.model.columns:
            assert column.cell(line).plain == line[view._book.headings.index(column.title)]
        lines.append(line)
    return lines


def _card(view: BookView) -> dict[str, str]:
    grid = view.card.facts.layout()
    words = [grid.itemAt(place).widget().text() for place in range(grid.count())]
    return dict(zip(words[::2], words[1::2], strict=True))


def _paper(view: BookView, dialogs: Dialogs, qtbot: QtBot) -> str:
    texts: list[str] = []

    def look(preview: PaperPreview) -> int:
        texts.append(text_by_pdfium(preview.data))
        return 0

    dialogs.on_dialog = look
    view.print_button.click()
    qtbot.waitUntil(lambda: bool(texts))
    return texts[0]


def _file(view: BookView, dialogs: Dialogs, place: Path, qtbot: QtBot) -> list[tuple[str, ...]]:
    dialogs.files.append(place)
    view.export_button.click()
    qtbot.waitUntil(place.exists)
    sheet = openpyxl.load_workbook(place).active
    assert sheet.title == view.table.paper.title
    return [tuple("" if cell is None else str(cell) for cell in row) for row in sheet.values]


@pytest.mark.parametrize(
    ("choose", "count", "words"),
    [
        (lambda view: None, 7, "2026年"),
        (lambda view: view.state.choose(registers.VOID), 1, "2026年，作废"),
        (lambda view: view.kind.choose("到场证明"), 1, "2026年，到场证明"),
        (lambda view: view.search.setText("张"), 5, "2026年，含“张”"),
        (lambda view: view.period.choose(None), 7, "全部"),
        (lambda view: view.period.choose_days(date(2026, 11, 1), None), 7, "2026-11-01 起"),
        (
            lambda view: view.period.choose_days(date(2026, 11, 1), date(2026, 11, 21)),
            7,
            "2026-11-01 起，2026-11-21 止",
        ),
    ],
)
def test_screen_file_and_paper_hold_the_same_lines_in_the_same_order(
    dialog: RegistersDialog,
    dialogs: Dialogs,
    qtbot: QtBot,
    tmp_path: Path,
    choose: object,
    count: int,
    words: str,
) -> None:
    view = dialog.certificates
    choose(view)
    screen = _screen(view)
    assert len(screen) == count
    assert f"共 {count} 份" in view.foot._range.text()

    title, facts, headings, *lines = _file(view, dialogs, tmp_path / "登记簿.xlsx", qtbot)
    assert title[0] == "证明出具登记簿"
    assert facts[0].startswith(f"{words}　共 {count} 份")
    assert headings == registers.CERTIFICATE_HEADINGS
    assert lines == screen

    paper = _paper(view, dialogs, qtbot)
    assert f"共 {count} 份" in paper
    tight = "".join(paper.split())
    assert "".join(words.split()) in tight
    places = [tight.index(f"〔2026〕{row[1].partition('〕')[2]}") for row in screen]
    assert places == sorted(places)
    for heading in registers.CERTIFICATE_HEADINGS:
        assert heading in tight


def test_the_seal_book_is_the_same_on_screen_in_the_file_and_on_paper(
    dialog: RegistersDialog, dialogs: Dialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.show_book(SEALS)
    view = dialog.seals
    screen = _screen(view)
    assert len(screen) == 7
    title, _, headings, *lines = _file(view, dialogs, tmp_path / "用印.xlsx", qtbot)
    assert (title[0], headings) == ("用印登记", registers.SEAL_HEADINGS)
    assert lines == screen
    paper = _paper(view, dialogs, qtbot)
    assert "共 7 次" in paper


def test_a_sheet_of_the_register_holds_twenty_papers_with_all_columns(context: Context) -> None:
    line = (
        *("望海社证〔2026〕112号", "2026-11-20", "王秀兰", "居民身份证 1827", "138 **** 0612"),
        *("志愿服务记录证明", "积分入学志愿服务登记", "普兰店区教育局"),
        "《志愿服务记录与证明出具办法（试行）》（民政部令第67号）第十四条、第十五条",
        *("核对志愿服务记录和本人有效身份证件", "赵敏敏", "周立群", "1", "李晓娜"),
        *("11-21 王秀兰（本人）", "有效，已领取", "", ""),
    )
    seen = SeenTable(
        title=CERTIFICATE_BOOK.title,
        filter_words="2026年",
        count_words="共 20 份",
        columns=CERTIFICATE_BOOK.columns_on_paper(),
        rows=[(str(number), *line) for number in range(1, 21)],
    )
    [page] = page_texts(draw(context, seen))
    assert page.count("2026-11-20") == 20
    assert page.count("〔2026〕112号") == 20


def test_days_are_chosen_in_a_window_that_tells_what_is_wrong(
    dialog: RegistersDialog, dialogs: Dialogs
) -> None:
    said: list[str] = []

    def answer(asked: PeriodDialog) -> int:
        for since, until in (("", ""), ("2026-13-01", ""), ("2026-11-20", "2026-11-01")):
            asked.since.setText(since)
            asked.until.setText(until)
            asked.save()
            assert asked.result() == 0
            said.append(asked._since._words.text() + asked._until._words.text())
        asked.since.setText("2026-11-01")
        asked.until.setText("2026-11-20")
        asked.save()
        return asked.result()

    dialogs.on_dialog = answer
    view = dialog.certificates
    view.period.choose(CHOOSE)
    assert ["至少填" in said[0], "请写成" in said[1], "之前" in said[2]] == [True] * 3
    assert view.period.text() == "11-01 至 11-20"
    view.period.choose_days(date(2025, 12, 31), None)
    assert view.period.text() == "2025-12-31 起"
    view.period.choose_days(date(2026, 11, 1), date(2026, 11, 20))
    assert (view.chosen.since, view.chosen.year) == (date(2026, 11, 1), None)
    assert len(view.model.ids) == 0
    view.period.choose(2026)
    assert len(view.model.ids) == 7


def test_a_void_paper_is_struck_through_at_its_number(dialog: RegistersDialog) -> None:
    view = dialog.certificates
    cells = [view.model.columns[0].cell(row) for row in view.model.rows_of(list(view.model.ids))]
    assert [cell.strike for cell in cells] == [False, True, False, False, False, False, False]


def test_the_latest_line_is_in_view_and_enter_leads_to_its_paper(
    dialog: RegistersDialog, qtbot: QtBot
) -> None:
    view = dialog.certificates
    last = view.model.ids[-1]
    assert view.table.current_id() == last
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert dialog.paper == last
    assert not dialog.isVisible()


def test_a_filter_keeps_the_current_line_and_says_when_nothing_is_left(
    dialog: RegistersDialog,
) -> None:
    view = dialog.certificates
    chosen = view.model.ids[2]
    view.table.select_id(chosen)
    view.search.setText("张三")
    assert view.table.current_id() == chosen
    view.search.setText("没有这个人")
    assert len(view.model.ids) == 0
    assert not view.print_button.isEnabled()
    assert not view.export_button.isEnabled()
    assert _said_instead_of_lines(view) == "没有这样的证明"


def test_a_register_that_never_had_a_line_says_so(
    qtbot: QtBot, context: Context, window: QWidget
) -> None:
    dialog = RegistersDialog(context, window)
    qtbot.addWidget(dialog)
    for view, words in (
        (dialog.certificates, "还没有证明"),
        (dialog.seals, "还没有用印登记"),
    ):
        assert _said_instead_of_lines(view) == words


def _said_instead_of_lines(view: BookView) -> str:
    return next(one.text() for one in view.nothing.findChildren(QLabel) if one.text())


def test_whole_telephones_are_shown_on_wish_and_that_is_journaled(
    dialog: RegistersDialog, context: Context
) -> None:
    view = dialog.certificates
    assert "13840910001" not in str(_screen(view))
    view.phones.click()
    assert "13840910001" in str(_screen(view))
    dialog.rest()
    assert "13840910001" not in str(_screen(view))
    assert view.phones.isEnabled()
    with context.database.reading() as session:
        person = registers.people(session, list(view.model.ids))[0]
        line = history.of_record(session, Resident, person)[0]
        # Who is not in the roster is found by the paper.
        papers = [history.of_record(session, Certificate, key)[0] for key in view.model.ids]
    assert (line.action, line.sentence) == (Action.LOOKED, "查看证明出具登记簿里的完整电话")
    assert {one.action for one in papers} == {Action.LOOKED}


def test_a_use_of_the_seal_is_written_by_hand_corrected_and_thrown_away(
    dialog: RegistersDialog, dialogs: Dialogs
) -> None:
    dialog.show_book(SEALS)

    def fill(form: SealDialog) -> int:
        form.content.setText("会议签到表")
        form.approved_by.setText("周立群")
        form.applicant.setText("李娜")
        form.copies.setValue(2)
        form.save()
        return form.result()

    dialogs.on_dialog = fill
    dialog.add_seal.click()
    assert _screen(dialog.seals)[-1][3:6] == ("会议签到表", "2", "周立群")

    line = dialog.seals.table.current_id()
    assert dialog.seals.card.open_button.isVisible()

    def change(form: SealDialog) -> int:
        assert form.applicant.text() == "李娜"
        form.copies.setValue(3)
        form.save()
        return form.result()

    dialogs.on_dialog = change
    dialog.seals.card.open_button.click()
    assert _screen(dialog.seals)[-1][4] == "3"

    def throw_away(form: SealDialog) -> int:
        dialogs.on_dialog = None
        dialogs.answers.append("删除")
        form.remove()
        return form.result()

    dialogs.on_dialog = throw_away
    dialog.open_seal(line)
    assert len(_screen(dialog.seals)) == 7


def test_what_is_missing_in_a_use_is_said_and_the_form_stays(
    dialog: RegistersDialog, dialogs: Dialogs
) -> None:
    form = SealDialog(dialog._context, None, dialog)
    form.content.setText("会议签到表")
    form.save()
    assert dialogs.shown == ["请填写签批人。"]
    form.approved_by.setText("周立群")
    form.applicant.setText("李娜")
    form.day.setText("昨天呀")
    form.save()
    assert dialogs.shown[-1] == "用印日期不对，请写成 2026-11-25。"
    assert form.content.text() == "会议签到表"
    assert form.result() == 0


def test_the_line_of_a_paper_says_why_it_is_not_edited(
    dialog: RegistersDialog, dialogs: Dialogs
) -> None:
    dialog.show_book(SEALS)
    dialog.seals.table.select_row(0)
    assert dialog.seals.card.open_button.isHidden()
    dialog.open_seal(dialog.seals.model.ids[0])
    assert "自动登记" in dialogs.shown[0]


def test_a_refusal_is_listed_and_printed_once_more_as_it_was(
    qtbot: QtBot,
    context: Context,
    issuer: Issuer,
    window: QWidget,
    dialogs: Dialogs,
    tmp_path: Path,
) -> None:
    item = issuer.clerk.see(forbidden.items)[7]
    key, paper = issuer.clerk.do(
        "不予出具",
        lambda s: refusals.make_refusal(
            s,
            applicant="毕永昌",
            resident_id=None,
            matter="开具单身证明",
            item=item,
            handled_by="赵敏",
            today=issuer.clerk.today,
        ),
    )
    dialog = RegistersDialog(context, window)
    qtbot.addWidget(dialog)
    dialog.show_book(REFUSALS)
    view = dialog.refusals
    assert view.phones.isHidden()
    assert _screen(view) == [("1", "2026-11-21", "毕永昌", "开具单身证明", "婚姻状况证明", "赵敏")]
    _, _, headings, *lines = _file(view, dialogs, tmp_path / "告知单.xlsx", qtbot)
    assert (headings, lines) == (refusals.HEADINGS, _screen(view))

    def look(preview: PaperPreview) -> int:
        assert preview.data == refusal.render(paper)
        preview.note_taken("已送到打印机")
        return 0

    dialogs.on_dialog = look
    view.card.open_button.click()
    line = issuer.clerk.see(lambda s: history.of_record(s, Refusal, key))[0]
    assert (line.action, line.sentence) == (Action.PRINTED, "再次打印 不予出具告知单 毕永昌")


@pytest.fixture
def verify(qtbot: QtBot, context: Context, issuer: Issuer) -> VerifyDialog:
    dialog = VerifyDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _said(dialog: VerifyDialog) -> tuple[str, str]:
    return dialog.answer.objectName(), " ".join(
        label.text() for label in (dialog.answer._line, dialog.answer._detail)
    )


def test_a_number_and_a_code_are_typed_one_after_the_other(
    verify: VerifyDialog, issuer: Issuer, qtbot: QtBot
) -> None:
    facts = issuer.facts(1)
    qtbot.keyClicks(verify.number, "2026-1")
    qtbot.keyClick(verify.number, Qt.Key.Key_Return)
    assert verify.code.hasFocus()
    assert verify.answer.isHidden()
    qtbot.keyClicks(verify.code, facts.check_code.lower())
    qtbot.keyClick(verify.code, Qt.Key.Key_Return)
    tone, words = _said(verify)
    assert (tone, words[:2]) == ("ok", "相符")
    assert "张一" in _facts(verify)
    assert verify.number.hasFocus()
    assert verify.number.selectedText() == "2026-1"


def _facts(dialog: VerifyDialog) -> str:
    grid = dialog.facts.layout()
    return " ".join(grid.itemAt(place).widget().text() for place in range(grid.count()))


def test_a_scan_needs_one_field_and_one_enter(
    verify: VerifyDialog, issuer: Issuer, qtbot: QtBot
) -> None:
    verify.code.setText("LEFT-OVER")
    verify.number.setText(issuer.paper(3).qr_text)
    qtbot.keyClick(verify.number, Qt.Key.Key_Return)
    assert _said(verify)[0] == "ok"
    assert "张三" in _facts(verify)


def test_what_does_not_match_is_red_with_what_to_do(verify: VerifyDialog, issuer: Issuer) -> None:
    verify.number.setText("2026-1")
    verify.code.setText(issuer.facts(3).check_code)
    verify.check()
    tone, words = _said(verify)
    assert tone == "danger"
    assert "不符" in words
    assert "报告书记" in words
    verify.number.setText("2026-99")
    verify.check()
    assert _said(verify)[1].startswith("查不到")
    assert verify.card.isHidden()


def test_a_void_paper_and_one_past_its_time_are_told_apart(
    verify: VerifyDialog, issuer: Issuer, context: Context
) -> None:
    verify.number.setText("2026-2")
    verify.code.setText(issuer.facts(2).check_code)
    verify.check()
    assert _said(verify)[1].startswith("已作废")
    own = issuer.own_template(title="短期证明", valid_days=1)
    key = issuer.numbered(template_id=own)
    late = replace(context, clock=type(context.clock)(context.clock.now().replace(day=30)))
    other = VerifyDialog(late)
    other.number.setText(issuer.facts(key).number)
    other.code.setText(issuer.facts(key).check_code)
    other.check()
    assert _said(other)[0] == "warn"
    assert "已过有效期" in _said(other)[1]
    other.deleteLater()


def test_a_missing_code_is_asked_for_where_it_is_missing(
    verify: VerifyDialog, qtbot: QtBot
) -> None:
    verify.number.setText("2026-1")
    verify.check_button.click()
    assert _said(verify)[1].startswith("还差一步")
    assert verify.code.hasFocus()
    qtbot.keyClicks(verify.code, "X")
    assert verify.answer.isHidden()
