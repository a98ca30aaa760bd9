"""The roster that the office really has, against its answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.importing.dry_run import dry_run
from tests.importing.people import TODAY

FOLDER = Path(__file__).parents[1] / "data" / "rosters"
ROSTER = FOLDER / "望海社区居民信息台账.xlsx"
TEMPLATES = Path(__file__).parents[3] / "shared" / "data" / "templates"


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    path = FOLDER / "望海社区居民信息台账.answers.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    """As it is printed: what JSON cannot carry shows here."""
    printed: dict[str, Any] = json.loads(json.dumps(dry_run(ROSTER, TODAY), ensure_ascii=False))
    return printed


def by_place(result: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["sheet"], row["row"]): row for row in result["rows"]}


def test_heading_rows_and_columns_are_found_on_every_grid_sheet(result: dict[str, Any]) -> None:
    grids = [sheet for sheet in result["sheets"] if sheet["used"]]
    assert [sheet["name"] for sheet in grids] == [f"第{n}网格" for n in "一二三四五"]
    assert {tuple(sheet["heading_rows"]) for sheet in grids} == {(3, 4)}
    for sheet in grids:
        assert sheet["columns"]["B"] == "name"
        assert sheet["columns"]["F"] == "document_number"
        assert sheet["columns"]["L"] == "phones"
        assert "H" not in sheet["columns"]


def test_every_planted_fault_is_found_at_its_row_and_nothing_else_is(
    result: dict[str, Any], answers: dict[str, Any]
) -> None:
    found = {place: set(row["kinds"]) for place, row in by_place(result).items() if row["kinds"]}
    for fault in answers["faults"]:
        places = [(fault["sheet"], fault["row"])]
        if partner := fault.get("partner"):
            places.append((partner["sheet"], partner["row"]))
        hits = [place for place in places if found.get(place) == {fault["fault"]}]
        assert len(hits) == 1, fault
        del found[hits[0]]
    assert found == {}
    assert len(answers["faults"]) == 46


def test_no_clean_sample_is_refused_or_altered(
    result: dict[str, Any], answers: dict[str, Any]
) -> None:
    rows = by_place(result)
    for sample in answers["clean_samples"]:
        row = rows[sample["sheet"], sample["row"]]
        values = row["values"]
        assert row["state"] == "new"
        assert {
            "name": values["name"],
            "sex": values["sex"],
            "id": values["document_number"],
            "birth": values["birth_date"],
            "phone": values["phones"][0] if values["phones"] else "",
            "building": values["building"],
            "unit": values["unit"],
            "room": values["room"],
            "grid": values["grid"],
            "tags": values["tags"],
            "party": values["political_status"],
            "nation": values["ethnic_group"],
            "relation": values["relation"],
        } == {key: value for key, value in sample.items() if key not in ("sheet", "row")}
    assert len(answers["clean_samples"]) == 284


def test_people_grids_and_households_are_counted_right(
    result: dict[str, Any], answers: dict[str, Any]
) -> None:
    assert result["counts"]["rows"] == answers["person_rows"]
    assert result["counts"]["households"] == answers["households"]
    by_grid: dict[str, int] = {}
    for row in result["rows"]:
        grid = str(row["values"]["grid"])
        by_grid[grid] = by_grid.get(grid, 0) + 1
    assert by_grid == answers["people_by_grid"]


def test_every_refused_row_says_why_in_chinese(result: dict[str, Any]) -> None:
    for row in result["rows"]:
        assert bool(row["kinds"]) == bool(row["reasons"])
        assert all(reason.endswith("。") for reason in row["reasons"])


@pytest.mark.parametrize(
    ("name", "sheet", "heading_rows", "columns", "people"),
    [
        (
            "人员导入模板.xlsx",
            "Person",
            [1],
            {"A": "name", "C": "document_number", "F": "phones", "I": "grid", "L": "tags"},
            0,
        ),
        (
            "hc_community.xlsx",
            "业主信息",
            [1],
            {"B": "name", "C": "sex", "E": "phones", "F": "document_number"},
            5,
        ),
        (
            "hc_importRoom.xlsx",
            "资产信息",
            [1],
            {"A": "building", "B": "unit", "C": "room", "M": "name", "P": "document_number"},
            1,
        ),
        ("建筑导入模板.xlsx", "Building", [1], {"C": "grid"}, 0),
    ],
)
def test_templates_of_other_projects_are_understood(
    name: str, sheet: str, heading_rows: list[int], columns: dict[str, str], people: int
) -> None:
    if not (TEMPLATES / name).exists():
        pytest.skip(f"the templates belong to others and lie outside the project: {TEMPLATES}")
    result: dict[str, Any] = dry_run(TEMPLATES / name, TODAY)
    found = next(one for one in result["sheets"] if one["name"] == sheet)
    assert found["heading_rows"] == heading_rows
    assert columns.items() <= found["columns"].items()
    assert len(result["rows"]) == people
