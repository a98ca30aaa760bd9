"""Rosters that differ in their headings and columns of ticks."""

from dataclasses import replace

from tests.importing.foreign.cells import (
    BIRTH,
    ETHNIC,
    ID,
    INDEX,
    NAME,
    NO_BIRTH,
    NOTE,
    PARTY,
    PHONE,
    PLACE,
    SEX,
    Roster,
    address,
    col,
    compact,
    fixed,
    long_address,
    name_cell,
    number_cell,
    phone_cell,
    roster,
)
from tests.importing.foreign.people import FAULTS, Page, Person, Town, letter


@roster
def three_rows_of_headings() -> Roster:
    town = Town(19)
    page = Page("基础信息")
    page.title("望海街道望海社区2026年度居民基础信息采集汇总表", 14)
    page.line("填报单位：望海社区居委会", *[None] * 9, "填报时间：2026年11月")
    page.line("序号", "基本信息", *[None] * 6, "联系方式", None, "住址信息", None, None, "其他")
    page.merges += ["A3:A5", "B3:H3", "I3:J4", "K3:M3", "N3:N5"]
    page.line(
        None,
        "姓名",
        "性别",
        "民族",
        "证件信息",
        None,
        "出生\n日期",
        "政治\n面貌",
        None,
        None,
        "现住址",
        None,
        None,
    )
    page.merges += ["B4:B5", "C4:C5", "D4:D5", "E4:F4", "G4:G5", "H4:H5", "K4:M4"]
    page.line(
        None,
        None,
        None,
        None,
        "类型",
        "号码",
        None,
        None,
        "手机",
        "固定电话",
        "楼栋",
        "单元",
        "房号",
    )
    page.line(
        "eg",
        "张三",
        "男",
        "汉族",
        "身份证",
        "210214195501010011",
        "1955-01-01",
        "群众",
        "13800000000",
        None,
        "1号楼",
        "1单元",
        "101",
    )
    page.heading_rows = [3, 4, 5]
    columns = [
        INDEX,
        NAME,
        SEX,
        ETHNIC,
        fixed("类型", "居民身份证"),
        ID,
        col("", "birth", lambda p, i: f"{p.birth:%Y-%m-%d}"),
        PARTY,
        col("", "phones", lambda p, i: phone_cell(p)),
        fixed("", None),
        col("", "building", lambda p, i: p.building),
        col("", "unit", lambda p, i: p.unit),
        col("", "room", lambda p, i: p.room),
        NOTE,
    ]
    page.people(columns, town.plant(town.people(50)))
    page.line("合计", None, None, 53)
    help_page = Page("填表说明", is_roster=False)
    help_page.line("一、姓名须与身份证一致。")
    help_page.line("二、身份证号码须为18位，末位为字母的请用大写X。")
    help_page.line("三、联系电话可填多个，用顿号分隔。")
    return Roster("居民基础信息采集汇总表.xlsx", [help_page, page])


@roster
def printed_pages() -> Roster:
    """Headings, totals and signatures on every printed page."""
    town = Town(20)
    page = Page("打印稿")
    columns = [
        INDEX,
        NAME,
        SEX,
        col("年龄", "", lambda p, i: 2026 - p.birth.year),
        ID,
        PHONE,
        col("楼-单元-室", PLACE, lambda p, i: f"{p.building}-{p.unit}-{p.room}"),
        PARTY,
    ]
    faults = tuple(f for f in FAULTS if f != "birth_contradicts_id")
    people = town.plant(town.people(60), faults)
    for start in range(0, len(people), 12):
        page.title("望海社区居民花名册", 8)
        page.line("社区：望海社区", *[None] * 5, f"第{start // 12 + 1}页 共5页")
        page.headings(columns)
        part = people[start : start + 12]
        for offset, person in enumerate(part):
            page.person(columns, person, start + offset + 1)
        page.line("本页小计", None, f"{len(part)}人")
        page.line("填表人：", None, None, "负责人：")
        page.line()
    page.line("总计", None, f"{len(people)}人")
    return Roster("花名册打印稿.xlsx", [page])


