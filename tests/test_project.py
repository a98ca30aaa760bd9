"""What the commands of the Makefile rely on."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def wanted_names() -> set[str]:
    lines = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    return {re.split(r"[=~;<>]", line)[0].strip().lower() for line in lines}


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_address() -> None:
    pinned = dict(re.findall(r"^([a-z0-9.-]+)==[^\n]*\n((?:    --hash=sha256:.*\n?)+)", LOCK, re.M))

    assert wanted_names() - set(pinned) == set()
    assert len(pinned) == len(set(re.findall(r"^([a-z0-9.-]+)==", LOCK, re.M)))
    assert "//" not in LOCK


@pytest.mark.parametrize("package", sorted(wanted_names()))
def test_every_dependency_is_accounted_for(package: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()

    assert re.search(rf"\b{re.escape(package)}\b", page)


def test_the_decisions_page_lists_every_decision() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\(([\w-]+\.md)\)", (folder / "README.md").read_text("utf-8")))

    assert listed == {page.name for page in folder.glob("*.md")} - {"README.md"}


def test_the_readme_names_only_what_exists() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    named = re.findall(r"`((?:app|tests|docs|bench|resources|tools)/[^` ]*)`", page)
    targets = set(re.findall(r"[`\n]make ([a-z]+)", page))

    assert [path for path in named if not (ROOT / path).exists()] == []
    assert [
        path for path in re.findall(r"\]\((docs/.*?)\)", page) if not (ROOT / path).exists()
    ] == []
    assert targets == set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.M))


def test_preparing_a_machine_without_rights_names_what_is_missing(tmp_path: Path) -> None:
    tools = {
        "dpkg-query": "exit 1",
        "id": "echo 1000",
        "sudo": "exit 1",
        "apt-get": "echo must not be called; exit 9",
    }
    for name, script in tools.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)

    child = subprocess.run(
        [ROOT / "tools" / "prepare", "test"],
        env={"PATH": f"{tmp_path}:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
    )

    assert child.returncode == 1
    [line] = child.stderr.splitlines()
    assert line.startswith("缺少系统软件包，请管理员安装后重试：apt-get install libgl1 ")
    assert "poppler-utils" in line
