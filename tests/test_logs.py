"""The log turns to a new file before it grows without end, and loses nothing on the way."""

import logging
from pathlib import Path

import pytest

from app import logs


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LIMIT", 30)
    monkeypatch.setattr(logs, "KEPT", 2)


def write(file: Path, *lines: str) -> None:
    handler = logs.TurningFile(file, encoding="utf-8")
    for line in lines:
        handler.emit(logging.LogRecord("app", logging.INFO, "", 0, line, None, None))
    handler.close()


def test_a_full_log_goes_on_in_a_new_file_and_the_oldest_goes(
    tmp_path: Path, small_files: None
) -> None:
    file = tmp_path / "程序.log"
    write(file, *(f"line {number} of some thirty signs and more" for number in range(5)))
    kept = {one.name: one.read_text("utf-8")[:6] for one in tmp_path.iterdir()}
    assert kept == {"程序.log": "line 4", "程序.log.1": "line 3", "程序.log.2": "line 2"}


def test_a_log_that_is_not_full_is_written_on_after_a_start(
    tmp_path: Path, small_files: None
) -> None:
    file = tmp_path / "程序.log"
    write(file, "one")
    write(file, "two")
    assert file.read_text("utf-8").split() == ["one", "two"]
    assert list(tmp_path.iterdir()) == [file]
