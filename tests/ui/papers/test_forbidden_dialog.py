import pytest

from app.services import forbidden
from app.ui.papers.forbidden_dialog import ForbiddenDialog
from app.ui.papers.forbidden_form import ForbiddenItemDialog


@pytest.fixture
def dialog(qtbot, context):
    dialog = ForbiddenDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def items(context):
    with context.database.reading() as session:
        return forbidden.items(session)


def names(dialog) -> list[str]:
    return [dialog._items[key].name for key in dialog.table.paged_model.ids]


def add_one(context, name="缴费票据遗失证明"):
    with context.database.transaction("增列") as session:
        forbidden.add(
            session, level="本社区", name=name, keywords="票据遗失", redirect="到开票单位补开"
        )


def test_all_twenty_national_items_are_there_with_where_to_go(dialog):
    assert len(names(dialog)) == 20
    assert dialog.count.text() == "全国 20 项，没有增列"

    dialog.table.select_id(("国家", 8))

    assert dialog.card.name.text() == "婚姻状况证明"
    assert "国家规定，不能改动" in dialog.card.place.text()
    assert dialog.card.change.isHidden()
    assert dialog.card.delete.isHidden()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("canji", "残疾状况证明"), ("单身", "婚姻状况证明"), ("养犬", "居民养犬证明")],
)
def test_an_item_is_found_by_word_keyword_and_pinyin(dialog, typed, found):
    dialog.search.setText(typed)

    assert found in names(dialog)
    assert len(names(dialog)) < 20
    assert dialog.card.name.text() == names(dialog)[0]
    assert dialog.count.text() == f"找到 {len(names(dialog))} 项，共 20 项"


def test_nothing_found_leaves_an_empty_card(dialog):
    dialog.search.setText("qqq")

    assert names(dialog) == []
    assert dialog.card.name.text() == ""


def test_an_addition_of_the_office_is_written_in_a_form(qtbot, dialog, context, dialogs):
    def fill(form) -> int:
        assert isinstance(form, ForbiddenItemDialog)
        form.name.setText("缴费票据遗失证明")
        form.keywords.setPlainText("票据遗失\n发票遗失")
        form.redirect.setText("到开票单位补开")
        form.save()
        return form.result()

    dialogs.on_dialog = fill
    dialog.add.click()

    added = items(context)[-1]
    assert (added.level, added.name) == ("本社区", "缴费票据遗失证明")
    assert added.keywords == ("票据遗失", "发票遗失")
    assert names(dialog)[-1] == "缴费票据遗失证明"
    assert dialog.count.text() == "全国 20 项，增列 1 项"


def test_a_form_without_keywords_says_so_and_stays_open(qtbot, context, dialogs):
    form = ForbiddenItemDialog(context, None)
    qtbot.addWidget(form)
    form.show()
    form.name.setText("别的证明")

    form.save()

    assert "关键词" in dialogs.shown[-1]
    assert form.isVisible()
    assert len(items(context)) == 20


def test_an_addition_can_be_changed(qtbot, context):
    add_one(context)
    form = ForbiddenItemDialog(context, items(context)[-1])
    qtbot.addWidget(form)
    form.document.setText("社区工作制度")

    form.save()

    assert items(context)[-1].document == "社区工作制度"
    assert form.sentence == "已修改 缴费票据遗失证明"


def test_an_addition_is_removed_after_asking(qtbot, context, dialogs):
    add_one(context)
    dialog = ForbiddenDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.table.select_id(("本社区", 1))
    assert dialog.card.delete.isVisible()

    dialogs.answers = ["取消", "删除"]
    dialog.card.delete.click()
    assert len(items(context)) == 21
    dialog.card.delete.click()

    assert len(items(context)) == 20
    assert dialog.count.text() == "全国 20 项，没有增列"


def test_enter_on_a_national_item_opens_no_form(dialog):
    dialog.table.opened.emit(("国家", 1))

    assert dialog.isVisible()
