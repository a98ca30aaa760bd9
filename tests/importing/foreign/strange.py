"""Sheets that hold more than one table, and text files."""

from collections.abc import Callable
from dataclasses import replace

from tests.importing.foreign.cells import (
    BIRTH,
    ETHNIC,
    ID,
    INDEX,
    NAME,
    NO_BIRTH,
    NOTE,
    ONLY_ID,
    PARTY,
    PHONE,
    PLACE,
    SEX,
    Roster,
    address,
    col,
    fixed,
    number_cell,
    phone_cell,
    roster,
)
from tests.importing.foreign.people import FAULTS, Page, Town


@roster
def two_tables_below_each_other() -> Roster:
    town = Town(39)
    page = Page("Sheet1")
    people = town.plant(town.people(50), ONLY_ID)
    first = [
        INDEX,
        NAME,
        ID,
        PHONE,
        col("住址", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}"),
    ]
    second = [
        NAME,
        col("性别", "sex", lambda p, i: p.sex),
        col("身份证号", "number sex birth", lambda p, i: number_cell(p)),
        fixed("户籍地", "吉林"),
        col("租住地址", PLACE, lambda p, i: f"{p.building}号楼{p.unit}单元{p.room}"),
        col("手机号", "phones", lambda p, i: phone_cell(p)),
    ]
    page.line("一、户籍人口")
    page.headings(first)
    page.people(first, people[:30])
    page.line()
    page.line("二、流动人口")
    page.headings(second)
    page.people(second, people[30:])
    return Roster("户籍和流动人口.xlsx", [page])


@roster
def notes_at_the_right() -> Roster:
    town = Town(40)
    page = Page("名册")
    columns = [
        INDEX,
        NAME,
        SEX,
        ID,
        PHONE,
        col("楼号", "building", lambda p, i: p.building),
        col("单元", "unit", lambda p, i: p.unit),
        col("门牌", "room", lambda p, i: p.room),
    ]
    page.title("望海社区居民名册", 8)
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f != "birth_contradicts_id")
    page.people(columns, town.plant(town.people(30), faults))
    for row, text in (
        (3, "填表要求："),
        (4, "1、身份证号码必须18位"),
        (5, "2、电话填写手机"),
        (6, "联系人：李主任 83120456"),
        (8, "姓名"),
        (9, "男"),
        (10, 13800001111),
    ):
        cells = page.cells[row - 1]
        cells += [None] * (10 - len(cells)) + [text]
    return Roster("名册.xlsx", [page])


@roster
def copies_and_hidden_sheets() -> Roster:
    town = Town(41)
    people = town.plant(town.people(30), ONLY_ID)
    page = Page("2026年")
    columns = [
        INDEX,
        NAME,
        ID,
        PHONE,
        col("住址", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}"),
    ]
    page.headings(columns)
    page.people(columns, people)
    old = Page("2025年（旧）", hidden=True, is_roster=False)
    old.headings(columns)
    for index, person in enumerate(people[:20], 1):
        old.line(*(c.cell(person, index) for c in columns))
    codes = Page("字典", is_roster=False)
    codes.line("民族", "政治面貌", "性别", "关系")
    for cells in (
        ("汉族", "群众", "男", "户主"),
        ("满族", "中共党员", "女", "妻"),
        ("回族", "共青团员", None, "子"),
    ):
        codes.line(*cells)
    return Roster("含旧表.xlsx", [page, old, codes, Page("Sheet3", is_roster=False)])


def _text(
    seed: int, name: str, encoding: str, delimiter: str, protect: Callable[[object], object]
) -> Roster:
    town = Town(seed)
    page = Page(name.split(".")[0])
    columns = [
        INDEX,
        NAME,
        SEX,
        col("身份证号", "number sex birth", lambda p, i: protect(number_cell(p))),
        BIRTH,
        PHONE,
        col("楼号", "building", lambda p, i: p.building),
        col("单元", "unit", lambda p, i: p.unit),
        col("房号", "room", lambda p, i: p.room),
        col("备注", "", lambda p, i: "甲,乙" if i % 5 == 0 else None),
    ]
    if seed % 2:
        page.line("望海社区居民信息表")
    page.headings(columns)
    page.people(columns, town.plant(town.people(40)))
    return Roster(name, [page], encoding=encoding, delimiter=delimiter)


