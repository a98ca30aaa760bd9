"""Rosters that differ in how they write households."""

from dataclasses import replace
from datetime import date

from tests.importing.foreign.cells import (
    ETHNIC,
    ID,
    NAME,
    NO_BIRTH,
    NOTE,
    ONLY_ID,
    PHONE,
    PLACE,
    RELATION,
    SEX,
    Roster,
    chinese_date,
    col,
    compact,
    cycle,
    dotted,
    fixed,
    name_cell,
    number_cell,
    phone_cell,
    roster,
    spread_name,
    truth,
)
from tests.importing.foreign.people import FAULTS, Page, Person, Town


@roster
def household_blocks() -> Roster:
    """Household number, address and the head's name merged over the lines of a household."""
    town = Town(16)
    page = Page("户籍台账")
    page.title("望海社区家庭户登记台账", 11)
    page.line("街道：望海街道", None, None, "社区（盖章）：", None, None, "填表日期：2026年9月30日")
    columns = [
        col("户编号", "", lambda p, i: f"H{p.household:04}" if p.is_head else None),
        col("住址", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}" if p.is_head else None),
        col("户主姓名", "", lambda p, i: name_cell(p) if p.is_head else None),
        col("家庭人口", "", lambda p, i: 3 if p.is_head else None),
        col("成员姓名", "name", lambda p, i: name_cell(p)),
        col(
            "与户主关系",
            "relation",
            cycle(lambda p: "本人" if p.is_head else p.relation, lambda p: p.relation),
        ),
        SEX,
        col("身份证号", "number sex birth", lambda p, i: number_cell(p)),
        ETHNIC,
        PHONE,
        NOTE,
    ]
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f != "birth_contradicts_id")
    people = town.plant(town.people(50), faults)
    first = 0
    for index, person in enumerate(people, 1):
        page.person(columns, person, index)
        row = len(page.cells)
        if person.is_head:
            first = row
        last = index == len(people) or people[index].is_head
        if last and row > first:
            page.merges += [f"{c}{first}:{c}{row}" for c in "ABCD"]
    return Roster("家庭户登记台账.xlsx", [page])


@roster
def households_with_blank_cells() -> Roster:
    """Address in three columns on the head's line only; kinship in a secretary's words."""
    town = Town(17)
    page = Page("人口信息")
    words = {
        "妻": ("配偶", "之妻", "妻子"),
        "子": ("儿子", "长子", "子"),
        "女": ("女儿", "长女", "之女"),
        "母": ("母亲", "母", "母亲"),
        "户主": ("户主", "户主", "本人"),
    }
    meant = {
        "配偶": "配偶",
        "之妻": "妻",
        "妻子": "妻",
        "儿子": "子",
        "长子": "长子",
        "子": "子",
        "女儿": "女",
        "长女": "长女",
        "之女": "女",
        "母亲": "母",
        "母": "母",
        "户主": "户主",
        "本人": "户主",
    }

    def spoken(p: Person) -> str:
        return words[p.relation][p.serial % 3]

    columns = [
        col("楼号", "building", lambda p, i: f"{p.building}号楼" if p.is_head else None),
        col("单元号", "unit", lambda p, i: f"{p.unit}单元" if p.is_head else None),
        col("室号", "room", lambda p, i: int(p.room) if p.is_head else None),
        col("姓  名", "name", lambda p, i: spread_name(p)),
        col("家庭关系", "relation", lambda p, i: spoken(p)),
        SEX,
        col("出生年月日", "birth", cycle(dotted, chinese_date, compact, lambda p: p.birth)),
        col("身份证\n号码", "number sex birth", lambda p, i: number_cell(p)),
        col("联系\n方式", "phones", lambda p, i: phone_cell(p)),
    ]
    page.title("望海社区人口信息采集表", 9)
    page.headings(columns)
    people = [p for p in town.plant(town.people(50))]
    for index, person in enumerate(people, 1):
        row = page.line(*(c.cell(person, index) for c in columns))
        page.true_here(row, columns, replace(person, relation=meant[spoken(person)]))
        if person.serial % 13 == 0:
            page.line()
    return Roster("人口信息采集表.xlsx", [page])