@roster
def decorated_headings() -> Roster:
    town = Town(21)
    page = Page("导入模板")
    columns = [
        col("*姓名", "name", lambda p, i: name_cell(p)),
        col("*证件类型", "", lambda p, i: "居民身份证"),
        col("*证件号码（18位，文本格式）", "number sex birth", lambda p, i: number_cell(p)),
        col("性别(男/女)", "sex", lambda p, i: p.sex),
        col("出生日期（YYYY-MM-DD）", "birth", lambda p, i: f"{p.birth:%Y-%m-%d}"),
        col("民  族", "ethnic", lambda p, i: p.ethnic.removesuffix("族")),
        col(
            "政治面貌[选填]",
            "party",
            lambda p, i: {"中共党员": "党员", "共青团员": "团员"}.get(p.party, p.party),
        ),
        col("联系电话1", "phones", lambda p, i: phone_cell(p)),
        col("联系电话2", "", lambda p, i: None),
        col("*楼栋号", "building", lambda p, i: int(p.building)),
        col("单元号（无单元填0）", "unit", lambda p, i: int(p.unit)),
        col("*房间号", "room", lambda p, i: p.room),
    ]
    page.line("说明：带*为必填项，请勿修改表头，每次最多导入1000条")
    page.merges.append("A1:L1")
    page.headings(columns)
    page.line(
        "如：李四",
        "居民身份证",
        "如：210214198001010011",
        "男",
        "1980-01-01",
        "汉",
        "群众",
        "13900000000",
        None,
        1,
        1,
        "101",
    )
    page.people(columns, town.plant(town.people(40)))
    return Roster("人口导入模板_填好.xlsx", [page])


@roster
def english_headings() -> Roster:
    town = Town(22)
    page = Page("Residents")
    columns = [
        INDEX,
        col("Name", "name", lambda p, i: name_cell(p)),
        col("Gender", "sex", lambda p, i: {"男": "M", "女": "F"}[p.sex]),
        col("Date of Birth", "birth", lambda p, i: p.birth),
        col("ID Number", "number sex birth", lambda p, i: number_cell(p)),
        col("Phone", "phones", lambda p, i: phone_cell(p)),
        col("Building", "building", lambda p, i: int(p.building)),
        col("Unit", "unit", lambda p, i: int(p.unit)),
        col("Room", "room", lambda p, i: int(p.room)),
        fixed("Remarks", None),
    ]
    page.headings(columns)
    page.people(columns, town.plant(town.people(40)))
    return Roster("residents_export.xlsx", [page])


@roster
def columns_of_flags() -> Roster:
    town = Town(23)
    page = Page("民政台账")

    def tagged(p: Person) -> Person:
        tags = []
        if p.serial % 5 == 0:
            tags.append("低保")
        if p.serial % 7 == 0:
            tags.append("残疾人")
        if p.serial % 11 == 0:
            tags.append("退役军人")
        if p.serial % 6 == 0:
            tags.append("独居老人")
        state = ("人户一致", "人户一致", "人在户不在", "户在人不在")[p.serial % 4]
        return replace(
            p, tags=tuple(tags), residence=state, party="中共党员" if p.party == "中共党员" else ""
        )

    columns = [
        INDEX,
        NAME,
        SEX,
        ID,
        PHONE,
        col("楼", "building", lambda p, i: p.building + "#"),
        col("单元", "unit", lambda p, i: p.unit),
        col("室", "room", lambda p, i: p.room),
        col("是否党员", "party", lambda p, i: "是" if p.party else "否"),
        col("人户分离情况", "residence", lambda p, i: p.residence),
        col("低保", "tags", lambda p, i: "√" if "低保" in p.tags else None),
        col("残疾等级", "tags", lambda p, i: "二级" if "残疾人" in p.tags else None),
        col("是否退役军人", "tags", lambda p, i: "是" if "退役军人" in p.tags else "否"),
        col("独居老人", "tags", lambda p, i: 1 if "独居老人" in p.tags else None),
        fixed("是否志愿者", "否"),
        fixed("是否参加医保", "是"),
    ]
    page.headings(columns)
    faults = tuple(f for f in FAULTS if f != "birth_contradicts_id")
    page.people(columns, town.plant([tagged(p) for p in town.people(50)], faults))
    return Roster("民政对象台账.xlsx", [page])


@roster
def residence_words() -> Roster:
    town = Town(24)
    page = Page("实有人口")
    words = ("常住", "户籍", "流动人口", "租户", "空挂户", "人户一致", "户在人不在", "人在户不在")
    meant = (
        "人户一致",
        None,
        "人在户不在",
        "人在户不在",
        "户在人不在",
        "人户一致",
        "户在人不在",
        "人在户不在",
    )
    columns = [
        NAME,
        ID,
        col("人口类型", "residence", lambda p, i: words[p.serial % 8]),
        PHONE,
        col("地址", PLACE, lambda p, i: f"{p.building}号楼{p.unit}单元{p.room}室"),
        col(
            "政治面貌",
            "party",
            lambda p, i: {"中共党员": "中共党员", "共青团员": "共青团员", "群众": "群众"}[p.party],
        ),
    ]
    page.headings(columns)
    page.people(columns, [replace(p, residence=meant[p.serial % 8] or "") for p in town.people(24)])
    return Roster("实有人口.xlsx", [page])


