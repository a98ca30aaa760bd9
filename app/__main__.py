"""The command line: opens the program, or does one thing without a window.

Exit codes: 0 done, 1 the user's data has a fault (said in Chinese on stderr), 2 wrong call.
"""

import argparse
import gc
import getpass
import json
import os
import re
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

from app import paths
from app.errors import DomainError
from app.version import VERSION

DONE, FAULT, WRONG_CALL = 0, 1, 2
PASSWORD_VARIABLE = "LINLI_PASSWORD"  # noqa: S105 - the name of a variable


# What argparse says of a wrong call.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument \S+: invalid choice: '(.*?)'.*", r"没有“\1”这个命令"),
    (r"argument (\S+): expected one argument", r"\1 后面要写一个值"),
)


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese: the help, and what was wrong with the call."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False)
        self._positionals.title, self._optionals.title = "要写的", "可选的"
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        for english, chinese in _COMPLAINTS:
            message = re.sub(english, chinese, message)
        print(f"命令不对：{message}。\n用 --help 看用法。", file=sys.stderr)
        raise SystemExit(WRONG_CALL)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    commands = {"check": _check, "backup": _backup, "import": _import}
    try:
        command = commands.get(options.command)
        if command is None:
            return _open(demo=options.command == "demo")
        code = command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the output has seen enough (| head). What is left must go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except DomainError as error:
        print(error, file=sys.stderr)
        return FAULT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m app", description="邻里 · 社区工作台")
    parser.add_argument("--version", action="version", version=VERSION, help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)
    commands.add_parser("demo", help="打开一个编造的演示社区，不用密码")
    check = commands.add_parser("check", help="给一份资料文件或备份做体检")
    check.add_argument("file", type=Path, metavar="文件", help="资料文件，或一份备份的文件夹")
    check.add_argument("--json", action="store_true", help="输出一个 JSON 对象，不含姓名")
    check.add_argument(
        "--repair", action="store_true", help="不用人挑选的就修复，每一种记一步，可以撤销"
    )
    check.add_argument(
        "--rebuild-search", action="store_true", help="搜索目录与资料不符时重建，资料本身不变"
    )
    _add_user(check)
    backup = commands.add_parser("backup", help="把本机的资料备份到一个文件夹")
    backup.add_argument("folder", type=Path, metavar="文件夹")
    _add_user(backup)
    roster = commands.add_parser("import", help="看一份名册会怎样导入，不写入任何资料")
    roster.add_argument("file", type=Path, metavar="文件")
    roster.add_argument("--dry-run", action="store_true", required=True, help="只看，不导入")
    roster.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
    return parser


def _add_user(parser: argparse.ArgumentParser) -> None:
    words = f"用谁的密码（默认第一个使用人）；密码取环境变量 {PASSWORD_VARIABLE}，没有就当场问"
    parser.add_argument("--user", default="", metavar="姓名", help=words)


def _open(*, demo: bool) -> int:
    # Nothing that is made while starting is garbage: looking for it costs a tenth of the start.
    gc.disable()
    from app import logs
    from app.application import make_app
    from app.bootstrap import Desk
    from app.clock import Clock
    from app.ui import crash_dialog

    logs.start()
    app = make_app(sys.argv[:1])
    crash_dialog.install()
    desk = Desk(app, Clock(), paths.database_file())
    if demo:
        desk.start_demo()
    elif not desk.start():
        return DONE if desk.window is None else FAULT
    gc.freeze()
    gc.enable()
    return app.exec()


def _check(options: argparse.Namespace) -> int:
    from app.check_command import Wish, check, file_in

    file = file_in(options.file)
    key, slot = _unlock(file, options.user)
    wish = Wish(json=options.json, repair=options.repair, rebuild_search=options.rebuild_search)
    return DONE if check(file, key, slot, wish) else FAULT


def _backup(options: argparse.Namespace) -> int:
    from app.clock import Clock
    from app.services import rights
    from app.storage.backup import backup_now
    from app.storage.engine import Database
    from app.storage.office_file import load_vault
    from app.values.rights import Right

    file = paths.database_file()
    key, slot = _unlock(file, options.user)
    with closing(Database.open(file, key, clock=Clock())) as database:
        with database.lookup() as lookup:
            actor = rights.load_actor(lookup, slot)
        database.act_as(actor)
        if not actor.may(Right.BACK_UP):
            # In a step that has its name, so that the journal says what was tried.
            with database.transaction(f"备份到 {options.folder}") as session:
                rights.require(session, Right.BACK_UP)
        info = backup_now(database, load_vault(file), options.folder, reason="命令行")
    print(f"已备份到 {info.file.parent}：居民 {info.people:,} 人。")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from app.clock import Clock
    from app.importing.dry_run import dry_run

    result = dry_run(options.file, Clock().today())
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        print(_summary(result))
    return DONE


def _summary(result: dict[str, Any]) -> str:
    """The counts, and each row that would not go in, for a person."""
    counts = result["counts"]
    lines = [
        f"{result['file']}：共 {counts['rows']} 行，可导入 {counts['new']} 行，"
        f"待确认 {counts['question']} 行，有误 {counts['fault']} 行。"
    ]
    lines += [
        f"{row['sheet']} 第 {row['row']} 行：{'；'.join(row['reasons'])}"
        for row in result["rows"]
        if row["state"] in ("question", "fault")
    ]
    return "\n".join(lines)


def _unlock(file: Path, user: str) -> tuple[bytes, str]:
    """The data key of an office's file by the password of one of its users, and his slot."""
    from app.storage.office_file import load_vault

    vault = load_vault(file)
    people = {one.name: one.slot for one in vault.users()}
    if user and user not in people:
        raise DomainError(f"没有叫“{user}”的使用人。")
    slot = people[user] if user else next(iter(people.values()))
    return vault.unlock(slot, os.environ.get(PASSWORD_VARIABLE) or _ask_password()), slot


def _ask_password() -> str:
    if not sys.stdin.isatty():
        raise DomainError(f"没有密码：请把它放进环境变量 {PASSWORD_VARIABLE}，或在终端里运行。")
    try:
        return getpass.getpass("密码：")
    except EOFError:
        raise DomainError("没有输入密码，什么都没有做。") from None


if __name__ == "__main__":
    sys.exit(main())
