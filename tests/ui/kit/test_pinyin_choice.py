"""A drop-down that is worked with keys alone."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.id_choice import IdChoice


def test_down_in_an_empty_box_takes_the_first_choice_and_goes_on_from_there(qtbot: QtBot) -> None:
    box = IdChoice({3: "铁军志愿服务队", 8: "爱暖助老队"}, name="队伍", blank="不属于哪一队")
    qtbot.addWidget(box)
    told: list[int] = []
    box.activated.connect(told.append)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert (box.chosen_id, told) == (3, [1])
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.chosen_id == 8
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert (box.chosen_id, box.currentText()) == (None, "")
