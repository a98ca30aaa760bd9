"""The net under the other tests holds: what must not pass silently fails its test."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LOGS = """
import logging
def test_{name}({fixture}): logging.getLogger('x').warning('disk nearly full')
"""
ASKS = """
from PySide6.QtWidgets import QMessageBox

def test_{name}(qtbot, dialogs):
    dialogs.answers += {answers}
    box = QMessageBox()
    box.setText("删除这条记录？")
    delete = box.addButton("删除", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton("返回", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    assert box.clickedButton() is delete
"""
INNER = (
    LOGS.format(name="logs", fixture=""),
    LOGS.format(name="logs_as_expected", fixture="expected_logs"),
    ASKS.format(name="asks", answers=[]),
    ASKS.format(name="asks_as_expected", answers=["删除"]),
)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a pytest of its own says of the tests, with this project's conftest and settings."""
    test = tmp_path_factory.mktemp("inner") / "test_inner.py"
    test.write_text("".join(INNER), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", "pyproject.toml"]
    child = subprocess.run([*command, str(test)], cwd=ROOT, capture_output=True, encoding="utf-8")
    return child.stdout


def sections(said: str) -> dict[str, str]:
    """The report of each test that failed, or ended with an error."""
    parts = re.split(r"^_+ (?:ERROR at teardown of )?(test_\w+) _+$", said, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("test_logs", "WARNING x: disk nearly full"),
        ("test_asks", "nobody answers the question: 删除这条记录？"),
    ],
)
def test_a_warning_in_the_log_or_an_unanswered_question_fails(
    said: str, name: str, word: str
) -> None:
    assert word in sections(said)[name]


def test_what_the_test_expected_passes(said: str) -> None:
    assert set(sections(said)) == {"test_logs", "test_asks"}
    # The log is looked at when the test is over: its body has passed.
    assert "1 failed, 3 passed, 1 error" in said
