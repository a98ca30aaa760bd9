"""`python -m app check`: the examination of 数据体检 without a window."""

import json
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.errors import DomainError
from app.services import rights, search_keys
from app.services.health import report
from app.services.health.examination import Examination, examine
from app.services.health.repairing import repair
from app.storage.backup_info import read_backup
from app.storage.check import check_file
from app.storage.engine import Database


@dataclass(frozen=True)
class Wish:
    """What the call asks for besides the report."""

    json: bool = False
    repair: bool = False
    rebuild_search: bool = False


def file_in(path: Path) -> Path:
    """The file itself, or that of the backup in a folder; raises DomainError for another one."""
    if not path.is_dir():
        return path
    backup = read_backup(path)
    if backup is None:
        raise DomainError(
            f"“{path}”里没有一份完整的备份。请写资料文件，或一份备份自己的文件夹（名字是日期）。"
        )
    return backup.file


def check(file: Path, key: bytes, slot: str, wish: Wish) -> bool:
    """Examine, repair where asked, and print; whether the data is sound."""
    changes = wish.repair or wish.rebuild_search
    if changes and read_backup(file.parent) is not None:
        raise DomainError("这是一份备份，只查不改。要修复的话，请先恢复它，再在程序里修复。")
    with closing(Database.open(file, key, clock=Clock())) as database:
        examination = _examined(database, slot)
        if changes and examination.report and examination.report.ok:
            _repair(database, examination, wish)
            examination = _examined(database, slot)
        _print(database, examination, wish)
        return report.is_sound(examination)


def _examined(database: Database, slot: str) -> Examination:
    """With the rights of whoever gave the password, as far as the file can tell them."""
    found = check_file(database.file, database.key)
    if found.ok and found.known:
        with database.lookup() as lookup:
            actor = rights.load_actor(lookup, slot)
        database.act_as(actor)
    return examine(database, found)


def _repair(database: Database, examination: Examination, wish: Wish) -> None:
    for finding in examination.findings.values():
        mending = finding.check.repair
        if wish.repair and finding.count and mending is not None and mending.by_itself:
            repair(database, finding.check, finding.ids)
    strays = examination.findings.get("search_strays")
    if wish.rebuild_search and strays is not None and strays.count:
        with database.transaction("重建搜索目录") as session:
            search_keys.rebuild(session)


def _print(database: Database, examination: Examination, wish: Wish) -> None:
    if wish.json:
        told = json.dumps(report.as_json(examination), ensure_ascii=False, indent=1)
        sys.stdout.write(f"{told}\n")
        return
    sound = report.is_sound(examination)
    text = "\n".join(report.lines(database, examination))
    print(text, file=sys.stdout if sound else sys.stderr)
