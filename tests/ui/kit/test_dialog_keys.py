"""The keys of a dialog, wherever the focus is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog


def test_ctrl_enter_confirms_from_a_box_that_stands_in_no_form(qtbot: QtBot) -> None:
    dialog = Dialog("分户")
    qtbot.addWidget(dialog)
    box = QCheckBox("郝怡燕")
    dialog.body.addWidget(box)
    dialog.add_button(Button("关闭", cap="Esc"), closes=False)
    confirm = dialog.add_button(Button("分户", kind="primary", cap="Ctrl+Enter"), closes=True)
    dialog.show()
    confirm.setEnabled(False)

    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    confirm.setEnabled(True)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert dialog.result() == Dialog.DialogCode.Accepted


def test_a_dialog_that_grows_stays_on_the_screen(qtbot: QtBot) -> None:
    dialog = Dialog("户")
    qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableGeometry()
    dialog.move(50, room.bottom() - dialog.height() - 5)

    dialog.resize(dialog.width(), dialog.height() + 200)

    assert dialog.frameGeometry().bottom() <= room.bottom()
