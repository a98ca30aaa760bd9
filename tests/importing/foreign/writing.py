"""Rosters that differ in how dates, numbers and names are written."""

from dataclasses import replace
from datetime import date, datetime

from tests.importing.foreign.cells import (
    BIRTH,
    ID,
    INDEX,
    NAME,
    PHONE,
    SEX,
    Roster,
    chinese_date,
    col,
    compact,
    cycle,
    dotted,
    fixed,
    name_cell,
    phone_cell,
    roster,
    spread_name,
)
from tests.importing.foreign.people import Page, Person, Town, check_digit


@roster
def dates_of_all_kinds() -> Roster:
    town = Town(35)
    page = Page("Sheet1")
    shapes = cycle(
        dotted,
        chinese_date,
        compact,
        lambda p: p.birth,
        lambda p: datetime(p.birth.year, p.birth.month, p.birth.day),
        lambda p: int(compact(p)),
        lambda p: (p.birth - date(1899, 12, 30)).days if p.birth.year >= 1927 else p.birth,
        lambda p: f"{p.birth.year}/{p.birth.month}/{p.birth.day}",
        lambda p: f"{p.birth.year}年{p.birth.month}月",
        lambda p: f"{p.birth.year}.{p.birth.month:02}",
        lambda p: f"{p.birth:%Y-%m-%d} 00:00:00",
        lambda p: (
            f"{p.birth.year % 100:02}-{p.birth.month:02}-{p.birth.day:02}"
            if p.birth.year < 2000
            else dotted(p)
        ),
        lambda p: f"{p.birth.year}年{p.birth.month:02}月{p.birth.day:02}日",
        lambda p: float(compact(p)),
        lambda p: f"{p.birth.year}-{p.birth.month}",
        lambda p: None,
        lambda p: f"{p.birth:%Y%m}",
        lambda p: f" {p.birth:%Y-%m-%d} ",
        lambda p: f"{p.birth.year}.{p.birth.month}.{p.birth.day}.",
        lambda p: f"{p.birth.year}，{p.birth.month}，{p.birth.day}",
        lambda p: f"{p.birth.year}",
        lambda p: p.birth.year,
    )
    columns = [
        NAME,
        col(
            "性别",
            "sex",
            cycle(
                lambda p: p.sex,
                lambda p: {"男": 1, "女": 2}[p.sex],
                lambda p: {"男": "M", "女": "F"}[p.sex],
                lambda p: p.sex + "性",
                lambda p: f" {p.sex} ",
                lambda p: None,
                lambda p: {"男": "1", "女": "2"}[p.sex],
            ),
        ),
        col("出生年月", "birth", shapes),
        ID,
        PHONE,
    ]
    page.headings(columns)
    page.people(columns, town.people(90))
    return Roster("出生日期各种写法.xlsx", [page])


@roster
def phones_and_numbers_of_all_kinds() -> Roster:
    town = Town(36, phone_share=1)
    page = Page("Sheet1")

    def two(p: Person) -> Person:
        if p.serial % 12 in (4, 5, 6, 7):
            return replace(p, phones=(*p.phones, f"139{p.serial:08}"))
        if p.serial % 12 == 8:
            return replace(p, phones=("0411-83120456",))
        if p.serial % 12 == 9:
            return replace(p, phones=(*p.phones, "0411-83120456"))
        return p

    def written(p: Person) -> object:
        a = p.phones[0]
        if len(p.phones) == 2:
            return (" ", "、", "/", "\n", ",", "；", " / ")[p.serial % 7].join(p.phones)
        return {
            0: a,
            1: f"{a[:3]} {a[3:7]} {a[7:]}",
            2: f"{a[:3]}-{a[3:7]}-{a[7:]}",
            3: float(a.replace("-", "")),
            10: "'" + a,
            11: "\u200b" + a + "\u00a0",
        }.get(p.serial % 12, a)

    def document(p: Person) -> object:
        n = str(p.number)
        return (
            n,
            n + "  ",
            n.lower(),
            "'" + n,
            f"{n[:6]} {n[6:14]} {n[14:]}",
            f"{n[:4]} {n[4:8]} {n[8:12]} {n[12:16]} {n[16:]}",
            "".join(chr(ord(c) + 0xFEE0) for c in n),
            n[:6] + n[8:17] if n[6:8] == "19" else n,
            "\t" + n,
            n + "\u200b",
            f"{n[:6]}-{n[6:14]}-{n[14:]}",
            n.replace("X", "×"),
            "身份证" + n,
            n.replace("X", "*") if n[-1] == "X" else n,
            "\u202a" + n,
        )[p.serial % 15]

    columns = [
        col(
            "姓名",
            "name",
            cycle(
                name_cell,
                spread_name,
                lambda p: f" {p.name} ",
                lambda p: f"{p.name[0]} {p.name[1:]}" if len(p.name) == 2 else p.name,
                lambda p: p.name + "\n",
                lambda p: "  ".join(p.name) if len(p.name) == 2 else p.name,
                lambda p: p.name + "（租户）",
                lambda p: p.name + "(已核)",
            ),
        ),
        col("身份证号", "number sex birth", lambda p, i: document(p)),
        col("电话", "phones", lambda p, i: written(p)),
        col(
            "民族",
            "ethnic",
            cycle(
                lambda p: p.ethnic,
                lambda p: p.ethnic.removesuffix("族"),
                lambda p: f"{p.ethnic[0]} 族" if len(p.ethnic) == 2 else p.ethnic,
            ),
        ),
        col(
            "政治面貌",
            "party",
            lambda p, i: {
                "中共党员": ("党员", "中共党员", "正式党员")[p.serial % 3],
                "共青团员": ("团员", "共青团员")[p.serial % 2],
                "群众": "群众",
            }[p.party],
        ),
    ]
    page.headings(columns)
    page.people(columns, [two(p) for p in town.people(120)])
    return Roster("电话和号码的各种写法.xlsx", [page])


