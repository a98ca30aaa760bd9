"""Short words of the preview: what is wrong with a row, in a few characters."""

from app.importing.cells import at, cell_text, column_index
from app.importing.layout import Layout
from app.importing.rows import ParsedRow, RowFault
from app.services.residents_import import PlannedRow, RowState
from app.ui.kit.chips import Chip
from app.values.masking import mask_phone

_SHORT = {
    "id_checksum": "校验位不对",
    "id_lost_digits": "号码被破坏",
    "id_length": "位数不对",
    "id_date": "号码日期不对",
    "id_format": "证件号不像",
    "sex_contradicts_id": "与号码不符",
    "birth_contradicts_id": "与号码不符",
    "name_missing": "没有姓名",
    "phone_length": "电话位数不对",
    "duplicate_person": "表内重复",
    "id_on_two_names": "一号两名",
    "person_departed": "已迁出或死亡",
    "date_unreadable": "日期看不懂",
    "date_too_early": "日期太早",
    "date_future": "日期在将来",
}
_FIELD_OF_KIND = {
    "sex_contradicts_id": "sex",
    "birth_contradicts_id": "birth_date",
    "name_missing": "name",
    "id_on_two_names": "name",
    "phone_length": "phones",
    "duplicate_person": "document_number",
    "date_unreadable": "birth_date",
    "date_too_early": "birth_date",
    "date_future": "birth_date",
}
_TONES = {
    RowState.NEW: "ok",
    RowState.UPDATE: "info",
    RowState.UNCHANGED: "grey",
    RowState.QUESTION: "warn",
    RowState.FAULT: "danger",
}
_LONGEST = 6
"""Characters that the last column has room for."""
PLACE = ("building", "unit", "room", "address", "compound")
"""Fields whose columns together are one place."""


def state_chip(state: RowState) -> Chip:
    return Chip(state.label, _TONES[state])


def tone_of(state: RowState) -> str:
    return _TONES[state]


def short_reason(row: PlannedRow) -> str:
    """号码被破坏, 改电话、住址: what the last column of the table says."""
    if row.state in (RowState.FAULT, RowState.QUESTION):
        kind = next(iter(row.kinds), "")
        if row.decision == "skip":
            return "已跳过"
        if kind == "duplicate_person" and row.candidates:
            return "疑似已有的人"
        if kind in _SHORT:
            return _SHORT[kind]
        return row.reasons[0].rstrip("。")[:10] if row.reasons else ""
    if row.state is not RowState.UPDATE:
        return ""
    labels = list(dict.fromkeys(change.label for change in row.changes))
    words = f"改{'、'.join(labels)}"
    return words if len(words) <= _LONGEST else f"改 {len(labels)} 格"


def fields_at_fault(row: PlannedRow, layout: Layout) -> dict[str, RowFault]:
    """The fields whose cells are to be coloured, with what is wrong."""
    found: dict[str, RowFault] = {}
    columns = layout.columns
    for fault in row.parsed.faults or _asked_by_the_file(row):
        field = columns.get(fault.column, "") or field_of_kind(fault.kind)
        found.setdefault("place" if field in PLACE else field, fault)
    return found


def _asked_by_the_file(row: PlannedRow) -> tuple[RowFault, ...]:
    """What the people on file make questionable in a row that is good by itself."""
    return tuple(RowFault(kind, "", "") for kind in row.kinds)


def field_of_kind(kind: str) -> str:
    """The field that a kind of fault is about, where no column is named."""
    if kind in _FIELD_OF_KIND:
        return _FIELD_OF_KIND[kind]
    return "document_number" if kind.startswith("id_") else "name"


def raw_cell(parsed: ParsedRow, letters: str) -> str:
    """A cell of the sheet as WPS shows it."""
    return cell_text(at(parsed.cells, column_index(letters))) if letters else ""


def place_of(parsed: ParsedRow) -> str:
    """3-2-501 as read from the row, or the address as it stands there."""
    values = parsed.values
    parts = [part for part in (values.building, values.unit, values.room) if part]
    return "-".join(parts) or values.address


def document_shown(number: str) -> str:
    """⋅⋅⋅1827, narrow enough to stand beside an icon."""
    return f"⋅⋅⋅{number[-4:]}" if len(number) > 4 else number


def phone_shown(parsed: ParsedRow) -> str:
    phones = parsed.values.phones
    return mask_phone(phones[0]) if phones else "没有"


def mend_column(row: PlannedRow, layout: Layout) -> str:
    """The column (letters) in which the first fault can be put right; empty where none can."""
    fault = next(iter(row.parsed.faults), None)
    if fault is None or fault.kind == "duplicate_person":
        return ""
    if fault.column:
        return fault.column
    wanted = "document_number" if fault.kind == "id_on_two_names" else field_of_kind(fault.kind)
    return next((letters for letters, field in layout.columns.items() if field == wanted), "")
