"""Every screen, 标准 and 大字, at 1366x768: no cut text, overlap, half row, unnamed control."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.labels import Label
from app.ui.kit.tokens import Mode
from tests.ui import sweep
from tests.ui.screens import SCREENS, Screen, Stage, close, make_stage, show

PEOPLE = 300


@pytest.fixture(scope="module", autouse=True)
def last_mode(qapp: QApplication) -> Iterator[None]:
    """`mode` has the scope of the file: its screens follow each other. The next file is 标准."""
    yield
    theme.apply(qapp)


@pytest.fixture(autouse=True)
def standard_size() -> None:
    """Each screen says its mode: to go back between two of one mode would dress all of it twice."""


@pytest.fixture(scope="module")
def full_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = make_stage(tmp_path_factory.mktemp("full"), people=PEOPLE)
    yield stage
    stage.database.close()


@pytest.fixture(scope="module")
def empty_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = make_stage(tmp_path_factory.mktemp("empty"), people=0)
    yield stage
    stage.database.close()


@pytest.mark.parametrize("mode", list(Mode), scope="module")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_with_data_is_whole(
    screen: Screen, mode: Mode, full_stage: Stage, qapp: QApplication
) -> None:
    assert _faults(screen, mode, full_stage, qapp) == []


@pytest.mark.parametrize("mode", list(Mode), scope="module")
@pytest.mark.parametrize(
    "screen", [one for one in SCREENS if one.with_data], ids=lambda screen: screen.name
)
def test_a_screen_without_records_is_whole(
    screen: Screen, mode: Mode, empty_stage: Stage, qapp: QApplication
) -> None:
    assert _faults(screen, mode, empty_stage, qapp) == []


def _faults(screen: Screen, mode: Mode, stage: Stage, qapp: QApplication) -> list[str]:
    theme.apply(qapp, mode)
    # A part flashes up where it is shown too early, whatever the size of its text: once will do.
    flashes = sweep.Flashes() if mode is Mode.STANDARD else None
    window = show(qapp, screen, stage)
    assert window.isVisible()
    found = sweep.faults(window)
    if flashes is not None:
        found += flashes.faults(window)
    close(window)
    return found


def test_the_sweep_sees_what_it_is_there_for(qapp: QApplication) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    cut = Label("这一句放不下")
    cut.setFixedWidth(20)
    button = QPushButton("")
    button.setAutoDefault(False)
    edit = QLineEdit()
    edit.setPlaceholderText("姓名、拼音、证件尾号、电话尾号、楼单元室")
    edit.setFixedWidth(60)
    layout.addWidget(edit)
    layout.insertWidget(0, button)
    layout.insertWidget(0, cut)
    over = QLabel("盖住", window)
    layout.addWidget(over)
    for widget in (window, edit):
        keys.bind(widget, "print", window.update)
    window.resize(300, 200)
    flashes = sweep.Flashes()
    flash = QLabel("还没有放好")
    flash.show()
    layout.addWidget(flash)
    window.show()
    over.setGeometry(button.geometry())

    found = "\n".join(flashes.faults(window) + sweep.faults(window))

    assert "flashed as a window: QLabel '还没有放好" in found
    assert "cut: Label" in found
    assert "cut hint" in found
    assert "overlap" in found
    assert "no accessible name: QPushButton" in found
    assert "focus jumps" in found
    assert "two meanings of F9" in found
