"""Building, unit and room out of every spelling: 3号楼2单元501室, 3-2-501, 3#2-501, 三栋二门501."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.values.text import compact, is_empty_word

_HAN = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
_HAN_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百]+(?=号|栋|幢|座|楼|单元|单|门|室|层|#|$)")
_BUILDING_END = r"(?:号楼栋?|栋楼?|幢楼?|座楼?|#楼?|楼栋|号院)"
_NUMBER = (
    r"(?:[A-Z]?\d+[A-Z甲乙丙丁]?(?:-\d+(?=号楼|栋|幢|#楼?$))?"
    r"|[A-Z](?=座|栋|幢|号楼|#)|[甲乙丙丁东西南北中](?=座|栋|幢))"
)
_MARKED = re.compile(rf"({_NUMBER}){_BUILDING_END}(?!.*(?<!\d){_NUMBER}(?:号楼|栋|幢))")
_HOUSE_NUMBER = re.compile(r"(\d+(?:-\d+)?[A-Z甲乙丙丁]?)号(?=.*(?:单元|门|室|-|\d{3}))(?!.*号楼)")
_PLAIN_FLOOR_WORD = re.compile(r"(\d+[A-Z甲乙丙丁]?)楼(?=$|.*(?:单元|门|-|室|\d{3}))")
_UNIT = re.compile(r"第?(\d+|[A-Z甲乙丙丁东西南北中])(?:单元|门洞|单|门)(?!牌)")
_DOTTED = re.compile(r"^(\d+)[.#、,](\d+)[.#、,](\d{3,5})$")
_UNIT_WORD_BETWEEN = re.compile(r"(?<=\d)-(\d+)单元-?(?=\d)")
_BUILDING_AND_UNIT = re.compile(r"^(\d+)[-#](\d+)(?:单元)?$")
_LETTER_BEHIND = re.compile(r"^(\d{2,5})(?:室|号)([A-Z])$")
_DASHED = re.compile(
    r"(?:^|(?<=[^\dA-Z]))([A-Z]?\d+[A-Z甲乙丙丁]?)[-/_](\d+|[A-Z])[-/_]([A-Z]?\d{1,5}[A-Z]?)(?:室|号|房)?$"
)
_TWO_DASHED = re.compile(r"^([A-Z]?\d+[A-Z甲乙丙丁]?)[-/_](\d{3,5}[A-Z]?)(?:室|号|房)?$")
_REST_DASHED = re.compile(r"^[-/_]?(\d+|[A-Z])[-/_]([A-Z]?\d{1,5}[A-Z]?)(?:室|号|房)?$")
_FLOOR = re.compile(r"^(\d+)(?:层|楼)(?=.)")
_NOTE = re.compile(r"[(\[【].*$")
_ROOM_END = re.compile(r"(?:号房间|房间|号房|号室|室|号|房|户)$")
_ROOM = re.compile(
    r"^[-/_,]?([A-Z]?\d{1,5}[A-Z]?(?:-\d{1,2})?|[东西南北中]户?|地下室|门市|车库.*)$"
)
_BUILDING_CELL = re.compile(rf"^(.*?)(?:第)?({_NUMBER})(?:{_BUILDING_END}|号|楼)?$")
_UNIT_CELL_END = re.compile(r"(?:单元|门洞|单|门|#)$")
_REGION_HEAD = re.compile(
    r"^(?:[^省]{2,4}省|[^区]{2,5}自治区)?(?:[^市]{2,4}市)?(?:[^区县市]{1,5}(?<!小)[区县市](?!花园))?"
    r"(?:[^街镇乡]{1,6}(?:街道|镇|乡))?(?:[^社]{1,6}社区)?(?:第?.{1,3}网格)?"
)
_DASHES = str.maketrans("‐‑‒–—―－－~～", "-" * 10)


@dataclass(frozen=True, slots=True)
class Address:
    """Parts are '' when not told; `compound` stood before the building (望海花园, 中山路)."""

    building: str = ""
    unit: str = ""
    room: str = ""
    compound: str = ""

    @property
    def short(self) -> str:
        """3-2-501; missing parts are left out."""
        return "-".join(part for part in (self.building, self.unit, self.room) if part)

    @property
    def spoken(self) -> str:
        """3 号楼 2 单元 501."""
        words = []
        if self.building:
            words.append(_spoken_building(self.building))
        if self.unit:
            words.append(f"{self.unit} 单元")
        if self.room:
            words.append(self.room)
        return " ".join(words)


def _spoken_building(building: str) -> str:
    """3 号楼, A 座; what has no number but a name (沿街商铺) goes by it."""
    if not building.isalpha():
        return f"{building} 号楼"
    return f"{building} 座" if len(building) == 1 else building


_NOWHERE = Address()


def _plain(value: object) -> str:
    """Half-width upper-case text without blanks; 3.0 -> 3; Han numerals before a mark as digits."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = compact("" if value is None else str(value)).upper()
    if is_empty_word(text):
        return ""
    return text if text.isascii() else _HAN_NUMBER.sub(_han_number, text.translate(_DASHES))


