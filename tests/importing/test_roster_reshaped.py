"""Our own roster, faults and oddities included, poured into the shapes of other offices."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from app.importing.cells import Cell, Row, cell_text
from app.importing.dry_run import dry_run
from app.importing.workbook import read_workbook
from tests.importing.people import TODAY, write_sheet, write_xlsx

FOLDER = Path(__file__).parents[1] / "data" / "rosters"
ROSTER = FOLDER / "望海社区居民信息台账.xlsx"
ANSWERS: dict[str, Any] = json.loads(
    (FOLDER / "望海社区居民信息台账.answers.json").read_text(encoding="utf-8")
)
TAGS = ("独居老人", "高龄", "残疾人", "低保", "退役军人")
Place = tuple[str, int]


@dataclass
class Shape:
    """A reshaped file: where each of its rows was, and what the shape cannot tell."""

    path: Path
    origin: dict[Place, Place]
    untold: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()


def people() -> list[tuple[Place, Row]]:
    """Sheet, row and cells of each person row of the roster, blank rows left out."""
    found = []
    for sheet in read_workbook(ROSTER).sheets[1:6]:
        for index, row in enumerate(sheet.rows[5:], 6):
            if row and not cell_text(row[0]).startswith(("小计", "填表人")):
                found.append(((sheet.name, index), row))
    return found


def address(row: Row) -> str:
    if row[8] == "":
        return ""
    building, unit = cell_text(row[8]), cell_text(row[9])
    building += "号楼" if building.isdigit() else ""
    return building + unit + ("单元" if unit.isdigit() else "") + cell_text(row[10])


def one_list_with_one_address_column(folder: Path) -> Shape:
    rows: list[Sequence[object]] = [
        ["望海社区居民花名册"],
        [
            "网格",
            "姓名",
            "关系",
            "性别",
            "身份证",
            "出生日期",
            "家庭住址",
            "手机号",
            "民族",
            "政治面貌",
            "人员类别",
        ],
    ]
    origin: dict[Place, Place] = {}
    for place, r in people():
        rows.append([place[0], r[1], r[2], r[3], r[5], r[6], address(r), r[11], r[4], r[13], r[14]])
        origin["花名册", len(rows)] = place
    return Shape(write_xlsx(folder / "花名册.xlsx", rows, sheet="花名册"), origin)


def gb18030_text_with_the_address_on_every_line(folder: Path) -> Shape:
    rows = [
        [
            "序号",
            "居民姓名",
            "公民身份证号",
            "性别",
            "住址",
            "联系电话",
            "所属网格",
            "民族",
            "政治身份",
            "特殊人群",
            "与户主关系",
        ]
    ]
    origin: dict[Place, Place] = {}
    home = ""
    for place, r in people():
        home = address(r) or home
        told: list[Cell] = [r[1], r[5], r[3], home, r[11], place[0][1], r[4], r[13], r[14], r[2]]
        rows.append([str(len(rows)), *map(cell_text, told)])
        origin["名单", len(rows)] = place
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = folder / "名单.csv"
    path.write_bytes(text.getvalue().encode("gb18030"))
    return Shape(path, origin, frozenset({"birth"}), frozenset({"birth_contradicts_id"}))


def old_xls_with_ticks_and_blank_household_cells(folder: Path) -> Shape:
    book = xlwt.Workbook()
    origin: dict[Place, Place] = {}
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    heading = [
        "楼栋",
        "单元号",
        "室号",
        "户主姓名",
        "姓名",
        "与户主关系",
        "证件号码",
        "出生年月",
        "联系方式",
        "性别",
        "民族",
        *TAGS,
    ]
    pages: dict[str, tuple[Any, int]] = {}
    for place, r in people():
        if place[0] not in pages:
            page = book.add_sheet(place[0])
            page.write_merge(0, 0, 0, 10, "望海社区居民信息")
            for column, text in enumerate(heading):
                page.write(2, column, text)
            pages[place[0]] = (page, 3)
        page, line = pages[place[0]]
        ticks = ["√" if tag in cell_text(r[14]) else "" for tag in TAGS]
        head = r[1] if r[2] == "户主" else ""
        for column, cell in enumerate(
            [r[8], r[9], r[10], head, r[1], r[2], r[5], r[6], r[11], r[3], r[4], *ticks]
        ):
            if isinstance(cell, date):
                page.write(line, column, cell, day)
            elif cell != "":
                page.write(line, column, cell)
        origin[place[0], line + 1] = place
        pages[place[0]] = (page, line + 1)
    for page, line in pages.values():
        page.write(line, 0, "合计")
        page.write(line, 1, f"{line - 3}人")
    book.save(str(folder / "老台账.xls"))
    return Shape(folder / "老台账.xls", origin, frozenset({"party", "tags"}))


def pages_of_thirty_with_titles_and_totals(folder: Path) -> Shape:
    heading = [
        "户编号",
        "成员姓名",
        "成员关系",
        "性 别",
        "居民身份证号码",
        "楼",
        "单元",
        "门牌号",
        "电话号码",
        "民 族",
        "政治面貌",
    ]
    sheets: dict[str, list[Sequence[object]]] = {}
    origin: dict[Place, Place] = {}
    home: list[str] = []
    count = 0
    for place, r in people():
        rows = sheets.setdefault(place[0], [])
        count = count + 1 if rows else 0
        if count % 30 == 0:
            rows += [["", "本页小计", "30人"]] if rows else []
            rows += [[f"{place[0]}居民登记表"], heading]
        home = [cell_text(r[n]) for n in (0, 8, 9, 10)] if r[0] != "" else home
        rows.append([home[0], r[1], r[2], r[3], r[5], *home[1:], r[11], r[4], r[13]])
        origin[place[0], len(rows)] = place
    book = xlsxwriter.Workbook(str(folder / "分页.xlsx"))
    for name, rows in sheets.items():
        write_sheet(book, [*rows, ["合计"], [], ["说明：本表由网格员填写，按月更新"]], name)
    book.close()
    told = frozenset({"tags", "birth"})
    return Shape(folder / "分页.xlsx", origin, told, frozenset({"birth_contradicts_id"}))


SHAPES: tuple[Callable[[Path], Shape], ...] = (
    one_list_with_one_address_column,
    gb18030_text_with_the_address_on_every_line,
    old_xls_with_ticks_and_blank_household_cells,
    pages_of_thirty_with_titles_and_totals,
)


@pytest.fixture(scope="module", params=SHAPES, ids=lambda shape: shape.__name__)
def shape(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shape:
    made: Shape = request.param(tmp_path_factory.mktemp("shape"))
    return made


@pytest.fixture(scope="module")
def found(shape: Shape) -> dict[Place, dict[str, Any]]:
    """Rows of the dry run by where they were in the roster."""
    result: dict[str, Any] = dry_run(shape.path, TODAY)
    return {shape.origin[row["sheet"], row["row"]]: row for row in result["rows"]}


def test_every_person_is_read_once(found: dict[Place, dict[str, Any]]) -> None:
    assert len(found) == ANSWERS["person_rows"]
    keys = {row["values"]["household_key"] for row in found.values()}
    assert len(keys) == ANSWERS["households"]


def test_the_planted_faults_are_found_and_no_others(
    shape: Shape, found: dict[Place, dict[str, Any]]
) -> None:
    kinds = {place: set(row["kinds"]) for place, row in found.items() if row["kinds"]}
    for fault in ANSWERS["faults"]:
        if fault["fault"] in shape.unseen:
            continue
        partner = fault.get("partner", fault)
        places = [(fault["sheet"], fault["row"]), (partner["sheet"], partner["row"])]
        hit = next(place for place in places if fault["fault"] in kinds.get(place, ()))
        del kinds[hit]
    assert kinds == {}


def test_clean_samples_come_out_unaltered(shape: Shape, found: dict[Place, dict[str, Any]]) -> None:
    for sample in ANSWERS["clean_samples"]:
        row = found[sample["sheet"], sample["row"]]
        values = row["values"]
        told = {
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
        }
        wanted = {key: sample[key] for key in told if key not in shape.untold}
        assert {key: told[key] for key in wanted} == wanted
        assert row["state"] == "new"
