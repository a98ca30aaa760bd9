from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from sqlalchemy import select

from app.context import Context
from app.models import CertificateTemplate, Operation
from app.services import templates
from app.ui.kit.labels import Label
from app.ui.kit.tokens import COLORS
from app.ui.papers.templates.body_edit import BodyField
from app.ui.papers.templates.dialog import TemplatesDialog
from app.ui.papers.templates.forbidden_notice import ForbiddenNotice
from tests.actors import seen_by


@pytest.fixture
def office(qtbot, context: Context) -> Iterator[Context]:
    """With the shipped templates; no sample is left half drawn when the test is over."""
    with context.database.transaction("准备") as session:
        templates.seed(session)
    yield context
    qtbot.waitUntil(lambda: not context.background.busy)


@pytest.fixture
def dialog(qtbot, office):
    return opened(qtbot, office)


def opened(qtbot, context):
    dialog = TemplatesDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def view(context, title):
    with context.database.reading() as session:
        return next(one for one in templates.templates(session) if one.title == title)


def preview(dialog) -> str:
    pages = dialog.panel.view.pages
    text = "" if pages is None else PdfReader(BytesIO(pages.data)).pages[0].extract_text()
    return "".join(text.split())


def sentences(context) -> list[str]:
    with context.database.reading() as session:
        return list(session.scalars(select(Operation.sentence).order_by(Operation.id)))


def choose(dialog, title):
    dialog.open_template(view(dialog._context, title).id)


# -- the list


def test_the_list_tells_what_is_in_use_and_how_sure_each_basis_is(dialog):
    titles = {choice.title: choice for _, group in dialog.choices._groups for choice in group}

    assert titles["志愿服务记录证明"].note == "已核"
    assert titles["志愿服务记录证明"].enabled
    assert titles["居住情况证明"].note == "缺依据"
    assert not titles["居住情况证明"].enabled


def test_the_first_template_is_open_with_all_its_fields(dialog, office):
    kept = view(office, "志愿服务记录证明")

    assert dialog.editor.entered() == kept.entered
    assert not dialog.editor.dirty


@pytest.mark.parametrize(
    "title",
    ["监护相关情况说明", "居住情况证明", "社会实践参加证明", "荣誉证书", "党员服务群众证明"],
)
def test_every_shipped_template_comes_out_of_the_fields_as_it_went_in(dialog, office, title):
    choose(dialog, title)

    assert dialog.editor.entered() == view(office, title).entered


# -- the paper beside it


def test_the_paper_follows_the_typing(qtbot, dialog):
    choose(dialog, "居住情况证明")
    qtbot.waitUntil(lambda: "居住情况证明（存根）" in preview(dialog))

    dialog.editor.body_field.set_value("兹证明{姓名}住在{现住址}，已满{填:年数}年。")

    qtbot.waitUntil(lambda: "王秀兰住在望海社区" in preview(dialog))
    assert "已满（年数）年。" in preview(dialog)
    assert "草稿" in preview(dialog)


def test_the_paper_of_another_template_replaces_a_slower_one(qtbot, dialog):
    for title in ("居住情况证明", "荣誉证书", "监护相关情况说明"):
        choose(dialog, title)

    qtbot.waitUntil(lambda: "监护相关情况说明" in preview(dialog))
    assert "荣誉证书" not in preview(dialog)


# -- codes


def test_a_brace_opens_the_list_of_codes_and_enter_puts_one_at_the_cursor(qtbot):
    field = BodyField()
    qtbot.addWidget(field)
    field.show()
    field.set_value("兹证明，女。")
    cursor = field.edit.textCursor()
    cursor.setPosition(3)
    field.edit.setTextCursor(cursor)

    qtbot.keyClicks(field.edit, "{")
    assert field.picker.isVisible()
    qtbot.keyClicks(field.picker.search, "xm")
    qtbot.keyClick(field.picker.search, Qt.Key.Key_Return)

    assert not field.picker.isVisible()
    assert field.value() == "兹证明{姓名}，女。"
    assert field.edit.textCursor().position() == len("兹证明{姓名}")


def test_esc_closes_the_list_of_codes_and_leaves_the_brace(qtbot):
    field = BodyField()
    qtbot.addWidget(field)
    field.show()

    qtbot.keyClicks(field.edit, "{")
    qtbot.keyClick(field.picker.search, Qt.Key.Key_Escape)

    assert not field.picker.isVisible()
    assert field.value() == "{"


def test_without_any_template_the_dialog_begins_a_new_one(qtbot, context):
    dialog = opened(qtbot, context)

    assert dialog.editor.title.text() == "新的证明"
    assert not dialog.toggle_button.isEnabled()
    assert dialog.save()
    assert view(context, "新的证明").body.startswith("兹证明{姓名}")
    qtbot.waitUntil(lambda: not context.background.busy)


