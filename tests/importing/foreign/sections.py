"""Rosters whose titles and section lines tell where people live."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from tests.importing.foreign.cells import (
    ID,
    NAME,
    PHONE,
    PLACE,
    RELATION,
    SEX,
    Roster,
    col,
    long_address,
    phone_cell,
    roster,
)
from tests.importing.foreign.people import Page, Person, Town, Truth


def families(people: Sequence[Person]) -> Iterable[list[Person]]:
    """The members of each household, its head first."""
    return (list(members) for _, members in groupby(people, key=lambda p: p.household))


@roster
def section_line_per_household() -> Roster:
    town = Town(201)
    page = Page("Sheet1")
    cols = [NAME, RELATION, SEX, ID, PHONE]
    page.title("家庭成员登记表", 5)
    page.headings(cols)
    for ms in families(town.people(40)):
        h = ms[0]
        r = page.line(f"{h.building}号楼{h.unit}单元{h.room}室")
        page.merges.append(f"A{r}:E{r}")
        for m in ms:
            page.true_here(
                page.line(*(c.cell(m, 1) for c in cols)), cols, m, "building", "unit", "room"
            )
    return Roster("每户一行标题.xlsx", [page])


@roster
def section_line_with_head() -> Roster:
    town = Town(202)
    page = Page("Sheet1")
    cols = [NAME, RELATION, SEX, ID, PHONE]
    page.headings(cols)
    for ms in families(town.people(40)):
        h = ms[0]
        page.line(f"户主：{h.name}　住址：{h.building}号楼{h.unit}单元{h.room}室")
        for m in ms:
            page.true_here(
                page.line(*(c.cell(m, 1) for c in cols)), cols, m, "building", "unit", "room"
            )
    return Roster("每户一行户主.xlsx", [page])


@roster
def household_cards() -> Roster:
    town = Town(203)
    page = Page("户卡")
    cols = [NAME, RELATION, SEX, ID]
    for ms in families(town.people(30)):
        h = ms[0]
        page.line(
            "家庭住址", f"{h.building}-{h.unit}-{h.room}", "户主", h.name, "联系电话", phone_cell(h)
        )
        page.headings(cols)
        for m in ms:
            page.true_here(
                page.line(*(c.cell(m, 1) for c in cols)), cols, m, "building", "unit", "room"
            )
        page.line()
    return Roster("户卡.xlsx", [page])


@roster
def building_in_title() -> Roster:
    town = Town(204)
    page = Page("Sheet1")
    cols = [
        col("单元", "unit", lambda p, i: p.unit),
        col("房号", "room", lambda p, i: p.room),
        NAME,
        ID,
        PHONE,
    ]
    page.title("望海社区3号楼居民情况登记表", 5)
    page.headings(cols)
    for p in town.people(20, buildings=1):
        p = replace(p, building="3")
        page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p, "building")
    return Roster("三号楼.xlsx", [page])


@roster
def unit_in_title() -> Roster:
    town = Town(205)
    page = Page("Sheet1")
    cols = [col("房号", "room", lambda p, i: p.room), NAME, ID, PHONE]
    page.line("楼栋：3号楼2单元")
    page.headings(cols)
    for p in town.people(20, buildings=1):
        p = replace(p, building="3", unit="2")
        page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p, "building", "unit")
    return Roster("三号楼二单元.xlsx", [page])


@roster
def grid_in_form_line() -> Roster:
    town = Town(206)
    page = Page("Sheet1")
    cols = [NAME, ID, PHONE]
    page.title("居民登记表", 3)
    page.line("所属网格：第2网格", "网格员：李芳", "填表日期：2026.9.1")
    page.headings(cols)
    for p in town.people(20):
        p = replace(p, grid=2)
        page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p, "grid")
    return Roster("二网格.xlsx", [page])


@roster
def unheaded_place_columns_merged() -> Roster:
    town = Town(207)
    page = Page("Sheet1")
    people = sorted(
        town.people(40, buildings=2), key=lambda p: (p.building, p.unit, p.household, p.serial)
    )
    cols = [
        col("", "building", lambda p, i: None),
        col("", "unit", lambda p, i: None),
        col("室", "room", lambda p, i: p.room),
        NAME,
        ID,
        PHONE,
    ]
    page.heading_rows.append(page.line(None, None, "室", "姓名", "身份证号", "电话"))
    b = u = None
    starts = [[], []]
    for p in people:
        c = [x.cell(p, 1) for x in cols]
        if p.building != b:
            b = p.building
            u = None
            c[0] = b + "号楼"
            starts[0].append(len(page.cells) + 1)
        if p.unit != u:
            u = p.unit
            c[1] = u + "单元"
            starts[1].append(len(page.cells) + 1)
        page.true_here(page.line(*c), cols, p)
    for k in (0, 1):
        for a, z in zip(starts[k], [*starts[k][1:], len(page.cells) + 1], strict=False):
            if z - a > 1:
                page.merges.append(f"{'AB'[k]}{a}:{'AB'[k]}{z - 1}")
    return Roster("无表头楼栋.xlsx", [page])


@roster
def separate_and_whole_address() -> Roster:
    town = Town(213)
    page = Page("Sheet1")
    cols = [
        col("小区", "", lambda p, i: "望海花园"),
        col("楼号", "building", lambda p, i: p.building),
        col("单元", "unit", lambda p, i: p.unit),
        col("房号", "room", lambda p, i: p.room),
        NAME,
        ID,
        col("户籍地址", "", lambda p, i: "沙河口区西安路9号楼9单元909"),
        col("详细地址", "", lambda p, i: long_address(p)),
    ]
    page.headings(cols)
    page.people(cols, town.people(20))
    return Roster("分列与整列.xlsx", [page])


@roster
def blocks_without_relation() -> Roster:
    town = Town(208)
    page = Page("Sheet1")
    cols = [
        col("住址", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}" if p.is_head else None),
        NAME,
        SEX,
        ID,
    ]
    page.headings(cols)
    for ms in families(town.people(40)):
        for m in ms:
            page.person(cols, m)
        page.line()
    return Roster("空行分户.xlsx", [page])


@roster
def contiguous_without_relation() -> Roster:
    town = Town(209)
    page = Page("Sheet1")
    cols = [
        col("楼号", "building", lambda p, i: p.building if p.is_head else None),
        col("单元", "unit", lambda p, i: p.unit if p.is_head else None),
        col("室", "room", lambda p, i: p.room if p.is_head else None),
        NAME,
        SEX,
        ID,
    ]
    page.headings(cols)
    page.people(cols, town.people(40))
    return Roster("连续.xlsx", [page])


@roster
def head_ticks() -> Roster:
    town = Town(212)
    page = Page("Sheet1")
    cols = [
        col("是否户主", "", lambda p, i: "是" if p.is_head else "否"),
        NAME,
        ID,
        col("住址", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}" if p.is_head else None),
    ]
    page.headings(cols)
    for p in town.people(30):
        page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p)
    page.truths = [
        Truth(
            x.page,
            x.row,
            replace(x.person, relation="户主" if x.person.is_head else ""),
            x.states | {"relation"},
        )
        for x in page.truths
    ]
    return Roster("户主勾.xlsx", [page])
