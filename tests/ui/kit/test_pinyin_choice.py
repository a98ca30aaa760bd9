"""A drop-down that is worked with keys alone."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.id_choice import IdChoice
from app.ui.kit.pinyin_choice import MUST


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


def test_other_choices_are_offered_without_a_word_to_whoever_asked_for_silence(
    qtbot: QtBot,
) -> None:
    box = IdChoice(name="月份", blank=MUST)
    qtbot.addWidget(box)
    heard: list[int] = []
    box.currentIndexChanged.connect(heard.append)

    box.blockSignals(True)
    box.offer({202611: "2026年11月", 202610: "2026年10月"})
    box.choose_id(202610)
    box.blockSignals(False)

    assert (box.chosen_id, heard) == (202610, [])