def test_a_code_goes_where_the_cursor_is_when_the_button_is_used(qtbot):
    field = BodyField()
    qtbot.addWidget(field)
    field.show()
    field.set_value("住址")
    field.edit.moveCursor(QTextCursor.MoveOperation.End)

    qtbot.mouseClick(field.insert, Qt.MouseButton.LeftButton)
    assert field.picker.codes.choose("现住址")
    field.picker.codes.open_current()

    assert field.value() == "住址{现住址}"


def test_what_is_to_be_asked_is_selected_to_be_typed_over(qtbot):
    field = BodyField()
    qtbot.addWidget(field)

    field.edit.insert_code("填:说明")
    field.edit.insertPlainText("人数")

    assert field.value() == "{填:人数}"


def test_the_list_has_every_group_and_finds_by_pinyin(qtbot):
    field = BodyField()
    qtbot.addWidget(field)
    codes = field.picker.codes

    assert [heading for heading, _ in codes._groups][:5] == [
        *("居民", "住户", "社区", "日期", "志愿服务")
    ]
    assert codes.filter("fuwushichang") == 1


def colour_at(field, place: int) -> str:
    layout = field.edit.document().firstBlock().layout()
    return next(
        (
            part.format.foreground().color().name().upper()
            for part in layout.formats()
            if part.start <= place < part.start + part.length
        ),
        "",
    )


def test_codes_are_coloured_by_what_becomes_of_them(qtbot):
    field = BodyField()
    qtbot.addWidget(field)
    text = "𣲗{姓名}{填:人数}{姓明}{"
    field.set_value(text)

    # The first character counts as two for Qt.
    assert colour_at(field, 0) == ""
    assert colour_at(field, 3) == COLORS.sel_text
    assert colour_at(field, text.index("填") + 1) == COLORS.warn
    assert colour_at(field, text.index("明") + 1) == COLORS.danger
    assert colour_at(field, len(text)) == COLORS.danger


# -- keeping


def test_a_change_is_kept_with_a_line_in_the_journal(dialog, office):
    choose(dialog, "居住情况证明")
    dialog.editor.basis.set_value("《某区证明事项清单》（某政发〔2025〕8号）")
    dialog.editor.days.setText("60")

    assert dialog.save()

    kept = view(office, "居住情况证明")
    assert kept.legal_basis == "《某区证明事项清单》（某政发〔2025〕8号）"
    assert kept.valid_days == 60
    assert kept.basis_grade == "自填"
    assert "修改证明模板 居住情况证明" in sentences(office)
    assert not dialog.editor.dirty


def test_an_unknown_code_is_named_below_the_body_and_nothing_is_kept(dialog, office):
    choose(dialog, "居住情况证明")
    before = view(office, "居住情况证明")
    dialog.editor.body_field.set_value("兹证明{姓明}。")

    assert not dialog.save()

    assert "{姓明}" in dialog.editor._body_field.message
    assert view(office, "居住情况证明") == before


def test_days_that_are_no_number_are_told_at_the_field(dialog, office):
    choose(dialog, "监护相关情况说明")
    dialog.editor.days.setText("三个月")

    assert not dialog.save()

    assert "整数" in dialog.editor._days_field.message
    assert view(office, "监护相关情况说明").valid_days == 90


def test_a_forbidden_matter_is_stopped_with_item_document_and_where_to_go(dialog, office, dialogs):
    seen = []

    def look(shown) -> int:
        assert isinstance(shown, ForbiddenNotice)
        seen.extend(label.text() for label in shown.findChildren(Label))
        return 0

    dialogs.on_dialog = look
    dialog.start_new()
    dialog.editor.title.setText("未婚证明")
    dialog.editor.body_field.set_value("兹证明{姓名}未婚。")

    assert not dialog.save()

    words = "".join(seen)
    assert "全国清单第 8 项" in words
    assert "民发〔2020〕20号" in words
    assert "婚姻登记机关" in words
    with office.database.reading() as session:
        assert "未婚证明" not in [one.title for one in templates.templates(session)]


def test_a_forbidden_matter_shows_while_it_is_typed(qtbot, dialog):
    dialog.start_new()
    dialog.editor.body_field.set_value("兹证明{姓名}未婚。")

    qtbot.waitUntil(lambda: "不得出具" in dialog.notice._line.text())
    assert "婚姻状况证明" in dialog.notice._detail.text()


def test_a_new_template_joins_the_list_switched_off(dialog, office):
    dialog.start_new()
    dialog.editor.title.setText("楼栋停车情况说明")

    assert dialog.save()

    kept = view(office, "楼栋停车情况说明")
    assert not kept.enabled
    assert not kept.shipped
    assert dialog.choices.current().title == "楼栋停车情况说明"


def test_two_who_change_the_same_template_do_not_overwrite_each_other(dialog, office, dialogs):
    choose(dialog, "居住情况证明")
    kept = view(office, "居住情况证明")
    with office.database.transaction("别人改") as session:
        changed = replace(kept.entered, purpose="上学")
        templates.save(session, kept.id, changed, kept.version)
    dialog.editor.purpose.setText("落户")

    assert not dialog.save()

    assert "刚被别人改过" in dialogs.shown[-1]
    assert view(office, "居住情况证明").purpose == "上学"


