"""One person out of one row: cells cleaned, told apart, held against each other."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from app.importing.cells import Cell, Row, at, cell_text, column_letters, is_blank
from app.importing.document_cells import read_document
from app.importing.households import HouseCells, Member
from app.importing.places import Section, grid_of_cell
from app.importing.plan import Plan, Told
from app.importing.rows import RowFault, RowValues
from app.importing.words import code_name, is_no, is_yes, plain_text, sex_of, tags_of
from app.values.addresses import join_parts
from app.values.characters import unknown_characters
from app.values.codes import (
    DWELLING_KINDS,
    EDUCATION,
    ETHNIC_GROUPS,
    HEAD,
    MARITAL,
    POLITICAL_STATUS,
    RELATION,
    RESIDENCE_STATUS,
)
from app.values.dates import ParsedDate, parse_date
from app.values.documents import DocumentCheck
from app.values.names import MAX_LENGTH, clean_name, without_note
from app.values.phones import parse_phones

_DEPARTED = re.compile(r"死亡|已故|去世|亡故|注销|迁出|搬离|搬走")
_NUMBERING = re.compile(r"^\s*(?:\d{1,4}\s*[.、．)）\s]|(?:户主|姓名|成员)\s*[:：])\s*(?=\D)")
_SEVERAL = re.compile(r"[、，,;；/\\]")
# Most names: nothing to clean in them and nothing to doubt.
_PLAIN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_OF_HEAD = re.compile(r"^(?:户主)?[之的](?=.)")
_CODED = {"ethnic_group": ETHNIC_GROUPS, "education": EDUCATION, "marital": MARITAL}
_JOINED = ("work", "registered_address", "note")
_PARTY_MEMBER = "中共党员"
_SAME = "人户一致"


class _Notes:
    """Faults and remarks of a row while it is read."""

    def __init__(self) -> None:
        self.faults: list[RowFault] = []
        self.remarks: list[str] = []

    def fault(self, kind: str, column: str, sentence: str, remedy: str = "") -> None:
        self.faults.append(RowFault(kind, column, sentence, remedy))


def read_person(
    row: Row, plan: Plan, member: Member, home: Mapping[str, str], key: str, today: date
) -> tuple[RowValues, tuple[RowFault, ...], tuple[str, ...]]:
    """Values, faults and remarks of one person row. Never raises, whatever the cells hold.

    `home` is what `read_home` told of the member's household cells.
    """
    notes, told = _Notes(), plan.told(row)
    name, aside = _name(told, plan, notes)
    check, faults = read_document(
        told.get("document_number", ""),
        told.get("document_kind", ""),
        plan.letters("document_number"),
        today,
    )
    notes.faults.extend(faults)
    notes.remarks.extend(check.remarks)
    _departed(told, plan, notes)
    values = RowValues(
        name=name,
        sex=_sex(told.get("sex", ""), check, plan, notes),
        birth_date=_birth(told, check, plan, today, notes),
        document_kind=check.kind.value if check.number else "",
        document_number=check.number,
        political_status=_political(told),
        phones=_phones(row, plan, notes),
        residence_status=_residence(told, notes),
        relation=_relation(told, name, member),
        household_key=key,
        tags=_tags(row, plan),
        consent_on=_consent(told, today, notes),
        **_plain(told, row, plan, aside),
        **home,
    )
    return values, tuple(notes.faults), tuple(notes.remarks)


def read_home(house: HouseCells, section: Section) -> dict[str, str]:
    """The values of a row that its household cells tell, or the section where they do not."""
    told = {name: plain_text(cell) for name, cell in house.items()}
    address = join_parts(
        house.get("building", section.building),
        house.get("unit", section.unit),
        house.get("room", section.room),
        house.get("address"),
    )
    return {
        "compound": told.get("compound") or address.compound,
        "building": address.building,
        "unit": address.unit,
        "room": address.room,
        "address": told.get("address", ""),
        "grid": grid_of_cell(house["grid"]) if "grid" in house else section.grid,
        "household_number": told.get("household_number", ""),
        "head_name": clean_name(told.get("head_name", "")),
        "dwelling_kind": DWELLING_KINDS.find(told.get("dwelling_kind", "")) or "",
    }


def _name(told: Told, plan: Plan, notes: _Notes) -> tuple[str, str]:
    """The name and what stood in brackets behind it."""
    cell = told.get("name", "")
    if is_blank(cell):
        cell = told.get("head_name", "")
    if isinstance(cell, str) and _PLAIN_NAME.fullmatch(cell):
        return cell, ""
    column = plan.letters("name") or plan.letters("head_name")
    whole = clean_name(_NUMBERING.sub("", cell_text(cell)))
    name = without_note(whole)
    if not any(map(str.isalpha, name)):
        sentence = f"姓名“{whole}”不像姓名。" if name else "姓名没有填写。"
        notes.fault("name_missing", column, sentence, "请补上姓名后再导入。")
    elif _SEVERAL.search(name) and not name.isascii():
        sentence = f"姓名“{name}”像是一格里写了几个人。"
        notes.fault("name_several", column, sentence, "请每人一行，再导入。")
    elif len(name) > MAX_LENGTH:
        sentence = f"姓名有 {len(name)} 个字，超过 {MAX_LENGTH} 个字。"
        notes.fault("name_length", column, sentence, "请核对这一格的内容。")
    elif unknown := unknown_characters(name):
        codes = " ".join(f"U+{ord(character):04X}" for character in unknown)
        notes.fault(
            "name_unreadable", column, f"姓名里有认不出的造字（{codes}）。", "请重新输入这个字。"
        )
    return name, whole[len(name) :].strip("()[]【】 ")


def _sex(cell: Cell, check: DocumentCheck, plan: Plan, notes: _Notes) -> str:
    told = sex_of(cell)
    if told and check.sex and told != check.sex and not check.faults:
        sentence = f"性别填“{told}”，但身份证号倒数第二位表示“{check.sex}”。"
        notes.fault(
            "sex_contradicts_id", plan.letters("sex"), sentence, "请对照证件，改正其中一项。"
        )
    return told or ("" if check.faults else check.sex or "")


def _birth(told: Told, check: DocumentCheck, plan: Plan, today: date, notes: _Notes) -> date | None:
    from_id = None if check.faults else check.birth_date
    if from_id and told.get("birth_date") == from_id:
        return from_id
    birth = _told_birth(told, today)
    column = plan.letters("birth_date") or plan.letters("birth_year")
    if from_id and _contradicts(birth, from_id):
        sentence = f"出生日期与身份证号中的 {from_id.isoformat()} 不一致。"
        notes.fault("birth_contradicts_id", column, sentence, "请对照证件，改正其中一项。")
    elif birth.fault and from_id:
        notes.remarks.append(f"{birth.fault.sentence}已按身份证号取 {from_id.isoformat()}。")
    elif birth.fault and not check.faults:
        notes.fault(birth.fault.kind, column, birth.fault.sentence)
    elif birth.precision in ("month", "year") and not from_id and not check.faults:
        notes.remarks.append("出生日期不完整，未登记出生日期。")
    return birth.value or from_id


def _consent(told: Told, today: date, notes: _Notes) -> date | None:
    """The day on which consent was given; one that cannot be is left out, and that is said."""
    cell = told.get("consent_on", "")
    if is_blank(cell):
        return None
    consent = parse_date(cell, today=today).value
    if consent is None:
        notes.remarks.append("同意日期看不懂或晚于今天，没有登记。")
    return consent


def _told_birth(told: Told, today: date) -> ParsedDate:
    if "birth_year" not in told:
        return parse_date(told.get("birth_date", ""), today=today)
    parts = [cell_text(told.get(f"birth_{part}", "")).strip() for part in ("year", "month", "day")]
    filled = parts[: parts.index("")] if "" in parts else parts
    return parse_date("-".join(part.rstrip("年月日") for part in filled), today=today)


def _contradicts(told: ParsedDate, from_id: date) -> bool:
    if told.value:
        return told.value != from_id
    if told.fault and told.fault.kind in ("date_future", "date_too_early"):
        return True
    if told.year is None:
        return False
    return told.year != from_id.year or told.month not in (None, from_id.month)


def _phones(row: Row, plan: Plan, notes: _Notes) -> tuple[str, ...]:
    numbers: tuple[str, ...] = ()
    for index in plan.several.get("phones", ()):
        cell = at(row, index)
        if cell == "":
            continue
        parsed = parse_phones(cell_text(cell))
        numbers = tuple(dict.fromkeys(numbers + parsed.numbers)) if numbers else parsed.numbers
        for fault in parsed.faults:
            notes.fault(fault.kind, column_letters(index), fault.sentence)
    return numbers


def _political(told: Told) -> str:
    status = code_name(told.get("political_status", ""), POLITICAL_STATUS)
    return status or (_PARTY_MEMBER if is_yes(told.get("is_party", "")) else "")


def _relation(told: Told, name: str, member: Member) -> str:
    words = plain_text(told.get("relation", ""))
    if words:
        return _relation_meant(words)
    head = clean_name(plain_text(member.own.get("head_name", "")))
    is_head = is_yes(told.get("is_head", "")) or (head and head == name)
    return HEAD if is_head else ""


@lru_cache(maxsize=1024)
def _relation_meant(told: str) -> str:
    return code_name(_OF_HEAD.sub("", told), RELATION)


@lru_cache(maxsize=1024, typed=True)
def _status(cell: Cell) -> tuple[str, str]:
    """The words of a cell on residence, and the state that they mean or ''."""
    words = plain_text(cell)
    return words, RESIDENCE_STATUS.find(words) or ""


def _residence(told: Told, notes: _Notes) -> str:
    words, known = _status(told.get("residence_status", ""))
    if words and not known:
        notes.remarks.append(f"居住状态“{words[:20]}”不在四种人户状态之内，未登记。")
    if not words and is_no(told.get("is_separated", "")):
        return _SAME
    return known


def _departed(told: Told, plan: Plan, notes: _Notes) -> None:
    """People who died or moved out are asked about: an import only adds residents."""
    for field, word in (("is_dead", "已死亡"), ("is_gone", "已迁出")):
        if field in told and is_yes(told[field]):
            notes.fault(
                "person_departed", plan.letters(field), f"表中标明此人{word}。", _ASK_DEPARTED
            )
    words, known = _status(told.get("residence_status", ""))
    if words and not known and _DEPARTED.search(words):
        column = plan.letters("residence_status")
        notes.fault("person_departed", column, f"居住状态写的是“{words[:20]}”。", _ASK_DEPARTED)


_ASK_DEPARTED = "如已不在本社区，请从表中删去，或在居民卡上登记变动。"


def _tags(row: Row, plan: Plan) -> tuple[str, ...]:
    if not (plan.ticks or plan.has("tags")):
        return ()
    ticked = [tag for index, tag in plan.ticks if is_yes(at(row, index), tag)]
    return tags_of(plan.cells(row, "tags"), ticked)


def _plain(told: Told, row: Row, plan: Plan, aside: str) -> dict[str, str]:
    """What is told by columns of its own alone: looked for only where there is such a column."""
    found = {
        field: code_name(told[field], table) for field, table in _CODED.items() if field in told
    }
    found |= {field: _joined(row, plan, field) for field in _JOINED if field in told}
    if "former_name" in told:
        found["former_name"] = clean_name(plain_text(told["former_name"]))
    if aside:
        found["note"] = "；".join(filter(None, (found.get("note"), aside)))
    return found


def _joined(row: Row, plan: Plan, field: str) -> str:
    return "；".join(filter(None, map(plain_text, plan.cells(row, field))))
