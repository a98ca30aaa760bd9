"""Rosters of other offices, of property managers and of other programs."""

from dataclasses import replace
from datetime import date

from tests.importing.foreign.cells import (
    BIRTH,
    ETHNIC,
    ID,
    INDEX,
    NAME,
    NUM,
    ONLY_ID,
    PARTY,
    PHONE,
    PLACE,
    SEX,
    Roster,
    col,
    compact,
    cycle,
    fixed,
    name_cell,
    number_cell,
    phone_cell,
    roster,
)
from tests.importing.foreign.people import FAULTS, Page, Town


@roster
def police_xls() -> Roster:
    """A list of permanent residents printed by the police station, in the old format."""
    town = Town(25)
    page = Page("常住人口")
    columns = [
        col("户号", "", lambda p, i: f"2102140{p.household:05}"),
        col("与户主关系", "relation", lambda p, i: p.relation),
        NAME,
        fixed("曾用名", None),
        col("性别", "sex", lambda p, i: 1 if p.sex == "男" else 2),
        ETHNIC,
        col("出生日期", "birth", lambda p, i: int(compact(p))),
        col("公民身份号码", "number sex birth", lambda p, i: number_cell(p)),
        fixed("籍贯", "辽宁省大连市", "山东省烟台市"),
        fixed("文化程度", "初级中学教育", "大学本科教育", "小学教育"),
        fixed("婚姻状况", "已婚", "未婚", "丧偶"),
        fixed("兵役状况", "未服兵役"),
        fixed("服务处所", "无", "某厂"),
        col(
            "户籍地址",
            "",
            lambda p, i: f"辽宁省大连市普兰店区望海路18号{p.building}号楼{p.unit}单元{p.room}号",
        ),
        col(
            "现住址",
            PLACE,
            lambda p, i: f"辽宁省大连市普兰店区望海路18号{p.building}号楼{p.unit}单元{p.room}号",
        ),
        col("联系电话", "phones", lambda p, i: phone_cell(p)),
    ]
    page.headings(columns)
    page.people(columns, town.plant(town.people(50)))
    return Roster("常住人口登记.xls", [page])


@roster
def wps_et() -> Roster:
    town = Town(26)
    page = Page("Sheet1")
    columns = [
        INDEX,
        NAME,
        SEX,
        BIRTH,
        ID,
        col("电话", "phones", lambda p, i: phone_cell(p)),
        col("楼号", "building", lambda p, i: float(p.building)),
        col("单元", "unit", lambda p, i: float(p.unit)),
        col("房号", "room", lambda p, i: float(p.room)),
    ]
    page.title("望海社区居民表", 9)
    page.headings(columns)
    page.people(columns, town.plant(town.people(40)))
    return Roster("居民表.et", [page])


@roster
def family_planning() -> Roster:
    """Women with their husbands in further columns: the husband is no line of the roster."""
    town = Town(27)
    page = Page("育龄妇女")
    women = [replace(p, sex="女") for p in town.people(60) if p.sex == "女"][:24]
    columns = [
        INDEX,
        col("妇女姓名", "name", lambda p, i: name_cell(p)),
        col("出生年月", "birth", lambda p, i: f"{p.birth:%Y-%m-%d}"),
        col("身份证号", "number sex birth", lambda p, i: number_cell(p)),
        col("联系电话", "phones", lambda p, i: phone_cell(p)),
        col("丈夫姓名", "", lambda p, i: town.name("男")),
        col("丈夫身份证号", "", lambda p, i: town.number(date(1980, 5, 5), "男")),
        col("丈夫电话", "", lambda p, i: town.phone()),
        fixed("子女数", 1, 2, 0),
        fixed("避孕措施", "上环", "药具"),
        col("现居住地", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}"),
    ]
    page.title("育龄妇女基本情况登记表", 11)
    page.headings(columns)
    page.people(
        columns,
        town.plant(
            women,
            ("id_checksum", "id_lost_digits", "id_length", "birth_contradicts_id", "phone_length"),
        ),
    )
    return Roster("育龄妇女台账.xlsx", [page])


@roster
def party_members() -> Roster:
    town = Town(28)
    page = Page("党员花名册")
    columns = [
        INDEX,
        NAME,
        SEX,
        ETHNIC,
        col("出生年月", "", lambda p, i: f"{p.birth.year}.{p.birth.month:02}"),
        col("身份证号", "number sex birth", lambda p, i: number_cell(p)),
        fixed("学历", "大专", "高中"),
        fixed("入党时间", date(1999, 7, 1), "2001.06"),
        fixed("转正时间", date(2000, 7, 1), "2002.06"),
        fixed("所在党支部", "第一党支部", "第二党支部"),
        col("党内职务", "", lambda p, i: "支部书记" if i == 1 else None),
        col("手机", "phones", lambda p, i: phone_cell(p)),
        fixed("是否缴纳党费", "是"),
    ]
    page.title("中共望海社区总支部委员会党员花名册", 13)
    page.line("统计截止日期：2026年6月30日")
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f not in ("birth_contradicts_id",))
    page.people(columns, [replace(p, party="") for p in town.plant(town.people(30), faults)])
    return Roster("党员花名册.xlsx", [page])


