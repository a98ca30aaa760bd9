"""Tables are loaded when they are used; who needs all of them gets all."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from app import models

ROOT = Path(__file__).parents[2]
MODULES = sorted(file.stem for file in (ROOT / "app/models").glob("[!_]*.py"))


def fresh(code: str) -> str:
    """What a program prints that has loaded no table yet."""
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return child.stdout.strip()


@pytest.mark.parametrize("module", [one for one in MODULES if one != "base"])
def test_every_class_of_a_module_is_a_name_of_the_package(module: str) -> None:
    own = import_module(f"app.models.{module}")
    classes = {
        name
        for name, one in vars(own).items()
        if isinstance(one, type) and one.__module__ == own.__name__
    }
    assert classes <= set(models._NAMES.get(module, "").split()), f"name them in {models.__file__}"


@pytest.mark.parametrize("name", models._HOMES)
def test_every_name_of_the_package_is_one_of_its_module(name: str) -> None:
    own = import_module(f"app.models.{models._HOMES[name]}")
    assert getattr(models, name) is getattr(own, name)


def test_a_name_loads_its_own_module_alone() -> None:
    loaded = (
        "import sys; from app.models import CalendarDay; print('app.models.grids' in sys.modules)"
    )
    assert fresh(loaded) == "False"


@pytest.mark.parametrize("name", ["Resident", "Visit", "Request", "Redemption", "PointsEntry"])
def test_a_table_comes_with_those_that_it_points_at(name: str) -> None:
    code = f"from app import models; one = models.{name}.__table__;"
    tables = (
        "{key.column.table.name for t in one.metadata.tables.values() for key in t.foreign_keys}"
    )
    assert fresh(f"{code} print({tables} <= set(one.metadata.tables))") == "True"


def test_who_asks_for_all_tables_gets_all() -> None:
    asked = ("models.everything()", "models.schema().sorted_tables", "models.Base.metadata.tables")
    first, second, third = (
        fresh(f"from app import models; print(len({one}), len(models.everything()))").split()
        for one in asked
    )
    assert first[0] == first[1] == second[0] == second[1]
    assert third[0] == "0"


def test_a_table_is_found_by_its_name_whatever_is_loaded() -> None:
    found = fresh("from app import models; print(models.model_named('visit_sheet_row').__name__)")
    assert found == "VisitSheetRow"
    classes = {
        name: "".join(part.capitalize() for part in name.split("_")) for name in models.everything()
    }
    assert classes == {name: one.__name__ for name, one in models.everything().items()}


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        models.model_named("nothing")
    with pytest.raises(ImportError):
        exec("from app.models import Nothing")
