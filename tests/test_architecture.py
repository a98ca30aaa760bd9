"""The directions of the house (docs/decisions and README name them), read from the imports."""

import ast
import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
GROUND = {"errors", "paths", "version"}
BELOW_UI = GROUND | {"clock", "values", "models", "services", "storage", "importing", "reports"}

# Room -> the other rooms it may import. A room that is not named here (bootstrap, demo, the
# command line) puts everything together and may see all.
MAY_SEE = {
    "errors": set(),
    "paths": set(),
    "version": set(),
    "clock": set(),
    "values": GROUND,
    "models": {"errors"},
    "storage": GROUND | {"clock", "values", "models"},
    "importing": GROUND | {"values"},
    "reports": GROUND | {"values"},
    "services": BELOW_UI - {"services"},
    "ui.kit": GROUND | {"clock", "values"},
    "ui.people": BELOW_UI | {"context", "ui.kit"},
    "ui.recent": BELOW_UI | {"context", "ui.kit", "ui.people"},
    "ui.pages": {"context", "values", "ui.kit", "ui.people"},
}
AN_AREA_MAY_SEE = BELOW_UI | {"context", "ui.kit", "ui.people", "ui.recent"}

QT = {"PySide6", "qtawesome", "qtpy"}
MAY_NOT_USE = {
    "errors": QT | {"sqlalchemy", "reportlab"},
    "paths": QT | {"sqlalchemy", "reportlab"},
    "values": QT | {"sqlalchemy", "reportlab"},
    "models": QT | {"reportlab"},
    "storage": QT | {"reportlab"},
    "importing": QT | {"sqlalchemy", "reportlab"},
    "reports": QT | {"sqlalchemy"},
    "services": QT | {"reportlab"},
    "ui.kit": {"sqlalchemy"},
}

# SQL that PostgreSQL does not know; storage and the search table may use it.
SQLITE_ONLY = re.compile(
    r"\b(strftime|group_concat|json_extract|ifnull)\s*\(|\browid\b|\bPRAGMA\b|\bINSERT OR \w+",
    re.IGNORECASE,
)
SQLITE_ONLY_FUNCTIONS = {"strftime", "group_concat", "json_extract", "ifnull", "instr", "glob"}


# What SQLAlchemy knows of classes that are loaded, and only of those.
WALKED = re.compile(r"\bBase\.(metadata|registry|__subclasses__)$|\.column\.table$")


@cache
def nodes_of(source: str) -> tuple[ast.AST, ...]:
    """A module is read and walked through once for all tests."""
    return tuple(ast.walk(ast.parse(source)))


@pytest.fixture(autouse=True, scope="module")
def kept_for_these_tests() -> Iterator[None]:
    """A million nodes that stay: the collector would look at them again and again, and for all
    the tests that follow."""
    gc.disable()
    yield
    nodes_of.cache_clear()
    gc.enable()


def room_of(module: str) -> str:
    """`app.ui.kit.theme` -> `ui.kit`, `app.services.people` -> `services`."""
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if parts[:1] == ["ui"] else ".".join(parts[:1])


def is_area(room: str) -> bool:
    """A folder of `ui` with one page of the program; `ui`'s own modules are its frame."""
    name = room.removeprefix("ui.")
    shared = {"kit", "people", "recent"}
    return room.startswith("ui.") and name not in shared and not (APP / f"ui/{name}.py").exists()


def may_see(room: str, other: str) -> bool:
    if other in {"", room}:
        return True
    if is_area(room):
        return other in AN_AREA_MAY_SEE
    if room == "ui.pages" and is_area(other):
        return True
    return other in MAY_SEE.get(room, {other})


