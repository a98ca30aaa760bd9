"""Areas in 0.01 m²: shown with two places, read as they are typed."""

import re

from app.errors import DomainError
from app.values.text import compact, half_width, tidy

MOST = 10_000_000_00
_TYPED = re.compile(r"(\d{1,8})(?:\.(\d{1,2}))?(?:㎡|m2|平方米|平米)?")


def plain_metres(area: int) -> str:
    """86.50, 12,345.00: the figure alone."""
    return f"{area // 100:,}.{area % 100:02d}"


def square_metres(area: int) -> str:
    """86.50 ㎡, 12,345.00 ㎡."""
    return f"{plain_metres(area)} ㎡"


def read_area(text: str) -> int:
    """0.01 m² of 86.5, 86.50㎡ or 1,200; raises DomainError for anything else, zero included."""
    found = _TYPED.fullmatch(half_width(compact(text)).replace(",", "").replace("m²", "m2"))
    if found is None:
        raise DomainError(f"面积“{tidy(text)[:20]}”看不懂，请填平方米，最多两位小数，如 86.50。")
    area = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if not 0 < area <= MOST:
        raise DomainError(f"面积要大于 0，最多 {square_metres(MOST)}，请核对。")
    return area
