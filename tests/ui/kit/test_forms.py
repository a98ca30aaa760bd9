"""Forms: Enter moves on, saving and leaving by key, what would be lost, what is said below."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit import keys
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.search_box import SearchBox


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form(columns=2)
    form.section("身份", "顺序与身份证正面相同")
    form.add("姓名", line_edit(), required=True)
    form.add("民族", choice(["汉族", "满族"], "汉族"))
    form.add("备注", QPlainTextEdit(), span=2)
    form.add("同意", QCheckBox("已签"))
    form.add("电话", line_edit())
    form.finish()
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    form.fields[0].control.setFocus()
    return form


def controls(form: Form) -> list[QObject]:
    return [field.control for field in form.fields]


def test_enter_moves_on_and_shift_enter_back(form: Form, qtbot: QtBot) -> None:
    name, nation, *_ = controls(form)

    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert form.focusWidget() is nation
    qtbot.keyClick(nation, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert form.focusWidget() is name


def test_enter_skips_what_cannot_be_used(form: Form, qtbot: QtBot) -> None:
    name, nation, note, *_ = controls(form)
    nation.setEnabled(False)

    qtbot.keyClick(name, Qt.Key.Key_Return)

    assert form.focusWidget() is note


def test_enter_in_a_text_of_several_lines_is_a_line_break(form: Form, qtbot: QtBot) -> None:
    note = controls(form)[2]
    note.setFocus()

    qtbot.keyClicks(note, "a")
    qtbot.keyClick(note, Qt.Key.Key_Return)

    assert note.toPlainText() == "a\n"
    assert form.focusWidget() is note


def test_enter_on_the_last_field_saves(form: Form, qtbot: QtBot) -> None:
    phone = controls(form)[4]
    phone.setFocus()

    with qtbot.waitSignal(form.save_requested):
        qtbot.keyClick(phone, Qt.Key.Key_Enter)


@pytest.mark.parametrize("number", range(5))
def test_ctrl_enter_saves_from_every_field(form: Form, qtbot: QtBot, number: int) -> None:
    with qtbot.waitSignal(form.save_requested):
        qtbot.keyClick(
            controls(form)[number], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )


def test_ctrl_shift_enter_saves_and_goes_on(form: Form, qtbot: QtBot) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

    with qtbot.waitSignal(form.save_next_requested):
        qtbot.keyClick(controls(form)[0], Qt.Key.Key_Return, both)


def test_esc_asks_to_leave(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.leave_requested):
        qtbot.keyClick(controls(form)[0], Qt.Key.Key_Escape)


def test_only_a_difference_counts_as_something_to_lose(form: Form) -> None:
    name = controls(form)[0]

    assert not form.dirty
    name.setText("王")
    assert form.dirty
    name.setText("")
    assert not form.dirty


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (0, lambda it: it.setText("王")),
        (1, lambda it: it.setCurrentText("满族")),
        (2, lambda it: it.setPlainText("说明")),
        (3, lambda it: it.setChecked(True)),
    ],
)
def test_every_kind_of_field_announces_a_change(
    form: Form, qtbot: QtBot, number: int, change: object
) -> None:
    with qtbot.waitSignal(form.changed):
        change(controls(form)[number])

    assert form.dirty


def test_a_message_shows_below_and_colours_the_frame(form: Form) -> None:
    field = form.fields[4]

    field.set_message("还差 4 位", "danger")
    assert field.message == "还差 4 位"
    assert field.control.property("state") == "danger"
    assert field.control.accessibleDescription() == "还差 4 位"
    field.set_message()

    assert field.message == ""
    assert field.control.property("state") == ""


def test_a_required_field_says_so_to_the_eye_and_the_ear(form: Form) -> None:
    assert form.fields[0].label.text() == "姓名*"
    assert form.fields[0].control.accessibleName() == "姓名，必填"


def test_a_value_that_the_list_does_not_know_is_kept(qtbot: QtBot) -> None:
    box = choice(["汉族", "满族"], "穿青人")
    qtbot.addWidget(box)

    assert box.currentText() == "穿青人"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.ui.kit.search_box.time.monotonic", clock)
    return clock


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    box = SearchBox("姓名 / 拼音", name="查找居民")
    qtbot.addWidget(box)
    box.show()
    return box


def type_into(box: SearchBox, qtbot: QtBot, clock: Clock, text: str, gap: float) -> None:
    for sign in text:
        clock.now += gap
        qtbot.keyClicks(box, sign)
    clock.now += gap


def test_a_scanner_s_burst_is_announced_whole_and_leaves_the_box_empty(
    box: SearchBox, qtbot: QtBot, clock: Clock
) -> None:
    type_into(box, qtbot, clock, "wang", 0.2)
    clock.now += 2

    type_into(box, qtbot, clock, "210214195601011827", 0.004)
    with qtbot.waitSignal(box.scanned) as scanned, qtbot.assertNotEmitted(box.submitted):
        qtbot.keyClick(box, Qt.Key.Key_Return)

    assert scanned.args == ["210214195601011827"]
    assert box.text() == ""


def test_a_hand_that_types_the_same_is_no_scanner(
    box: SearchBox, qtbot: QtBot, clock: Clock
) -> None:
    type_into(box, qtbot, clock, "210214195601011827", 0.12)

    with qtbot.waitSignal(box.submitted) as submitted, qtbot.assertNotEmitted(box.scanned):
        qtbot.keyClick(box, Qt.Key.Key_Return)

    assert submitted.args == ["210214195601011827"]


def test_two_quick_letters_and_enter_are_no_scanner(
    box: SearchBox, qtbot: QtBot, clock: Clock
) -> None:
    type_into(box, qtbot, clock, "wx", 0.02)

    with qtbot.assertNotEmitted(box.scanned):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_every_key_searches_at_once(box: SearchBox, qtbot: QtBot) -> None:
    found: list[str] = []
    box.searched.connect(found.append)

    qtbot.keyClicks(box, "wx")

    assert found == ["w", "wx"]


def test_two_of_one_name_are_told_apart_and_what_was_chosen_stays(qtbot: QtBot) -> None:
    members = {4: "张伟（第一网格）", 7: "孙丽", 9: "张伟（第一网格）"}
    choice = IdChoice(members, name="网格员", blank="不选")
    qtbot.addWidget(choice)
    assert choice.chosen_id is None
    choice.choose_id(9)
    assert (choice.currentText(), choice.chosen_id) == ("张伟（第一网格）（2）", 9)
    choice.offer({9: "张伟（第一网格）", 7: "孙丽"})
    assert choice.chosen_id == 9
    choice.offer({7: "孙丽"})
    assert choice.chosen_id is None


def test_a_list_that_asks_the_file_hears_of_a_pause_only(box: SearchBox, qtbot: QtBot) -> None:
    told: list[str] = []
    box.paused.connect(told.append)
    qtbot.keyClicks(box, "wxl")
    assert told == []
    qtbot.waitUntil(lambda: told == ["wxl"])
    box.setText("zyf")
    box.settle()
    qtbot.wait(200)
    assert told == ["wxl"]


def test_esc_clears_and_down_goes_to_the_list(box: SearchBox, qtbot: QtBot) -> None:
    box.setText("王")

    with qtbot.waitSignal(box.left_down):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Escape)

    assert box.text() == ""


def test_the_box_says_its_name_not_its_hint(box: SearchBox) -> None:
    assert isinstance(box, QLineEdit)
    assert box.accessibleName() == "查找居民"


def test_an_empty_search_box_leaves_ctrl_z_to_the_program(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = SearchBox("", name="查找", parent=window)
    undone: list[str] = []
    keys.bind(window, "undo", lambda: undone.append(box.text()))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    box.setFocus()

    qtbot.keyClicks(box, "wang")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (undone, box.text()) == ([], "")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [""]


def test_a_choice_that_may_be_typed_takes_no_more_than_a_line(qtbot: QtBot) -> None:
    box = choice(["重复", "记错了人"], name="原因", editable=True)
    qtbot.addWidget(box)
    line = box.lineEdit()

    line.insert("错" * 100_000)

    assert len(box.currentText()) == len(line_edit("错" * 500).text()) == 120