def _han_number(match: re.Match[str]) -> str:
    """十二 -> 12, 二〇三 -> 203, 一百零五 -> 105."""
    spelled = match[0]
    if not any(character in "十百" for character in spelled):
        return "".join(str(_HAN[character]) for character in spelled)
    total, current = 0, 0
    for character in spelled:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = _HAN[character]
    return str(total + current)


def _number(text: str) -> str:
    """03 -> 3; a single 0 stays."""
    return text.lstrip("0") or text[:1] if text.isdigit() else text


@lru_cache(maxsize=65536, typed=True)
def parse_address(text: object) -> Address:
    """Read a whole address. What cannot be read stays empty; nothing is guessed."""
    plain = _plain(text)
    if not plain:
        return _NOWHERE
    plain = _DOTTED.sub(r"\1-\2-\3", _UNIT_WORD_BETWEEN.sub(r"-\1-", plain))
    if match := _DASHED.search(plain):
        compound = _compound(plain[: match.start()])
        return Address(_number(match[1]), _number(match[2]), match[3], compound)
    if match := _TWO_DASHED.match(plain):
        return Address(_number(match[1]), "", match[2])
    match = _MARKED.search(plain) or _HOUSE_NUMBER.search(plain) or _PLAIN_FLOOR_WORD.search(plain)
    if match is None:
        return _without_building(plain)
    unit, room = _unit_and_room(plain[match.end() :])
    return Address(_number(match[1]), unit, room, _compound(plain[: match.start()]))


def _without_building(plain: str) -> Address:
    match = _UNIT.search(plain)
    if match is None:
        return _NOWHERE
    unit, room = _unit_and_room(plain[match.start() :])
    return Address("", unit, room, _compound(plain[: match.start()]))


def _unit_and_room(rest: str) -> tuple[str, str]:
    if match := _REST_DASHED.match(rest):
        return _number(match[1]), match[2]
    unit = ""
    if match := _UNIT.search(rest):
        unit, rest = _number(match[1]), rest[match.end() :]
    return unit, _room(rest)


def _room(rest: str) -> str:
    """501室 -> 501, 5楼502 -> 502; a bare door on a floor (5楼2号) keeps both."""
    floor = _FLOOR.match(rest)
    if floor:
        rest = rest[floor.end() :]
    door = _LETTER_BEHIND.sub(r"\1\2", _NOTE.sub("", rest).removeprefix("第"))
    match = _ROOM.match(door) or _ROOM.match(_ROOM_END.sub("", door))
    if not match:
        return ""
    if floor and match[1].isdigit() and len(match[1]) < 3:
        return f"{floor[1]}楼{match[1]}号"
    return f"{floor[1]}楼{match[1]}" if floor and not match[1][:1].isdigit() else match[1]


def _compound(prefix: str) -> str:
    head = _REGION_HEAD.match(prefix)
    return (prefix[head.end() :] if head else prefix).strip("-,，、#第 ").removesuffix("楼号")


@lru_cache(maxsize=16384, typed=True)
def parse_building(cell: object) -> Address:
    """A 楼号 cell: 1号楼, 2#, 3栋, 5.0, 望海花园3号楼, or a whole address written into it."""
    plain = _plain(cell)
    if match := _BUILDING_AND_UNIT.match(plain):
        return Address(_number(match[1]), _number(match[2]))
    match = _BUILDING_CELL.match(plain) if plain else None
    if match and "-" not in match[1] and not _UNIT.search(match[1]):
        return Address(_number(match[2]), compound=_compound(match[1]))
    whole = parse_address(plain) if plain else _NOWHERE
    return whole if whole.building else Address(plain)


@lru_cache(maxsize=4096, typed=True)
def parse_unit(cell: object) -> str:
    """A 单元 cell: 2单元, 二单元, 3门, 2.0 -> '2', '3'."""
    plain = _plain(cell)
    return _number(_UNIT_CELL_END.sub("", plain).removeprefix("第"))


@lru_cache(maxsize=16384, typed=True)
def parse_room(cell: object) -> Address:
    """A 房号 cell: 203室, 1103, 501.0; 2-501 tells the unit too, 3-2-501 all."""
    plain = _plain(cell)
    if not plain:
        return _NOWHERE
    if match := _DASHED.match(plain):
        return Address(_number(match[1]), _number(match[2]), match[3])
    if match := _REST_DASHED.match(plain):
        return Address("", _number(match[1]), match[2])
    whole = parse_address(plain)
    if whole.room:
        return whole
    return Address(room=_room(plain) or plain)


@lru_cache(maxsize=16384, typed=True)
def join_parts(building: object, unit: object, room: object, whole: object = None) -> Address:
    """One address from its cells: separate cells first, the whole one fills what they lack."""
    from_building, from_room = parse_building(building), parse_room(room)
    from_whole = parse_address(whole) if whole not in (None, "") else _NOWHERE
    own_unit = parse_unit(unit)
    if own_unit and _BUILDING_AND_UNIT.match(_plain(building)):
        # 5-1 beside a unit column is the building's own name.
        from_building = Address(_plain(building), compound=from_building.compound)
    sources = (from_building, Address(unit=own_unit), from_room, from_whole)
    return Address(*(_first(sources, part) for part in ("building", "unit", "room", "compound")))


def _first(sources: tuple[Address, ...], part: str) -> str:
    return next((value for source in sources if (value := str(getattr(source, part)))), "")
