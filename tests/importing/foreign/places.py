"""Rosters that differ in how they write where people live."""

from dataclasses import replace

from tests.importing.foreign.cells import (
    BIRTH,
    ETHNIC,
    ID,
    INDEX,
    NAME,
    NOTE,
    NUM,
    ONLY_ID,
    PARTY,
    PHONE,
    PLACE,
    RELATION,
    SEX,
    Roster,
    address,
    col,
    cycle,
    fixed,
    long_address,
    number_cell,
    phone_cell,
    roster,
)
from tests.importing.foreign.people import FAULTS, Page, Person, Town


@roster
def big_flat() -> Roster:
    """Headings in the first row, everything in one sheet, an address in one column."""
    town = Town(11)
    page = Page("Sheet1")
    columns = [
        INDEX,
        NAME,
        SEX,
        ETHNIC,
        BIRTH,
        ID,
        fixed("文化程度", "初中", "高中", "大专", "本科", "小学"),
        fixed("婚姻状况", "已婚", "未婚", "丧偶", "离异"),
        PARTY,
        PHONE,
        col("家庭住址", PLACE, lambda p, i: long_address(p)),
        NOTE,
    ]
    page.headings(columns)
    people = town.plant(town.people(60))
    page.people(columns, people)
    page.line("合计", f"{len(people)}人")
    page.line("制表人：李主任", None, None, "审核人：", None, None, "2026年10月8日")
    return Roster("居民信息汇总表.xlsx", [page])


@roster
def addresses_of_all_kinds() -> Roster:
    town = Town(12)
    page = Page("居民名单")
    shapes = cycle(
        lambda p: f"{p.building}号楼{p.unit}单元{p.room}室",
        lambda p: f"{p.building}#{p.unit}-{p.room}",
        lambda p: f"{p.building}-{p.unit}-{p.room}",
        lambda p: f"{p.building}-{p.unit}-{p.room}室",
        lambda p: f"{NUM[p.building]}号楼{NUM[p.unit]}单元{p.room}",
        lambda p: f"{p.building}栋{p.unit}门{p.room}号",
        lambda p: f"普兰店区望海街道望海路18号{p.building}幢{p.unit}单元{p.room}室",
        lambda p: f"望海花园{p.building}号楼{p.unit}单元{p.room}室",
        lambda p: f"{p.building}#楼{p.unit}单元{p.room}",
        lambda p: f" {p.building} 号楼 {p.unit} 单元 {p.room} ",
        lambda p: f"{p.building}—{p.unit}—{p.room}",
        lambda p: f"望海园小区{p.building}-{p.unit}-{p.room}",
        lambda p: f"{p.building}号{p.unit}单元{p.room}",
        lambda p: f"海滨小区{p.building}栋{p.unit}单元{p.room}房",
        lambda p: f"{p.building}/{p.unit}/{p.room}",
        lambda p: f"辽宁省大连市普兰店区丰荣街道望海社区{p.building}号楼{p.unit}单元{p.room}室",
    )
    columns = [
        INDEX,
        NAME,
        col("性别", "sex", cycle(lambda p: p.sex, lambda p: p.sex + "性")),
        ID,
        col("现住址", PLACE, shapes),
        PHONE,
    ]
    page.title("望海社区居民名单", 6)
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f != "birth_contradicts_id")
    page.people(columns, town.plant(town.people(70), faults))
    return Roster("居民名单（各楼汇总）.xlsx", [page])


@roster
def towers_without_units() -> Roster:
    town = Town(13)
    page = Page("A区")
    people = [
        replace(
            p, building=f"{'ABC'[int(p.building) % 3]}座" if p.serial % 2 else p.building, unit=""
        )
        for p in town.people(40)
    ]
    people = [replace(p, building=p.building.replace("座", "")) for p in people]

    def address(p: Person) -> str:
        if p.building.isdigit():
            return (
                f"{p.building}号楼{p.room}",
                f"{p.building}-{p.room}",
                f"{p.building}#{p.room}",
            )[p.serial % 3]
        return (f"{p.building}座{p.room}", f"{p.building}座{p.room}室", f"{p.building}座-{p.room}")[
            p.serial % 3
        ]

    columns = [NAME, ID, PHONE, col("住址", PLACE, lambda p, i: address(p))]
    page.headings(columns)
    page.people(
        columns,
        town.plant(
            people, tuple(f for f in ONLY_ID if f not in ("duplicate_person", "id_on_two_names"))
        ),
    )
    return Roster("高层住户.xlsx", [page])


