"""Rosters drawn at random: headings, columns, order, spelling, household style and file type."""

import random
from collections.abc import Callable, Sequence

from tests.importing.foreign.cells import (
    INDEX,
    NOTE,
    NUM,
    PLACE,
    Roster,
    chinese_date,
    col,
    compact,
    dotted,
    fixed,
    long_address,
    name_cell,
)
from tests.importing.foreign.people import FAULTS, Column, Page, Person, Town, letter

Shape = Callable[[Person], object]
_NAMES = ("姓名", "居民姓名", "姓  名", "人员姓名", "*姓名", "姓名（必填）", "成员姓名")
_NUMBERS = ("身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证", "身份证\n号码")
_PHONES = ("电话", "联系电话", "手机号码", "联系方式", "手机", "移动电话", "联系\n电话")
_BIRTHS = ("出生日期", "出生年月", "出生年月日", "生日")
_RELATIONS = ("与户主关系", "关系", "家庭关系", "和户主关系", "称谓")
_ADDRESSES = ("住址", "家庭住址", "现住址", "居住地址", "地址", "详细地址", "现居住地")
_HOUSEHOLDS = ("户号", "户编号", "家庭编号")
_PLACES = (
    ("楼号", "单元", "房号"),
    ("楼栋", "单元号", "房间号"),
    ("栋号", "单元", "室号"),
    ("楼", "单元", "室"),
    ("幢号", "单元", "门牌号"),
    ("楼栋号", "门", "户室"),
)
_WHOLE: tuple[Shape, ...] = (
    long_address,
    lambda p: f"{p.building}-{p.unit}-{p.room}",
    lambda p: f"{p.building}号楼{p.unit}单元{p.room}室",
    lambda p: f"{p.building}#{p.unit}-{p.room}",
    lambda p: f"{p.building}栋{p.unit}单元{p.room}",
)
_PARTS: tuple[tuple[str, tuple[Shape, ...]], ...] = (
    ("building", (lambda p: p.building, lambda p: p.building + "号楼", lambda p: int(p.building))),
    ("unit", (lambda p: p.unit, lambda p: p.unit + "单元", lambda p: NUM[p.unit] + "单元")),
    ("room", (lambda p: p.room, lambda p: p.room + "室", lambda p: int(p.room))),
)
_DAYS: tuple[Shape, ...] = (dotted, chinese_date, compact, lambda p: p.birth)
_SEXES: tuple[Shape, ...] = (lambda p: p.sex, lambda p: "男女".index(p.sex) + 1)


def mixed(seed: int) -> Roster:
    """The roster of a seed."""
    return _Draw(seed).roster()


class _Draw:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._town = Town(seed + 1000)
        self._seed = seed
        self._households = self._chance(0.5)
        self._heads_only = self._households and self._chance(0.7)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _column(self, headings: Sequence[str], states: str, *shapes: Shape) -> Column:
        shape = self._random.choice(shapes)
        return col(self._random.choice(headings), states, lambda p, i: shape(p))

    def _of_household(self, heading: str, states: str, shapes: Sequence[Shape]) -> Column:
        shape = self._random.choice(shapes)
        everyone = not self._heads_only
        return col(heading, states, lambda p, i: shape(p) if everyone or p.is_head else None)

    def _place_columns(self) -> list[Column]:
        if self._chance(0.5):
            return [self._of_household(self._random.choice(_ADDRESSES), PLACE, _WHOLE)]
        headings = self._random.choice(_PLACES)
        return [
            self._of_household(heading, states, shapes)
            for heading, (states, shapes) in zip(headings, _PARTS, strict=True)
        ]

    def _personal_columns(self) -> list[Column]:
        number = self._column(_NUMBERS, "number sex birth", lambda p: p.number)
        phone = self._column(_PHONES, "phones", lambda p: p.phones[0] if p.phones else None)
        others = [
            self._column(("性别", "性 别"), "sex", *_SEXES),
            self._column(_BIRTHS, "birth", *_DAYS),
            self._column(("民族",), "ethnic", lambda p: p.ethnic, lambda p: p.ethnic[:-1]),
            self._column(("政治面貌", "政治\n面貌"), "party", lambda p: p.party),
            fixed("文化程度", "初中", "本科"),
            fixed("年龄", 33, 44),
            fixed("籍贯", "辽宁大连"),
            fixed("工作单位", "某公司", None),
        ]
        chosen = [number, phone, *(column for column in others if self._chance(0.6))]
        chosen.append(self._column(_NAMES, "name", name_cell))
        self._random.shuffle(chosen)
        return chosen

    def _columns(self, place: list[Column]) -> list[Column]:
        columns = self._personal_columns()
        if self._households:
            columns.insert(0, self._column(_RELATIONS, "relation", lambda p: p.relation))
        columns = place + columns if self._chance(0.5) else columns + place
        if self._households and self._chance(0.5):
            heading = self._random.choice(_HOUSEHOLDS)
            columns.insert(0, self._of_household(heading, "", (lambda p: p.household,)))
        lead = [INDEX] if self._chance(0.7) else []
        return [*lead, *columns, *([NOTE] if self._chance(0.5) else [])]

    def roster(self) -> Roster:
        kind = self._random.choice(("xlsx", "xlsx", "xls", "et", "csv"))
        page = Page(f"随机{self._seed}" if kind == "csv" else "居民台账")
        place = self._place_columns()
        columns = self._columns(place)
        self._write_titles(page, len(columns))
        page.headings(columns)
        people = self._people(columns)
        self._write_people(page, columns, people)
        if self._heads_only and self._chance(0.6):
            self._merge(page, [columns.index(column) + 1 for column in place])
        if self._chance(0.5):
            page.line("合计", f"{len(people)}人")
        encoding = self._random.choice(("gb18030", "utf-8-sig", "utf-8")) if kind == "csv" else ""
        return Roster(f"随机{self._seed}.{kind}", [page], encoding=encoding)

    def _write_titles(self, page: Page, width: int) -> None:
        if self._chance(0.7):
            page.title("2026年望海社区居民基本情况登记表", width)
        if self._chance(0.4):
            page.line("填报单位：望海社区", None, None, "填报时间：2026.9")

    def _people(self, columns: Sequence[Column]) -> list[Person]:
        own = {column.states for column in columns}
        unseen = {"sex_contradicts_id": "sex", "birth_contradicts_id": "birth"}
        faults = [fault for fault in FAULTS if unseen.get(fault, "name") in own]
        count = self._random.choice((25, 40))
        people = self._town.people(count, buildings=self._random.choice((1, 3, 9)))
        return self._town.plant(people, faults)

    def _write_people(self, page: Page, columns: list[Column], people: list[Person]) -> None:
        for index, person in enumerate(people, 1):
            if index > 1 and person.is_head and self._chance(0.05):
                page.line()
            page.person(columns, person, index)

    def _merge(self, page: Page, places: Sequence[int]) -> None:
        """Merge the place cells of each household over the lines of its members."""
        starts = [truth.row for truth in page.truths if truth.person.is_head]
        ends = [row - 1 for row in starts[1:]] + [page.truths[-1].row]
        for first, last in zip(starts, ends, strict=True):
            if last > first and all(page.cells[row - 1] for row in range(first, last + 1)):
                page.merges += [f"{letter(c)}{first}:{letter(c)}{last}" for c in places]
