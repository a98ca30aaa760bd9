"""The columns of the list of residents."""

from app.services.residents import ResidentRow
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.ui.people.tag_chips import chip

SETTLED = "人户一致"
SECRET_COLUMNS = frozenset({"document_number", "phone"})
"""Masked until clicked; the keys are names of `people.reveal.Secret`."""
_NOTHING = Cell("—", tone="text2")


def _age(row: ResidentRow) -> Cell:
    return _NOTHING if row.age is None else Cell(str(row.age))


def _place(row: ResidentRow) -> Cell:
    return Cell(row.place) if row.place else _NOTHING


def _document(row: ResidentRow) -> Cell:
    return Cell(row.document_tail, tone="text2") if row.document_number else _NOTHING


def _phone(row: ResidentRow) -> Cell:
    return Cell(row.phone_masked, tone="text2") if row.phone else _NOTHING


def _tags(row: ResidentRow) -> tuple[Chip, ...]:
    return tuple(chip(tag.name, tag.tone) for tag in row.tags)


def _residence(row: ResidentRow) -> Cell:
    quiet = row.residence_status == SETTLED
    return Cell(row.residence_status, tone="text2" if quiet else "text")


def _departed(row: ResidentRow) -> Cell:
    day = "" if row.departed_on is None else f"{row.departed_on:%Y-%m-%d}"
    return Cell(row.departure, sub=day)


# Widths in 标准: together they fit a window of 1366 beside the card, and so does 大字.
COLUMNS = (
    Column("name", "姓名", lambda row: row.name, 118, weight=1, bold=True, sortable=True),
    Column("sex", "性别", lambda row: row.sex, 54, sortable=True),
    Column("age", "年龄", _age, 56, align="right", sortable=True),
    Column("place", "住址", _place, 108, weight=1, sortable=True),
    Column("document_number", "证件尾号", _document, 74, large_mode=False),
    Column("phone", "电话", _phone, 112, large_mode=False),
    Column("tags", "标签", _tags, 122, weight=4),
    Column("residence", "居住状态", _residence, 90, sortable=True, large_mode=False),
    Column("grid", "网格", lambda row: row.grid_name, 78, sortable=True, large_mode=False),
    Column("departed", "离开", _departed, 126, sortable=True),
)
