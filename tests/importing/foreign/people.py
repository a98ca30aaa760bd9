"""Made-up communities, the faults planted in them and the pages on which they are written.

This module knows nothing of how app/importing recognises a roster: it writes down what an
office would write and keeps, beside each line, what a careful reader must find there.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧单仇解曾区盖"
MEN = "伟强磊军勇杰涛明超刚平辉鹏宇浩建国志海波"
WOMEN = "芳娜敏静丽艳娟霞玲桂兰凤洁梅琳雪珍慧莹香"
AREAS = ("210214", "210282", "210202", "220104", "230102", "370602")
ETHNIC = ("汉族", "汉族", "汉族", "汉族", "汉族", "满族", "回族", "蒙古族", "朝鲜族", "锡伯族")
TODAY = date(2026, 11, 21)

FAULTS = (
    "id_checksum",
    "id_lost_digits",
    "id_length",
    "id_date",
    "sex_contradicts_id",
    "birth_contradicts_id",
    "name_missing",
    "phone_length",
    "duplicate_person",
    "id_on_two_names",
)


def check_digit(first: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


@dataclass(frozen=True)
class Person:
    """What is true of one resident, and what the office wrote where it erred."""

    name: str
    sex: str
    birth: date
    number: object
    relation: str
    building: str
    unit: str
    room: str
    phones: tuple[str, ...] = ()
    ethnic: str = "汉族"
    party: str = "群众"
    tags: tuple[str, ...] = ()
    residence: str = "人户一致"
    grid: int = 1
    household: int = 0
    fault: str = ""
    partner: int = -1
    serial: int = 0

    @property
    def is_head(self) -> bool:
        return self.relation == "户主"


@dataclass(frozen=True)
class Column:
    """One column of a page: its heading, the facts it states and what stands in a cell."""

    heading: str
    states: str
    cell: Callable[[Person, int], object]


@dataclass(frozen=True)
class Truth:
    """What must be found at one line of a page."""

    page: str
    row: int
    person: Person
    states: frozenset[str]


@dataclass
class Page:
    """A sheet being written, with what is true of its lines."""

    name: str
    cells: list[list[object]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    heading_rows: list[int] = field(default_factory=list)
    hidden: bool = False
    is_roster: bool = True

    def line(self, *cells: object) -> int:
        """Append a line that is no person; returns its number as WPS shows it."""
        self.cells.append(list(cells))
        return len(self.cells)

    def title(self, text: str, width: int) -> None:
        row = self.line(text)
        self.merges.append(f"A{row}:{letter(width)}{row}")

    def headings(self, columns: Sequence[Column]) -> None:
        self.heading_rows.append(self.line(*(column.heading for column in columns)))

    def person(self, columns: Sequence[Column], person: Person, index: int = 1) -> None:
        row = self.line(*(column.cell(person, index) for column in columns))
        self.true_here(row, columns, person)

    def true_here(self, row: int, columns: Sequence[Column], person: Person, *also: str) -> None:
        states = frozenset(" ".join([*(c.states for c in columns), *also]).split())
        self.truths.append(Truth(self.name, row, person, states))

    def people(self, columns: Sequence[Column], people: Sequence[Person]) -> None:
        for index, person in enumerate(people, 1):
            self.person(columns, person, index)


def letter(column: int) -> str:
    return chr(64 + column) if column <= 26 else "A" + chr(64 + column - 26)


class Town:
    """A community drawn from a seed."""

    def __init__(self, seed: int, *, phone_share: float = 0.9) -> None:
        self.random = random.Random(seed)
        self.used: set[str] = set()
        self.phone_share = phone_share
        self.households = 0

    def birth(self, youngest: int, oldest: int) -> date:
        days = self.random.randint(youngest * 365, oldest * 365)
        return TODAY - timedelta(days=days)

    def number(self, birth: date, sex: str) -> str:
        while True:
            order = self.random.randrange(10, 990)
            order += (order % 2 == 1) != (sex == "男")
            first = f"{self.random.choice(AREAS)}{birth:%Y%m%d}{order:03}"
            if first not in self.used:
                self.used.add(first)
                return first + check_digit(first)

    def name(self, sex: str, surname: str = "") -> str:
        given = self.random.choices(MEN if sex == "男" else WOMEN, k=self.random.choice((1, 2, 2)))
        return (surname or self.random.choice(SURNAMES)) + "".join(given)

    def phone(self) -> str:
        start = self.random.choice(("13", "15", "17", "18"))
        return start + "".join(self.random.choices("0123456789", k=9))

    def one(self, sex: str, birth: date, relation: str, surname: str = "") -> Person:
        known = self.random.random() < self.phone_share
        return Person(
            name=self.name(sex, surname),
            sex=sex,
            birth=birth,
            number=self.number(birth, sex),
            relation=relation,
            building="",
            unit="",
            room="",
            phones=(self.phone(),) if known else (),
            ethnic=self.random.choice(ETHNIC),
            party=self.random.choice(("群众", "群众", "群众", "中共党员", "共青团员")),
            household=self.households,
        )

    def family(self) -> list[Person]:
        """A head, mostly a spouse, sometimes a child and a mother."""
        self.households += 1
        head = self.one(self.random.choice("男男女"), self.birth(28, 88), "户主")
        members = [head]
        chance = self.random.random()
        if chance < 0.7 and head.sex == "男":
            members.append(self.one("女", self.birth(26, 80), "妻"))
        if chance < 0.45:
            sex = self.random.choice("男女")
            relation = "子" if sex == "男" else "女"
            members.append(self.one(sex, self.birth(1, 24), relation, head.name[0]))
        if chance < 0.15:
            members.append(self.one("女", self.birth(65, 95), "母"))
        return members

    def people(self, count: int, *, buildings: int = 9, grids: int = 1) -> list[Person]:
        """About `count` residents in whole households, each with a home of its own."""
        result: list[Person] = []
        while len(result) < count:
            number = self.households
            place = {
                "building": str(1 + number % buildings),
                "unit": str(1 + number // buildings % 4),
                "room": f"{1 + number * 7 % 18}0{1 + number % 3}",
                "grid": 1 + number * grids // max(count, 1) % grids,
            }
            result += [replace(person, **place) for person in self.family()]
        return [replace(person, serial=index) for index, person in enumerate(result)]

    def plant(self, people: list[Person], faults: Sequence[str] = FAULTS) -> list[Person]:
        """One fault of each kind, on different people; pairs come at the end of the list."""
        single = [fault for fault in faults if fault not in PAIRS]
        grown = [p.serial for p in people if p.phones]
        chosen = dict(zip(self.random.sample(grown, len(single)), single, strict=True))
        result = [
            SPOILERS[chosen[p.serial]](self, replace(p, fault=chosen[p.serial]))
            if p.serial in chosen
            else p
            for p in people
        ]
        for fault in faults:
            if fault in PAIRS:
                result.append(self.pair(result, fault))
        return result

    def pair(self, people: Sequence[Person], fault: str) -> Person:
        partner = self.random.choice([p for p in people if not p.fault and p.is_head])
        last = people[-1]
        self.households += 1
        twin = replace(
            partner,
            fault=fault,
            partner=partner.serial,
            serial=last.serial + 1,
            relation="户主",
            household=self.households,
            building="31",
            unit="1",
            room="10" + str(last.serial % 9 + 1),
        )
        if fault == "id_on_two_names":
            return replace(twin, name=self.name(twin.sex), phones=(self.phone(),))
        return twin


PAIRS = ("duplicate_person", "id_on_two_names")


def _checksum(town: Town, person: Person) -> Person:
    number = str(person.number)
    last = town.random.choice([digit for digit in "0123456789" if digit != number[-1]])
    return replace(person, number=number[:-1] + last)


def _lost(town: Town, person: Person) -> Person:
    return replace(person, number=float(str(person.number)[:15] + "000"))


def _length(town: Town, person: Person) -> Person:
    number = str(person.number)
    return replace(person, number=town.random.choice((number[:-1], number[:8] + number[7:])))


def _date(town: Town, person: Person) -> Person:
    first = str(person.number)[:10] + town.random.choice(("1332", "0231")) + "123"
    return replace(person, number=first + check_digit(first), sex="男")


def _sex(town: Town, person: Person) -> Person:
    return replace(person, sex="女" if person.sex == "男" else "男")


def _birth(town: Town, person: Person) -> Person:
    return replace(person, birth=person.birth + timedelta(days=town.random.randint(40, 400)))


def _name(town: Town, person: Person) -> Person:
    return replace(person, name="")


def _phone(town: Town, person: Person) -> Person:
    return replace(person, phones=(person.phones[0][: town.random.choice((9, 10))],))


SPOILERS: dict[str, Callable[[Town, Person], Person]] = {
    "id_checksum": _checksum,
    "id_lost_digits": _lost,
    "id_length": _length,
    "id_date": _date,
    "sex_contradicts_id": _sex,
    "birth_contradicts_id": _birth,
    "name_missing": _name,
    "phone_length": _phone,
}
