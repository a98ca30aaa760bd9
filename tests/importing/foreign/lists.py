"""Rosters among other lists, lines and headings."""

from tests.importing.foreign.cells import ID, INDEX, NAME, PHONE, SEX, Roster, address, roster
from tests.importing.foreign.people import Page, Town


@roster
def many_sheets_with_other_lists() -> Roster:
    town = Town(215)
    page = Page("居民")
    cols = [INDEX, NAME, ID, PHONE, address("住址")]
    page.headings(cols)
    page.people(cols, town.people(20))
    a = Page("商户", is_roster=False)
    a.line("序号", "店名", "负责人", "联系电话", "地址")
    a.line(1, "福来超市", "李明", "13812345678", "望海路18号")
    b = Page("车辆", is_roster=False)
    b.line("车牌号", "车型", "颜色")
    b.line("辽B12345", "轿车", "白")
    c = Page("房屋", is_roster=False)
    c.line("楼号", "单元", "房号", "面积", "房屋状态")
    c.line("1", "1", "101", 88, "自住")
    d = Page("走访记录", is_roster=False)
    d.line("日期", "走访对象", "走访人", "内容")
    d.line("2026.9.1", "王兰", "李芳", "慰问")
    e = Page("目录", is_roster=False)
    e.line("目录")
    e.line("1", "居民")
    e.line("2", "商户")
    return Roster("综合台账.xlsx", [e, page, a, b, c, d])


@roster
def person_over_two_lines() -> Roster:
    town = Town(216)
    page = Page("Sheet1")
    cols = [INDEX, NAME, SEX, ID, PHONE]
    page.headings(cols)
    for i, p in enumerate(town.people(12), 1):
        second = f"139{i:08}"
        row = page.line(i, p.name, p.sex, p.number, p.phones[0] if p.phones else None)
        page.line(None, None, None, None, second)
        page.merges += [f"{x}{row}:{x}{row + 1}" for x in "ABCD"]
        page.true_here(row, cols, p)
    return Roster("两行电话.xlsx", [page])


@roster
def title_contains_words() -> Roster:
    town = Town(217)
    page = Page("Sheet1")
    cols = [INDEX, NAME, SEX, ID, PHONE]
    page.line("姓名、性别、身份证号码、电话须填写完整")
    page.line("单位", "望海社区", "电话", "83120456")
    page.headings(cols)
    page.people(cols, town.people(15))
    return Roster("提示词.xlsx", [page])


@roster
def repeated_headings_with_reordered_columns() -> Roster:
    town = Town(218)
    page = Page("Sheet1")
    a = [NAME, ID, PHONE]
    b = [PHONE, NAME, ID]
    ps = town.people(20)
    page.headings(a)
    page.people(a, ps[:10])
    page.line()
    page.headings(b)
    page.people(b, ps[10:])
    return Roster("换列.xlsx", [page])


@roster
def sep_line_csv() -> Roster:
    town = Town(211)
    page = Page("分隔")
    cols = [NAME, SEX, ID, PHONE]
    page.line("sep=,")
    page.headings(cols)
    page.people(cols, town.people(10))
    r = Roster("分隔.csv", [page], encoding="utf-8-sig")
    return r
