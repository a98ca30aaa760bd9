"""Forms that were not saved: kept while typing, offered at the next start, gone when saved."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Notice
from app.services import drafts, notices, office, tags, templates
from app.services.office import Office
from app.storage.engine import Database
from app.ui.canteen import page as canteen
from app.ui.grids import page as grids
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.signals import Area
from app.ui.main_window import MainWindow
from app.ui.meetings import page as meetings
from app.ui.meetings.live.dialogs import TextDialog
from app.ui.office.page import OfficePage
from app.ui.papers.page import PapersPage
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.papers.templates.dialog import TemplatesDialog
from app.ui.people.date_line import DateLine
from app.ui.people.meetings_wish import RunMeeting
from app.ui.people.unsaved_wish import Unsaved
from app.ui.people.visit_dialog import VisitDialog
from app.ui.points import page as points
from app.ui.recent.unsaved import FormKeeper, fill, values_of
from app.ui.recent.unsaved_bar import PLACES, UnsavedDialog
from app.ui.residents.form import ResidentForm
from app.ui.residents.page import ResidentsPage
from tests.conftest import Dialogs
from tests.services.conftest import Clerk
from tests.storage.offices import CLOCK, KEY, fresh_office

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clerk(context: Context) -> Clerk:
    with context.database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区", "海湾街道", "210214"))
        tags.seed(session)
        templates.seed(session)
    return Clerk(context.database, context.clock.now())


def _waiting(clerk: Clerk) -> list[str]:
    return [one.key for one in clerk.see(drafts.waiting)]


def test_a_form_that_is_killed_is_there_at_the_next_start(tmp_path: Path) -> None:
    database = fresh_office(tmp_path)
    file = database.file
    database.close()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.unsaved_child", str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "kept\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    again = Database.open(file, KEY, clock=CLOCK, user_name="王书记")
    with again.reading() as session:
        (draft,) = drafts.waiting(session)
    again.close()
    assert (draft.key, draft.title) == ("seal:new", "登记用印")
    assert draft.fields["用印内容"] == "会议签到表"


def test_values_of_every_kind_of_control_go_in_and_out(qtbot: QtBot, context: Context) -> None:
    def form() -> Form:
        made = Form()
        made.add("姓名", line_edit())
        made.add("岗位", choice(["书记", "社工"]))
        made.add("日期", DateLine(context.clock.today()))
        made.finish()
        qtbot.addWidget(made)
        return made

    first, second = form(), form()
    typed = {"姓名": "王秀兰", "岗位": "社工", "日期": "2026-11-20"}
    fill(first, typed)
    assert values_of(first) == typed
    fill(second, {**values_of(first), "早已没有的": "x"})
    assert values_of(second) == typed
    assert second.dirty


def test_a_dialog_takes_up_what_was_typed_and_forgets_it_when_closed(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    first = SealDialog(context)
    qtbot.addWidget(first)
    first.content.setText("会议签到表")
    first.findChild(FormKeeper).keep()
    assert _waiting(clerk) == ["seal:new"]
    # The program ends here; the next one opens the same form.
    second = SealDialog(context)
    qtbot.addWidget(second)
    assert second.content.text() == "会议签到表"
    second.reject()
    assert _waiting(clerk) == []


def test_an_untouched_form_leaves_nothing(qtbot: QtBot, context: Context, clerk: Clerk) -> None:
    dialog = SealDialog(context)
    qtbot.addWidget(dialog)
    dialog.findChild(FormKeeper).keep()
    assert _waiting(clerk) == []


def test_typing_does_not_wait_for_a_job_that_writes(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    dialog = SealDialog(context)
    qtbot.addWidget(dialog)
    dialog.content.setText("会议签到表")
    keeper = dialog.findChild(FormKeeper)
    go_on = threading.Event()
    context.background.start(lambda _: go_on.wait(10), done=lambda _: None, failed=lambda _: None)
    keeper.keep()
    assert _waiting(clerk) == []
    go_on.set()
    qtbot.waitUntil(lambda: not context.background.busy)
    keeper.keep()
    assert _waiting(clerk) == ["seal:new"]


def test_settings_that_were_typed_are_shown_again_until_saved(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    page = OfficePage(context)
    qtbot.addWidget(page)
    card = page.stack.currentWidget().card
    card.form.fields[0].control.setText("望江社区")
    card.keeper.keep()
    assert _waiting(clerk) == ["settings:社区资料"]
    again = OfficePage(context)
    qtbot.addWidget(again)
    again.show_record(Unsaved("settings:社区资料"))
    card = again.stack.currentWidget().card
    assert card.form.fields[0].control.text() == "望江社区"
    assert card.save_button.isEnabled()
    assert card.save()
    assert _waiting(clerk) == []


def _resident(qtbot: QtBot, context: Context, clerk: Clerk) -> str:
    form = ResidentForm(context, resident_id=clerk.add("王秀兰"))
    qtbot.addWidget(form)
    form.fields.lines["phone"].setText("13812340611")
    form.drafts.keep()
    form.drafts.stop()
    return "居民 王秀兰"


def _notice(qtbot: QtBot, context: Context, clerk: Clerk) -> str:
    page = PapersPage(context)
    qtbot.addWidget(page)
    panel: Any = page.panel("notice")
    with context.database.reading() as session:
        text = notices.blank(session, today=clerk.today, kind_name="通知")
    panel.form.start(text)
    panel.form.fields.title.setText("停水")
    panel.form.keep_draft()
    return "通知《停水》"


def _template(qtbot: QtBot, context: Context, clerk: Clerk) -> str:
    dialog = TemplatesDialog(context)
    qtbot.addWidget(dialog)
    dialog.open_template(1)
    dialog.editor.title.setText("到场证明")
    # The sample at its right is being drawn.
    qtbot.waitUntil(lambda: not context.background.busy)
    dialog.keeper.keep()
    return "证明模板 到场证明"


@pytest.mark.parametrize(
    ("write", "page"),
    [(_resident, ResidentsPage), (_notice, PapersPage), (_template, PapersPage)],
)
def test_the_next_start_lists_it_and_goes_on_where_it_was(
    qtbot: QtBot,
    context: Context,
    clerk: Clerk,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[QtBot, Context, Clerk], str],
    page: type[QWidget],
) -> None:
    title = write(qtbot, context, clerk)
    shown: list[Any] = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: shown.append(dialog) or 0)
    dialog = UnsavedDialog(context)
    qtbot.addWidget(dialog)
    (draft,) = clerk.see(drafts.waiting)
    assert draft.title == title
    dialog.go_on(draft.key)
    assert dialog.chosen is not None
    opened: Any = page(context)
    qtbot.addWidget(opened)
    opened.show_record(dialog.chosen)
    found = {
        "resident": lambda: opened.stack.currentWidget().fields.lines["phone"].text(),
        "notice": lambda: opened._current().form.fields.title.text(),
        "template": lambda: shown[0].editor.title.text(),
    }[dialog.chosen.kind]()
    assert found in {"13812340611", "停水", "到场证明"}


def test_the_window_says_quietly_what_waits_and_forgets_what_is_not_wanted(
    qtbot: QtBot, context: Context, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _resident(qtbot, context, clerk)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.offer_unsaved()
    bar = window.unsaved
    assert bar is not None
    assert bar.look.text() == "没有保存 1 份"
    assert bar.look.accessibleName() == "上次有 1 份没有保存的内容：居民 王秀兰"
    window.show()
    # It covers nothing of the page: neither what a clerk reads nor what is pressed.
    place = bar.mapTo(window, QPoint(bar.width(), 0))
    assert place.x() <= window.stack.mapTo(window, QPoint(0, 0)).x()
    monkeypatch.setattr(UnsavedDialog, "exec", lambda dialog: dialog.give_up("resident:1"))
    bar.open()
    assert bar.isHidden()
    assert _waiting(clerk) == []


def _all_words(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_without_anything_unsaved_there_is_no_line(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.offer_unsaved()
    assert window.unsaved is None


def test_a_record_changed_since_is_told_in_the_list_and_in_the_form(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    _resident(qtbot, context, clerk)
    clerk.change(1, note="常外出")
    context.signals.changed.emit(Area.RESIDENTS)
    dialog = UnsavedDialog(context)
    qtbot.addWidget(dialog)
    words = _all_words(dialog)
    assert "这条后来改过：11-21 09:30 王书记“修改居民 王秀兰 的备注”" in words
    form = ResidentForm(context, resident_id=1)
    qtbot.addWidget(form)
    assert "这条后来改过" in _all_words(form.notice)
    form.drafts.stop()


def test_a_visit_half_written_is_kept_at_once_and_gone_on_with_from_its_tab(
    context: Context, clerk: Clerk, qtbot: QtBot, dialogs: Dialogs
) -> None:
    wang = clerk.add("王秀兰")
    dialog = VisitDialog(context, resident_id=wang)
    qtbot.addWidget(dialog)
    dialog.note.setPlainText("腿疼，不肯去医院")
    context.signals.keep_requested.emit()
    [kept] = clerk.see(drafts.waiting)
    assert (kept.key, kept.title) == (f"visit:{wang}", "走访 王秀兰")
    notes: list[str] = []

    def look(opened: QDialog) -> int:
        assert isinstance(opened, VisitDialog)
        notes.append(opened.note.toPlainText())
        opened.reject()
        return 0

    dialogs.on_dialog = look
    page = grids.GridsPage(context)
    qtbot.addWidget(page)
    page.show_record(Unsaved(kept.key))
    assert notes == ["腿疼，不肯去医院"]
    assert _waiting(clerk) == []


def test_words_of_a_meeting_are_kept_and_lead_back_to_it(
    context: Context, clerk: Clerk, qtbot: QtBot
) -> None:
    first, second = (TextDialog("决定", "写入记录", "决定", "") for _ in range(2))
    for dialog in (first, second):
        qtbot.addWidget(dialog)
    first.keep_for(context, 7, "decision")
    first.text.setPlainText("下周三以前装好扶手")
    context.signals.keep_requested.emit()
    second.keep_for(context, 7, "decision")
    assert second.words == "下周三以前装好扶手"
    page = meetings.MeetingsPage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(context.signals.page_requested) as asked:
        page.show_record(Unsaved(_waiting(clerk)[0]))
    assert asked.args == ["meetings", RunMeeting(7)]


def test_every_kind_that_is_kept_has_a_page_that_goes_on_with_it(context: Context) -> None:
    pages = {page for _, page in PLACES.values()}
    assert pages <= {"residents", "grids", "points", "canteen", "meetings", "papers", "office"}
    assert Unsaved("resident:12").record_id == 12
    assert Unsaved("objection:new-3").record_id is None
    assert Notice.__tablename__ in PLACES
    for page, tabs in (
        ("canteen", canteen),
        ("grids", grids),
        ("meetings", meetings),
        ("points", points),
    ):
        kinds = {kind for tab in tabs.TABS for kind in tab.drafts}
        assert {kind: PLACES.get(kind, ("", ""))[1] for kind in kinds} == dict.fromkeys(kinds, page)
