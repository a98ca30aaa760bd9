"""Lists that other work leaves behind: pupils, veterans, voters, owners and tenants, dogs."""

from dataclasses import replace
from datetime import date

from tests.importing.foreign.cells import (
    ID,
    INDEX,
    NAME,
    NO_BIRTH,
    PHONE,
    SEX,
    Roster,
    address,
    col,
    fixed,
    phone_cell,
    roster,
)
from tests.importing.foreign.people import Page, Town


@roster
def three_per_line_with_serials() -> Roster:
    town = Town(301)
    page = Page("Sheet1")
    cols = [INDEX, NAME, PHONE, address("房号")]
    page.title("通讯录", 12)
    page.heading_rows.append(page.line(*[c.heading for c in cols] * 3))
    ps = town.people(31)
    for k in range(0, len(ps), 3):
        row = page.line(*[c.cell(p, k + n) for n, p in enumerate(ps[k : k + 3], 1) for c in cols])
        for p in ps[k : k + 3]:
            page.true_here(row, cols, p)
    return Roster("三列.xlsx", [page])


@roster
def heads_with_listed_members() -> Roster:
    town = Town(302)
    page = Page("Sheet1")
    cols = [
        INDEX,
        col("户主姓名", "name", lambda p, i: p.name),
        col("身份证号", "number sex birth", lambda p, i: p.number),
        PHONE,
        col("家庭成员", "", lambda p, i: "王芳、李小明、李丽" if i % 3 else "妻：王芳"),
        address("住址"),
    ]
    page.headings(cols)
    for i, p in enumerate([p for p in town.people(40) if p.is_head], 1):
        page.true_here(page.line(*(c.cell(p, i) for c in cols)), cols, p, "relation")
    return Roster("户主与家人.xlsx", [page])


@roster
def owners_and_tenants() -> Roster:
    town = Town(303)
    page = Page("Sheet1")
    cols = [
        col("楼号", "building", lambda p, i: p.building),
        col("单元", "unit", lambda p, i: p.unit),
        col("房号", "room", lambda p, i: p.room),
        col("业主姓名", "name", lambda p, i: p.name),
        col("业主身份证号", "number sex birth", lambda p, i: p.number),
        col("业主电话", "phones", lambda p, i: phone_cell(p)),
    ]
    ten = [
        col("租户姓名", "name", lambda p, i: p.name),
        col("租户身份证号", "number sex birth", lambda p, i: p.number),
        col("租户电话", "phones", lambda p, i: phone_cell(p)),
    ]
    page.headings([*cols, *ten])
    ps = [p for p in town.people(60)]
    for k, p in enumerate([p for p in ps if p.is_head]):
        q = ps[-1 - k] if k % 4 == 0 and not ps[-1 - k].is_head else None
        row = page.line(*(c.cell(p, 1) for c in cols), *((c.cell(q, 1) for c in ten) if q else ()))
        page.true_here(row, cols, p)
        if q:
            page.true_here(
                row, [*cols[:3], *ten], replace(q, building=p.building, unit=p.unit, room=p.room)
            )
    return Roster("业主租户.xlsx", [page])


@roster
def students() -> Roster:
    town = Town(304)
    page = Page("Sheet1")
    cols = [
        INDEX,
        col("学生姓名", "name", lambda p, i: p.name),
        SEX,
        col("身份证号", "number sex birth", lambda p, i: p.number),
        fixed("就读学校", "一小"),
        fixed("年级", "三年级"),
        col("父亲姓名", "", lambda p, i: town.name("男")),
        col("父亲电话", "", lambda p, i: town.phone()),
        col("母亲姓名", "", lambda p, i: town.name("女")),
        col("母亲电话", "", lambda p, i: town.phone()),
        address("家庭住址"),
    ]
    page.headings(cols)
    page.people(cols, town.people(20))
    return Roster("学生.xlsx", [page])


