"""Money in 分: shown with two places, read as it is typed."""

import re

from app.errors import DomainError
from app.values.text import compact, half_width

MOST = 1_000_000_00
_TYPED = re.compile(r"(\d{1,8})(?:\.(\d{1,2}))?(?:元)?")


def yuan(fen: int) -> str:
    """12.00, 1,626.00, −4.00: the figure alone, with the minus sign that is as wide as a plus."""
    sign = "−" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def read_yuan(text: str) -> int:
    """分 of 12, 12.5, 12.50元 or 1,200; raises DomainError for anything else.

    Parts of a 分 are refused, not rounded: nobody can pay them.
    """
    found = _TYPED.fullmatch(half_width(compact(text)).replace(",", ""))
    if found is None:
        raise DomainError(f"金额“{text.strip()[:20]}”看不懂，请填元和角分，如 12 或 12.50。")
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if fen > MOST:
        raise DomainError(f"金额太大，最多 {yuan(MOST)} 元，请核对。")
    return fen
