"""证明 by clicking: from 开文书 to 领取, and everything that may go wrong on the way."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from sqlalchemy import func, select

from app.models import (
    Action,
    Certificate,
    Change,
    NumberBook,
    Operation,
    Refusal,
    Resident,
    Stage,
    Volunteer,
)
from app.services import (
    certificate_life,
    certificate_lists,
    certificate_views,
    certificates,
    office,
    templates,
)
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.ui.kit import print_device
from app.ui.kit.labels import Label
from app.ui.kit.print_dialog import PrintDialog
from app.ui.kit.print_queue import print_queue
from app.ui.papers.certificates.dialogs import CollectDialog, ReasonDialog
from app.ui.papers.certificates.forbidden_stop import ForbiddenStop
from app.ui.papers.certificates.life_card import ACTS
from app.ui.papers.page import PapersPage
from app.ui.people import print_menu
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import CERTIFICATE, PaperWish
from app.ui.recent.history import HistoryDialog
from tests.actors import seen_by
from tests.services.serving import serve, served_a_year
from tests.storage.offices import CLOCK, furnish
from tests.ui.kit.printing_bench import PaperOutput, output

__all__ = ["output"]

VOLUNTEER = "志愿服务记录证明"
TYPED = {"起止日期": "2026-01-01至2026-11-20", "purpose": "申报星级志愿者"}


@pytest.fixture(autouse=True)
def broad_bands(monkeypatch):
    """Nobody looks at a page while it prints here: a few bands are as right as many."""
    monkeypatch.setattr(print_device, "BANDS_PER_INCH", 1)


@pytest.fixture
def staffed(context):
    """An office with three residents who served, another volunteer, and the shipped templates."""
    furnish(context.database, staff)
    return context


def staff(database):
    with database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道", phone="0411-84641234"))
        templates.seed(session)
        for number, name in enumerate(("王秀兰", "于翠兰", "沈𬀩")):
            entered = ResidentInput(
                name=name,
                document_kind="passport",
                document_number=f"E1234567{number}",
                sex="女",
                phone="13842840612",
            )
            key = add(session, entered, now=CLOCK.now())
            served_a_year(session, 126 + number, resident_id=key)
        served_a_year(session, 140, name="欧阳子墨")


@pytest.fixture
def page(qtbot, staffed, output):
    yield opened(qtbot, staffed)
    for job in print_queue().unfinished():
        print_queue().cancel(job)


def opened(qtbot, context):
    page = PapersPage(context)
    qtbot.addWidget(page)
    # As the main window does.
    context.signals.changed.connect(lambda _: page.refresh())
    page.resize(1200, 700)
    with qtbot.waitActive(page):
        page.show()
    return page


@pytest.fixture
def printing(dialogs):
    """The print dialog is accepted; messages are noted; questions answered as prepared."""

    def answer(dialog):
        if isinstance(dialog, PrintDialog):
            return 1
        dialogs.on_dialog = None
        try:
            return dialogs.dialog(dialog)
        finally:
            dialogs.on_dialog = answer

    dialogs.on_dialog = answer
    return dialogs


def panel(page):
    return page.panel(f"{CERTIFICATE}1")


def click(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press(qtbot, page, name):
    """A button of the card of the chosen paper."""
    click(qtbot, panel(page).desk.card.buttons[name])


def begin(qtbot, page, letters="zyfw"):
    """F3, letters, Enter: the form of a certificate."""
    page.head.search.setText(letters)
    qtbot.keyClick(page.head.search, Qt.Key.Key_Return)
    return panel(page).form


def pick(form, letters):
    """Type into the search of people, Enter."""
    form.holder.picker.search.setText(letters)
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(form.holder.picker.search, enter)


def write(line, text):
    """As an input method commits it: QTest cannot type Chinese."""
    press = QEvent.Type.KeyPress
    event = QKeyEvent(press, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(line, event)


def fill(form, **changes):
    form.fields.put({**TYPED, **changes})


def made(qtbot, page, letters="wxl", **changes):
    """A paper whose preview was accepted, chosen on the desk."""
    form = begin(qtbot, page)
    pick(form, letters)
    fill(form, **changes)
    click(qtbot, form.accept)
    return panel(page).desk.life


def printed(qtbot, page):
    """Click 打印 and wait until it has left."""
    press(qtbot, page, "print")
    qtbot.waitUntil(lambda: life(page).facts.stage is Stage.PRINTED, timeout=20_000)


def life(page):
    return panel(page).desk.life


def shown(page) -> str:
    pages = page.preview.view.pages
    return "" if pages is None else first_page(pages.data)


@cache
def first_page(pdf: bytes) -> str:
    """Its text without spaces; who waits for a preview asks for the same one again and again."""
    return "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def stages(context):
    with context.database.reading() as session:
        return list(session.scalars(select(Certificate.stage).order_by(Certificate.id)))


def sentences(context):
    with context.database.reading() as session:
        return list(session.scalars(select(Operation.sentence).order_by(Operation.id)))


# -- the whole life


def test_a_certificate_is_walked_through_from_its_letters_to_its_collection(
    qtbot, page, staffed, output: PaperOutput, printing
):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form)
    qtbot.waitUntil(lambda: "王秀兰" in shown(page) and "42.5" in shown(page))
    assert "草稿" in shown(page)

    click(qtbot, form.accept)
    assert life(page).facts.stage is Stage.APPROVED
    printed(qtbot, page)

    assert life(page).facts.number == "望海社证〔2026〕1号"
    paper = "".join(PdfReader(output.documents[0]).metadata.title.split())
    assert paper == "志愿服务记录证明望海社证〔2026〕1号"
    printing.on_dialog = lambda dialog: dialog.save() or dialog.result()
    press(qtbot, page, "collect")

    assert life(page).facts.stage is Stage.COLLECTED
    assert [step.done for step in life(page).steps] == [True] * 6
    assert page.head.issued.text() == "2026 年已出 1 号，无空号"
    assert sentences(staffed)[-5:] == [
        "开 志愿服务记录证明 王秀兰",
        "给号 志愿服务记录证明 王秀兰",
        "送打印机 志愿服务记录证明 望海社证〔2026〕1号",
        "印出 志愿服务记录证明 望海社证〔2026〕1号",
        "登记领取 望海社证〔2026〕1号，王秀兰",
    ]


def test_the_preview_of_a_numbered_paper_is_the_paper_itself(qtbot, page, staffed, printing):
    made(qtbot, page)
    printed(qtbot, page)

    qtbot.waitUntil(lambda: "望海社证〔2026〕1号" in shown(page))

    with staffed.database.reading() as session:
        from app.reports import certificate

        kept = certificates.paper(session, life(page).facts.id, today=staffed.clock.today())
    assert page.preview.view.pages.data == certificate.render(kept)
    assert "草稿" not in shown(page)


def test_a_click_while_the_print_dialog_is_open_is_not_heard(qtbot, page, staffed, dialogs):
    made(qtbot, page)
    button = panel(page).desk.card.buttons["print"]
    seen = []

    def answer(dialog):
        seen.append(dialog)
        panel(page).actions_of_paper.run("print", life(page))
        return 0

    dialogs.on_dialog = answer
    button.click()

    assert len(seen) == 1
    assert stages(staffed) == [Stage.NUMBERED]


def test_who_changes_his_mind_in_the_print_dialog_keeps_the_number(
    qtbot, page, staffed, dialogs, printing
):
    made(qtbot, page)
    accept, dialogs.on_dialog = dialogs.on_dialog, lambda _: 0
    with qtbot.waitSignal(staffed.signals.notified, check_params_cb=_tells_the_number_stays):
        press(qtbot, page, "print")
    assert life(page).facts.stage is Stage.NUMBERED
    dialogs.on_dialog = accept

    printed(qtbot, page)

    assert life(page).facts.number == "望海社证〔2026〕1号"


def _tells_the_number_stays(sentence):
    return "还没有打印" in sentence and "望海社证〔2026〕1号" in sentence


def test_the_print_dialog_begins_with_as_many_copies_as_the_register_says(
    qtbot, page, staffed, dialogs
):
    asked = []
    dialogs.on_dialog = lambda dialog: asked.append(dialog.copies.value()) or 0
    made(qtbot, page, copies="3")

    press(qtbot, page, "print")

    assert asked == [3]


def test_after_a_step_the_keys_still_reach_the_paper(qtbot, page, staffed):
    made(qtbot, page)
    panel(page).desk.card.buttons["number"].setFocus()
    press(qtbot, page, "number")
    assert life(page).facts.stage is Stage.NUMBERED
    assert panel(page).desk.list.view.hasFocus()


def test_after_a_crash_the_page_asks_whether_the_paper_came_out(qtbot, page, staffed, printing):
    paper = made(qtbot, page).facts.id
    now = staffed.clock.now()
    with staffed.database.transaction("断电前") as session:
        certificate_life.give_number(session, paper, now=now)
        certificate_life.print_started(session, paper, now=now)

    again = opened(qtbot, staffed)

    card = panel(again).desk.card
    assert "印出来了吗" in card.hint._line.text()
    click(qtbot, card.buttons["not_printed"])
    assert life(again).facts.stage is Stage.NUMBERED
    printed(qtbot, again)
    assert life(again).facts.number == "望海社证〔2026〕1号"


def test_the_user_may_say_that_it_did_come_out(qtbot, page, staffed):
    paper = made(qtbot, page).facts.id
    now = staffed.clock.now()
    with staffed.database.transaction("断电前") as session:
        certificate_life.give_number(session, paper, now=now)
        certificate_life.print_started(session, paper, now=now)
    panel(page).refresh()

    press(qtbot, page, "confirm")

    assert stages(staffed) == [Stage.PRINTED]


# -- who may do what


def test_a_clerk_waits_for_the_secretary_and_reads_why(qtbot, staffed, output):
    clerk = seen_by(staffed, "赵敏", "社工")
    page = opened(qtbot, clerk)

    made(qtbot, page)

    card = panel(page).desk.card
    assert life(page).facts.stage_label == "等书记批"
    assert "approve" not in card.buttons
    assert "send_back" not in card.buttons
    assert card.reason.text() == "要书记批准，您现在以社工登录。"


def test_the_secretary_approves_what_a_clerk_has_made(qtbot, page, staffed):
    secretary = staffed.user
    made(qtbot, opened(qtbot, seen_by(staffed, "赵敏", "社工")))
    staffed.database.act_as(secretary)
    panel(page).refresh()

    press(qtbot, page, "approve")

    assert life(page).facts.approved_by == staffed.user.name
    assert stages(staffed) == [Stage.APPROVED]


def test_a_paper_sent_back_is_a_draft_again_with_the_reason(qtbot, page, staffed, dialogs):
    made(qtbot, page)

    def answer(dialog):
        assert isinstance(dialog, ReasonDialog)
        dialog.save()
        assert dialog.result() == 0
        dialog.line.setText("时长与台账不符")
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = answer
    press(qtbot, page, "send_back")

    assert stages(staffed) == [Stage.DRAFT]
    assert "时长与台账不符" in life(page).facts.note


def test_a_template_that_is_off_cannot_be_used_and_says_why(qtbot, page, dialogs):
    begin(qtbot, page, "jzqk")

    assert "没有" in dialogs.shown[0]
    assert "居住情况证明" in dialogs.shown[0]
    assert panel(page)._stack.currentWidget() is panel(page).desk


# -- wrong input


def test_a_name_that_no_font_has_is_told_before_the_preview_is_accepted(
    qtbot, page, staffed, dialogs
):
    form = begin(qtbot, page)
    click(qtbot, form.holder.outside)
    write(form.holder.name, "王\U0002ebf0")
    write(form.holder.document, "护照 E12345678")
    with staffed.database.transaction("登记志愿者") as session:
        served_a_year(session, 143, name="王\U0002ebf0")
    fill(form, **{"志愿者编号": "0143"})
    qtbot.waitUntil(lambda: "\U0002ebf0" in page.preview._empty.text())

    click(qtbot, form.accept)

    assert "王\U0002ebf0" in dialogs.shown[0]
    assert stages(staffed) == []
    assert panel(page)._stack.currentWidget() is form


def test_a_certificate_for_nobody_is_not_kept(qtbot, page, staffed, dialogs):
    form = begin(qtbot, page)
    fill(form)

    click(qtbot, form.accept)

    assert "还没有选人" in dialogs.shown[0]
    assert stages(staffed) == []


def test_what_is_missing_is_told_at_each_field(qtbot, page, staffed):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form, **{"起止日期": "", "purpose": ""})

    click(qtbot, form.accept)

    told = [field.name for field in form.fields._fields.values() if field.message]
    assert told == ["起止日期", "用途"]
    assert stages(staffed) == []


def test_dates_in_the_wrong_order_are_told(qtbot, page, staffed):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form, **{"起止日期": "2026-11-20至2026-01-01"})

    click(qtbot, form.accept)

    assert "之后" in form.fields._fields["起止日期"].message
    assert stages(staffed) == []


def test_somebody_who_is_not_in_the_roster_gets_a_paper(qtbot, page, staffed, printing):
    form = begin(qtbot, page)
    click(qtbot, form.holder.outside)
    write(form.holder.name, "欧阳子墨")
    write(form.holder.document, "护照 E12345678")
    fill(form, **{"志愿者编号": "0140"})
    click(qtbot, form.accept)

    printed(qtbot, page)

    qtbot.waitUntil(lambda: "欧阳子墨" in shown(page))
    assert "E12345678" in shown(page)


def test_back_from_several_people_the_one_applies_in_his_own_name(qtbot, page):
    form = batch(qtbot, page, "wxl", "ycl")
    click(qtbot, form.holder.change)
    pick(form, "ycl")

    assert form.draft().applicant == "于翠兰"
    assert form.fields._controls["applicant"].isEnabled()
    assert form.draft().answers["起止日期"] == "2026年1月1日至2026年11月20日"


def test_a_resident_without_a_document_is_asked_for_one(qtbot, page, staffed, dialogs):
    with staffed.database.transaction("准备") as session:
        entered = ResidentInput(name="冯秀英", document_kind="none", sex="女")
        key = add(session, entered, now=staffed.clock.now())
        served_a_year(session, 141, resident_id=key)
    form = begin(qtbot, page)
    pick(form, "fxy")
    fill(form)
    click(qtbot, form.accept)
    assert "证件" in dialogs.shown[0]

    form.fields.put({"holder_document": "护照 E12345678"})
    click(qtbot, form.accept)

    assert life(page).facts.document_masked.startswith("护照")


def test_another_person_takes_the_facts_of_the_first_along_but_not_what_was_typed(qtbot, page):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form)
    click(qtbot, form.holder.change)
    pick(form, "ycl")

    draft = form.draft()

    assert (draft.holder, draft.applicant) == ("于翠兰", "于翠兰")
    assert draft.answers["起止日期"] == "2026年1月1日至2026年11月20日"


# -- what must not be certified


@pytest.fixture
def forbidden_service(staffed):
    """In the book of hours stands what no community may certify."""
    with staffed.database.transaction("记时长") as session:
        for number in (126, 127):
            whose = session.scalars(select(Volunteer.id).where(Volunteer.number == number)).one()
            on = CLOCK.today() - timedelta(days=5)
            serve(session, whose, 2, on, "兹证明王秀兰与于翠兰是亲属关系")


def test_what_must_not_be_certified_is_stopped_with_item_document_and_way(
    qtbot, page, staffed, dialogs, forbidden_service
):
    seen = []

    def answer(dialog):
        seen.append(dialog)
        return 0

    dialogs.on_dialog = answer
    made(qtbot, page)

    [stop] = seen
    assert isinstance(stop, ForbiddenStop)
    said = " ".join(label.text() for label in stop.findChildren(Label))
    assert "亲属关系证明" in said
    assert "民发〔2020〕20号" in said
    assert stages(staffed) == []
    assert panel(page).form.fields.typed()["purpose"] == TYPED["purpose"]


def test_a_refusal_is_shown_and_noted_instead(qtbot, page, staffed, dialogs, forbidden_service):
    seen = []

    def answer(dialog):
        seen.append(dialog)
        if isinstance(dialog, ForbiddenStop):
            dialog.refuse.click()
            return dialog.result()
        return 0

    dialogs.on_dialog = answer
    made(qtbot, page)

    assert isinstance(seen[1], PaperPreview)
    with staffed.database.reading() as session:
        [kept] = session.scalars(select(Refusal))
        assert (kept.applicant, kept.item) == ("王秀兰", "亲属关系证明")
    assert stages(staffed) == []


def test_the_secretary_may_override_with_a_reason_that_the_journal_keeps(
    qtbot, page, staffed, dialogs, forbidden_service
):
    def answer(dialog):
        dialog.override.click()
        assert dialog.result() == 0
        dialog.line.setText("街道书面要求，见函")
        dialog.override.click()
        return dialog.result()

    dialogs.on_dialog = answer
    made(qtbot, page)

    assert life(page).facts.override_reason == "街道书面要求，见函"
    assert "破例出具" in panel(page).desk.card.hint._line.text()


def test_nobody_but_the_secretary_may_override(qtbot):
    from app.services import forbidden

    stop = ForbiddenStop(forbidden.national()[:1], "社工")
    qtbot.addWidget(stop)

    assert not stop.override.isEnabled()
    assert stop.form.isHidden()


# -- afterwards


def test_a_void_paper_keeps_its_number_and_its_place(qtbot, page, staffed, printing):
    made(qtbot, page)
    printed(qtbot, page)

    def answer(dialog):
        dialog.line.setText("姓名写错")
        dialog.save()
        return dialog.result()

    printing.on_dialog = answer
    press(qtbot, page, "void")

    assert life(page).facts.stage is Stage.VOID
    assert panel(page).desk.list.model.ids == [life(page).facts.id]
    assert page.head.issued.text() == "2026 年已出 1 号，无空号"
    assert panel(page).desk.card.buttons == {}


def test_a_correction_voids_the_old_paper_and_opens_a_new_draft(qtbot, page, staffed, printing):
    old = made(qtbot, page).facts.id
    printed(qtbot, page)
    accept = printing.on_dialog

    def answer(dialog):
        dialog.line.setText("时长写错")
        dialog.save()
        return dialog.result()

    printing.on_dialog = answer
    press(qtbot, page, "correct")
    printing.on_dialog = accept
    form = panel(page).form
    assert panel(page)._stack.currentWidget() is form
    form.fields.put({"起止日期": "2026-01-01至2026-05-31"})
    qtbot.waitUntil(lambda: "更正并代替望海社证〔2026〕1号" in shown(page))
    click(qtbot, form.accept)
    printed(qtbot, page)

    assert life(page).facts.number == "望海社证〔2026〕2号"
    assert life(page).corrects == "望海社证〔2026〕1号"
    panel(page).desk.select(old)
    assert life(page).facts.void_reason == "更正：时长写错"
    assert life(page).corrected_by == "望海社证〔2026〕2号"


def test_a_reprint_is_counted_and_marked(qtbot, page, staffed, output, printing):
    made(qtbot, page)
    printed(qtbot, page)

    press(qtbot, page, "reprint")
    qtbot.waitUntil(lambda: len(output.documents) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: not print_queue().unfinished(), timeout=20_000)

    assert life(page).facts.reprints == 1
    title = "".join(PdfReader(output.documents[1]).metadata.title.split())
    assert title.endswith("望海社证〔2026〕1号补打第1次")


def test_somebody_else_collects_only_with_a_relation(qtbot, staffed):
    dialog = CollectDialog("望海社证〔2026〕1号", "王秀兰", staffed.clock.now())
    qtbot.addWidget(dialog)
    dialog.by.clear()
    write(dialog.by, "李强")

    dialog.save()
    assert dialog._relation.message == "请写领取人与本人的关系。"
    dialog.relation.setCurrentText("子女")
    dialog.save()

    assert dialog.result() == 1


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("09:05", datetime(2026, 11, 21, 9, 5)),
        ("2026-11-20 16:30", datetime(2026, 11, 20, 16, 30)),
        ("2026-11-22 09:00", None),
        ("昨天", None),
        ("25:00", None),
    ],
)
def test_the_time_of_a_collection_is_never_ahead(qtbot, staffed, typed, moment):
    dialog = CollectDialog("望海社证〔2026〕1号", "王秀兰", staffed.clock.now())
    qtbot.addWidget(dialog)

    dialog.at.setText(typed)

    assert dialog.moment == moment


def test_a_draft_is_deleted_only_after_a_question(qtbot, page, staffed, dialogs):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form)
    click(qtbot, form.keep)

    dialogs.answers.append("取消")
    press(qtbot, page, "delete")
    assert stages(staffed) == [Stage.DRAFT]
    dialogs.answers.append("删除")
    press(qtbot, page, "delete")

    assert stages(staffed) == []
    assert life(page) is None


# -- drafts, search, keys


def test_what_was_typed_survives_a_power_cut(qtbot, page, staffed):
    form = begin(qtbot, page)
    pick(form, "wxl")
    form.fields._controls["purpose"].setText("写到一半")
    form.keep_typing()

    again = panel(opened(qtbot, staffed))

    assert again._stack.currentWidget() is again.form
    assert again.form.fields.typed()["purpose"] == "写到一半"
    assert again.form.draft().holder == "王秀兰"
    assert again.form.dirty


def test_a_saved_certificate_leaves_nothing_to_take_up(qtbot, page, staffed):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form)
    form._on_changed()
    form.keep_typing()
    click(qtbot, form.accept)

    again = panel(opened(qtbot, staffed))

    assert again._stack.currentWidget() is again.desk


def test_a_half_typed_form_of_somebody_who_is_gone_is_told_and_the_page_works(
    qtbot, page, staffed, dialogs
):
    form = begin(qtbot, page)
    pick(form, "wxl")
    form.keep_typing()
    with staffed.database.transaction("删除") as session:
        session.get_one(Resident, 1).deleted_at = staffed.clock.now()

    again = panel(opened(qtbot, staffed))

    assert len(dialogs.shown) == 1
    assert again._stack.currentWidget() is again.desk
    again.new()
    pick(again.form, "ycl")
    assert again.form.dirty


def test_leaving_a_half_filled_form_asks_once(qtbot, page, dialogs):
    form = begin(qtbot, page)
    pick(form, "wxl")

    dialogs.answers.append("取消")
    click(qtbot, form.back)
    assert panel(page)._stack.currentWidget() is form
    dialogs.answers.append("不要了")
    click(qtbot, form.back)

    assert panel(page)._stack.currentWidget() is panel(page).desk


def test_a_name_in_the_search_keeps_the_papers_of_that_person(qtbot, page, staffed):
    made(qtbot, page)
    page.head.search.clear()
    made(qtbot, page, "ycl")

    page.head.search.setText("王秀兰")
    qtbot.waitUntil(lambda: len(panel(page).desk.list.model.ids) == 1)
    assert life(page).facts.holder == "王秀兰"
    page.head.search.clear()

    qtbot.waitUntil(lambda: len(panel(page).desk.list.model.ids) == 2)


def test_f9_on_a_draft_says_why_it_is_not_printed(qtbot, page, staffed, dialogs):
    form = begin(qtbot, page)
    pick(form, "wxl")
    fill(form)
    click(qtbot, form.keep)
    qtbot.waitUntil(lambda: page.preview.print_button.isEnabled())

    page.preview.print_button.click()

    assert "还没有编号" in dialogs.shown[0]
    assert stages(staffed) == [Stage.DRAFT]


def test_from_a_person_the_form_opens_with_that_person(qtbot, page, staffed):
    menu = QMenu()
    wishes = []
    staffed.signals.page_requested.connect(lambda key, wish: wishes.append((key, wish)))
    print_menu.fill(menu, staffed, PaperWish("", (2,)))
    action = next(one for one in menu.actions() if one.text() == f"{VOLUNTEER}…")

    action.trigger()
    [(key, wish)] = wishes
    page.show_record(wish)

    assert key == "papers"
    assert panel(page).form.draft().holder == "于翠兰"
    assert "居住情况证明…" not in [one.text() for one in menu.actions()]


def test_a_gap_in_the_numbers_is_said(qtbot, page, staffed, printing):
    made(qtbot, page)
    printed(qtbot, page)
    with staffed.database.transaction("损坏") as session:
        session.scalars(select(NumberBook)).one().last = 3
    page.refresh()

    assert page.head.issued.text() == "2026 年已出 1 号，缺 2 个号"
    assert page.head.issued.toolTip() == "望海社证〔2026〕2号\n望海社证〔2026〕3号"


# -- several at once


def batch(qtbot, page, *letters):
    form = begin(qtbot, page)
    for number, one in enumerate(letters):
        if number:
            click(qtbot, form.holder.another)
        pick(form, one)
    fill(form)
    return form


def test_several_people_get_one_pdf_and_a_number_each(qtbot, page, staffed, output, printing):
    form = batch(qtbot, page, "wxl", "ycl", "沈")
    assert form.accept.text() == "给 3 人各开一份"
    assert not form.fields._controls["applicant"].isEnabled()

    click(qtbot, form.accept)
    qtbot.waitUntil(lambda: stages(staffed) == [Stage.PRINTED] * 3, timeout=20_000)

    with staffed.database.reading() as session:
        rows = session.execute(
            select(Certificate.serial, Certificate.holder, Certificate.applicant)
        ).all()
    assert rows == [
        (1, "王秀兰", "王秀兰"),
        (2, "于翠兰", "于翠兰"),
        (3, "沈𬀩", "沈𬀩"),
    ]
    assert len(PdfReader(output.documents[0]).pages) == 3


def test_a_name_that_no_font_has_stops_the_whole_batch_before_anything_is_kept(
    qtbot, page, staffed, dialogs
):
    with staffed.database.transaction("准备") as session:
        entered = ResidentInput(
            name="王\U0002ebf0", document_kind="passport", document_number="E99999999"
        )
        unprintable = add(session, entered, now=staffed.clock.now())
    form = batch(qtbot, page, "wxl", "ycl")
    form.holder.show_people((*form.people, unprintable))
    fill(form)

    click(qtbot, form.accept)
    qtbot.waitUntil(lambda: bool(dialogs.shown))

    assert "王\U0002ebf0" in dialogs.shown[0]
    assert stages(staffed) == []
    with staffed.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(NumberBook)) == 0


def test_a_cancelled_batch_leaves_nothing(qtbot, page, staffed, monkeypatch):
    form = batch(qtbot, page, "wxl", "ycl", "沈")
    from app.reports import certificate as paper

    whole = paper.render_many

    def cancelled_after_one(papers, drawn=None):
        if drawn is None:
            # The preview beside the form draws when it is ready, also while the batch runs.
            return whole(papers)

        def stop(count):
            dialog = QApplication.activeModalWidget()
            dialog._job.cancel()
            drawn(count)

        return whole(papers, stop)

    monkeypatch.setattr(paper, "render_many", cancelled_after_one)
    click(qtbot, form.accept)
    qtbot.waitUntil(lambda: not staffed.background.busy, timeout=20_000)

    assert stages(staffed) == []
    assert panel(page)._stack.currentWidget() is form


def _dated_in_december(context):
    """A paper of a later day than today, as a clock that ran ahead leaves it."""
    with context.database.transaction("准备") as session:
        template = templates.templates(session, usable_only=True)[0]
        paper = Certificate(
            template_id=template.id,
            title=VOLUNTEER,
            holder="某人",
            stage=Stage.PRINTED,
            answers={},
            body="",
            handled_by="赵敏",
            approver="书记",
            drafted_at=context.clock.now(),
        )
        paper.series, paper.year, paper.serial = "望海社证", context.clock.today().year, 1
        paper.number = "望海社证〔2026〕1号"
        paper.issued_on = context.clock.today() + timedelta(days=9)
        session.add(paper)


@pytest.mark.parametrize(("answer", "made_after"), [("日期没错，给号", 2), ("取消", 0)])
def test_a_batch_under_a_clock_that_went_back_is_asked_about(
    qtbot, page, staffed, output, printing, answer, made_after
):
    _dated_in_december(staffed)
    form = batch(qtbot, page, "wxl", "ycl")
    printing.answers.append(answer)

    click(qtbot, form.accept)
    qtbot.waitUntil(lambda: bool(printing.shown) and not staffed.background.busy, timeout=20_000)
    qtbot.waitUntil(lambda: len(stages(staffed)) == 1 + made_after, timeout=20_000)

    assert "已经在 2026年" in printing.shown[0]


def test_a_forbidden_batch_is_stopped_with_the_item_and_overridden_only_with_a_reason(
    qtbot, page, staffed, output, dialogs, forbidden_service
):
    stops = []

    def answer(dialog):
        if not isinstance(dialog, ForbiddenStop):
            return 0
        stops.append(dialog)
        dialog.line.setText("街道书面要求，见函")
        dialog.override.click()
        return dialog.result()

    dialogs.on_dialog = answer
    form = batch(qtbot, page, "wxl", "ycl")
    fill(form)

    click(qtbot, form.accept)
    qtbot.waitUntil(lambda: stages(staffed) == [Stage.NUMBERED] * 2, timeout=20_000)

    assert len(stops) == 1
    assert stops[0].refuse.isHidden()
    with staffed.database.reading() as session:
        told = select(Operation).where(Operation.details.is_not(None))
        kept = session.scalar(told.order_by(Operation.id.desc()).limit(1))
        assert kept.details["reason"] == "街道书面要求，见函"
        assert kept.details["final"] == "号已给出"


def test_a_batch_of_a_clerk_waits_for_its_approval_without_numbers(qtbot, staffed, output):
    page = opened(qtbot, seen_by(staffed, "赵敏", "社工"))
    form = batch(qtbot, page, "wxl", "ycl")

    click(qtbot, form.accept)
    qtbot.waitUntil(lambda: stages(staffed) == [Stage.WAITING] * 2, timeout=20_000)

    with staffed.database.reading() as session:
        assert list(session.scalars(select(Certificate.number))) == [None, None]


# -- many


def test_a_list_of_two_thousand_papers_reads_only_what_is_seen(qtbot, page, staffed, monkeypatch):
    with staffed.database.transaction("两年的证明") as session:
        paper = certificates.save_draft(
            session,
            None,
            replace(
                certificates.blank(session, 1, 1, today=staffed.clock.today())[0],
                answers={**TYPED, "起止日期": "2026年1月1日至2026年11月20日"},
                purpose="申报星级志愿者",
            ),
            handled_by="赵敏",
            now=staffed.clock.now(),
        )
        row = session.get_one(Certificate, paper)
        columns = ("template_id", "title", "answers", "body", "handled_by", "approver")
        shared = {name: getattr(row, name) for name in columns}
        for serial in range(1, 2_001):
            session.add(
                Certificate(
                    **shared,
                    holder=f"居民{serial}",
                    stage=Stage.COLLECTED,
                    drafted_at=staffed.clock.now(),
                    numbered_at=staffed.clock.now(),
                    series="望海社证",
                    year=2025,
                    serial=serial,
                    number=f"望海社证〔2025〕{serial}号",
                )
            )
    read = []
    rows = certificate_lists.rows
    monkeypatch.setattr(
        certificate_lists, "rows", lambda session, ids: read.extend(ids) or rows(session, ids)
    )

    panel(page).refresh()
    QApplication.processEvents()

    assert len(panel(page).desk.list.model.ids) == 2_001
    assert len(read) <= 400
    panel(page).desk.list.view.scrollToBottom()
    QApplication.processEvents()
    assert len(read) <= 800


def test_what_waits_together_is_approved_and_printed_together(
    qtbot, page, staffed, output, printing
):
    secretary = staffed.user
    clerk = opened(qtbot, seen_by(staffed, "赵敏", "社工"))
    click(qtbot, batch(qtbot, clerk, "wxl", "ycl").accept)
    qtbot.waitUntil(lambda: stages(staffed) == [Stage.WAITING] * 2, timeout=20_000)
    staffed.database.act_as(secretary)
    many = panel(page).desk.many
    qtbot.waitUntil(lambda: not many.isHidden())
    assert many.approve.text() == "批准 2 份"

    printing.answers.append("都看过了，批准")
    click(qtbot, many.approve)
    click(qtbot, many.print)
    qtbot.waitUntil(lambda: stages(staffed) == [Stage.PRINTED] * 2, timeout=20_000)

    assert len(PdfReader(output.documents[0]).pages) == 2
    qtbot.waitUntil(many.isHidden)


@pytest.mark.parametrize(
    ("button", "stage"), [("all", Stage.PRINTED), ("none", Stage.NUMBERED), ("cancel", None)]
)
def test_a_batch_that_a_crash_left_halfway_is_answered_for_at_once(
    qtbot, page, staffed, output, dialogs, button, stage
):
    asked = []
    dialogs.on_dialog = lambda dialog: asked.append(dialog) or 0
    click(qtbot, batch(qtbot, page, "wxl", "ycl").accept)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert stages(staffed) == [Stage.NUMBERED] * 2
    with staffed.database.transaction("送打印机，然后停电") as session:
        for one in certificate_lists.ready(session):
            certificate_life.print_started(session, one, now=staffed.clock.now())
    page.refresh()
    many = panel(page).desk.many
    assert many.settle.text() == "确认印出 2 份"
    assert many.print.isHidden()

    def answer(dialog):
        getattr(dialog, button).click()
        return dialog.result()

    dialogs.on_dialog = answer
    click(qtbot, many.settle)

    assert stages(staffed) == [stage or Stage.PRINTING] * 2
    assert many.settle.isHidden() is (stage is not None)


def test_without_a_printer_the_paper_is_stored_and_the_user_says_when_it_is_printed(
    qtbot, page, staffed, output, dialogs, tmp_path
):
    output.there = False
    made(qtbot, page)
    dialogs.files.append(tmp_path / "证明.pdf")
    dialogs.answers.append("已打印")

    def answer(dialog):
        if isinstance(dialog, PrintDialog):
            dialog.save_instead()
            return dialog.result()
        return dialogs.question(dialog)

    dialogs.on_dialog = answer
    press(qtbot, page, "print")

    [stored] = PdfReader(tmp_path / "证明.pdf").pages
    assert "望海社证" in stored.extract_text()
    assert stages(staffed) == [Stage.PRINTED]


def test_a_reprint_that_is_called_off_is_not_counted(qtbot, page, staffed, printing):
    made(qtbot, page)
    printed(qtbot, page)
    printing.on_dialog = lambda _: 0

    press(qtbot, page, "reprint")

    assert life(page).facts.reprints == 0


def test_a_name_of_sixty_characters_widens_nothing(qtbot, page, staffed, dialogs):
    form = begin(qtbot, page)
    click(qtbot, form.holder.outside)
    write(form.holder.name, "阿" * 60)
    write(form.holder.document, "护照 E12345678")
    with staffed.database.transaction("登记志愿者") as session:
        served_a_year(session, 142, name="阿" * 60)
    fill(form, **{"志愿者编号": "0142"})
    width = panel(page).width()

    click(qtbot, form.accept)
    QApplication.processEvents()

    assert life(page).facts.holder == "阿" * 60
    assert panel(page).width() == width
    assert panel(page).desk.card.minimumSizeHint().width() <= width


def test_a_paper_in_the_queue_waits_and_says_so(qtbot, page, staffed, output, printing):
    made(qtbot, page)
    seen = []

    def look():
        card = panel(page).desk.card
        seen.append((card.reason.text(), [one.isEnabled() for one in card.buttons.values()]))

    output.before_document = look
    printed(qtbot, page)

    assert seen[0][0] == "在打印队列里，印完自动登记。"
    assert not any(seen[0][1])
    card = panel(page).desk.card
    assert card.reason.isHidden()
    assert all(button.isEnabled() for button in card.buttons.values())


@pytest.mark.parametrize("stage", list(Stage))
def test_the_card_has_a_button_for_all_that_a_stage_allows(stage):
    shown = {act.name for act in ACTS[stage]}
    allowed = set(certificate_views.actions(Certificate(stage=stage)))

    # 打印 gives the number as well; 没有印出 is the other answer to the same question.
    also = {Stage.APPROVED: {"print"}, Stage.PRINTING: {"not_printed"}, Stage.NUMBERED: {"confirm"}}
    left_out = {Stage.PRINTING: {"correct"}}
    assert shown == (allowed - left_out.get(stage, set())) | also.get(stage, set())


def test_the_journal_of_a_paper_is_read_from_its_card(qtbot, page, staffed, printing):
    made(qtbot, page)
    printed(qtbot, page)
    seen = []
    printing.on_dialog = lambda dialog: seen.append(dialog) or 0

    click(qtbot, panel(page).desk.card.history)

    [dialog] = seen
    assert isinstance(dialog, HistoryDialog)
    said = " ".join(line.sentence for line in dialog._lines)
    assert len(dialog._lines) == 4
    assert "给号" in said
    assert all(line.who == staffed.user.name for line in dialog._lines)


def test_the_right_mouse_button_offers_what_the_buttons_offer(qtbot, page, staffed):
    made(qtbot, page)
    menu = QMenu()

    panel(page).desk.card.fill_menu(menu)

    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["打印\tF9", "只给号", "退回修改", "删除", "经过…"]


def test_a_long_reason_leaves_the_card_its_buttons(qtbot, page, staffed, printing):
    made(qtbot, page)
    printed(qtbot, page)
    with staffed.database.transaction("作废") as session:
        certificate_life.void(session, 1, reason="错" * 200, now=staffed.clock.now())
    panel(page).refresh()
    QApplication.processEvents()

    card = panel(page).desk.card
    assert card.hint.geometry().bottom() < card.height()
    assert "错" * 200 in card.hint.toolTip()


def test_two_quick_clicks_on_print_give_one_number_and_one_paper(
    qtbot, page, staffed, output, printing
):
    made(qtbot, page)
    button = panel(page).desk.card.buttons["print"]

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: life(page).facts.stage is Stage.PRINTED, timeout=20_000)
    qtbot.waitUntil(lambda: not print_queue().unfinished(), timeout=20_000)

    assert len(output.documents) == 1
    assert life(page).facts.reprints == 0
    with staffed.database.reading() as session:
        assert session.scalar(select(func.max(Certificate.serial))) == 1
        assert session.scalar(select(NumberBook.last)) == 1


def test_the_last_paper_is_printed_again_with_its_mark(qtbot, page, staffed, output, printing):
    made(qtbot, page)
    printed(qtbot, page)

    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: life(page).facts.reprints == 1, timeout=20_000)
    qtbot.waitUntil(lambda: not print_queue().unfinished(), timeout=20_000)

    assert len(output.documents) == 2


def test_a_line_of_the_register_is_found_on_the_desk(qtbot, page, staffed):
    first = made(qtbot, page).facts.id
    page.head.search.clear()
    made(qtbot, page, "ycl")
    page.choices.choose("roster")

    page.show_paper(first)

    assert page._current() is panel(page)
    assert life(page).facts.id == first


def test_cancelling_in_the_queue_keeps_the_number_for_the_next_try(
    qtbot, page, staffed, output, printing
):
    made(qtbot, page)
    output.before_document = lambda: print_queue().pause(print_queue().unfinished()[0])
    press(qtbot, page, "print")
    qtbot.waitUntil(lambda: life(page).facts.stage is Stage.PRINTING, timeout=20_000)
    output.before_document = lambda: None

    print_queue().cancel(print_queue().unfinished()[0])

    qtbot.waitUntil(lambda: life(page).facts.stage is not Stage.PRINTING, timeout=20_000)
    assert life(page).facts.number == "望海社证〔2026〕1号"
    assert life(page).facts.stage in (Stage.NUMBERED, Stage.PRINTED)


def test_the_paper_of_somebody_outside_the_roster_is_seen_on_record(qtbot, page, staffed):
    paper = made(qtbot, page).facts.id
    with staffed.database.transaction("迁出名册") as session:
        session.get_one(Certificate, paper).resident_id = None
    wanted = select(Change.row_id).where(
        Change.action == Action.LOOKED, Change.table_name == "certificate"
    )
    panel(page).desk.refresh()
    panel(page).compose()

    def looked():
        with staffed.database.reading() as session:
            return session.scalars(wanted).all()

    qtbot.waitUntil(lambda: looked() == [paper], timeout=20_000)