def imported(source: str, module: str) -> Iterator[str]:
    """Full dotted names of everything imported, lazily and for type checking included."""
    package = module.rpartition(".")[0].split(".")
    for node in nodes_of(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def wrong_imports(module: str, source: str) -> list[str]:
    room = room_of(module)
    wrong = []
    for name in imported(source, module):
        library, inside = name.split(".")[0], room_of(name)
        if library != "app":
            allowed = library not in MAY_NOT_USE.get(room, set())
        else:
            allowed = may_see(room, inside)
        if not allowed:
            wrong.append(name)
    return wrong


def docstrings(source: str) -> set[ast.AST]:
    return {
        node.value
        for node in nodes_of(source)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def sqlite_only(source: str) -> list[str]:
    prose = docstrings(source)
    found = [
        node.value
        for node in nodes_of(source)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node not in prose and SQLITE_ONLY.search(node.value)
    ]
    called = [
        f"func.{node.attr}"
        for node in nodes_of(source)
        if isinstance(node, ast.Attribute) and node.attr in SQLITE_ONLY_FUNCTIONS
        if isinstance(node.value, ast.Name) and node.value.id == "func"
    ]
    return found + called


def catch_alls(source: str) -> list[int]:
    """Lines of handlers that would swallow a programming error."""
    return [
        node.lineno
        for node in nodes_of(source)
        if isinstance(node, ast.ExceptHandler)
        if node.type is None
        or any(
            isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"}
            for name in ast.walk(node.type)
        )
    ]


def clock_readings(source: str) -> list[str]:
    """`date.today()`, `datetime.now()` and their kin, under whatever module name."""
    calls = [node.func for node in nodes_of(source) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call, ast.Attribute) and call.attr in {"today", "now", "utcnow"}
        if ast.unparse(call.value).rpartition(".")[2] in {"date", "datetime"}
    ]


def walks_of_loaded_tables(source: str) -> list[str]:
    """`Base.metadata` and its kin, which know nothing of tables that were not used yet."""
    if "Base." not in source and ".column.table" not in source:
        return []
    attributes = (one for one in nodes_of(source) if isinstance(one, ast.Attribute))
    return [words for one in attributes if WALKED.search(words := ast.unparse(one))]


def modules() -> Iterator[tuple[str, str, str]]:
    """(path below the root, dotted name, source) of every module of the program."""
    for path in sorted(APP.rglob("*.py")):
        inside = path.relative_to(ROOT)
        dotted = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
        if inside.name == "__init__.py":
            dotted += ".__init__"
        yield inside.as_posix(), dotted, path.read_text("utf-8")


def test_every_room_imports_only_what_lies_below_it() -> None:
    broken = {
        path: wrong for path, name, source in modules() if (wrong := wrong_imports(name, source))
    }

    assert broken == {}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("app.models.residents", "from app.services.residents import find"),
        ("app.models.residents", "from app.values.names import clean_name"),
        ("app.values.names", "from app.models.residents import Resident"),
        ("app.storage.lock", "from PySide6.QtCore import QLockFile"),
        ("app.services.residents", "from PySide6.QtCore import QObject"),
        ("app.services.residents", "from app.ui.kit import signals"),
        ("app.services.residents", "from app.context import Context"),
        ("app.reports.notice", "import sqlalchemy.orm"),
        ("app.reports.notice", "def late():\n    from app.services import office"),
        ("app.importing.reader", "from ..storage import engine"),
        ("app.storage.engine", "from app.services import search"),
        ("app.ui.kit.form", "from app.services import residents"),
        ("app.ui.people.card", "from app.ui.residents.page import ResidentsPage"),
        ("app.ui.residents.page", "from app.ui.papers.page import PapersPage"),
        ("app.ui.residents.page", "from app.ui import main_window"),
        ("app.ui.pages", "from app.ui.main_window import MainWindow"),
    ],
)
def test_an_import_in_the_wrong_direction_is_noticed(module: str, line: str) -> None:
    assert wrong_imports(module, line)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("app.bootstrap", "from app.ui.main_window import MainWindow"),
        ("app.services.residents", "from app.models.residents import Resident"),
        ("app.ui.residents.page", "from app.ui.residents.table import ResidentTable"),
        ("app.ui.residents.page", "from . import table"),
        ("app.ui.main_window", "from app.ui.pages import PAGES"),
    ],
)
def test_an_import_in_the_right_direction_is_accepted(module: str, line: str) -> None:
    assert wrong_imports(module, line) == []


def test_rooms_below_the_screen_load_without_qt() -> None:
    rooms = ("values", "models", "storage", "importing", "reports", "services")
    names = [name for _, name, _ in modules() if room_of(name) in rooms]
    code = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
    code += "sys.exit('PySide6' in sys.modules)"

    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert child.returncode == 0, child.stderr


def test_sql_is_portable_outside_storage_and_search() -> None:
    search = ("app/services/search.py", "app/services/search_keys.py", "app/models/search.py")
    broken = {
        path: found
        for path, _, source in modules()
        if not path.startswith("app/storage/") and path not in search
        if (found := sqlite_only(source))
    }

    assert broken == {}


@pytest.mark.parametrize(
    "line",
    [
        "session.execute(text('PRAGMA foreign_keys = OFF'))",
        "select(func.strftime('%Y', Resident.birth_date))",
        "text('insert or ignore into tag values (1)')",
        "text('select group_concat(name) from resident')",
    ],
)
def test_sql_of_sqlite_alone_is_noticed(line: str) -> None:
    assert sqlite_only(line)


def test_a_date_put_into_words_is_not_taken_for_sql() -> None:
    assert sqlite_only("'''No PRAGMA here.'''\nday.strftime('%Y-%m-%d')") == []


def test_only_the_background_runner_catches_every_exception() -> None:
    broken = {
        path: lines
        for path, _, source in modules()
        if path != "app/ui/kit/background.py" and (lines := catch_alls(source))
    }

    assert broken == {}


@pytest.mark.parametrize("clause", ["except:", "except Exception:", "except (OSError, Exception):"])
def test_a_catch_all_is_noticed(clause: str) -> None:
    assert catch_alls(f"try:\n    work()\n{clause}\n    pass") == [3]


def test_only_the_clock_knows_what_day_it_is() -> None:
    broken = {
        path: calls
        for path, _, source in modules()
        if path != "app/clock.py" and (calls := clock_readings(source))
    }

    assert broken == {}


def test_a_hidden_reading_of_the_clock_is_noticed() -> None:
    source = "date.today()\ndatetime.datetime.now()\ncontext.clock.today()"

    assert clock_readings(source) == ["date.today", "datetime.datetime.now"]


def test_tables_are_taken_from_the_package_which_brings_what_they_point_at() -> None:
    past_it = re.compile(r"app\.models\.(?!base\.)\w+\.")
    broken = {
        path: names
        for path, module, source in modules()
        if room_of(module) != "models"
        if (names := [name for name in imported(source, module) if past_it.match(name)])
    }

    assert broken == {}, "from app.models import ..."


def test_who_walks_the_tables_has_all_of_them() -> None:
    broken = {
        path: walks
        for path, _, source in modules()
        if path != "app/models/__init__.py" and (walks := walks_of_loaded_tables(source))
    }

    assert broken == {}, "ask app.models: everything(), schema(), all_tables(), pointed_at()"


@pytest.mark.parametrize(
    "line",
    [
        "Base.metadata.sorted_tables",
        "models.Base.registry.mappers",
        "Base.__subclasses__()",
        "key.column.table.name",
    ],
)
def test_a_walk_past_tables_that_were_not_used_yet_is_noticed(line: str) -> None:
    assert walks_of_loaded_tables(line)
