"""设置 · 议事 and ballots: sets are typed with an example, ballots typed back by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.errors import DomainError
from app.models import AgendaItem, BodyKind, Choice, ItemKind, Matter
from app.services import ballot_views, ballots, drafts, vote_rule_sets, vote_rules
from app.services.vote_rule_sets import SetInput
from app.storage.engine import Database
from app.ui.kit.signals import Area
from app.ui.meetings.ballots import item_dialog
from app.ui.meetings.ballots.dialog import OUT, BallotsDialog
from app.ui.meetings.ballots.item_dialog import ItemChoiceDialog
from app.ui.meetings.ballots.print_dialog import ANONYMOUS, PrintDialog
from app.ui.office.meeting_rules.days_dialog import DaysDialog
from app.ui.office.meeting_rules.set_dialog import SetDialog
from app.ui.office.meeting_rules.tab import RULES, MeetingRulesTab
from app.ui.office.page import OfficePage
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.unsaved_wish import Unsaved
from app.ui.recent.unsaved_bar import PLACES
from app.values.rights import GRID_MEMBER
from tests.actors import actor
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.meeting_stage import Stage, stage_on
from tests.services.test_ballots import _item
from tests.services.test_vote_rules import FORUM

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def tab(qtbot: QtBot, context: Context, stage: Stage) -> MeetingRulesTab:
    tab = MeetingRulesTab(context)
    qtbot.addWidget(tab)
    tab.resize(1180, 600)
    tab.refresh()
    tab.show()
    return tab


def _line(tab: MeetingRulesTab, kind: BodyKind) -> int:
    return next(key for key, one in tab.rules.lines.items() if one.kind is kind)


def test_a_rule_of_the_law_is_read_with_its_article_and_an_example(tab: MeetingRulesTab) -> None:
    tab.rules.table.select_id(_line(tab, BodyKind.REPRESENTATIVES))
    card = tab.rules.card
    assert card.article.text() == "依据城市居民委员会组织法第二十八、二十九、三十条"
    assert card.example.detail == (
        "例：居民代表会议应到 61 人，实到 41 人，达到三分之二（需 41 人），会议有效；"
        "赞成 21 票，超过到会 41 人的半数，通过。"
    )
    assert not tab.rules.stop.isEnabled()
    # What the law says of the assembly's days stays.
    tab.rules.table.select_id(_line(tab, BodyKind.ASSEMBLY))
    assert not tab.rules.change.isEnabled()


def test_days_that_the_law_does_not_name_are_the_office_s_to_change(
    tab: MeetingRulesTab, dialogs: Dialogs, context: Context
) -> None:
    heard: list[Area] = []
    context.signals.changed.connect(heard.append)

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, DaysDialog)
        dialog.days.setValue(5)
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = fill
    council = _line(tab, BodyKind.REPRESENTATIVES)
    tab.rules.edit(council)
    assert tab.rules.lines[council].notice_days == 5
    assert heard[-1] & Area.MEETINGS
    tab.rules.edit(_line(tab, BodyKind.ASSEMBLY))
    assert len(heard) == 1


def _fill(dialog: SetDialog) -> None:
    form = dialog.form
    form.name.setText("居委会议事规则")
    form.kind.setCurrentText("居民委员会")
    form.decides.setChecked(True)
    form.quorum.setCurrentText("过半数")
    form.passing.setCurrentText("过半数")
    form.article.setText("望海社区居委会议事规则第三条")


def test_a_set_of_the_office_is_typed_with_an_example_and_stopped_again(
    tab: MeetingRulesTab, dialogs: Dialogs, context: Context
) -> None:
    said: list[str] = []

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, SetDialog)
        _fill(dialog)
        said.append(dialog.example.detail)
        dialog.save()
        return dialog.result()

    dialogs.on_dialog = fill
    tab.rules.add()
    assert said == [
        "居民委员会应到 61 人，实到 31 人，超过半数（需 31 人），会议有效；"
        "赞成 16 票，超过到会 31 人的半数，通过。"
    ]
    chosen = tab.rules.lines[tab.rules.table.current_id()]
    assert (chosen.name, chosen.decides, chosen.shipped) == ("居委会议事规则", True, False)
    dialogs.on_dialog = None
    dialogs.answers.append("停用")
    tab.rules.stop_chosen()
    with context.database.lookup() as lookup:
        assert [one.name for one in vote_rules.rules(lookup) if not one.shipped] == []


def test_a_consultation_cannot_be_made_to_decide(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    dialog = SetDialog(context)
    qtbot.addWidget(dialog)
    _fill(dialog)
    assert dialog.form.entered().decides
    dialog.form.kind.setCurrentText("议事协商会")
    assert not dialog.form.decides.isEnabled()
    assert not dialog.form.entered().decides
    assert "形成协商意见" in dialog.example.detail


def test_a_set_that_was_being_typed_comes_back_after_a_power_cut(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    dialog = SetDialog(context)
    qtbot.addWidget(dialog)
    _fill(dialog)
    dialog.keeper.keep()
    with context.database.reading() as session:
        [draft] = drafts.waiting(session)
    found: list[SetInput] = []

    def see(shown: QDialog) -> int:
        assert isinstance(shown, SetDialog)
        found.append(shown.form.entered())
        return 0

    dialogs.on_dialog = see
    page = OfficePage(context)
    qtbot.addWidget(page)
    page.show_record(Unsaved(draft.key))
    assert PLACES["vote_rule"][1] == "office"
    assert found == [dialog.form.entered()]


def test_who_may_not_change_the_settings_reads_the_rules_only(
    qtbot: QtBot, context: Context, stage: Stage
) -> None:
    stage.do(vote_rule_sets.add, FORUM, since=stage.today)
    context.database.act_as(actor("刘芳", GRID_MEMBER))
    tab = MeetingRulesTab(context)
    qtbot.addWidget(tab)
    tab.refresh()
    tab.show()
    assert not tab.rules.new.isVisible()
    tab.rules.edit(next(iter(tab.rules.lines)))
    assert tab.parts[RULES].isVisible()


# -- ballots


@pytest.fixture
def owners(stage: Stage) -> int:
    return _item(stage, BodyKind.OWNERS)


Open = Callable[[int], BallotsDialog]


@pytest.fixture
def open_ballots(qtbot: QtBot, context: Context) -> Open:
    def build(item: int) -> BallotsDialog:
        dialog = BallotsDialog(context, item, handed_on=True)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return build


def test_ballots_are_typed_back_by_number_and_key(
    owners: int, open_ballots: Open, qtbot: QtBot, stage: Stage
) -> None:
    dialog = open_ballots(owners)
    dialog.new.click()
    number = dialog.type_back.number
    for typed, key in (("2", "1"), (f"BP{owners}-4", "2"), ("5", "4")):
        number.setText(typed)
        qtbot.keyClick(number, ENTER)
        assert dialog.type_back.buttons[0].hasFocus()
        qtbot.keyClicks(dialog.type_back.buttons[0], key)
        assert number.hasFocus()
    assert dialog.said.text() == "发出 5 张，收回 3 张，还有 2 张没有收回"
    assert dialog.sums.text() == (
        "赞成 1（180.50 ㎡），反对 1（300.00 ㎡），弃权 0，无效 1（44.25 ㎡）"
    )
    dialog.use.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.tally is not None
    assert dialog.tally.count.people == (1, 1, 0, 1)
    sentences = stage.ask("SELECT sentence FROM operation ORDER BY id DESC LIMIT 1")
    assert sentences == [("录入第 5 号表决票 电梯大修",)]


def test_a_ballot_is_put_right_or_taken_out_and_esc_leaves_it_alone(
    owners: int, open_ballots: Open, qtbot: QtBot, stage: Stage
) -> None:
    stage.do(ballots.issue, owners)
    dialog = open_ballots(owners)
    dialog.ask("3")
    dialog.type(Choice.YES)
    dialog.ask("3")
    assert dialog.type_back.told.text() == "已经录过：赞成，再按就是更正。"
    qtbot.keyClick(dialog.type_back.buttons[0], ESC)
    assert dialog.isVisible()
    assert stage.look(ballot_views.ballot, owners, 3).choice is Choice.YES
    dialog.ask("3")
    dialog.type(Choice.NO)
    assert stage.look(ballot_views.ballot, owners, 3).choice is Choice.NO
    dialog.shown.show_value(OUT)
    dialog.refresh()
    assert dialog.model.rowCount() == 4
    dialog.table.select_row(0)
    assert dialog.type_back.ballot is None


def test_a_wrong_number_is_said_and_nothing_is_typed(
    owners: int, open_ballots: Open, dialogs: Dialogs, stage: Stage
) -> None:
    stage.do(ballots.issue, owners)
    dialog = open_ballots(owners)
    for typed in ("99", "BP999-1", "王"):
        dialog.ask(typed)
    assert [one for one in dialogs.shown if "票号" in one or "不是这一项" in one]
    assert stage.look(ballot_views.tally, owners).returned == 0


def test_proxies_are_asked_for_only_where_the_rule_knows_them(
    owners: int, open_ballots: Open, stage: Stage
) -> None:
    stage.do(ballots.issue, owners)
    dialog = open_ballots(owners)
    dialog.ask("1")
    dialog.type_back.proxy.setText("陈桂芳")
    dialog.type(Choice.YES)
    assert stage.look(ballot_views.ballot, owners, 1).proxy == "陈桂芳"
    council = _item(stage, BodyKind.REPRESENTATIVES, number=2)
    assert not open_ballots(council).type_back.proxy.isVisible()


def test_ballots_and_the_sheet_to_count_by_are_printed_and_noted(
    owners: int, open_ballots: Open, dialogs: Dialogs, stage: Stage, qtbot: QtBot
) -> None:
    stage.do(ballots.issue, owners)
    dialog = open_ballots(owners)
    papers: list[str] = []

    def see(shown: QDialog) -> int:
        if isinstance(shown, PrintDialog):
            if papers:
                shown.kind.setCurrentText(ANONYMOUS)
                shown.copies.setValue(8)
                shown.plans.setText("先修 1 号梯、两部同时修")
            shown.preview()
            return 1
        assert isinstance(shown, PaperPreview)
        papers.append(text_by_pdfium(shown.data))
        shown.note_taken("已存为 PDF")
        return 0

    dialogs.on_dialog = see
    for act in (dialog.print_ballots, dialog.print_ballots, dialog.print_sheet):
        before = len(papers)
        act()
        qtbot.waitUntil(lambda before=before: len(papers) > before)
    named, bare, sheet = papers
    assert "业主：陈桂芳" in named
    assert "180.50 ㎡" in named
    assert bare.count("两部同时修") == 8
    assert "赞成" not in bare
    assert "陈桂芳" not in bare
    assert "唱一票画一笔" in sheet
    noted = stage.ask("SELECT sentence FROM operation WHERE sentence LIKE '打印%' ORDER BY id")
    assert noted == [("打印 表决票",), ("打印 表决票",), ("打印 计票单",)]


def test_ballots_are_printed_before_the_meeting_for_the_item_that_is_chosen(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    first = _item(stage, BodyKind.OWNERS)
    [(held,)] = stage.ask("SELECT id FROM meeting")
    window = QWidget()
    qtbot.addWidget(window)
    seen: list[str] = []

    def see(shown: QDialog) -> int:
        seen.append(shown.windowTitle())
        if isinstance(shown, ItemChoiceDialog):
            shown.choice.choose_id(second)
            return 1
        return 0

    dialogs.on_dialog = see
    item_dialog.open_ballots(context, held, window)
    facts = {"meeting_id": held, "place": 2, "title": "停车位", "matter": Matter.OWNERS_GENERAL}
    second = stage.put(AgendaItem, kind=ItemKind.DECIDE, **facts)
    item_dialog.open_ballots(context, held, window)
    assert seen == ["表决票：电梯大修", "哪一项的表决票", "表决票：停车位"]
    stage.tamper(f"UPDATE agenda_item SET kind = 'report_item' WHERE id IN ({first}, {second})")
    with pytest.raises(DomainError, match="没有要表决的议程"):
        item_dialog.open_ballots(context, held, window)