@roster
def offset_table_with_form_head() -> Roster:
    town = Town(101)
    page = Page("花名册")
    page.line()
    page.line(None, None, "望海社区居民基本情况登记表")
    page.line(
        None, None, "社区名称", "望海社区", None, "联系人", "李芳", "联系电话", "0411-83120456"
    )
    page.line(None, None, "填表日期", "2026.9.1")
    cols = [
        fixed("", None),
        fixed("", None),
        INDEX,
        NAME,
        col("性\n别", "sex", lambda p, i: p.sex),
        col("民\n族", "ethnic", lambda p, i: p.ethnic),
        col("身 份 证 号", "number sex birth", lambda p, i: p.number),
        col("联 系 电 话", "phones", lambda p, i: phone_cell(p)),
        address("住 址", long_address),
    ]
    page.headings([replace(c, heading=c.heading or None) for c in cols])
    page.line(None, None, "甲", "乙", 1, 2, 3, 4, 5)
    page.people(cols, town.plant(town.people(30), NO_BIRTH))
    page.line(None, None, "合  计", None, None, None, "33人")
    page.line(None, None, "以上共33人，其中党员4人。")
    return Roster("偏移表.xlsx", [page])


@roster
def column_numbers_row() -> Roster:
    town = Town(102)
    page = Page("表1")
    cols = [INDEX, NAME, SEX, BIRTH, ID, PHONE, address("现居住地")]
    page.title("附件1", 7)
    page.title("居民基本信息统计表", 7)
    r = page.line(*(c.heading for c in cols))
    page.line()
    page.heading_rows = [r]
    page.merges += [f"{letter(i)}{r}:{letter(i)}{r + 1}" for i in range(1, 8)]
    page.line(*range(1, 8))
    page.people(cols, town.plant(town.people(30)))
    for i in range(33, 40):
        page.line(i)
    return Roster("栏次.xlsx", [page])


@roster
def odd_names_of_columns() -> Roster:
    town = Town(111)
    pages = []
    heads = [
        ("居民姓名", "身份证", "手机", "居住地"),
        ("老人姓名", "身份证件号码", "本人电话", "家庭地址"),
        ("申请人姓名", "公民身份证号", "移动电话", "详细地址"),
        ("人员姓名", "证件号", "联系号码", "房屋地址"),
        ("姓名（必填）", "身份证号（必填）", "电话号码", "现住地址"),
        ("住户姓名", "身份证号/护照号", "联系方式（手机）", "楼栋房号"),
        ("户主/成员姓名", "身份号码", "手机号", "门牌号"),
        ("儿童姓名", "儿童身份证号", "监护人电话_", "居住地址"),
        ("残疾人姓名", "残疾人身份证号", "本人手机", "住所"),
        ("产权人姓名", "身份证号", "电话", "房屋坐落"),
        ("联系人", "身份证号码", "联系电话", "实际居住地"),
    ]
    for k, (n, i_, ph, ad) in enumerate(heads):
        people = town.people(8)
        page = Page(f"表{k + 1}")
        cols = [
            INDEX,
            replace(NAME, heading=n),
            replace(ID, heading=i_),
            replace(PHONE, heading=ph)
            if not ph.endswith("_")
            else col(ph[:-1], "", lambda p, i: town.phone()),
            address(ad),
        ]
        page.headings(cols)
        page.people(cols, people)
        pages.append(page)
    return Roster("各种表头.xlsx", pages)


@roster
def codes_for_everything() -> Roster:
    town = Town(123)
    page = Page("导出")
    cols = [
        col("XM", "name", lambda p, i: p.name),
        col("XB", "sex", lambda p, i: {"男": "1", "女": "2"}[p.sex]),
        col("SFZH", "number sex birth", lambda p, i: p.number),
        col("LXDH", "phones", lambda p, i: phone_cell(p)),
        col("CSRQ", "birth", lambda p, i: compact(p)),
    ]
    page.headings(cols)
    page.people(cols, town.plant(town.people(30)))
    return Roster("拼音表头.xlsx", [page])


@roster
def big_notes_above() -> Roster:
    town = Town(124)
    page = Page("Sheet1")
    for x in (
        "关于做好2026年度居民信息采集工作的通知",
        "各网格：",
        "请于9月30日前完成。填写要求如下：",
        "1.姓名、性别、民族、出生日期、身份证号码、联系电话为必填；",
        "2.政治面貌填中共党员、共青团员、群众；",
        "3.居住状态填常住、租户、人在户不在。",
        "",
        "联系人：李芳 电话：13812345678",
        "",
    ):
        page.line(x or None)
    cols = [INDEX, NAME, SEX, ETHNIC, BIRTH, ID, PHONE, PARTY]
    page.headings(cols)
    page.people(cols, town.plant(town.people(25)))
    return Roster("长说明.xlsx", [page])