@roster
def old_age_allowance() -> Roster:
    """Bank cards and relatives' telephones stand beside the person's own."""
    town = Town(29)
    page = Page("80岁以上")
    old = [
        replace(p, **grown)
        for p in town.people(30)
        for grown in [dict(birth=date(1930 + p.serial % 16, 1 + p.serial % 12, 1 + p.serial % 28))]
    ]
    old = [replace(p, number=town.number(p.birth, p.sex)) for p in old]
    columns = [
        INDEX,
        NAME,
        SEX,
        col("年龄", "", lambda p, i: 2026 - p.birth.year),
        col("身份证号码", "number sex birth", lambda p, i: number_cell(p)),
        col("银行卡号", "", lambda p, i: f"6217{p.serial:015}"),
        fixed("开户行", "中国银行普兰店支行"),
        fixed("金额（元）", 100, 200, 500.0),
        col("联系电话", "phones", lambda p, i: phone_cell(p)),
        col("监护人姓名", "", lambda p, i: town.name("男")),
        col("监护人电话", "", lambda p, i: town.phone()),
        col("监护人身份证号", "", lambda p, i: town.number(date(1970, 5, 5), "男")),
        col("居住地址", PLACE, lambda p, i: f"{p.building}号楼{p.unit}单元{p.room}"),
        fixed("领取人签字", None),
    ]
    page.title("普兰店区80周岁以上老年人高龄津贴发放花名册", 14)
    page.line("单位：元")
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f not in ("birth_contradicts_id",))
    page.people(columns, town.plant(old, faults))
    page.line("合计", *[None] * 6, 8600)
    page.line("经办人：", None, None, "主管领导：", None, None, "年  月  日")
    return Roster("高龄津贴发放花名册.xlsx", [page])


@roster
def property_manager() -> Roster:
    """Owners by home, empty homes among them, with cars, fees and areas."""
    town = Town(30)
    page = Page("业主资料")
    columns = [
        col("楼栋", "building", lambda p, i: f"{p.building}栋"),
        col("单元", "unit", lambda p, i: f"{p.unit}单元"),
        col("房号", "room", lambda p, i: p.room),
        fixed("建筑面积", 89.5, 120.33, 76),
        col("业主姓名", "name", lambda p, i: name_cell(p)),
        col("业主身份证号", "number sex birth", lambda p, i: number_cell(p)),
        col("业主电话", "phones", lambda p, i: phone_cell(p)),
        fixed("入住时间", date(2015, 5, 1), "2016.8", None),
        fixed("车牌号", "辽B12345", None),
        fixed("车位号", "B1-023", None),
        fixed("欠费金额", 0, 1280.5),
        fixed("备注", None, "空置"),
    ]
    page.line("望海花园小区业主资料")
    page.headings(columns)
    people = town.plant(
        [p for p in town.people(70) if p.is_head],
        tuple(f for f in ONLY_ID if f != "duplicate_person"),
    )
    for index, person in enumerate(people, 1):
        page.person(columns, person, index)
        if index % 6 == 0:
            page.line(
                "9栋", "4单元", f"2{index:02}", 89.5, None, None, None, None, None, None, 0, "空置"
            )
    return Roster("业主资料.xlsx", [page])


@roster
def migrants() -> Roster:
    town = Town(31)
    page = Page("流动人口")
    columns = [
        INDEX,
        NAME,
        SEX,
        ID,
        col("户籍地址", "", lambda p, i: f"吉林省长春市朝阳区红旗街{p.serial}号3号楼5单元401"),
        col("现居住地址", PLACE, lambda p, i: f"{p.building}号楼{p.unit}单元{p.room}室"),
        fixed("来本地时间", date(2024, 3, 1), "2025.6"),
        col("居住证号", "", lambda p, i: f"2102{p.serial:08}"),
        fixed("工作单位", "某饭店", "外卖"),
        PHONE,
        col("房东姓名", "", lambda p, i: town.name("男")),
        col("房东电话", "", lambda p, i: town.phone()),
        fixed("居住事由", "务工", "投亲"),
        fixed("紧急联系人电话", "13900001111"),
    ]
    page.title("流动人口登记簿", 14)
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f not in ("birth_contradicts_id",))
    page.people(columns, town.plant(town.people(40), faults))
    return Roster("流动人口登记簿.xlsx", [page])