def test_chosen_again_it_is_shown_as_the_other_one_left_it(dialog, office):
    kept = view(office, "居住情况证明")
    with office.database.transaction("别人改") as session:
        changed = replace(kept.entered, purpose="上学")
        templates.save(session, kept.id, changed, kept.version)

    choose(dialog, "居住情况证明")
    dialog.editor.recipient.setText("第二中学")

    assert dialog.save()
    assert view(office, "居住情况证明").purpose == "上学"


# -- switching on, restoring, deleting


def test_without_a_legal_basis_a_template_cannot_be_switched_on(dialog, office, dialogs):
    choose(dialog, "居住情况证明")

    dialog.toggle()

    assert "法律依据" in dialogs.shown[-1]
    assert not view(office, "居住情况证明").enabled
    assert "没有法律依据" in dialog.notice._line.text()


def test_with_a_basis_it_is_kept_and_switched_on_in_one_go(dialog, office):
    choose(dialog, "居住情况证明")
    dialog.editor.basis.set_value("某政发〔2025〕8号")

    dialog.toggle()

    assert view(office, "居住情况证明").enabled
    assert dialog.toggle_button.text() == "停用"
    dialog.toggle()
    assert not view(office, "居住情况证明").enabled


def test_the_shipped_wording_comes_back_after_asking(dialog, office, dialogs):
    original = view(office, "荣誉证书")
    choose(dialog, "荣誉证书")
    dialog.editor.body_field.set_value("{姓名}：\n发给你。")
    assert dialog.save()

    dialogs.answers = ["取消", "恢复原文"]
    dialog.restore()
    assert view(office, "荣誉证书").body == "{姓名}：\n发给你。"
    dialog.restore()

    assert view(office, "荣誉证书").entered == original.entered
    assert dialog.editor.body_field.value() == original.body


def damaged(context):
    with context.database.transaction("损坏") as session:
        row = session.scalars(
            select(CertificateTemplate).where(CertificateTemplate.key == "residence")
        ).one()
        row.body, row.layout = "兹证明{姓", "poster"


def test_a_damaged_template_is_shown_with_a_sentence_and_can_be_restored(qtbot, office, dialogs):
    original = view(office, "居住情况证明")
    damaged(office)
    dialog = opened(qtbot, office)
    choose(dialog, "居住情况证明")

    assert "坏了" in dialog.notice._line.text()
    assert "恢复原文" in dialog.notice._detail.text()
    qtbot.waitUntil(lambda: "改好以后" in dialog.panel._empty.text())

    dialogs.answers = ["恢复原文"]
    dialog.restore()

    assert view(office, "居住情况证明").entered == original.entered
    assert not view(office, "居住情况证明").damaged


def test_only_own_templates_can_be_deleted(dialog, office, dialogs):
    assert dialog.delete_button.isHidden()
    dialog.start_new()
    dialog.editor.title.setText("楼栋停车情况说明")
    assert dialog.save()
    assert not dialog.delete_button.isHidden()

    dialogs.answers = ["删除"]
    dialog.delete()

    with office.database.reading() as session:
        assert "楼栋停车情况说明" not in [one.title for one in templates.templates(session)]
    assert dialog._current is not None


# -- leaving


def test_what_is_not_kept_is_asked_about_before_another_template_opens(dialog, dialogs):
    choose(dialog, "荣誉证书")
    dialog.editor.title.setText("荣誉证")
    dialogs.answers = ["取消", "不要了"]

    dialog.choices.choose(next(iter(dialog._views)))
    assert dialog.editor.title.text() == "荣誉证"
    assert dialog.choices.current().title == "荣誉证书"

    dialog.choices.choose(next(iter(dialog._views)))
    assert dialog.editor.title.text() == "志愿服务记录证明"


def test_closing_asks_only_if_something_would_be_lost(dialog, dialogs):
    dialog.editor.purpose.setText("别的")
    dialogs.answers = ["取消"]
    dialog.reject()
    assert dialog.isVisible()

    dialogs.answers = ["不要了"]
    dialog.reject()
    assert not dialog.isVisible()


def test_others_than_the_secretary_may_read_only(qtbot, office):
    reader = seen_by(office, "赵敏", "社工")
    dialog = opened(qtbot, reader)

    assert dialog.editor.title.isReadOnly()
    assert dialog.editor.body_field.edit.isReadOnly()
    assert not dialog.save_button.isEnabled()
    assert not dialog.toggle_button.isEnabled()
    assert dialog.restore_button.isHidden()
    assert "由书记修改" in dialog.notice._line.text()
    assert not dialog.save()


def test_a_certificate_of_honour_has_no_counterfoil(dialog):
    choose(dialog, "居住情况证明")
    assert dialog.editor.entered().counterfoil

    dialog.editor.layout_choice.setCurrentText("证书式")

    assert not dialog.editor.counterfoil.isEnabled()
    assert not dialog.editor.entered().counterfoil
