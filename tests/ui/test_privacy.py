"""Consent, withdrawal, erasing and sensitive tags at the windows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QMenu, QWidget

from app.context import Context
from app.models import PrivacyKind, ReceiptKind, Resident, StockReceipt
from app.services import cards, erasing, history, privacy, retention, settings, tags
from app.services.privacy_lists import PrivacyList
from app.storage.engine import Database
from app.ui.kit.paged_table import PagedTable
from app.ui.office.privacy.keep_dialog import KeepDialog
from app.ui.office.privacy.lists import PrivacyLists
from app.ui.office.privacy.tab import PrivacyTab
from app.ui.office.privacy.tags_card import SensitiveTagsCard
from app.ui.papers.lists.privacy_panel import PrivacyPanel
from app.ui.people.erase_dialog import EraseDialog
from app.ui.people.person_card import PersonCard
from app.ui.people.privacy_dialog import PrivacyDialog
from app.ui.people.privacy_entry import AGREED, ASKED, DONE, GUARDIAN, WITHDREW
from app.ui.people.take_out_dialog import TakeOutDialog
from app.ui.residents.export import _withdrawn_tick
from app.ui.residents.form import ResidentForm
from app.ui.residents.page import ResidentsPage
from app.ui.residents.tags import TagDialog
from app.values.rights import ALL, Actor, Right
from tests.conftest import Dialogs
from tests.ui.people_office import NOW, TODAY, Office, found

CHILD = "仇小虎"


@pytest.fixture
def office(database: Database) -> Office:
    return found(database)


def lines(context: Context, key: int) -> list[privacy.Line]:
    with context.database.reading() as session:
        return privacy.register(session, key)


def person(context: Context, key: int) -> Resident:
    with context.database.reading() as session:
        return session.get_one(Resident, key)


def words_of(widget: QWidget) -> str:
    """Everything that can be read on a window: labels, names for screen readers, tables."""
    said = [label.text() for label in widget.findChildren(QLabel)]
    said += [button.text() for button in widget.findChildren(QAbstractButton)]
    said += [child.accessibleName() for child in widget.findChildren(QWidget)]
    for table in widget.findChildren(PagedTable):
        model = table.paged_model
        for place in range(model.rowCount()):
            said += [model.columns[at].cell(model.row(place)).plain for at in _columns(model)]
    return "\n".join(said)


def _columns(model: object) -> range:
    return range(len(model.columns))


def fill(dialog: PrivacyDialog, kind: str, **texts: str) -> None:
    entry = dialog.entry
    entry.kind.setCurrentText(kind)
    entry.by_name.setText(texts.get("by_name", entry.by_name.text()))
    entry.by_relation.setCurrentText(texts.get("by_relation", ""))
    entry.note.setText(texts.get("note", ""))
    entry.on.setText(texts.get("on", entry.on.text()))
    dialog.save()


def test_a_withdrawal_is_registered_shown_red_and_taken_back(
    context: Context, office: Office, dialogs: Dialogs
) -> None:
    key = office["王秀兰"]
    dialog = PrivacyDialog(context, key, "王秀兰")
    fill(dialog, AGREED)
    fill(dialog, WITHDREW, note="不愿收通知")
    card = PersonCard(context)
    card.show_person(key)
    card.load()
    assert card.view.consent.accessibleName() == "已撤回同意"
    dialog.table.select_row(0)
    dialogs.answers.append("撤回这一条")
    dialog.take_back()
    card.load()
    assert card.view.consent.accessibleName() == "已同意"
    assert person(context, key).withdrawn_on is None


def test_a_child_is_offered_the_guardian_of_its_home(context: Context, office: Office) -> None:
    dialog = PrivacyDialog(context, office[CHILD], CHILD)
    offered = [dialog.entry.kind.itemText(at) for at in range(dialog.entry.kind.count())]
    assert GUARDIAN in offered
    assert AGREED not in offered
    completer = dialog.entry.by_name.completer()
    assert completer.model().rowCount() == 2
    fill(dialog, GUARDIAN, by_name="曲晓燕", by_relation="母亲")
    [line] = lines(context, office[CHILD])
    assert (line.by_name, line.by_relation) == ("曲晓燕", "母亲")


def test_bad_input_is_told_and_nothing_is_written(
    context: Context, office: Office, dialogs: Dialogs
) -> None:
    mother = {"by_name": "曲晓燕", "by_relation": "母亲"}
    for texts, told in (
        ({**mother, "by_name": ""}, "监护人的姓名"),
        ({**mother, "on": "2019-01-01"}, "早于出生"),
        ({**mother, "on": "后天吧"}, "看不懂"),
    ):
        dialog = PrivacyDialog(context, office[CHILD], CHILD)
        fill(dialog, GUARDIAN, **texts)
        assert told in dialogs.shown[-1]
    assert lines(context, office[CHILD]) == []


def test_a_correction_is_asked_for_and_closed_in_the_same_window(
    context: Context, office: Office
) -> None:
    dialog = PrivacyDialog(context, office["王秀兰"], "王秀兰")
    fill(dialog, ASKED, note="电话换了")
    assert dialog.entry.kind.currentText() == DONE
    fill(dialog, DONE, note="已改电话")
    with context.database.reading() as session:
        assert privacy.open_requests(session) == []


def test_the_form_asks_for_a_guardian_and_registers_it(context: Context, office: Office) -> None:
    form = ResidentForm(context, resident_id=office[CHILD])
    field = form.fields.by_name["guardian"]
    assert "监护人同意" in field.message
    assert "仇志国" in field.message
    form.fields.lines["guardian"].setText("曲晓燕")
    form.fields.choices["guardian_relation"].set_value("母亲")
    form.fields.dates["consent_on"].set_value(TODAY)
    form.save()
    [line] = lines(context, office[CHILD])
    assert line.kind is PrivacyKind.GUARDIAN_CONSENTED
    grown = ResidentForm(context, resident_id=office["王秀兰"])
    assert grown.fields.by_name["guardian"].message == ""
    assert not grown.fields.lines["guardian"].isEnabled()


def test_erasing_needs_the_name_and_a_reason(context: Context, office: Office) -> None:
    key = office["王秀兰"]
    with context.database.transaction("撤回") as session:
        privacy.withdraw(session, key, on=TODAY, reason="", now=NOW)
    dialog = EraseDialog(context, key)
    for name, reason, ready in (("王秀", "x", False), ("王秀兰", "", False), ("王秀兰", "x", True)):
        dialog.name.setText(name)
        dialog.reason.setText(reason)
        assert dialog.confirm.isEnabled() is ready
    dialog.erase()
    assert person(context, key).name == "已抹去"
    assert dialog.sentence.startswith("已抹去一个人")


def test_somebody_on_the_register_is_not_offered_to_be_erased(
    context: Context, office: Office
) -> None:
    dialog = EraseDialog(context, office["王秀兰"])
    assert "还在册" in words_of(dialog)
    assert not hasattr(dialog, "confirm")


def test_a_new_head_is_asked_for(context: Context, office: Office) -> None:
    key = office["仇志国"]
    with context.database.transaction("撤回") as session:
        privacy.withdraw(session, key, on=TODAY, reason="", now=NOW)
    dialog = EraseDialog(context, key, reason="本人要求")
    dialog.head.setCurrentIndex(dialog.head.findText("曲晓燕"))
    dialog.name.setText("仇志国")
    dialog.erase()
    assert person(context, office["曲晓燕"]).relation == "户主"


def test_many_are_informed_at_once_from_the_list(
    context: Context, office: Office, dialogs: Dialogs
) -> None:
    shown = PrivacyLists(context)
    shown.show_list(PrivacyList.NOT_INFORMED)
    assert shown.model.rowCount() == 6
    shown.model.tick_all(on=True)
    dialogs.answers.append("登记")
    shown.inform()
    assert shown.model.rowCount() == 0
    assert lines(context, office[CHILD])[0].kind is PrivacyKind.INFORMED


def test_what_is_due_is_erased_or_kept(context: Context, office: Office, dialogs: Dialogs) -> None:
    keys = [office["王秀兰"], office["单玉梅"]]
    with context.database.transaction("依据") as session:
        for key in keys:
            privacy.set_basis(session, key, "同意")
            privacy.withdraw(session, key, on=TODAY, reason="", now=NOW)
    shown = PrivacyLists(context)
    shown.show_list(PrivacyList.DUE)
    assert shown.model.rowCount() == 2

    def erase(dialog: QDialog) -> int:
        assert isinstance(dialog, EraseDialog)
        dialog.name.setText(dialog.plan.name)
        dialog.erase()
        return 1

    dialogs.on_dialog = erase
    shown.model.tick(range(1), on=True)
    shown.erase()
    assert shown.model.rowCount() == 1
    with context.database.reading() as session:
        assert len(erasing.erased_people(session)) == 1
    shown.show_list(PrivacyList.ERASED)
    assert "已抹去" in words_of(shown)


def test_keeping_longer_needs_a_later_day_and_a_reason(
    context: Context, office: Office, dialogs: Dialogs
) -> None:
    dialog = KeepDialog(context, [office["王秀兰"]], "王秀兰")
    dialog.save()
    assert "为什么" in dialogs.shown[-1]
    dialog.reason.setText("官司未了")
    dialog.until.setText("2026-11-21")
    dialog.save()
    assert "晚于今天" in dialogs.shown[-1]
    dialog.until.setText("2027-11-21")
    dialog.save()
    assert dialog.sentence == "王秀兰的资料保存到 2027-11-21"


def test_printed_notices_inform_everybody_on_them(context: Context, office: Office) -> None:
    panel = PrivacyPanel(context)
    panel.filed.setText("隐私盒 2026-1")
    panel.who.pick((office["王秀兰"],))
    panel.compose()
    context.background.finish()
    panel.leaving()()
    [line] = lines(context, office["王秀兰"])
    assert (line.kind, line.filed_at) == (PrivacyKind.INFORMED, "隐私盒 2026-1")
    assert lines(context, office[CHILD]) == []


def test_an_export_leaves_out_who_withdrew(context: Context, office: Office) -> None:
    ids = [office["王秀兰"], office["单玉梅"]]
    nobody = _withdrawn_tick(context, TakeOutDialog(context, "导出", "全部"), ids)
    assert nobody() == set()
    with context.database.transaction("撤回") as session:
        privacy.withdraw(session, ids[0], on=TODAY, reason="", now=NOW)
    assert _withdrawn_tick(context, TakeOutDialog(context, "导出", "全部"), ids)() == {ids[0]}


def test_a_tick_makes_a_tag_sensitive(context: Context, office: Office) -> None:
    card = SensitiveTagsCard(context)
    tick = card.ticks[office.tags["独居老人"]]
    tick.click()
    with context.database.reading() as session:
        marked = {one.name for one in tags.tags(session) if one.sensitive}
    assert "独居老人" in marked
    assert all(one.group != "综治" for one in _shown(context, card))


def _shown(context: Context, card: SensitiveTagsCard) -> list[tags.TagView]:
    with context.database.reading() as session:
        return [one for one in tags.tags(session, enabled_only=False) if one.id in card.ticks]


def test_the_journal_never_names_a_sensitive_tag(context: Context, office: Office) -> None:
    key = office["王秀兰"]
    dialog = TagDialog(context, [key], "王秀兰")
    dialog.tag.setCurrentText("残疾人")
    dialog.save()
    with context.database.reading() as session:
        given = cards.card(session, key, today=TODAY).tags
    ending = TagDialog(context, [key], "王秀兰", current=given)
    ending.edit(next(tag for tag in given if tag.name == "残疾人"), ending=True)
    ending.save()
    SensitiveTagsCard(context).ticks[office.tags["独居老人"]].click()
    with context.database.reading() as session:
        said = [line.sentence for line in history.recent(session, limit=3)]
    assert said == ["修改哪些标签是敏感标签", "修改 王秀兰 的敏感标签", "给 王秀兰 加敏感标签"]


WINDOWS: dict[str, Callable[[Context, Office], QWidget]] = {
    "page": lambda context, _: _page(context),
    "form": lambda context, office: ResidentForm(context, resident_id=office["王秀兰"]),
    "register": lambda context, office: PrivacyDialog(context, office["王秀兰"], "王秀兰"),
    "tab": lambda context, _: PrivacyTab(context),
}


def _page(context: Context) -> QWidget:
    page = ResidentsPage(context)
    page.list.filters.read_choices()
    page.list.table.select_row(0)
    page.list.card.load()
    menu = QMenu(page)
    page.list.filters.tag.fill(menu)
    menu.setAccessibleName("、".join(entry.text() for entry in menu.actions()))
    return page


@pytest.mark.parametrize("may", [True, False])
def test_a_sensitive_tag_is_seen_by_those_permitted_only(
    context: Context, office: Office, may: bool
) -> None:
    with context.database.transaction("标签") as session:
        for key in office.people.values():
            tags.give(session, [key], office.tags["残疾人"])
    hidden = {Right.SEE_SENSITIVE} if not may else set()
    context.database.act_as(Actor("孙丽", "社工", ALL - hidden))
    seen_in = {
        name for name, make in WINDOWS.items() if "残疾人" in words_of(make(context, office))
    }
    assert seen_in == ({"page", "form", "tab"} if may else set())


def test_without_the_rights_nothing_of_it_is_offered(context: Context, office: Office) -> None:
    context.database.act_as(
        Actor("孙丽", "网格员", ALL - {Right.PRIVACY, Right.ERASE, Right.EDIT_OFFICE})
    )
    page = ResidentsPage(context)
    with context.database.reading() as session:
        card = cards.card(session, office["王秀兰"], today=TODAY)
    gone = replace(card, departure="迁出", departed_on=date(2026, 1, 1))
    menu = QMenu()
    for one in (card, gone):
        page.actions_of_page.fill_card_menu(menu, one)
    assert not [entry.text() for entry in menu.actions() if "个人信息" in entry.text()]
    tab = PrivacyTab(context)
    assert tab.card is None
    assert tab.segments.isHidden()
    with context.database.reading() as session:
        assert retention.due(session, today=TODAY) == []


def test_contacts_on_old_receipts_are_erased_together(
    context: Context, office: Office, dialogs: Dialogs
) -> None:
    now = context.clock.now()
    with context.database.transaction("入库") as session:
        for number in range(2):
            row = StockReceipt(
                number=f"RK2020-{number}",
                kind=ReceiptKind.DONATION,
                on_date=date(2020, 1, 1),
                giver="海湾超市",
                contact="赵大勇",
                entered_at=now,
            )
            session.add(row)
    tab = PrivacyTab(context)
    tab.lists.show_list(PrivacyList.DUE)
    assert [one.what for one in tab.lists._rows([0, 1])] == ["联系人", "联系人"]
    tab.lists.model.tick_all(on=True)
    dialogs.answers.append("抹去")
    tab.lists.erase()
    assert "2 张入库单上的联系人和电话抹去" in dialogs.shown[-1]
    with context.database.reading() as session:
        assert retention.due(session, today=TODAY) == []


def test_what_was_changed_since_is_proposed_as_the_answer(context: Context, office: Office) -> None:
    key = office["王秀兰"]
    dialog = PrivacyDialog(context, key, "王秀兰")
    fill(dialog, ASKED, note="电话换了")
    form = ResidentForm(context, resident_id=key)
    form.fields.lines["phone"].setText("13940258842")
    form.save()
    dialog = PrivacyDialog(context, key, "王秀兰")
    assert dialog.entry.note.text().startswith("手机") or "电话" in dialog.entry.note.text()


def test_the_notice_says_the_years_of_the_office(context: Context, office: Office) -> None:
    with context.database.transaction("设置") as session:
        settings.change(session, settings.KEEP_DEPARTED, 5)
    assert "之后 5 年" in PrivacyPanel(context).retention.text()