@roster
def disabled() -> Roster:
    town = Town(305)
    page = Page("残疾人")
    cols = [
        INDEX,
        NAME,
        SEX,
        ID,
        col("残疾证号", "", lambda p, i: f"{p.number}42"),
        fixed("残疾类别", "肢体", "视力", "精神"),
        fixed("残疾等级", "一级", "二级", "四级"),
        PHONE,
        col("监护人", "", lambda p, i: town.name("男")),
        col("联系电话", "", lambda p, i: town.phone()),
        address("住址"),
    ]
    cols = [
        c
        for c in cols
        if c.heading != "监护人" and not (c.heading == "联系电话" and c.states == "")
    ]
    page.headings(cols)
    page.people(cols, [p for p in town.people(20)])
    page.truths = [
        replace(x, person=replace(x.person, tags=("残疾人",)), states=x.states | {"tags"})
        for x in page.truths
    ]
    return Roster("残疾人.xlsx", [page])


@roster
def veterans() -> Roster:
    town = Town(306)
    page = Page("退役军人")
    cols = [
        INDEX,
        NAME,
        ID,
        fixed("入伍时间", "1980.11"),
        fixed("退役时间", "1984.1"),
        fixed("部队", "某部"),
        fixed("优抚证号", "辽A0012345"),
        fixed("银行账号", "6222020200012345678"),
        PHONE,
        address("现住址"),
    ]
    page.headings(cols)
    page.people(cols, town.people(20))
    return Roster("退役军人.xlsx", [page])


@roster
def vaccination() -> Roster:
    town = Town(307)
    page = Page("摸排")
    cols = [
        INDEX,
        NAME,
        ID,
        PHONE,
        address("现住址"),
        fixed("第一针时间", date(2021, 5, 1)),
        fixed("第二针时间", date(2021, 6, 1)),
        fixed("第三针时间", None, date(2022, 1, 5)),
        fixed("未接种原因", None, "禁忌"),
        fixed("核酸时间", "2022-05-01 08:30"),
    ]
    page.headings(cols)
    page.people(
        cols, town.plant(town.people(30), tuple(f for f in NO_BIRTH if f != "sex_contradicts_id"))
    )
    return Roster("摸排.xlsx", [page])


@roster
def voters() -> Roster:
    town = Town(308)
    page = Page("选民")
    cols = [
        col("选民证号", "", lambda p, i: f"{i:06}"),
        NAME,
        SEX,
        col("年龄", "", lambda p, i: 2026 - p.birth.year),
        col("身份证号", "number sex birth", lambda p, i: p.number),
        fixed("选区", "第三选区"),
        col("楼组", "", lambda p, i: f"{p.building}号楼"),
        address("住址"),
        fixed("签名", None),
    ]
    page.title("望海社区居民选举选民登记名册", 9)
    page.headings(cols)
    page.people(cols, town.people(30))
    return Roster("选民.xlsx", [page])


@roster
def pensions() -> Roster:
    town = Town(309)
    page = Page("企退")
    cols = [
        INDEX,
        fixed("单位编号", "2102001"),
        col("个人编号", "", lambda p, i: f"21020{p.serial:07}"),
        NAME,
        col("社会保障号码", "number sex birth", lambda p, i: p.number),
        fixed("参加工作时间", "197601"),
        fixed("退休时间", "201203"),
        fixed("养老金", 2345.67),
        PHONE,
        address("家庭住址"),
    ]
    page.headings(cols)
    page.people(cols, town.people(30))
    return Roster("企退.xlsx", [page])


@roster
def dogs_and_cars() -> Roster:
    town = Town(310)
    page = Page("养犬")
    cols = [
        INDEX,
        col("犬主姓名", "name", lambda p, i: p.name),
        ID,
        PHONE,
        address("住址"),
        fixed("犬名", "豆豆"),
        fixed("品种", "泰迪"),
        fixed("犬证号", "20210001"),
        fixed("免疫日期", date(2026, 3, 1)),
    ]
    page.headings(cols)
    page.people(cols, town.people(15))
    return Roster("养犬.xlsx", [page])
