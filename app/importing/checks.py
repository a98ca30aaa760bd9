"""Checks between the rows of a file: one person twice, one number on two names."""

from collections.abc import Sequence
from datetime import date

from app.importing.rows import ParsedRow, RowFault
from app.values.documents import upgrade_15

_DECIDE = "请保留正确的一行，删去另一行后再导入。"
_COMPARE = "请对照两人的证件，改正抄错的号码。"


def check_within_file(rows: Sequence[ParsedRow]) -> tuple[ParsedRow, ...]:
    """Question the later of two rows that name one person, or give one number to two names."""
    by_number: dict[str, ParsedRow] = {}
    by_person: dict[tuple[object, ...], ParsedRow] = {}
    checked = []
    for row in rows:
        fault = _number_fault(row, by_number) or _person_fault(row, by_person)
        checked.append(row._replace(faults=(*row.faults, fault)) if fault else row)
    return tuple(checked)


def _number_fault(row: ParsedRow, by_number: dict[str, ParsedRow]) -> RowFault | None:
    number = row.values.document_number
    if not number or (row.faults and _number_is_faulty(row)):
        return None
    if len(number) == 15 and number.isdigit():
        number = upgrade_15(number)
    earlier = by_number.setdefault(number, row)
    if earlier is row:
        return None
    where = f"“{earlier.sheet}”第 {earlier.row} 行"
    if earlier.values.name == row.values.name:
        return RowFault("duplicate_person", "", f"与{where}是同一个人，重复登记。", _DECIDE)
    sentence = f"证件号与{where}的{earlier.values.name}相同，但姓名不同。"
    return RowFault("id_on_two_names", "", sentence, _COMPARE)


def _number_is_faulty(row: ParsedRow) -> bool:
    return any(fault.kind.startswith("id_") for fault in row.faults)


def _person_fault(
    row: ParsedRow, by_person: dict[tuple[object, ...], ParsedRow]
) -> RowFault | None:
    """Without numbers: the same name, birth date and address is the same person."""
    values = row.values
    if not (values.name and values.room) or values.document_number:
        return None
    key: tuple[str, date | None, str, str, str, str] = (
        values.name,
        values.birth_date,
        values.compound,
        values.building,
        values.unit,
        values.room,
    )
    earlier = by_person.setdefault(key, row)
    if earlier is row or row.faults:
        return None
    sentence = f"与“{earlier.sheet}”第 {earlier.row} 行姓名、出生日期、住址都相同，像是重复登记。"
    return RowFault("duplicate_person", "", sentence, _DECIDE)