@roster
def csv_gb18030() -> Roster:
    return _text(43, "居民表.csv", "gb18030", ",", lambda n: n)


@roster
def csv_utf8_bom() -> Roster:
    return _text(
        44, "居民表_utf8.csv", "utf-8-sig", ",", lambda n: f"{n}\t" if isinstance(n, str) else n
    )


@roster
def tab_separated() -> Roster:
    return _text(
        45, "居民表_tab.csv", "utf-16", "\t", lambda n: f"'{n}" if isinstance(n, str) else n
    )


@roster
def csv_plain_utf8() -> Roster:
    return _text(
        46, "居民表_plain.csv", "utf-8", ";", lambda n: f'="{n}"' if isinstance(n, str) else n
    )


@roster
def statistics_behind_and_beside() -> Roster:
    town = Town(121)
    page = Page("Sheet1")
    cols = [INDEX, NAME, SEX, ID, PHONE, address("住址")]
    page.headings(cols)
    page.people(cols, town.plant(town.people(20), NO_BIRTH))
    page.line()
    page.line("统计")
    page.line("性别", "男", "女", "合计")
    page.line("人数", 11, 12, 23)
    page.line("年龄段", "0-17", "18-59", "60以上")
    page.line("人数", 3, 11, 9)
    s = Page("统计", is_roster=False)
    s.line("楼栋", "户数", "人数", "党员", "低保", "残疾")
    s.line("1号楼", 12, 33, 2, 1, 1)
    s.line("2号楼", 10, 28, 2, 1, 1)
    s.line("合计", 22, 61, 4, 2, 2)
    return Roster("附统计.xlsx", [page, s])


@roster
def vacant_homes() -> Roster:
    town = Town(114)
    page = Page("Sheet1")
    cols = [
        INDEX,
        col("楼号", "building", lambda p, i: p.building),
        col("单元", "unit", lambda p, i: p.unit),
        col("房号", "room", lambda p, i: p.room),
        NAME,
        SEX,
        ID,
        PHONE,
        fixed("房屋状态", "自住"),
        NOTE,
    ]
    page.headings(cols)
    for i, p in enumerate(town.plant(town.people(30), NO_BIRTH), 1):
        page.person(cols, p, i)
        if i % 4 == 0:
            page.line(
                i,
                "5",
                "1",
                f"1{i:02}",
                *(
                    [None, None, None, None, "空置", "常年无人"]
                    if i % 8
                    else ["空房", None, None, None, "空置", None]
                ),
            )
    return Roster("空房.xlsx", [page])


@roster
def prefilled_serials_and_defaults() -> Roster:
    town = Town(120)
    page = Page("Sheet1")
    cols = [INDEX, NAME, SEX, ETHNIC, ID, PHONE, PARTY]
    page.headings(cols)
    page.people(cols, town.plant(town.people(20), NO_BIRTH))
    for i in range(30, 60):
        page.line(i, None, None, "汉族", None, None, None)
    return Roster("预填.xlsx", [page])


@roster
def formulas_and_errors() -> Roster:
    town = Town(113)
    page = Page("Sheet1")
    cols = [
        NAME,
        ID,
        col("性别", "", lambda p, i: "#N/A" if p.serial % 5 == 0 else p.sex),
        col("出生日期", "", lambda p, i: "#VALUE!" if p.serial % 7 == 0 else f"{p.birth:%Y-%m-%d}"),
        col("年龄", "", lambda p, i: "#REF!"),
        PHONE,
    ]
    page.headings(cols)
    page.people(cols, town.people(30))
    return Roster("公式.xlsx", [page])


