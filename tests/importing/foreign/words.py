"""Rosters that differ in the words of their cells."""

from dataclasses import replace

from tests.importing.foreign.cells import ID, NAME, PHONE, Roster, col, cycle, roster
from tests.importing.foreign.people import Page, Town


@roster
def sexes() -> Roster:
    town = Town(220)
    page = Page("Sheet1")
    cols = [
        NAME,
        col(
            "性别",
            "sex",
            cycle(
                *[
                    lambda p, k=k: k[p.sex == "女"]
                    for k in (
                        ("男", "女"),
                        ("男性", "女性"),
                        ("M", "F"),
                        ("1", "2"),
                        (1, 2),
                        (1.0, 2.0),
                        ("Male", "Female"),
                        ("1-男", "2-女"),
                        ("男 ", "女 "),
                        ("1.男", "2.女"),
                        ("m", "f"),
                        ("男（1）", "女（2）"),
                        ("♂", "♀"),
                        ("男人", "女人"),
                    )
                ]
            ),
        ),
        col("出生日期", "birth", lambda p, i: p.birth),
    ]
    page.headings(cols)
    page.people(cols, town.people(60))
    return Roster("性别.xlsx", [page])


@roster
def ethnic_words() -> Roster:
    town = Town(221)
    page = Page("Sheet1")
    w = [
        ("汉", "汉族"),
        ("汉族", "汉族"),
        ("满", "满族"),
        ("满族 ", "满族"),
        ("维吾尔", "维吾尔族"),
        ("维族", "维吾尔族"),
        ("蒙", "蒙古族"),
        ("蒙古", "蒙古族"),
        ("01", "汉族"),
        ("1", "汉族"),
        ("01汉族", "汉族"),
        ("朝鲜", "朝鲜族"),
        ("朝", "朝鲜族"),
        ("鲜族", "朝鲜族"),
        ("锡伯", "锡伯族"),
        ("回", "回族"),
        ("汉 族", "汉族"),
        ("高山", "高山族"),
        ("土家", "土家族"),
    ]
    cols = [NAME, ID, col("民族", "ethnic", lambda p, i: w[p.serial % len(w)][0])]
    page.headings(cols)
    page.people(cols, [replace(p, ethnic=w[p.serial % len(w)][1]) for p in town.people(40)])
    return Roster("民族.xlsx", [page])


@roster
def relation_words() -> Roster:
    town = Town(222)
    page = Page("Sheet1")
    w = [
        ("户主", "户主"),
        ("本人", "户主"),
        ("配偶", "配偶"),
        ("妻", "妻"),
        ("之妻", "妻"),
        ("妻子", "妻"),
        ("爱人", "配偶"),
        ("丈夫", "夫"),
        ("夫", "夫"),
        ("子", "子"),
        ("儿子", "子"),
        ("之子", "子"),
        ("长子", "长子"),
        ("次子", "次子"),
        ("大儿子", "长子"),
        ("女", "女"),
        ("女儿", "女"),
        ("之女", "女"),
        ("长女", "长女"),
        ("二女儿", "次女"),
        ("父亲", "父"),
        ("母", "母"),
        ("孙子", "孙子"),
        ("孙女", "孙女"),
        ("外孙", "外孙子"),
        ("儿媳", "儿媳"),
        ("女婿", "女婿"),
        ("岳母", "岳母"),
        ("婆婆", "婆婆"),
        ("弟弟", "弟"),
        ("姐", "姐姐"),
        ("户主之妻", "妻"),
        ("户主的儿子", "子"),
        ("02", "户主"),
        ("01", "户主"),
        ("10", "配偶"),
        ("20", "子"),
        ("30", "女"),
        ("租户", "非亲属"),
        ("保姆", "非亲属"),
        ("父", "父"),
        ("独生子", "独生子"),
        ("二子", "次子"),
        ("三女", "三女"),
    ]
    cols = [NAME, ID, col("与户主关系", "relation", lambda p, i: w[p.serial % len(w)][0])]
    page.headings(cols)
    page.people(
        cols, [replace(p, relation=w[p.serial % len(w)][1]) for p in town.people(len(w) * 2)]
    )
    return Roster("关系.xlsx", [page])


@roster
def tags_one_column_each_with_group() -> Roster:
    town = Town(214)
    page = Page("Sheet1")
    page.line("姓名", "身份证号", "特殊群体", None, None, None, "电话")
    page.line(None, None, "低保", "残疾", "独居", "退役军人", None)
    page.merges += ["A1:A2", "B1:B2", "C1:F1", "G1:G2"]
    page.heading_rows = [1, 2]

    def tg(p):
        return tuple(
            x
            for k, x in enumerate(("低保", "残疾人", "独居老人", "退役军人"))
            if (p.serial >> k) & 1 and p.serial % 3
        )

    cols = (
        [NAME, ID]
        + [
            col("", "tags", lambda p, i, x=x: "√" if x in p.tags else None)
            for x in ("低保", "残疾人", "独居老人", "退役军人")
        ]
        + [PHONE]
    )
    page.people(cols, [replace(p, tags=tg(p)) for p in town.people(20)])
    return Roster("群体勾.xlsx", [page])


@roster
def long_names_and_latin() -> Roster:
    town = Town(219)
    page = Page("Sheet1")
    cols = [NAME, ID]
    nm = [
        "阿布都热合曼·买买提明·" + "阿" * 45,
        "JOHN SMITH",
        "司马相如",
        "欧阳",
        "尼玛",
        "Ли Вэй",
        "王A",
        "山田太郎",
        "김철수",
        "李二〇",
        "一",
        "丁",
        "张三三三三三",
        "萨其尔拉图·乌云其木格",
    ]
    page.headings(cols)
    for n, p in zip(nm, town.people(30), strict=False):
        page.person(cols, replace(p, name=n))
    return Roster("各种姓名.xlsx", [page])


@roster
def x000d_and_rich() -> Roster:
    town = Town(210)
    page = Page("Sheet1")
    cols = [
        col(
            "姓名",
            "name",
            cycle(
                lambda p: p.name + "_x000D_\n",
                lambda p: "\n" + p.name,
                lambda p: p.name + "\r\n",
            ),
        ),
        col("身份证号", "number sex birth", lambda p, i: p.number + "_x000D_"),
        PHONE,
    ]
    page.headings(cols)
    page.people(cols, town.people(20))
    return Roster("回车.xlsx", [page])
