"""What the panel of the preview says about one row, as plain values."""

import re
from dataclasses import dataclass

from app.importing.cells import at, cell_text
from app.importing.workbook import Sheet
from app.services.import_known import Known
from app.services.residents_import import PlannedRow, RowState
from app.ui.residents.import_state import Reading, columns_of, heading_of
from app.ui.residents.import_words import document_shown, phone_shown, place_of, raw_cell
from app.values.masking import mask_phone

_STARS = re.compile(r"[* ]*\*[* ]*")
_SHOWN_FIELDS = ("name", "sex", "document_number")


@dataclass(frozen=True)
class Asked:
    """What the panel may offer for a row: texts of the buttons, empty where there is none."""

    same: str = ""
    other: str = ""
    skip: str = ""
    again: str = ""


def asked(row: PlannedRow) -> Asked:
    """The decisions that a row allows."""
    if row.decision:
        return Asked(again="重新决定")
    if row.state is RowState.FAULT:
        return Asked(skip="跳过这行")
    if row.state is not RowState.QUESTION:
        return Asked()
    if row.candidates:
        return Asked("是同一人，更新已有的", "是另一个人，新增", "跳过这行")
    if {"duplicate_person", "id_on_two_names"} & set(row.kinds):
        return Asked("", "是另一个人，新增", "跳过这行")
    return Asked("", "照表里的导入", "跳过这行")


def facts(planned: PlannedRow, letters: str, known: Known | None) -> list[tuple[str, str]]:
    """Label and words, one line each: what the row tells, and of whom it may be told."""
    name = [("姓名", planned.parsed.values.name or "（空）")]
    if planned.changes:
        return name + [
            (change.label, f"{_brief(change.before) or '空'} → {_brief(change.after)}")
            for change in planned.changes
        ]
    if letters and known is None:
        return [*name, (f"{letters} 列", raw_cell(planned.parsed, letters) or "（空）")]
    values = planned.parsed.values
    told = _person(values.document_number, phone_shown(planned.parsed), place_of(planned.parsed))
    if known is None:
        return name + told
    phone = mask_phone(known.values["phone"] or "") or "没有"
    place = "-".join(part for part in known.place if part)
    number = known.values["document_number"] or ""
    on_file = _person(number, phone, place or known.values["other_address"] or "")
    return name + [
        (label, words if words == other else f"{_brief(words)}（名册里 {_brief(other)}）")
        for (label, words), (_, other) in zip(told, on_file, strict=True)
    ]


def _person(number: str, phone: str, place: str) -> list[tuple[str, str]]:
    document = document_shown(number) or "没有"
    return [("证件", document), ("电话", phone), ("住址", place or "没有")]


def _brief(masked: str) -> str:
    """138 **** 0612 as 138⋅⋅⋅0612, so that before and after stand on one line."""
    return _STARS.sub("⋅⋅⋅", masked)


def calm_words(planned: PlannedRow) -> str:
    if planned.state is RowState.NEW:
        return "名册里没有这个人，会新增。" if not planned.decision else "按您的决定，会新增。"
    if planned.state is RowState.UPDATE:
        return "名册里已有这个人，只改上面这些格。"
    return "和名册里的一样，不动。"


def heading(reading: Reading, sheet: str, letters: str) -> str:
    for one in columns_of(reading.layout(sheet)):
        if one.letters == letters:
            return heading_of(one)
    return ""


def neighbours(planned: PlannedRow, reading: Reading) -> list[tuple[int, str]]:
    """The row with the ones above and below, each as one line."""
    sheet = next(one for one in reading.workbook.sheets if one.name == planned.parsed.sheet)
    row_number = planned.parsed.row
    numbers = range(max(1, row_number - 1), min(len(sheet.rows), row_number + 1) + 1)
    return [(number, _as_line(sheet, number, reading)) for number in numbers]


def _as_line(sheet: Sheet, number: int, reading: Reading) -> str:
    columns = columns_of(reading.layout(sheet.name))
    wanted = [one.index for one in columns if one.field in _SHOWN_FIELDS]
    cells = sheet.rows[number - 1]
    texts = [_short(cell_text(at(cells, index))) for index in wanted]
    return "　".join(text or "（空）" for text in texts)


def _short(text: str) -> str:
    """210214⋅⋅⋅1532: long numbers give up their middle."""
    squeezed = text.strip()
    if len(squeezed) >= 15:
        return f"{squeezed[:6]}…{squeezed[-4:]}"
    return squeezed