@roster
def sheet_per_building() -> Roster:
    town = Town(14)
    people = town.plant(town.people(60, buildings=3), ONLY_ID)
    pages = []
    for building in ("1", "2", "3", "31"):
        page = Page(f"{building}号楼")
        columns = [
            INDEX,
            col("房号", "unit room", lambda p, i: f"{p.unit}-{p.room}"),
            NAME,
            RELATION,
            col("公民身份证号码", "number sex birth", lambda p, i: number_cell(p)),
            col("手机号码", "phones", lambda p, i: phone_cell(p)),
            NOTE,
        ]
        page.title(f"望海社区{building}号楼居民情况登记表", 7)
        page.headings(columns)
        for index, person in enumerate((p for p in people if p.building == building), 1):
            row = page.line(*(c.cell(person, index) for c in columns))
            page.true_here(row, columns, person, "building")
        page.line(None)
        page.line("注：1.本表由网格员填写；2.身份证号请核对。")
        pages.append(page)
    return Roster("分楼栋台账.xlsx", pages)


@roster
def units_as_section_rows() -> Roster:
    """A line '3号楼2单元' above the people who live there."""
    town = Town(15)
    page = Page("Sheet1")
    columns = [col("门牌号", "room", lambda p, i: p.room + "室"), NAME, SEX, ID, PHONE]
    page.title("望海社区楼栋居民一览表", 5)
    page.headings(columns)
    people = sorted(
        town.plant(
            town.people(40, buildings=3)[:], tuple(f for f in FAULTS if f != "birth_contradicts_id")
        ),
        key=lambda p: (int(p.building), p.unit),
    )
    place = None
    for index, person in enumerate(people, 1):
        if place != (person.building, person.unit):
            place = (person.building, person.unit)
            row = page.line(f"{person.building}号楼{person.unit}单元")
            page.merges.append(f"A{row}:E{row}")
        row = page.line(*(c.cell(person, index) for c in columns))
        page.true_here(row, columns, person, "building unit")
    return Roster("楼栋居民一览表.xlsx", [page])


@roster
def household_number_is_address() -> Roster:
    town = Town(105)
    page = Page("Sheet1")
    cols = [
        col("户号", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}"),
        NAME,
        RELATION,
        ID,
        PHONE,
    ]
    page.headings(cols)
    page.people(cols, town.plant(town.people(30), ONLY_ID))
    return Roster("户号即住址.xlsx", [page])


@roster
def sheet_per_unit() -> Roster:
    town = Town(106)
    people = town.people(50, buildings=2)
    pages = []
    for b in "12":
        for u in "1234":
            page = Page(f"{b}号楼{u}单元")
            cols = [col("室", "room", lambda p, i: p.room), NAME, RELATION, ID, PHONE]
            page.headings(cols)
            for p in people:
                if (p.building, p.unit) == (b, u):
                    page.true_here(
                        page.line(*(c.cell(p, 1) for c in cols)), cols, p, "building unit"
                    )
            pages.append(page)
    return Roster("分单元.xlsx", pages)


@roster
def sheets_hash() -> Roster:
    town = Town(107)
    people = town.people(40, buildings=3)
    pages = []
    for b, n in (("1", "1#"), ("2", "2#楼"), ("3", "3栋")):
        page = Page(n)
        cols = [
            col("单元", "unit", lambda p, i: p.unit),
            col("房间", "room", lambda p, i: p.room),
            NAME,
            ID,
            PHONE,
        ]
        page.headings(cols)
        for p in people:
            if p.building == b:
                page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p, "building")
        pages.append(page)
    return Roster("井号楼.xlsx", pages)


@roster
def grids_by_sheet_names() -> Roster:
    town = Town(108)
    people = town.people(50, grids=4)
    pages = []
    for gr, n in ((1, "一网格"), (2, "网格2"), (3, "03网格"), (4, "望海社区第四网格（刘芳）")):
        page = Page(n)
        cols = [INDEX, NAME, ID, PHONE, address("地址")]
        page.headings(cols)
        for p in people:
            if p.grid == gr:
                page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p, "grid")
        pages.append(page)
    return Roster("网格表名.xlsx", pages)


