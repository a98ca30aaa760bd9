"""The columns of the list of residents."""

from functools import lru_cache

from app.services.residents import ResidentRow, TagChip
from app.ui.kit.table_columns import Cell, Column
from app.ui.people.tag_chips import chip

SETTLED = "人户一致"
SECRET_COLUMNS = frozenset({"document_number", "phone"})
"""Masked until clicked; the keys are names of `people.reveal.Secret`."""


@lru_cache(maxsize=1_000)
def _cell(text: str, tone: str = "", sub: str = "") -> Cell:
    """Cells are values: the same words are made into one once, not with every letter typed."""
    return Cell(text, sub=sub, tone=tone) if text else Cell("—", tone="text2")


@lru_cache(maxsize=200)
def _tag_cell(tags: tuple[TagChip, ...]) -> Cell:
    return Cell(chips=tuple(chip(tag.name, tag.tone) for tag in tags))


def _age(row: ResidentRow) -> Cell:
    return _cell("" if row.age is None else str(row.age))


def _residence(row: ResidentRow) -> Cell:
    return _cell(row.residence_status, "text2" if row.residence_status == SETTLED else "text")


def _departed(row: ResidentRow) -> Cell:
    day = "" if row.departed_on is None else f"{row.departed_on:%Y-%m-%d}"
    return _cell(row.departure, sub=day)


# Widths in 标准: together they fit a window of 1366 beside the card, and so does 大字.
COLUMNS = (
    Column("name", "姓名", lambda row: row.name, 118, weight=1, bold=True, sortable=True),
    Column("sex", "性别", lambda row: _cell(row.sex), 54, sortable=True),
    Column("age", "年龄", _age, 56, align="right", sortable=True),
    Column("place", "住址", lambda row: _cell(row.place), 113, weight=1, sortable=True),
    Column(
        "document_number",
        "证件尾号",
        lambda row: _cell(row.document_tail, "text2"),
        74,
        large_mode=False,
    ),
    Column("phone", "电话", lambda row: _cell(row.phone_masked, "text2"), 108, large_mode=False),
    Column("tags", "标签", lambda row: _tag_cell(row.tags), 122, weight=4),
    Column("residence", "居住状态", _residence, 90, sortable=True, large_mode=False),
    Column("grid", "网格", lambda row: _cell(row.grid_name), 76, sortable=True, large_mode=False),
    Column("departed", "离开", _departed, 126, sortable=True),
)
