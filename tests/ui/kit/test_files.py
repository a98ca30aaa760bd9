"""Files that the user asked for: whole or not at all, and every fault a sentence."""

import errno
import os
import stat
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import DomainError
from app.ui.kit import files
from app.ui.kit.files import safe, save_pdf, write_whole
from tests.conftest import Dialogs
from tests.ui.kit.printing_bench import numbered_pdf, small_disk

__all__ = ["small_disk"]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_saving_adds_the_ending(tmp_path: Path, window: QWidget, dialogs: Dialogs) -> None:
    dialogs.files += [tmp_path / "花名册"]

    path = save_pdf(window, numbered_pdf(2), "花名册.pdf")

    assert path == tmp_path / "花名册.pdf"
    assert len(pypdf.PdfReader(path).pages) == 2


def test_changing_one_s_mind_saves_nothing(
    tmp_path: Path, window: QWidget, dialogs: Dialogs
) -> None:
    dialogs.files += [None]

    assert save_pdf(window, numbered_pdf(1), "花名册.pdf") is None
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_file_from_before(tmp_path: Path, small_disk: None) -> None:
    file = tmp_path / "证明.pdf"
    file.write_bytes(b"before")

    with pytest.raises(DomainError, match=r"磁盘满了，「证明\.pdf」没有存"):
        write_whole(file, b"x" * 5000)

    assert file.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["证明.pdf"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘满了"),
        (OSError(errno.EDQUOT, "quota"), "磁盘满了"),
        (PermissionError(errno.EACCES, "denied"), "不许写，或者文件正被打开"),
        (OSError(errno.EROFS, "read only"), "不许写"),
        (OSError(errno.EIO, "stick"), "U 盘坏了"),
    ],
)
def test_a_fault_at_the_last_step_is_a_sentence_and_leaves_nothing(
    fault: OSError, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise fault

    for step in ("fsync", "replace"):
        monkeypatch.setattr(files.os, step, refuse)
        with pytest.raises(DomainError, match=words):
            write_whole(tmp_path / "证明.pdf", b"paper")
        assert list(tmp_path.iterdir()) == []
        monkeypatch.undo()


def test_a_file_that_another_program_holds_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        fault = PermissionError(errno.EACCES, "in use")
        fault.winerror = 32
        raise fault

    monkeypatch.setattr(files.os, "replace", refuse)

    with pytest.raises(DomainError, match="正在别的程序里开着"):
        write_whole(tmp_path / "证明.pdf", b"paper")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"没能存「花名册\.pdf」：文件夹不见了"):
        write_whole(tmp_path / "U盘" / "花名册.pdf", b"paper")


def test_a_folder_of_that_name_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "花名册.pdf").mkdir()

    with pytest.raises(DomainError, match="是一个文件夹"):
        write_whole(tmp_path / "花名册.pdf", b"paper")
    assert [one.name for one in tmp_path.iterdir()] == ["花名册.pdf"]


def test_a_name_that_no_disk_takes_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="文件名太长"):
        write_whole(tmp_path / f"{'很长' * 200}.pdf", b"paper")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_rights_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)

    with pytest.raises(DomainError, match="不许写"):
        write_whole(tmp_path / "证明.pdf", b"paper")


def test_the_file_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for step in ("fsync", "replace"):
        real = getattr(os, step)
        monkeypatch.setattr(
            files.os, step, lambda *a, step=step, real=real: (steps.append(step), real(*a))[1]
        )

    write_whole(tmp_path / "证明.pdf", b"paper")

    assert steps == ["fsync", "replace"]
    assert (tmp_path / "证明.pdf").read_bytes() == b"paper"


def test_a_title_becomes_a_name_for_every_system() -> None:
    assert safe("停水通知：3/4 号楼.pdf") == "停水通知：3_4 号楼.pdf"
    assert safe('a\\b:c*"d"?<e>|f\x00\n.xlsx') == "a_b_c_d_e_f_.xlsx"
    assert safe("...pdf") == "文书.pdf"
    assert len(safe(f"{'名' * 300}.pdf")) < 100