@roster
def duplicates_in_disguise() -> Roster:
    town = Town(118)
    page = Page("一网格")
    h = Page("二网格")
    people = town.people(30)
    people = [replace(p, fault="") for p in people]
    cols = [NAME, ID, PHONE]
    for x in (page, h):
        x.headings(cols)
    page.people(cols, [replace(p, grid=1) for p in people])

    def twin(k, **kw):
        return replace(people[k], serial=100 + k, partner=k, **kw)

    def n(p):
        return str(p.number)

    old = [k for k, p in enumerate(people) if n(p)[6:8] == "19"]
    h.people(
        cols,
        [
            twin(
                old[0],
                number=n(people[old[0]])[:6] + n(people[old[0]])[8:17],
                fault="duplicate_person",
            ),
            twin(old[1], number=" ".join(n(people[old[1]])), fault="duplicate_person"),
            twin(
                old[2],
                name=people[old[2]].name[0] + " " + people[old[2]].name[1:],
                fault="duplicate_person",
            ),
            twin(old[3], name=people[old[3]].name + "（租户）", fault="duplicate_person"),
            twin(old[4], name="钱多多", fault="id_on_two_names"),
            twin(
                old[5],
                name="钱多多",
                number=n(people[old[5]])[:6] + n(people[old[5]])[8:17],
                fault="id_on_two_names",
            ),
        ],
    )
    for tr in page.truths + h.truths:
        object.__setattr__(tr, "states", tr.states | {"grid"})
    page.truths = [replace(tr, states=tr.states) for tr in page.truths]
    return Roster("两网格重复.xlsx", [page, h])


@roster
def same_name_different_people() -> Roster:
    """Clean: same names, twins with same birth date, same phone in a household."""
    town = Town(119)
    page = Page("Sheet1")
    people = town.people(20)
    a = people[0]
    ph = a.phones or ("13812345678",)
    people = [
        replace(p, name="王伟" if i % 5 == 0 else p.name, phones=ph) for i, p in enumerate(people)
    ]
    cols = [NAME, SEX, BIRTH, ID, PHONE, address("住址")]
    page.headings(cols)
    page.people(cols, people)
    no = replace(people[1], number="", name="李小宝")
    no2 = replace(people[2], number="", name="李小宝")
    page.people(cols, [no, no2])
    return Roster("同名.xlsx", [page])


@roster
def pinyin_tab_text() -> Roster:
    town = Town(129)
    page = Page("居民")
    cols = [NAME, SEX, ID, PHONE, address("住址")]
    page.headings(cols)
    page.people(
        cols, town.plant(town.people(20), tuple(f for f in NO_BIRTH if f != "id_lost_digits"))
    )
    return Roster("居民.txt", [page], encoding="gbk", delimiter="\t")


@roster
def csv_with_newlines_and_commas() -> Roster:
    town = Town(130)
    page = Page("居民2")
    cols = [
        NAME,
        SEX,
        ID,
        col("电话", "phones", lambda p, i: "\n".join((*p.phones, f"139{p.serial:08}"))),
        address("住址", lambda p: f"望海路18号,{p.building}号楼{p.unit}单元{p.room}"),
        col("备注", "", lambda p, i: '他说"好",\n行'),
    ]
    page.headings(cols)

    people = [replace(p, phones=(*p.phones, f"139{p.serial:08}")) for p in town.people(15)]
    cols[3] = col("电话", "phones", lambda p, i: "\n".join(p.phones))
    page.people(cols, people)
    return Roster("居民2.csv", [page], encoding="utf-8-sig")


@roster
def utf16be() -> Roster:
    town = Town(131)
    page = Page("居民3")
    cols = [NAME, SEX, ID, PHONE]
    page.headings(cols)
    page.people(cols, town.people(10))
    return Roster("居民3.csv", [page], encoding="utf-16", delimiter=",")