@roster
def other_documents() -> Roster:
    town = Town(37)
    page = Page("Sheet1")
    base = town.people(14)

    def hmt(area: str, p: Person) -> str:
        first = f"{area}{p.birth:%Y%m%d}{'013' if p.sex == '男' else '024'}"
        return first + check_digit(first)

    people = [
        (replace(base[0], name="陈永仁", number=hmt("810000", base[0])), "港澳台居民居住证"),
        (replace(base[1], name="林志颖", number=hmt("830000", base[1])), "港澳台居民居住证"),
        (replace(base[2], name="黄家驹", number="H12345678"), "港澳通行证"),
        (replace(base[3], name="何厚铧", number="M1234567801"), "港澳居民来往内地通行证"),
        (replace(base[4], name="蔡依林", number="12345678"), "台胞证"),
        (replace(base[5], name="ANDERSON JOHN MICHAEL", number="E12345678"), "护照"),
        (replace(base[6], name="新生儿", number=""), "无"),
        (replace(base[7], name="阿依古丽·买买提艾力"), "身份证"),
        (replace(base[8], name="阿卜杜热合曼·" + "阿" * 40), "身份证"),
        (replace(base[9], number="军字第1234567号"), "军官证"),
        (replace(base[10], number="R210012345"), "出生医学证明"),
        (replace(base[11], number=""), "户口簿"),
    ]
    columns = [INDEX, NAME, SEX, BIRTH, fixed("证件类型"), ID, PHONE]
    page.headings(columns)
    for index, (person, kind) in enumerate(people, 1):
        row = page.line(
            index, person.name, person.sex, person.birth, kind, person.number, phone_cell(person)
        )
        page.true_here(row, columns, person)
    return Roster("各类证件.xlsx", [page])


@roster
def minority_names() -> Roster:
    town = Town(38)
    page = Page("Sheet1")
    shapes = ("·", "•", "・", ".", "‧", "．", "∙", "⋅", " · ")
    columns = [NAME, ID, PHONE]
    page.headings(columns)
    for index, person in enumerate(town.people(18)):
        person = replace(person, name="阿迪力·买买提")
        row = page.line("阿迪力" + shapes[index % 9] + "买买提", person.number, phone_cell(person))
        page.true_here(row, columns, person)
    return Roster("间隔点.xlsx", [page])


@roster
def names_with_remarks() -> Roster:
    town = Town(126)
    page = Page("Sheet1")
    sh = cycle(
        lambda p: p.name + "（户主）",
        lambda p: p.name + "(租)",
        lambda p: p.name + "*",
        lambda p: p.name + "【党员】",
        lambda p: "★" + p.name,
        lambda p: p.name + "（低保）",
        lambda p: p.name + " (女)",
    )
    cols = [INDEX, col("姓名", "name", sh), ID]
    page.headings(cols)
    page.people(cols, town.people(20))
    return Roster("姓名备注.xlsx", [page])


@roster
def tag_words() -> Roster:
    town = Town(127)
    page = Page("Sheet1")
    w = [
        ("独居", "独居老人"),
        ("80岁以上", "高龄"),
        ("低保户", "低保"),
        ("残疾", "残疾人"),
        ("退伍军人", "退役军人"),
        ("空巢", "空巢老人"),
        ("独居、低保户、残疾", "独居老人 低保 残疾人"),
        ("无", ""),
        ("否", ""),
        ("—", ""),
        ("高龄老人/独居", "高龄 独居老人"),
        ("肢体残疾", "残疾人"),
        ("失独家庭", "计生特殊家庭"),
        ("特困供养", "特困"),
        ("留守儿童", "留守儿童"),
        ("残疾人（二级）", "残疾人"),
        ("低保（A类）", "低保"),
        ("低保，高龄；独居", "低保 高龄 独居老人"),
        ("独居老人 低保", "独居老人 低保"),
        ("孤寡老人", "独居老人"),
    ]
    cols = [NAME, ID, col("人员类别", "tags", lambda p, i: w[p.serial % len(w)][0])]
    page.headings(cols)
    page.people(
        cols, [replace(p, tags=tuple(w[p.serial % len(w)][1].split())) for p in town.people(40)]
    )
    return Roster("标签词.xlsx", [page])


@roster
def politics_words() -> Roster:
    town = Town(128)
    page = Page("Sheet1")
    w = [
        ("党员", "中共党员"),
        ("预备党员", "中共预备党员"),
        ("中共预备党员", "中共预备党员"),
        ("预备", "中共预备党员"),
        ("团员", "共青团员"),
        ("共青团员", "共青团员"),
        ("群众", "群众"),
        ("一般群众", "群众"),
        ("中国共产党党员", "中共党员"),
        ("民盟", "民盟盟员"),
        ("无党派人士", "无党派人士"),
        ("九三学社", "九三学社社员"),
        ("中共党员（预备）", "中共预备党员"),
        ("01", "中共党员"),
        ("13", "群众"),
        ("无", ""),
        ("致公党", "致公党党员"),
        ("普通居民", "群众"),
    ]
    cols = [NAME, ID, col("政治面貌", "party", lambda p, i: w[p.serial % len(w)][0])]
    page.headings(cols)
    page.people(cols, [replace(p, party=w[p.serial % len(w)][1]) for p in town.people(36)])
    return Roster("政治面貌.xlsx", [page])