@roster
def grid_system_export() -> Roster:
    """Forty columns of a computer system, most of them of no use here."""
    town = Town(32)
    page = Page("export")
    columns = [
        col("人员ID", "", lambda p, i: f"8a7b{p.serial:028}"),
        col("网格编码", "", lambda p, i: f"21021400100{p.grid}0000"),
        col("所属网格", "grid", lambda p, i: f"望海社区第{NUM[str(p.grid)]}网格"),
        fixed("网格员", "刘网格"),
        fixed("网格员电话", "13800001234"),
        col("姓名", "name", lambda p, i: name_cell(p)),
        fixed("姓名拼音", "zhangsan"),
        col("证件类型", "", lambda p, i: "居民身份证"),
        col("证件号码", "number sex birth", lambda p, i: number_cell(p)),
        col("性别代码", "", lambda p, i: 1 if p.sex == "男" else 2),
        col("性别", "sex", lambda p, i: p.sex),
        col("出生日期", "birth", lambda p, i: f"{p.birth:%Y-%m-%d} 00:00:00"),
        fixed("民族代码", "01"),
        ETHNIC,
        fixed("学历", "本科"),
        PARTY,
        fixed("宗教信仰", None),
        fixed("职业", "工人"),
        col("联系方式", "phones", lambda p, i: phone_cell(p)),
        fixed("户籍地行政区划", "210214"),
        fixed("户籍详细地址", "某镇某村"),
        col("小区名称", "", lambda p, i: "望海花园"),
        col("楼栋名称", "building", lambda p, i: f"{p.building}号楼"),
        col("单元名称", "unit", lambda p, i: f"{p.unit}单元"),
        col("房屋编号", "room", lambda p, i: p.room),
        fixed("经度", 121.97),
        fixed("纬度", 39.39),
        fixed("创建时间", "2024-03-05 12:33:10"),
        fixed("创建人", "admin"),
        fixed("更新时间", "2025-03-05 12:33:10"),
        fixed("更新人", "liu"),
        fixed("数据来源", "网格采集"),
        fixed("状态", "正常"),
    ]
    page.headings(columns)
    page.people(columns, town.plant(town.people(60, grids=3)))
    return Roster("人口导出_20261101.xlsx", [page])


@roster
def grid_in_the_title() -> Roster:
    town = Town(33)
    pages = []
    everyone = town.plant(town.people(60, grids=3), ONLY_ID)
    for grid, sheet in ((1, "Sheet1"), (2, "Sheet2"), (3, "Sheet3")):
        page = Page(sheet)
        columns = [
            INDEX,
            NAME,
            ID,
            PHONE,
            col("住址", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}"),
        ]
        page.title(f"望海社区第{NUM[str(grid)]}网格居民花名册", 5)
        page.line("网格长：王网格   电话：13812345678")
        page.headings(columns)
        for index, person in enumerate((p for p in everyone if p.grid == grid), 1):
            row = page.line(*(c.cell(person, index) for c in columns))
            page.true_here(row, columns, person, "grid")
        pages.append(page)
    table = Page("统计表", is_roster=False)
    table.title("望海社区人口统计表", 5)
    table.line("网格", "户数", "人数", "60岁以上", "党员")
    for grid in "一二三":
        table.line(f"第{grid}网格", 20, 60, 11, 5)
    table.line("合计", 60, 180, 33, 15)
    return Roster("分网格花名册.xlsx", [*pages, table])


@roster
def grid_column() -> Roster:
    town = Town(34)
    page = Page("全体居民")
    shapes = cycle(
        lambda p: f"{NUM[str(p.grid)]}网格",
        lambda p: f"第{p.grid}网格",
        lambda p: f"网格{p.grid}",
        lambda p: p.grid,
        lambda p: f"{p.grid}网格",
        lambda p: f"第{NUM[str(p.grid)]}网格",
    )
    columns = [
        col("网格", "grid", shapes),
        fixed("网格员姓名", "李网格", "王网格"),
        NAME,
        SEX,
        BIRTH,
        ID,
        PHONE,
        col(
            "楼栋",
            "building",
            cycle(
                lambda p: p.building,
                lambda p: p.building + "号楼",
                lambda p: NUM[p.building] + "号楼",
                lambda p: p.building + "幢",
                lambda p: int(p.building),
            ),
        ),
        col(
            "单元",
            "unit",
            cycle(
                lambda p: p.unit,
                lambda p: p.unit + "单元",
                lambda p: NUM[p.unit] + "单元",
                lambda p: p.unit + "门",
            ),
        ),
        col(
            "室",
            "room",
            cycle(
                lambda p: p.room,
                lambda p: p.room + "室",
                lambda p: int(p.room),
                lambda p: p.room + "号",
            ),
        ),
    ]
    page.headings(columns)
    page.people(columns, town.plant(town.people(50, grids=5)))
    return Roster("全体居民.xlsx", [page])
