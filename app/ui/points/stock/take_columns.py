"""How an article stands in a stocktaking: book, count, difference, state."""

from app.services.goods import code_of
from app.services.stocktakes import CountRow
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.figures import signed
from app.values.pinyin_match import spells

LEFT, DIFFERS, SAME = "还没盘", "账实不符", "相符"
_TONES = {LEFT: "grey", DIFFERS: "danger", SAME: "ok"}


def _counted(one: CountRow) -> Cell:
    if one.counted is None:
        return Cell("—", tone="text2")
    return Cell(f"{one.counted:,}", bold=True)


def _difference(one: CountRow) -> Cell:
    if one.counted is None:
        return Cell("")
    if not one.difference:
        return Cell("0", tone="text2")
    return Cell(signed(one.difference), tone="danger" if one.difference < 0 else "warn", bold=True)


def state_of(one: CountRow) -> str:
    """LEFT, DIFFERS or SAME."""
    if one.counted is None:
        return LEFT
    return DIFFERS if one.difference else SAME


def _state(one: CountRow) -> tuple[Chip, ...]:
    state = state_of(one)
    return (Chip(state, _TONES[state]),)


COLUMNS = (
    Column("shelf", "货架", lambda one: one.shelf, 72),
    Column("number", "货号", lambda one: one.number, 74),
    Column("name", "品名", lambda one: Cell(one.name, sub=one.spec, bold=True), 180, weight=3),
    Column("unit", "单位", lambda one: Cell(one.unit, tone="text2"), 60, large_mode=False),
    Column("book", "账面数", lambda one: f"{one.book:,}", 82, align="right"),
    Column("counted", "实盘数", _counted, 82, align="right"),
    Column("difference", "差异", _difference, 72, align="right"),
    Column("state", "状态", _state, 96),
    Column("reason", "差异原因", lambda one: one.reason, 140, weight=2),
)


def meant(one: CountRow, typed: str) -> bool:
    """Whether the words of the search box mean this article."""
    wanted = code_of(typed).lower()
    return spells(one.name, wanted) or wanted in f"{one.number} {one.barcode} {one.shelf}".lower()
