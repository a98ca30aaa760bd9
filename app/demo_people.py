"""A made-up community: households with people as they really live together, from one seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.importing.rows import RowValues
from app.values.codes import HEAD
from app.values.documents import DocumentKind, check_character
from app.values.lawful import ADULT

_SURNAMES = (
    *("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕" * 4),
    *"苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史曲宫",
    *(
        "单",
        "解",
        "仇",
        "查",
        "朴",
        "区",
        "盖",
        "翟",
        "覃",
        "缪",
        "种",
        "乐",
        "欧阳",
        "尉迟",
        "万俟",
    ),
)
_GIVEN_OLD = (
    *(
        "秀兰",
        "桂英",
        "玉珍",
        "淑芬",
        "凤琴",
        "桂荣",
        "玉梅",
        "淑清",
        "秀芝",
        "玉兰",
        "素琴",
        "桂芳",
    ),
)
_GIVEN_OLD_MEN = (
    *(
        "德厚",
        "树林",
        "永福",
        "本善",
        "建国",
        "志国",
        "玉坤",
        "长青",
        "福山",
        "振华",
        "文斌",
        "景和",
    ),
)
_GIVEN_WOMEN = (
    *(
        "丽",
        "敏",
        "静",
        "艳",
        "娜",
        "晓燕",
        "丽华",
        "海燕",
        "雪梅",
        "颖",
        "慧",
        "婷婷",
        "晶",
        "春梅",
    ),
)
_GIVEN_MEN = (
    *(
        "强",
        "伟",
        "勇",
        "军",
        "磊",
        "志强",
        "海涛",
        "晓东",
        "宏伟",
        "鹏",
        "建军",
        "立新",
        "斌",
        "洪波",
    ),
)
_GIVEN_CHILDREN = (
    *(
        "浩然",
        "子涵",
        "雨桐",
        "欣怡",
        "思远",
        "诗琪",
        "俊杰",
        "梓萱",
        "一诺",
        "宇轩",
        "沐阳",
        "可馨",
    ),
)
# Characters that ordinary fonts lack, some of them beyond the BMP.
_RARE_GIVEN = ("堃", "喆", "彧", "㛃", "䶮", "婳", "祎", "𠅤", "𣲗", "𤩽", "𨱇", "𬍛", "𬭎", "𬱖")
_OTHER_NAMES = (
    ("阿迪力·买买提", "维吾尔族"),
    ("古丽娜尔·艾合买提", "维吾尔族"),
    ("巴特尔", "蒙古族"),
    ("娜仁托娅", "蒙古族"),
    ("扎西·多吉", "藏族"),
    ("朴英姬", "朝鲜族"),
)
_REGIONS = ("210214",) * 12 + ("210282",) * 4 + ("210202", "210204", "220102", "230103", "370602")
_WORK = (
    "普兰店区第一中学",
    "皮杨供热公司",
    "海湾超市",
    "个体经营",
    "普兰店区中心医院",
    "自来水公司",
)
_EDUCATION = ("初中", "普通高中", "大学专科", "大学本科", "小学")
# Of a hundred households: how many are of which kind.
_KINDS = (
    *("elder_alone",) * 17,
    *("elder_couple",) * 20,
    *("single",) * 14,
    *("couple",) * 12,
    *("one_child",) * 26,
    *("two_children",) * 5,
    *("three_generations",) * 6,
)
_PER_FLOOR, _FLOORS, _UNITS = 2, 6, 4
_GRIDS = 5
_MEAN_HOUSEHOLD = 2.17


@dataclass(frozen=True, slots=True)
class _Kin:
    """A place in a family: relation to the head, sex, years of age, generation for the name."""

    relation: str
    sex: str
    age: int
    surname: str = ""


class Community:
    """Makes the people of a community; the same seed makes the same ones."""

    def __init__(self, seed: int, today: date) -> None:
        # Made-up people need no secrecy, but the same ones every time.
        self._chance = random.Random(seed)  # noqa: S311 - made up, no secret
        self._today = today
        self._serial = 0
        self._phone = 0

    def people(self, count: int) -> Iterator[RowValues]:
        """About `count` people, household by household, building by building."""
        made = 0
        households = max(1, round(count / _MEAN_HOUSEHOLD))
        buildings = households // (_PER_FLOOR * _FLOORS * _UNITS) + 1
        number = 0
        while made < count:
            family = self._family(number, buildings)[: count - made]
            made += len(family)
            number += 1
            yield from family

    def _family(self, number: int, buildings: int) -> list[RowValues]:
        place, flat = divmod(number, _PER_FLOOR)
        floor_unit, floor = divmod(place, _FLOORS)
        building, unit = divmod(floor_unit, _UNITS)
        home = RowValues(
            building=str(building + 1),
            unit=str(unit + 1),
            room=f"{floor + 1}{flat + 1:02d}",
            grid=str(building * _GRIDS // max(buildings, 1) % _GRIDS + 1),
            household_number=f"{number + 1:04d}",
            household_key=str(number),
        )
        kin = self._kin(self._chance.choice(_KINDS))
        members = [self._person(one, home) for one in kin]
        return self._with_oddities(number, members)

    def _kin(self, kind: str) -> list[_Kin]:
        chance = self._chance
        surname = chance.choice(_SURNAMES)
        elder, grown = chance.randint(62, 93), chance.randint(27, 58)
        man = _Kin(HEAD, "男", grown, surname)
        woman = _Kin("配偶", "女", max(22, grown - chance.randint(-2, 5)))
        child = _Kin(chance.choice("子女"), "", chance.randint(0, max(1, grown - 24)), surname)
        if kind == "elder_alone":
            return [_Kin(HEAD, chance.choice("女女男"), elder)]
        if kind == "elder_couple":
            return [
                _Kin(HEAD, "男", elder, surname),
                _Kin("配偶", "女", max(58, elder - chance.randint(0, 5))),
            ]
        if kind == "single":
            return [_Kin(HEAD, chance.choice("男女"), chance.randint(20, 60))]
        if kind == "couple":
            return [man, woman]
        if kind == "one_child":
            return [man, woman, child]
        if kind == "two_children":
            return [man, woman, child, replace(child, age=max(0, child.age - 3))]
        mother = _Kin("母亲", "女", min(95, grown + chance.randint(22, 30)))
        return [man, woman, child, mother]

    def _person(self, kin: _Kin, home: RowValues) -> RowValues:
        chance = self._chance
        sex = kin.sex or {"子": "男", "女": "女"}[kin.relation]
        birth = self._birth(kin.age)
        party = kin.age >= 25 and chance.random() < 0.11
        return home._replace(
            name=self._name(kin.surname or chance.choice(_SURNAMES), sex, kin.age),
            sex=sex,
            birth_date=birth,
            document_kind=DocumentKind.ID_CARD.value,
            document_number=self._number(birth, sex),
            ethnic_group="满族" if chance.random() < 0.06 else "汉族",
            political_status="中共党员" if party else self._status(kin.age),
            education=chance.choice(_EDUCATION) if kin.age > 22 else "",
            marital=self._marital(kin),
            phones=self._phones(kin.age),
            work=chance.choice(_WORK) if 22 < kin.age < 58 and chance.random() < 0.35 else "",
            residence_status=self._residence(),
            relation=kin.relation,
            tags=self._tags(kin, party=party),
            consent_on=self._consent(kin.age),
        )

    def _consent(self, age: int) -> date | None:
        """Most grown people signed when the office went from door to door."""
        if age < ADULT or self._serial % 8 == 0:
            return None
        return self._today - timedelta(days=400 + self._serial % 300)

    def _name(self, surname: str, sex: str, age: int) -> str:
        chance = self._chance
        if chance.random() < 0.008:
            return surname + chance.choice(_RARE_GIVEN)
        if age < 20:
            return surname + chance.choice(_GIVEN_CHILDREN)
        if age >= 60:
            return surname + chance.choice(_GIVEN_OLD if sex == "女" else _GIVEN_OLD_MEN)
        return surname + chance.choice(_GIVEN_WOMEN if sex == "女" else _GIVEN_MEN)

    def _birth(self, age: int) -> date:
        last = self._today - timedelta(days=round(age * 365.25))
        return last - timedelta(days=self._chance.randrange(364))

    def _number(self, birth: date, sex: str) -> str:
        """A well-formed number; the serial runs through, so that no two are alike."""
        self._serial += 1
        serial = self._serial % 499 * 2 + (1 if sex == "男" else 2)
        body = f"{self._chance.choice(_REGIONS)}{birth:%Y%m%d}{serial:03d}"
        return body + check_character(body)

    def _status(self, age: int) -> str:
        return "共青团员" if 14 <= age < 25 and self._chance.random() < 0.5 else "群众"

    def _marital(self, kin: _Kin) -> str:
        if kin.age < 20 or kin.relation in {"子", "女"}:
            return "未婚" if kin.age < 30 else ""
        if kin.relation == "配偶" or kin.surname:
            return "已婚"
        return "丧偶" if kin.age > 62 else self._chance.choice(("未婚", "离婚", "已婚"))

    def _phones(self, age: int) -> tuple[str, ...]:
        chance = self._chance
        if age < 12 or (age > 85 and chance.random() < 0.5):
            return ()
        # A step that has no factor in common with the range: no number comes twice.
        self._phone = (self._phone + 48_271_003) % 900_000_000
        mobile = f"1{chance.choice('35789')}{self._phone:09d}"
        if age > 60 and chance.random() < 0.1:
            return (mobile, f"0411-83{chance.randrange(10**6):06d}")
        return (mobile,)

    def _residence(self) -> str:
        return self._chance.choices(
            ("人户一致", "人在户不在", "户在人不在", "人户均不在"), (78, 13, 8, 1)
        )[0]

    def _tags(self, kin: _Kin, *, party: bool) -> tuple[str, ...]:
        chance = self._chance
        alone = kin.relation == HEAD and not kin.surname
        rules = (
            ("独居老人", alone and kin.age >= 62),
            ("空巢老人", not alone and kin.age >= 70 and chance.random() < 0.4),
            ("高龄", kin.age >= 80),
            ("失能", kin.age >= 78 and chance.random() < 0.08),
            ("残疾人", chance.random() < 0.02),
            ("低保", chance.random() < 0.015),
            ("退役军人", kin.sex == "男" and kin.age >= 22 and chance.random() < 0.04),
            ("志愿者", 16 <= kin.age <= 75 and chance.random() < (0.25 if party else 0.03)),
            ("党员中心户", party and kin.relation == HEAD and chance.random() < 0.1),
        )
        return tuple(name for name, applies in rules if applies)

    def _with_oddities(self, number: int, members: list[RowValues]) -> list[RowValues]:
        """Here and there somebody whom rosters have trouble with."""
        head = members[0]
        if number % 97 == 5:
            name, group = _OTHER_NAMES[number // 97 % len(_OTHER_NAMES)]
            members[0] = head._replace(name=name, ethnic_group=group)
        elif number % 211 == 7:
            members[0] = _foreigner(head, "JOHN SMITH", DocumentKind.PASSPORT, f"E{number:08d}")
        elif number % 307 == 11:
            permit = f"H{number:08d}"
            members[0] = head._replace(
                document_kind=DocumentKind.HK_MACAU_PERMIT.value, document_number=permit
            )
        elif number % 409 == 13 and head.birth_date:
            body = f"810000{head.birth_date:%Y%m%d}{'001' if head.sex == '男' else '002'}"
            members[0] = head._replace(
                document_kind=DocumentKind.HMT_RESIDENCE.value,
                document_number=body + check_character(body),
            )
        return [self._newborn(one) for one in members]

    def _newborn(self, one: RowValues) -> RowValues:
        """A child of some weeks has no number yet."""
        if one.birth_date and (self._today - one.birth_date).days < 120:
            return one._replace(document_kind="", document_number="")
        return one


def _foreigner(head: RowValues, name: str, kind: DocumentKind, number: str) -> RowValues:
    return head._replace(
        name=name,
        document_kind=kind.value,
        document_number=number,
        ethnic_group="",
        political_status="",
        residence_status="人在户不在",
    )
