"""The dishes of a meal as rows: without a sample on top, what is typed beside what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services.food_samples import Missing, SampleView
from app.services.sample_keeping import SampleInput
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.degrees import celsius

BY_HAND = -1_000_000_000
"""Keys from here downwards are dishes that are on no menu"""


@dataclass(frozen=True, slots=True)
class SampleRow:
    """`key`: of a sample its id, of a dish without one the id of the dish, negative."""

    key: int
    name: str
    dish_id: int | None
    sample: SampleView | None
    typed: SampleInput | None
    now: datetime

    @property
    def waits(self) -> bool:
        """Neither kept nor typed yet."""
        return self.sample is None and self.typed is None

    @property
    def gone(self) -> bool:
        """Destroyed: nothing of it is changed any more."""
        return self.sample is not None and self.sample.destroyed_at is not None

    @property
    def may_go(self) -> bool:
        sample = self.sample
        return bool(sample and not sample.destroyed_at and sample.keep_until <= self.now)


def rows_of(
    missing: Sequence[Missing],
    samples: Sequence[SampleView],
    typed: Mapping[int, SampleInput],
    now: datetime,
) -> dict[int, SampleRow]:
    """By key, in the order of the list."""
    found = {
        -one.dish_id: SampleRow(-one.dish_id, one.name, one.dish_id, None, None, now)
        for one in missing
    }
    for key, one in typed.items():
        if key < 0:
            found[key] = SampleRow(key, one.name, one.dish_id, None, one, now)
    for view in samples:
        entered = typed.get(view.id)
        name = entered.name if entered else view.name
        found[view.id] = SampleRow(view.id, name, view.dish_id, view, entered, now)
    return found


def _grams(line: SampleRow) -> str:
    shown = line.typed or line.sample
    return f"{shown.grams} 克" if shown else ""


def _fridge(line: SampleRow) -> str:
    shown = line.typed or line.sample
    return shown.fridge if shown else ""


def _warm(line: SampleRow) -> str:
    shown = line.typed or line.sample
    return celsius(shown.temperature) if shown else ""


def _at(line: SampleRow) -> str:
    shown = line.typed or line.sample
    if shown is None:
        return ""
    return f"{shown.taken_at:%m-%d %H:%M}" if shown.taken_at else "保存的时候"


def _state(line: SampleRow) -> Cell:
    sample = line.sample
    if line.typed is not None:
        return Cell(chips=(Chip("改动待保存" if sample else "待保存", "info"),))
    if sample is None:
        return Cell(chips=(Chip("还没留样", "warn"),))
    if sample.destroyed_at is not None:
        return Cell(chips=(Chip(f"{sample.destroyed_at:%m-%d %H:%M} 已销毁"),))
    if line.may_go:
        return Cell(chips=(Chip("可以销毁", "warn"),))
    return Cell(chips=(Chip(f"存到 {sample.keep_until:%m-%d %H:%M}", "ok"),))


COLUMNS = (
    Column(
        "number",
        "编号",
        lambda line: Cell(line.sample.number if line.sample else "", tone="text2"),
        112,
    ),
    Column("name", "食品名称", lambda line: Cell(line.name, bold=True), 150, weight=2),
    Column("grams", "留样量", _grams, 84, align="right"),
    Column("fridge", "冷藏柜", _fridge, 96, weight=1),
    Column("temperature", "温度", _warm, 80, align="right"),
    Column("at", "留样时间", _at, 116),
    Column(
        "by",
        "留样人",
        lambda line: (line.typed or line.sample).taken_by if line.typed or line.sample else "",
        84,
        large_mode=False,
    ),
    Column(
        "review",
        "审核人",
        lambda line: line.sample.review_words if line.sample else "",
        84,
        large_mode=False,
    ),
    Column("state", "状态", _state, 160),
)
