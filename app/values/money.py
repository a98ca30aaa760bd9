"""Money in 分: shown with two places, read as it is typed."""

import re

from app.errors import DomainError
from app.values.text import compact, half_width, tidy

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
        raise DomainError(f"金额“{tidy(text)[:20]}”看不懂，请填元和角分，如 12 或 12.50。")
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if fen > MOST:
        raise DomainError(f"金额太大，最多 {yuan(MOST)} 元，请核对。")
    return fen


_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def in_capitals(fen: int) -> str:
    """人民币大写 of an amount: 5197.00 -> 伍仟壹佰玖拾柒元整, 0.05 -> 伍分, −4.00 -> 负肆元整."""
    sign, rest = ("负" if fen < 0 else ""), abs(fen)
    whole, jiao, odd = rest // 100, rest // 10 % 10, rest % 10
    words = f"{_whole_in_capitals(whole)}元" if whole else ""
    if not jiao and not odd:
        return f"{sign}{words or '零元'}整"
    if jiao:
        words += f"{_CAPITALS[jiao]}角"
    elif words:
        words += "零"
    return sign + words + (f"{_CAPITALS[odd]}分" if odd else "整")


def _whole_in_capitals(number: int) -> str:
    """Groups of four places; a gap between two figures is one 零."""
    words, gap = "", False
    text = str(number)
    for place, figure in enumerate(text):
        left = len(text) - place - 1
        if figure == "0":
            gap = True
        else:
            words += ("零" if gap and words else "") + _CAPITALS[int(figure)] + _PLACES[left % 4]
            gap = False
        if left % 4 == 0 and left and int(text[max(0, place - 3) : place + 1]):
            words += _GROUPS[left // 4]
    return words
