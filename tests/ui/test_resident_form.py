"""The resident's form, used as a clerk uses it: keys, leaving fields, saving, coming back."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCompleter, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.errors import DomainError
from app.models import Operation
from app.services import (
    cards,
    drafts,
    grids,
    history,
    households,
    resident_forms,
    residents,
    tags,
)
from app.services.resident_forms import ResidentInput
from app.storage.engine import Database
from app.ui.kit.pictures import as_jpeg
from app.ui.residents import form_draft
from app.ui.residents.form import ResidentForm
from app.values.documents import DocumentKind, check_character
from tests.conftest import Dialogs

NOW = datetime(2026, 11, 21, 9, 30)


def number(birth: str, serial: str = "062", region: str = "210214") -> str:
    first = f"{region}{birth}{serial}"
    return first + check_character(first)


@pytest.fixture
def head(database: Database) -> int:
    """仇志国, head of the household at 4-2-503, and his daughter-in-law 曲晓燕 at 6-1-204."""
    with database.transaction("建立名册") as session:
        tags.seed(session)
        grids.add(session, number=3, name="第三网格")
        head = resident_forms.add(
            session,
            ResidentInput(
                name="仇志国",
                document_number=number("19580301", "061"),
                address="4-2-503",
                new_household=True,
                relation="户主",
            ),
            now=NOW,
        )
        resident_forms.add(
            session,
            ResidentInput(
                name="曲晓燕",
                document_number=number("19850712", "064"),
                address="6-1-204",
                new_household=True,
                relation="户主",
                phone="13812344091",
            ),
            now=NOW,
        )
    return head


def shown(qtbot: QtBot, form: ResidentForm) -> ResidentForm:
    qtbot.addWidget(form)
    form.resize(1218, 700)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is form)
    return form


def type_into(qtbot: QtBot, control: QWidget, text: str) -> None:
    control.setFocus()
    if text.isascii():
        qtbot.keyClicks(control, text)
    else:
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(control, composed)


def names(context: Context) -> list[str]:
    with context.database.lookup() as lookup:
        listing = residents.list_ids(lookup, today=NOW.date())
        return [row.name for row in residents.rows(lookup, listing.ids, today=NOW.date())]


def last_sentence(context: Context) -> str:
    with context.database.reading() as session:
        return history.recent(session, limit=1)[0].sentence


def test_the_number_fills_sex_birth_and_age_which_stay_open_to_correction(
    qtbot: QtBot, context: Context
) -> None:
    form = shown(qtbot, ResidentForm(context))
    fields = form.fields

    type_into(qtbot, fields.document.number, number("19850712"))

    assert fields.choices["sex"].currentText() == "女"
    assert fields.dates["birth_date"].text() == "1985-07-12"
    assert fields.age.text() == "41"
    assert fields.dates["birth_date"].property("state") == "auto"
    assert not fields.dates["birth_date"].isReadOnly()
    assert fields.by_name["document_number"].message.startswith("校验通过")

    fields.dates["birth_date"].selectAll()
    type_into(qtbot, fields.dates["birth_date"], "19850713")
    fields.lines["name"].setFocus()
    assert "与证件号码不符" in fields.by_name["birth_date"].message


def test_an_unfinished_number_is_told_neutrally_and_a_wrong_one_only_after_leaving(
    qtbot: QtBot, context: Context
) -> None:
    form = shown(qtbot, ResidentForm(context))
    document = form.fields.by_name["document_number"]
    edit = form.fields.document.number

    type_into(qtbot, edit, number("19850712")[:14])
    assert document.message == "还差 4 位（已填 14 位）"

    form.fields.address.setFocus()
    assert "应为 18 位" in document.message

    good = number("19850712")
    edit.clear()
    type_into(qtbot, edit, good[:17] + ("1" if good[17] == "0" else "0"))
    form.fields.address.setFocus()
    assert "校验位不对" in document.message


def test_enter_walks_through_the_fields_and_saves_nothing_half_filled(
    qtbot: QtBot, context: Context
) -> None:
    form = shown(qtbot, ResidentForm(context))
    name = form.fields.lines["name"]
    assert name.hasFocus()

    type_into(qtbot, name, "王秀兰")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert form.fields.lines["former_name"].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert name.hasFocus()
    assert names(context) == []


def test_enter_in_the_open_list_of_documents_chooses_and_saves_nothing(
    qtbot: QtBot, context: Context
) -> None:
    form = shown(qtbot, ResidentForm(context))
    form.fields.lines["name"].setText("白小宝")
    box = form.fields.document.kind_box
    box.showPopup()
    qtbot.waitUntil(box.view().isVisible)

    qtbot.keyClick(box.view(), Qt.Key.Key_End)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)

    assert form.fields.document.kind is DocumentKind.NONE
    assert names(context) == []


def test_letters_choose_by_pinyin_initials(qtbot: QtBot, context: Context) -> None:
    form = shown(qtbot, ResidentForm(context))
    ethnic = form.fields.choices["ethnic_group"]

    type_into(qtbot, ethnic, "tjz")
    assert ethnic.currentText() == "土家族"
    type_into(qtbot, form.fields.choices["residence_status"], "hzrbz")
    assert form.fields.choices["residence_status"].currentText() == "户在人不在"


def test_an_address_completes_itself_and_brings_its_household(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))

    type_into(qtbot, form.fields.address, "4-2-503")
    form.fields.choices["residence_status"].setFocus()

    assert form.fields.address.text() == "4 号楼 2 单元 503"
    assert "仇志国" in form.fields.household.currentText()
    assert form.fields.entered().household_id is not None
    assert form.side.neighbours.isVisible()

    form.fields.address.clear()
    type_into(qtbot, form.fields.address, "9-1-101")
    form.fields.choices["residence_status"].setFocus()
    assert form.fields.household.is_new
    assert form.fields.choices["relation"].currentText() == "户主"


def test_a_likeness_appears_beside_the_form_without_taking_the_focus(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "曲晓燕")
    edit = form.fields.document.number
    type_into(qtbot, edit, number("19850712", "062"))

    panel = form.side.look_alikes
    qtbot.waitUntil(panel.isVisible)
    assert edit.hasFocus()
    assert [one.card.name for one in panel.found] == ["曲晓燕"]

    qtbot.keyClick(edit, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert not panel.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names(context).count("曲晓燕") == 2


def test_the_same_person_is_opened_and_takes_what_was_empty(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "曲晓燕")
    type_into(qtbot, form.fields.lines["workplace"], "望海小学")
    type_into(qtbot, form.fields.document.number, number("19850712", "064"))
    qtbot.waitUntil(form.side.look_alikes.isVisible)

    qtbot.keyClick(form.fields.document.number, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert form.fields.lines["phone"].text() == "13812344091"
    assert form.fields.lines["workplace"].text() == "望海小学"
    with qtbot.waitSignal(form.saved):
        form.header.save.click()
    assert names(context).count("曲晓燕") == 1
    assert last_sentence(context) == "修改居民 曲晓燕 的工作单位"


def test_a_number_on_file_is_refused_at_its_field(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "曲小燕")
    type_into(qtbot, form.fields.document.number, number("19850712", "064"))

    form.header.save.click()

    assert "已经登记给曲晓燕" in form.fields.by_name["document_number"].message
    assert form.fields.document.number.hasFocus()
    assert form.side.look_alikes.isVisible()
    assert "曲小燕" not in names(context)


def test_saving_writes_the_person_and_one_line_of_history(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "王秀兰")
    type_into(qtbot, form.fields.document.number, number("19480306"))
    type_into(qtbot, form.fields.lines["phone"], "138 1234 0612")

    with qtbot.waitSignal(form.saved) as saved:
        qtbot.mouseDClick(form.header.save, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(form.header.save, Qt.MouseButton.LeftButton)

    assert names(context).count("王秀兰") == 1
    assert last_sentence(context) == "新增居民 王秀兰"
    with context.database.reading() as session:
        written, _ = resident_forms.input_of(session, saved.args[0])
        assert session.query(Operation).filter_by(sentence="新增居民 王秀兰").count() == 1
    assert (written.sex, written.birth_date) == ("女", date(1948, 3, 6))
    assert written.phone == "13812340612"


def test_faults_stand_at_their_fields_and_the_first_gets_the_focus(
    qtbot: QtBot, context: Context
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["phone"], "1384091")

    form.header.save.click()

    assert form.fields.by_name["name"].message == "请填写姓名。"
    assert "应为 11 位" in form.fields.by_name["phone"].message
    assert form.fields.lines["name"].hasFocus()


def test_saving_and_going_on_keeps_the_household_and_the_address(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "仇伟")
    type_into(qtbot, form.fields.document.number, number("19830119", "061"))
    type_into(qtbot, form.fields.address, "4-2-503")
    form.fields.choices["relation"].setFocus()
    qtbot.keyClicks(form.fields.choices["relation"], "z")
    household = form.fields.entered().household_id

    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(form.fields.choices["relation"], Qt.Key.Key_Return, control_shift)

    assert "仇伟" in names(context)
    assert form.fields.lines["name"].text() == ""
    assert form.fields.lines["name"].hasFocus()
    assert form.fields.address.text() == "4 号楼 2 单元 503"
    assert form.fields.entered().household_id == household
    assert not form.dirty


def test_a_draft_survives_and_is_offered_the_next_time(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "孙凤英")
    type_into(qtbot, form.fields.lines["workplace"], "纺织厂")
    form.drafts.keep()

    again = shown(qtbot, ResidentForm(context))
    assert "是否恢复" in again.notice.words
    again.notice.first.click()

    assert again.fields.lines["name"].text() == "孙凤英"
    assert again.fields.lines["workplace"].text() == "纺织厂"
    assert again.dirty
    again.fields.document.show_kind(DocumentKind.NONE)
    with qtbot.waitSignal(again.saved):
        again.header.save.click()
    with context.database.reading() as session:
        assert drafts.kept(session, "resident:new") is None


def test_somebody_elses_change_keeps_what_was_typed_and_takes_theirs_over(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context, resident_id=head))
    type_into(qtbot, form.fields.lines["workplace"], "造船厂")
    with context.database.transaction("修改居民 仇志国 的电话") as session:
        entered, version = resident_forms.input_of(session, head)
        changed = ResidentInput(
            **{
                **{name: getattr(entered, name) for name in ResidentInput.__dataclass_fields__},
                "phone": "13900001111",
            }
        )
        resident_forms.update(session, head, changed, version=version, now=NOW)

    form.header.save.click()
    assert "刚被别人改过" in form.notice.words
    assert "手机" in form.notice.words
    assert form.fields.lines["workplace"].text() == "造船厂"
    assert form.fields.lines["phone"].text() == "13900001111"

    with qtbot.waitSignal(form.saved):
        form.header.save.click()
    with context.database.reading() as session:
        written, _ = resident_forms.input_of(session, head)
    assert (written.workplace, written.phone) == ("造船厂", "13900001111")


def test_leaving_asks_only_when_something_would_be_lost(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "app.ui.kit.messages.confirm", lambda *args, **_: bool(asked.append(args[1]))
    )
    form = shown(qtbot, ResidentForm(context))
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form.fields.lines["name"], Qt.Key.Key_Escape)
    assert asked == []

    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "王")
    with qtbot.assertNotEmitted(form.left):
        qtbot.keyClick(form.fields.lines["name"], Qt.Key.Key_Escape)
    assert len(asked) == 1


def test_a_choice_of_the_address_list_is_taken_by_arrow_and_enter(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    address = form.fields.address
    type_into(qtbot, address, "4")
    popup = address.findChild(QCompleter).popup()
    qtbot.waitUntil(popup.isVisible)

    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert not popup.isVisible()
    assert form.fields.choices["residence_status"].hasFocus()
    assert address.text() == "4 号楼 2 单元 503"


def test_a_corrected_number_takes_sex_and_birth_along_when_they_came_from_it(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context, resident_id=head))
    assert form.fields.dates["birth_date"].property("state") == "auto"

    form.fields.document.number.clear()
    type_into(qtbot, form.fields.document.number, number("19580302", "062"))

    assert form.fields.dates["birth_date"].text() == "1958-03-02"
    assert form.fields.choices["sex"].currentText() == "女"


def test_an_offered_draft_that_nobody_answered_stays(qtbot: QtBot, context: Context) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "孙凤英")
    form.drafts.keep()

    again = shown(qtbot, ResidentForm(context))
    assert again.leave()

    third = shown(qtbot, ResidentForm(context))
    assert "孙凤英" in third.notice.words
    third.notice.second.click()
    with context.database.reading() as session:
        assert drafts.kept(session, "resident:new") is None


def test_an_address_elsewhere_is_kept_in_words(qtbot: QtBot, context: Context) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "王秀兰")
    type_into(qtbot, form.fields.document.number, number("19480306"))
    type_into(qtbot, form.fields.address, "大连市中山区人民路")
    form.fields.choices["residence_status"].setFocus()
    assert "其他住址" in form.fields.by_name["address"].message

    with qtbot.waitSignal(form.saved) as saved:
        form.header.save.click()
    with context.database.reading() as session:
        written, _ = resident_forms.input_of(session, saved.args[0])
    assert (written.address, written.other_address) == ("", "大连市中山区人民路")


def test_tags_are_ticked_with_the_space_key_and_saved(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context, resident_id=head))
    picker = form.fields.tags
    picker.setFocus()
    picker.showPopup()
    view = picker.view()
    qtbot.waitUntil(view.isVisible)
    view.setCurrentIndex(picker.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not view.isVisible()

    with qtbot.waitSignal(form.saved):
        form.header.save.click()
    with context.database.reading() as session:
        assert [tag.name for tag in cards.card(session, head, today=NOW.date()).tags] == [
            picker.model().index(0, 0).data()
        ]


def test_a_photo_is_scaled_kept_and_taken_off_again(
    qtbot: QtBot, context: Context, head: int, tmp_path: Path, dialogs: Dialogs
) -> None:
    picture = QImage(2400, 3000, QImage.Format.Format_RGB888)
    picture.fill(Qt.GlobalColor.darkGray)
    picture.save(str(tmp_path / "照片.png"))
    form = shown(qtbot, ResidentForm(context, resident_id=head))
    dialogs.files.append(tmp_path / "照片.png")
    form.fields.photo.choose_button.click()
    assert form.dirty

    with qtbot.waitSignal(form.saved):
        form.header.save.click()
    with context.database.reading() as session:
        kept = QImage.fromData(cards.photo(session, head) or b"")
    assert (kept.width(), kept.height()) == (352, 441)

    form = shown(qtbot, ResidentForm(context, resident_id=head))
    form.fields.photo.remove_button.click()
    with qtbot.waitSignal(form.saved):
        form.header.save.click()
    with context.database.reading() as session:
        assert cards.photo(session, head) is None


def test_a_file_that_is_no_photo_is_refused_in_words(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    (tmp_path / "台账.jpg").write_text("no picture", "utf-8")

    with pytest.raises(DomainError, match="不是能打开的照片"):
        as_jpeg(tmp_path / "台账.jpg", 358, 441)


def test_a_new_person_of_a_household_starts_with_its_address(
    qtbot: QtBot, context: Context, head: int
) -> None:
    with context.database.reading() as session:
        household = households.at_address(session, "4-2-503", today=NOW.date())[0]
    form = shown(qtbot, ResidentForm(context, name="仇小宝", household_id=household.id))

    assert form.fields.lines["name"].text() == "仇小宝"
    assert form.fields.address.text() == "4 号楼 2 单元 503"
    assert form.fields.entered().household_id == household.id
    assert not form.dirty


def test_the_draft_is_kept_by_itself_and_the_header_says_when(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_draft, "EVERY_MS", 20)
    form = shown(qtbot, ResidentForm(context))
    with qtbot.waitSignal(form.drafts.told) as told:
        type_into(qtbot, form.fields.lines["name"], "孙凤英")

    assert told.args == ["草稿 09:30 已存，断电也在", True]
    with context.database.reading() as session:
        kept = drafts.kept(session, "resident:new")
    assert kept is not None
    assert kept.fields["name"] == "孙凤英"
    with context.database.reading() as session:
        assert history.recent(session, limit=5) == []


def test_people_that_were_called_different_are_not_compared_again(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context))
    type_into(qtbot, form.fields.lines["name"], "曲晓燕")
    type_into(qtbot, form.fields.document.number, number("19850712", "062"))
    qtbot.waitUntil(form.side.look_alikes.isVisible)
    form.side.look_alikes.other_button.click()
    with qtbot.waitSignal(form.saved) as saved:
        form.header.save.click()

    again = shown(qtbot, ResidentForm(context, resident_id=saved.args[0]))
    assert not again.side.look_alikes.isVisible()


def test_a_check_of_the_data_by_somebody_else_does_not_stop_the_form(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context, resident_id=head))
    type_into(qtbot, form.fields.lines["workplace"], "造船厂")
    with context.database.transaction("核对 仇志国 的资料") as session:
        resident_forms.mark_checked(session, head, today=NOW.date())

    form.header.save.click()
    assert "刚被别人改过" in form.notice.words
    with qtbot.waitSignal(form.saved):
        form.header.save.click()
    with context.database.reading() as session:
        written, _ = resident_forms.input_of(session, head)
    assert (written.workplace, written.checked_on) == ("造船厂", NOW.date())


def test_a_record_deleted_in_between_is_told_and_nothing_typed_is_lost(
    qtbot: QtBot, context: Context, head: int
) -> None:
    form = shown(qtbot, ResidentForm(context, resident_id=head))
    type_into(qtbot, form.fields.lines["workplace"], "造船厂")
    with context.database.transaction("删除居民 仇志国") as session:
        resident_forms.delete(session, head, now=NOW)

    form.header.save.click()

    assert form.notice.isVisible()
    assert "填的内容都还在" in form.notice.words
    assert form.fields.lines["workplace"].text() == "造船厂"


def test_opening_the_form_is_journaled_since_it_shows_all_numbers(
    qtbot: QtBot, context: Context, head: int
) -> None:
    shown(qtbot, ResidentForm(context, resident_id=head))

    assert last_sentence(context).endswith("的登记表")