@roster
def place_headings() -> Roster:
    town = Town(112)
    pages = []
    for k, (b, u, r) in enumerate(
        [
            ("楼", "单元", "户"),
            ("栋", "单元", "房"),
            ("楼幢", "单元", "室号"),
            ("楼号", "门", "室"),
            ("楼座", "单元号", "门牌"),
            ("幢号", "单元", "房间号"),
            ("楼栋号", "单元", "门牌号"),
            ("所在楼栋", "所在单元", "房屋号"),
            ("栋号", "梯", "房号"),
            ("楼宇", "单元", "户室"),
            ("几号楼", "几单元", "几室"),
        ]
    ):
        people = town.people(8)
        page = Page(f"表{k + 1}")
        cols = [
            INDEX,
            NAME,
            ID,
            PHONE,
            col(b, "building", lambda p, i: p.building),
            col(u, "unit", lambda p, i: p.unit),
            col(r, "room", lambda p, i: p.room),
        ]
        page.headings(cols)
        page.people(cols, people)
        pages.append(page)
    return Roster("楼单元室.xlsx", pages)


@roster
def unit_and_building_section_rows() -> Roster:
    town = Town(116)
    page = Page("Sheet1")
    people = sorted(town.people(40, buildings=3), key=lambda p: (int(p.building), p.unit))
    cols = [col("房号", "room", lambda p, i: p.room), NAME, ID, PHONE]
    page.headings(cols)
    b = u = None
    for p in people:
        if p.building != b:
            b = p.building
            u = None
            page.line(f"{b}号楼")
        if p.unit != u:
            u = p.unit
            page.line(f"{NUM[u]}单元")
        page.true_here(page.line(*(c.cell(p, 1) for c in cols)), cols, p, "building unit")
    return Roster("楼和单元分段.xlsx", [page])


@roster
def registered_first() -> Roster:
    """Registered address columns before the home columns, both in parts."""
    town = Town(117)
    page = Page("Sheet1")
    page.line("姓名", "身份证号", "户籍地址", None, None, "现住址", None, None, "电话")
    page.line(None, None, "楼号", "单元", "室", "楼号", "单元", "室", None)
    page.merges += ["A1:A2", "B1:B2", "C1:E1", "F1:H1", "I1:I2"]
    page.heading_rows = [1, 2]
    cols = [
        NAME,
        ID,
        fixed("", "9"),
        fixed("", "9"),
        fixed("", "909"),
        col("", "building", lambda p, i: p.building),
        col("", "unit", lambda p, i: p.unit),
        col("", "room", lambda p, i: p.room),
        PHONE,
    ]
    page.people(cols, town.plant(town.people(30), ONLY_ID))
    return Roster("户籍与现住.xlsx", [page])


@roster
def floor_column() -> Roster:
    town = Town(125)
    page = Page("Sheet1")
    cols = [
        col("楼栋", "building", lambda p, i: p.building),
        col("单元", "unit", lambda p, i: p.unit),
        col("楼层", "", lambda p, i: int(p.room[:-2])),
        col("房号", "room", lambda p, i: p.room),
        NAME,
        ID,
        PHONE,
    ]
    page.headings(cols)
    page.people(cols, town.people(15))
    return Roster("楼层.xlsx", [page])


@roster
def ditto_marks() -> Roster:
    town = Town(103)
    page = Page("Sheet1")

    def d(get):
        def cell(p, i):
            if p.is_head:
                return get(p)
            return ("〃", "同上", "″", '"')[p.serial % 4]

        return cell

    cols = [
        NAME,
        RELATION,
        ID,
        col("楼号", "building", d(lambda p: p.building + "号楼")),
        col("单元", "unit", d(lambda p: p.unit)),
        col("房号", "room", d(lambda p: p.room)),
        PHONE,
    ]
    page.headings(cols)
    page.people(cols, town.plant(town.people(30), ONLY_ID))
    return Roster("同上.xlsx", [page])


@roster
def ditto_address() -> Roster:
    town = Town(104)
    page = Page("Sheet1")
    cols = [
        INDEX,
        NAME,
        RELATION,
        ID,
        col("家庭住址", PLACE, lambda p, i: long_address(p) if p.is_head else "同上"),
    ]
    page.headings(cols)
    page.people(cols, town.plant(town.people(30), tuple(f for f in ONLY_ID if f != "phone_length")))
    return Roster("同上2.xlsx", [page])
