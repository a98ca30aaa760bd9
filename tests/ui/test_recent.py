"""刚才做了什么: the panel over every page, and what its buttons do to the office."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.models import Action, Resident
from app.services import counters, office, resident_forms, tags
from app.services.office import Office
from app.services.resident_input import ResidentInput
from app.services.steps import IMPORTED_FILE, next_undo
from app.storage import journal
from app.storage.backup import list_backups
from app.storage.office_file import create_office
from app.storage.slots import WEAK_COST
from app.ui.kit.background import Background
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.labels import box, column
from app.ui.kit.signals import AppSignals
from app.ui.people.paper_wish import MadePaper
from app.ui.recent import panel as panel_module
from app.ui.recent import taking_back
from app.ui.recent.kept import KeptDialog
from app.ui.recent.panel import RecentPanel
from app.ui.recent.step_model import day_words
from app.ui.undo_last import undo_last
from app.values.rights import Actor
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clerk(context: Context) -> Clerk:
    with context.database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区", "海湾街道", "210214"))
        tags.seed(session)
    return Clerk(context.database, context.clock.now())


@pytest.fixture
def lan(clerk: Clerk) -> int:
    key = clerk.add("王秀兰", phone="13812340611")
    clerk.change(key, phone="13812340612")
    clerk.change(key, note="常外出")
    return key


@pytest.fixture
def panel(qtbot: QtBot, context: Context, clerk: Clerk) -> Iterator[RecentPanel]:
    """Over a page of 1,000 pixels, not opened yet."""
    page = QWidget()
    window = box(column(page, spacing=0))
    window.resize(1000, 600)
    qtbot.addWidget(window)
    panel = RecentPanel(context, page)
    window.show()
    qtbot.waitExposed(window)
    # The window lives as long as somebody holds it.
    yield panel
    window.close()


def _answer(
    monkeypatch: pytest.MonkeyPatch, context: Context, qtbot: QtBot, *, yes: bool = True
) -> Callable[[Callable[[], object]], list[str]]:
    """Runs something and waits for its jobs; questions are answered, and given back in words."""
    said: list[str] = []

    def ask(dialog: Question) -> int:
        said.append(f"{dialog.windowTitle()}\n{dialog.words}")
        return int(yes)

    def read(dialog: Message) -> int:
        said.append(f"{dialog.windowTitle()}\n{dialog.words}")
        return 1

    monkeypatch.setattr(Question, "exec", ask)
    monkeypatch.setattr(Message, "exec", read)

    def run(act: Callable[[], object]) -> list[str]:
        said.clear()
        act()
        qtbot.waitUntil(lambda: not context.background.busy, timeout=20_000)
        return list(said)

    return run


def _sentences(panel: RecentPanel) -> list[str]:
    return [step.sentence for step in panel.model.steps]


def test_the_panel_lies_over_the_right_of_the_page_and_goes_by_esc(
    qtbot: QtBot, panel: RecentPanel, lan: int
) -> None:
    panel.open()
    page = panel._host.geometry()
    assert panel.geometry().right() == page.right()
    assert panel.height() == page.height()
    assert _sentences(panel)[:2] == ["修改居民 王秀兰 的备注", "修改居民 王秀兰 的电话"]
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_an_empty_panel_goes_by_esc_too(qtbot: QtBot, panel: RecentPanel) -> None:
    panel.search.setText("没有这样的事")
    panel.refresh()
    panel.open()
    assert panel.list.isHidden()
    assert panel.search.hasFocus()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)  # away with what was searched for
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)


def test_a_change_after_the_panel_is_gone_reaches_nobody(
    qtbot: QtBot, panel: RecentPanel, context: Context
) -> None:
    panel.open()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    context.signals.changed.emit(taking_back.EVERYTHING)


def test_a_new_step_appears_while_the_panel_is_open(
    qtbot: QtBot, panel: RecentPanel, context: Context, clerk: Clerk, lan: int
) -> None:
    panel.open()
    clerk.add("李强")
    context.signals.changed.emit(taking_back.EVERYTHING)
    qtbot.waitUntil(lambda: _sentences(panel)[0] == "新增居民 李强")


def test_enter_takes_the_line_back_and_enter_again_does_it_anew(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    panel: RecentPanel,
    context: Context,
    clerk: Clerk,
    lan: int,
) -> None:
    run = _answer(monkeypatch, context, qtbot)
    panel.open()
    said = run(lambda: qtbot.keyClick(panel.list, Qt.Key.Key_Return))
    assert said == [
        "撤销这一步？\n11-21 09:30，王书记：修改居民 王秀兰 的备注\n\n会恢复 1 条记录。"
    ]
    assert clerk.get(lan, "note") is None
    assert _sentences(panel)[0] == "撤销：修改居民 王秀兰 的备注"
    said = run(lambda: qtbot.keyClick(panel.list, Qt.Key.Key_Return))
    assert said[0].startswith("重做这一步？")
    assert clerk.get(lan, "note") == "常外出"
    assert _sentences(panel)[0] == "重做：修改居民 王秀兰 的备注"


def test_a_no_changes_nothing(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    panel: RecentPanel,
    context: Context,
    clerk: Clerk,
    lan: int,
) -> None:
    run = _answer(monkeypatch, context, qtbot, yes=False)
    panel.open()
    before = _sentences(panel)
    assert run(lambda: qtbot.keyClick(panel.list, Qt.Key.Key_Return)) != []
    panel.refresh()
    assert (clerk.get(lan, "note"), _sentences(panel)) == ("常外出", before)


def test_all_up_to_a_line_go_together_and_the_foot_says_how_many(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    panel: RecentPanel,
    context: Context,
    clerk: Clerk,
    lan: int,
) -> None:
    run = _answer(monkeypatch, context, qtbot)
    panel.open()
    assert not panel.together.isVisible()
    panel.list.choose(2)
    assert panel._sum.text() == "已选最近 3 步"
    said = run(lambda: qtbot.keyClick(panel.list, Qt.Key.Key_Z, CTRL_SHIFT))
    assert said[0].startswith("把最近 3 步一起退回？")
    assert clerk.counts() == (0, 0)
    assert _sentences(panel)[0] == "撤销 3 步：修改居民 王秀兰 的备注 等"
    assert panel.model.steps[0].verb == "重做"


def test_a_search_leaves_gaps_so_nothing_goes_together(
    qtbot: QtBot, panel: RecentPanel, clerk: Clerk, lan: int
) -> None:
    clerk.add("李强")
    panel.open()
    panel.search.setText("王秀兰")
    qtbot.waitUntil(lambda: len(panel.model.steps) == 3)
    panel.list.choose(2)
    assert not panel.together.isVisible()
    assert len(panel.list.chosen()) == 1
    panel.search.setText("没有的人")
    qtbot.waitUntil(lambda: not panel.model.steps)
    assert panel._empty.isVisible()


def test_a_double_click_on_the_button_takes_one_step_back(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    panel: RecentPanel,
    context: Context,
    clerk: Clerk,
    lan: int,
) -> None:
    run = _answer(monkeypatch, context, qtbot)
    panel.open()
    index = panel.model.index(0)
    place = panel.list.painter.verb_rect(panel.list.visualRect(index), index).center()

    def twice() -> None:
        for _ in range(2):
            qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))

    assert len(run(twice)) == 1
    assert clerk.get(lan, "note", "phone") == (None, "13812340612")


def test_looks_are_shown_on_request_and_offer_nothing(
    qtbot: QtBot, panel: RecentPanel, clerk: Clerk, lan: int
) -> None:
    clerk.do("查看王秀兰的电话", lambda s: journal.record_look(s, Action.LOOKED, Resident, [lan]))
    panel.open()
    assert "查看王秀兰的电话" not in _sentences(panel)
    panel.looks.setChecked(True)
    assert panel.model.steps[0].sentence == "查看王秀兰的电话"
    assert not panel.list.painter.verb_rect(panel.list.rect(), panel.model.index(0)).isValid()


def test_voiding_opens_the_paper_instead(
    qtbot: QtBot, panel: RecentPanel, context: Context, clerk: Clerk
) -> None:
    issuer = Issuer(clerk)
    key = issuer.printed()
    panel.open()
    row = next(n for n, step in enumerate(panel.model.steps) if step.counter)
    panel.list.choose(row)
    with qtbot.waitSignal(context.signals.page_requested) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == ["papers", MadePaper(key)]
    assert panel.isHidden()


def test_every_way_that_is_none_of_undo_has_its_page() -> None:
    assert set(panel_module._COUNTERS) == set(counters._OFFERS)


def test_what_stays_is_named_before_and_listed_after(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    panel: RecentPanel,
    context: Context,
    clerk: Clerk,
) -> None:
    people = [clerk.add(name) for name in ("王秀兰", "李强", "周永福")]
    tag = clerk.tag_id("低保")
    clerk.do("给 3 人加标签 低保", lambda s: tags.give(s, people, tag))
    clerk.do("结束", lambda s: tags.end(s, people[:1], tag, until=clerk.today))
    listed: list[tuple[str, ...]] = []

    def read(dialog: KeptDialog) -> int:
        listed.extend((one.name, one.reason, one.by) for one in dialog._kept)
        return 1

    monkeypatch.setattr(KeptDialog, "exec", read)
    run = _answer(monkeypatch, context, qtbot)
    panel.open()
    panel.list.choose(1)
    said = run(lambda: qtbot.keyClick(panel.list, Qt.Key.Key_Return))
    assert "只会恢复 2 条记录。1 条后来又改过，留着不动" in said[0]
    assert "标签记录 王秀兰：后来又改过（11-21 09:30 王书记“结束”）" in said[0]
    assert listed == [("王秀兰", "后来又改过", "11-21 09:30 王书记“结束”")]
    assert clerk.find("低保") == []


def test_a_step_that_is_wholly_changed_is_told_and_not_asked(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, context: Context, clerk: Clerk, lan: int
) -> None:
    # The list was read before somebody else changed the same telephone again.
    step = clerk.see(next_undo)
    clerk.change(lan, note="长住")
    run = _answer(monkeypatch, context, qtbot)
    window = QWidget()
    qtbot.addWidget(window)
    said = run(lambda: taking_back.take_back(window, context, [step]))
    assert said[0].startswith("这一步现在退不了\n涉及的 1 条后来都又改过")
    assert clerk.get(lan, "note") == "长住"


def test_a_writer_in_the_background_is_waited_for_in_words(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, context: Context, clerk: Clerk, lan: int
) -> None:
    monkeypatch.setattr("app.storage.engine.TURN_SECONDS", 0.05)
    run = _answer(monkeypatch, context, qtbot)
    window = QWidget()
    qtbot.addWidget(window)
    with context.database.transaction("正在导入"):
        said = run(lambda: undo_last(window, context))
    assert "正在导入" in said[0]
    assert clerk.get(lan, "note") == "常外出"


def test_the_key_and_the_first_button_do_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, panel: RecentPanel, context: Context, lan: int
) -> None:
    run = _answer(monkeypatch, context, qtbot, yes=False)
    panel.open()
    by_button = run(lambda: qtbot.keyClick(panel.list, Qt.Key.Key_Return))
    assert run(lambda: undo_last(panel, context)) == by_button
    assert panel.list.painter.next_row == 0


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 21), "今天 11-21 周六"),
        (date(2026, 11, 20), "昨天 11-20 周五"),
        (date(2026, 11, 15), "11-15 周日"),
        (date(2025, 12, 31), "2025-12-31 周三"),
    ],
)
def test_days_are_named(day: date, words: str) -> None:
    assert day_words(day, date(2026, 11, 21)) == words


def test_a_whole_import_is_backed_up_before_it_goes_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: FixedClock
) -> None:
    file = tmp_path / "社区资料.linli"
    new = create_office(
        file, user="王书记", role="书记", password="three quiet words", clock=clock, cost=WEAK_COST
    )
    new.database.act_as(Actor("王书记", "书记"))
    signals = AppSignals()
    background = Background(QApplication.instance())
    settings = LiveSettings(new.database, signals)
    context = Context(new.database, signals, background, settings, clock)
    clerk = Clerk(new.database, clock.now())
    with new.database.transaction("导入 台账.xlsx") as session:
        entered = ResidentInput(name="王秀兰", document_kind="none")
        resident_forms.add(session, entered, now=clock.now())
        journal.set_details(session, {IMPORTED_FILE: "台账.xlsx"})
    step = clerk.see(next_undo)
    window = QWidget()
    qtbot.addWidget(window)
    run = _answer(monkeypatch, context, qtbot)
    run(lambda: taking_back.take_back(window, context, [step]))
    assert clerk.counts() == (0, 0)
    (backup,) = list_backups(paths.backup_dir())
    assert (backup.reason, backup.people) == ("撤销前", 1)
    new.database.close()