@roster
def two_people_in_a_line() -> Roster:
    town = Town(18)
    page = Page("通讯录")
    columns = [
        NAME,
        col("身份证号", "number sex birth", lambda p, i: number_cell(p)),
        col("电话", "phones", lambda p, i: phone_cell(p)),
    ]
    page.title("望海社区居民通讯录", 7)
    page.heading_rows.append(
        page.line(*(c.heading for c in columns), None, *(c.heading for c in columns))
    )
    people = town.plant(town.people(40), ONLY_ID)
    for start in range(0, len(people), 2):
        two = people[start : start + 2]
        cells: list[object] = []
        for person in two:
            cells += [*(c.cell(person, 1) for c in columns), None]
        row = page.line(*cells[:-1])
        for person in two:
            page.true_here(row, columns, person)
    return Roster("居民通讯录.xlsx", [page])


@roster
def vertical_groups_of_households_merged_all() -> Roster:
    """everything of the household merged incl. phone? no; 合并 楼/单元/室/户主 + total col"""
    town = Town(109)
    page = Page("入户登记")
    page.title("入户走访登记表", 10)
    page.line(
        "楼栋", "单元", "房号", "户主", "家庭成员情况", None, None, None, "联系电话", "走访日期"
    )
    page.line(None, None, None, None, "姓名", "关系", "性别", "身份证号", None, None)
    page.merges += ["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:H2", "I2:I3", "J2:J3"]
    page.heading_rows = [2, 3]
    cols = [
        col("", "building", lambda p, i: int(p.building) if p.is_head else None),
        col("", "unit", lambda p, i: int(p.unit) if p.is_head else None),
        col("", "room", lambda p, i: int(p.room) if p.is_head else None),
        col("", "", lambda p, i: p.name or None if p.is_head else None),
        NAME,
        RELATION,
        SEX,
        ID,
        PHONE,
        fixed("", date(2026, 9, 1)),
    ]
    people = town.plant(town.people(40), NO_BIRTH)
    first = 0
    for i, p in enumerate(people, 1):
        page.person(cols, p, i)
        row = len(page.cells)
        if p.is_head:
            first = row
        if (i == len(people) or people[i].is_head) and row > first:
            page.merges += [f"{c}{first}:{c}{row}" for c in "ABCD"]
    return Roster("入户走访.xlsx", [page])


@roster
def head_then_members_without_head_repeat() -> Roster:
    """Head in own columns; members listed in further columns, head not repeated."""
    town = Town(110)
    page = Page("家庭")
    cols = [
        "户主姓名",
        "户主身份证号",
        "户主电话",
        "住址",
        "成员姓名",
        "与户主关系",
        "成员身份证号",
    ]
    page.heading_rows.append(page.line(*cols))
    people = town.people(30)
    fam = {}
    for p in people:
        fam.setdefault(p.household, []).append(p)
    for ms in fam.values():
        h = ms[0]
        rest = ms[1:] or [None]
        for k, m in enumerate(rest):
            cells = (
                [h.name, h.number, phone_cell(h), f"{h.building}-{h.unit}-{h.room}"]
                if k == 0
                else [None] * 4
            )
            cells += [m.name, m.relation, m.number] if m else [None] * 3
            row = page.line(*cells)
            if k == 0:
                truth(page, row, h, ("name number sex birth phones relation " + PLACE))
            if m:
                truth(page, row, m, ("name number sex birth relation " + PLACE))
    return Roster("户主与成员.xlsx", [page])


@roster
def building_column_written_once() -> Roster:
    town = Town(115)
    page = Page("Sheet1")
    people = sorted(
        town.people(50, buildings=4), key=lambda p: (int(p.building), p.unit, p.household, p.serial)
    )
    prev = [None, None, None]
    [fixed("楼号", None)] * 3 + [NAME, RELATION, SEX, ID, PHONE]
    page.heading_rows.append(
        page.line("楼号", "单元", "房号", "姓名", "与户主关系", "性别", "身份证号", "电话")
    )
    rows = []
    for p in people:
        cur = [p.building, p.unit, p.household]
        c = []
        same = True
        for k, (a, b) in enumerate(zip(cur, prev, strict=False)):
            same = same and a == b
            c.append(None if same else (p.building + "号楼", p.unit + "单元", p.room)[k])
        prev = cur
        row = page.line(*c, p.name, p.relation, p.sex, p.number, phone_cell(p))
        truth(page, row, p, ("name sex number birth phones relation " + PLACE))
        rows.append(c)
    for k in range(3):
        start = None
        for idx, c in enumerate([*rows, ["x"] * 3]):
            if c[k] is not None:
                if start is not None and idx - start > 1:
                    page.merges.append(f"{'ABC'[k]}{start + 2}:{'ABC'[k]}{idx + 1}")
                start = idx
    return Roster("楼单元合并.xlsx", [page])
