"""The net under the other tests holds: what must not pass silently fails its test."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LOGS = "import logging\ndef test_it({fixture}): logging.getLogger('x').warning('disk nearly full')"
ASKS = """
from PySide6.QtWidgets import QMessageBox

def test_it(qtbot, dialogs):
    dialogs.answers += {answers}
    box = QMessageBox()
    box.setText("删除这条记录？")
    delete = box.addButton("删除", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton("返回", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    assert box.clickedButton() is delete
"""


def verdict(folder: Path, source: str) -> tuple[int, str]:
    """What a pytest of its own says of the test, with this project's conftest and settings."""
    test = folder / "test_inner.py"
    test.write_text(source, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", "pyproject.toml"]
    child = subprocess.run([*command, str(test)], cwd=ROOT, capture_output=True, encoding="utf-8")
    return child.returncode, child.stdout


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (LOGS.format(fixture=""), "WARNING x: disk nearly full"),
        (ASKS.format(answers=[]), "nobody answers the question: 删除这条记录？"),
    ],
)
def test_a_warning_in_the_log_or_an_unanswered_question_fails(
    tmp_path: Path, source: str, word: str
) -> None:
    code, said = verdict(tmp_path, source)

    assert code == 1
    assert word in said


@pytest.mark.parametrize(
    "source", [LOGS.format(fixture="expected_logs"), ASKS.format(answers=["删除"])]
)
def test_what_the_test_expected_passes(tmp_path: Path, source: str) -> None:
    code, said = verdict(tmp_path, source)

    assert (code, "1 passed" in said) == (0, True)
