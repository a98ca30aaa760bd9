"""Document numbers as cells: also those that a spreadsheet has already destroyed."""

import re
from dataclasses import replace
from datetime import date

from app.importing.cells import Cell
from app.importing.rows import RowFault
from app.values.documents import (
    DocumentCheck,
    DocumentKind,
    check_document,
    kind_from_words,
    normalise_number,
    upgrade_15,
)

# Spreadsheets keep 15 digits of a number; a 15-digit document is whole, a longer one is not.
_FIRST_LOST = 1e15
_SCIENTIFIC = re.compile(r"(?a)\d(?:\.\d+)?[Ee]\+?1[4-9]$")
_ZERO_TAIL = re.compile(r"(?a)\d{14,15}0{3,}$")
_CHECK_ORIGINAL = "请对照证件原件改正后再导入。"
_LOST = "表格把身份证号当成了数字，后几位已经丢失，无法复原"
_LOST_REMEDY = "请把该列设为文本格式，照证件重新录入后再导入。"
_LABEL = re.compile(
    r"^(台胞证|港澳通行证|回乡证|护照|军官证|士兵证|出生证|居住证|身份证)[:：]?(?=[A-Za-z\d])"
)


def read_document(
    cell: Cell, kind_cell: Cell, column: str, today: date
) -> tuple[DocumentCheck, tuple[RowFault, ...]]:
    """Check a document cell; faults carry the column and what to do."""
    if not isinstance(cell, str):
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            return _unreadable(str(cell), column)
        if not abs(cell) < _FIRST_LOST:
            return _lost(f"{cell:.15g}", column)
        cell = f"{cell:.0f}" if cell else ""
    if "e" in cell.lower() and _SCIENTIFIC.match(cell.strip()):
        return _lost(cell.strip(), column)
    return _read_text(cell, kind_cell, column, today)


def _read_text(
    text: str, kind_cell: Cell, column: str, today: date
) -> tuple[DocumentCheck, tuple[RowFault, ...]]:
    told = kind_from_words(str(kind_cell)) if kind_cell != "" else None
    if not text[:1].isascii() and (label := _LABEL.match(text)):
        told, text = told or kind_from_words(label[1]), text[label.end() :]
    if told is DocumentKind.NONE and normalise_number(text):
        told = None
    check = check_document(text, kind=told, today=today)
    if not check.faults:
        return _as_18(check), ()
    if _ZERO_TAIL.match(check.number) and len(check.number) == 18:
        return _lost(check.number, column)
    return check, tuple(
        RowFault(fault.kind, column, fault.sentence, _CHECK_ORIGINAL) for fault in check.faults
    )


def _as_18(check: DocumentCheck) -> DocumentCheck:
    """A 15-digit number and its 18-digit form are one number; files keep the longer one."""
    if check.kind is not DocumentKind.ID_CARD_15 or check.birth_date is None:
        return check
    remark = f"15 位身份证号 {check.number} 已按国家标准换算为 18 位。"
    return replace(
        check,
        number=upgrade_15(check.number),
        kind=DocumentKind.ID_CARD,
        remarks=(*check.remarks, remark),
    )


def _lost(shown: str, column: str) -> tuple[DocumentCheck, tuple[RowFault, ...]]:
    fault = RowFault("id_lost_digits", column, f"{_LOST}（现为 {shown}）。", _LOST_REMEDY)
    return DocumentCheck("", DocumentKind.ID_CARD), (fault,)


def _unreadable(shown: str, column: str) -> tuple[DocumentCheck, tuple[RowFault, ...]]:
    fault = RowFault("id_format", column, f"“{shown}”不是证件号码。", _CHECK_ORIGINAL)
    return DocumentCheck("", DocumentKind.OTHER), (fault,)
