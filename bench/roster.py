"""Made-up residents by the thousand: as rows, and as the workbook that an office would have."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史单解仇查区"
)
GIVEN = (
    "秀兰桂英玉梅建国志强丽华淑珍海涛晓东文博雨桐子涵浩然欣怡凤琴德福永明春燕立新宝成雪松少军"
    "红霞卫平庆丰凯悦诗琪俊杰婉清思远佳宁鹏程振华素云爱民长青"
)
HEADINGS = (
    *("户号", "姓名", "与户主关系", "性别", "民族", "公民身份号码", "出生日期"),
    *("楼号", "单元", "房号", "联系电话", "居住状态", "政治面貌"),
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RELATIONS = ("户主", "配偶", "子", "女", "父", "母")
STATUSES = ("人户一致",) * 7 + ("人在户不在", "户在人不在", "人户均不在")
PARTIES = ("群众",) * 6 + ("中共党员", "共青团员")
FIRST_BIRTHDAY = date(1930, 1, 1)
PEOPLE_PER_HOUSEHOLD = 3
FLATS_PER_BUILDING = 400


@dataclass(frozen=True, slots=True)
class Person:
    household: str
    name: str
    relation: str
    sex: str
    ethnic_group: str
    number: str
    birth_date: date
    building: str
    unit: str
    room: str
    phone: str
    residence_status: str
    political_status: str


def id_number(region: str, birth: date, serial: int) -> str:
    """With the check character of GB 11643: the program refuses any other."""
    body = f"{region}{birth:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def people(count: int, seed: int = 7) -> Iterator[Person]:
    """The same ones for the same seed; numbers and phones are never given twice."""
    chance = random.Random(seed)
    for index in range(count):
        household, member = divmod(index, PEOPLE_PER_HOUSEHOLD)
        building, flat = divmod(household, FLATS_PER_BUILDING)
        # 331 and 89 make the step coprime with 34,000: no serial meets its birthday twice.
        serial, day = index % 1000, (index // 1000 * 331 + index * 89) % 34_000
        birth = FIRST_BIRTHDAY + timedelta(days=day)
        yield Person(
            household=f"{household + 1:06d}",
            name=chance.choice(SURNAMES)
            + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2)))),
            relation=RELATIONS[member],
            sex="男" if serial % 2 else "女",
            ethnic_group="汉族" if index % 12 else "满族",
            number=id_number(f"2102{chance.choice(('11', '12', '13', '14'))}", birth, serial),
            birth_date=birth,
            building=str(building + 1),
            unit=str(flat // 100 + 1),
            room=f"{flat % 100 // 4 + 1}{flat % 4 + 1:02d}",
            phone=f"13{index * 7_919 % 1_000_000_000:09d}",
            residence_status=chance.choice(STATUSES),
            political_status=chance.choice(PARTIES),
        )


def write_workbook(path: Path, count: int) -> None:
    """One sheet under one row of headings, every cell as text but the dates."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("居民")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for row, person in enumerate(people(count), start=1):
        for column, name in enumerate(Person.__slots__):
            value = getattr(person, name)
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            else:
                sheet.write_string(row, column, value)
    book.close()
