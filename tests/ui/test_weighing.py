"""回收称重 by keyboard: the list of a collection point, typed off line by line."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.context import Context
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.ledger.tab import LedgerTab
from app.ui.points.ledger.weigh_dialog import WeighDialog
from app.values.rights import READER
from tests.actors import actor, seen_by
from tests.conftest import Dialogs
from tests.services.points_stage import Stage, stage_on

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def stage(context: Context) -> Stage:
    return stage_on(context.database)


@pytest.fixture
def open_dialog(stage: Stage, context: Context, qtbot: QtBot) -> Callable[[], WeighDialog]:
    def make() -> WeighDialog:
        context.database.act_as(actor("王书记", "书记"))
        dialog = WeighDialog(context)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def weighed(qtbot: QtBot, dialog: WeighDialog, letters: str, kilograms: str) -> None:
    """A name, Enter, how much, Enter."""
    assert dialog.focusWidget() is dialog.form.person
    qtbot.keyClicks(dialog.form.person, letters)
    qtbot.keyClick(dialog.form.person, ENTER)
    assert dialog.focusWidget() is dialog.form.weight
    qtbot.keyClicks(dialog.form.weight, kilograms)
    qtbot.keyClick(dialog.form.weight, ENTER)


def test_a_list_is_typed_off_without_a_mouse_and_booked_by_one_key(
    stage: Stage, open_dialog: Callable[[], WeighDialog], qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert dialog.form.rule is not None, "the only matter by weight is chosen"
    dialog.form.point.setText("2号回收点")
    qtbot.keyClick(dialog.form.point, ENTER)
    weighed(qtbot, dialog, "cgf", "1.5")
    weighed(qtbot, dialog, "wxl", "2")
    assert "共 2 人，3.5 公斤，+7 分" in dialog.form.said.text()
    qtbot.keyClick(dialog.form.person, ENTER, CTRL)
    assert not dialog.isVisible()
    asked = "SELECT quantity, place, state FROM points_claim ORDER BY id"
    assert stage.ask(asked) == [
        (150, "2号回收点", "waiting"),
        (200, "2号回收点", "waiting"),
    ]


def test_a_forgotten_weight_is_no_kilogram(
    stage: Stage, open_dialog: Callable[[], WeighDialog], qtbot: QtBot, dialogs: Dialogs
) -> None:
    dialog = open_dialog()
    dialog.form.point.setText("2号回收点")
    dialog.form.person.setFocus()
    weighed(qtbot, dialog, "cgf", "")
    assert dialog.focusWidget() is dialog.form.weight
    assert "请填称了多少公斤" in dialog.form.said.text()
    dialog.save()
    assert dialogs.shown == ["陈桂芳还没有填公斤数，整张都没有记。填好再记，不要的去掉。"]
    assert stage.ask("SELECT count(*) FROM points_claim") == [(0,)]


def test_an_unfinished_list_is_there_again_and_gone_once_it_is_booked(
    stage: Stage, open_dialog: Callable[[], WeighDialog], qtbot: QtBot
) -> None:
    first = open_dialog()
    first.form.point.setText("2号回收点")
    first.form.person.setFocus()
    weighed(qtbot, first, "cgf", "1.5")
    first.reject()
    again = open_dialog()
    assert again.form.point.text() == "2号回收点"
    assert [one.quantity for one in again.form.people.rows] == [150]
    again.save()
    assert open_dialog().form.people.rows == []


def test_the_ledger_opens_it_by_its_key_and_for_what_was_not_saved(
    stage: Stage, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    opened: list[QDialog] = []
    dialogs.on_dialog = lambda dialog: opened.append(dialog) or 0
    context.database.act_as(actor("王书记", "书记"))
    tab = LedgerTab(context)
    qtbot.addWidget(tab)
    tab.refresh()
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is tab)
    qtbot.keyClick(tab, Qt.Key.Key_R, ALT)
    tab.show_record(Unsaved("weighing"))
    assert [type(one) for one in opened] == [WeighDialog, WeighDialog]


def test_who_only_reads_is_not_offered_it(stage: Stage, context: Context, qtbot: QtBot) -> None:
    tab = LedgerTab(seen_by(context, "何平", READER))
    qtbot.addWidget(tab)
    tab.refresh()
    assert tab.weigh_button.withheld
