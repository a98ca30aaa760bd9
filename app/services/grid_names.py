"""Grids as sheets name them: by a number (3) or by words (望海一片区)."""

_DIGITS = "零一二三四五六七八九"


def name_of(told: str) -> str:
    """The name of a grid that a sheet calls 3: 第三网格; words stay as they are."""
    return f"第{_spelled(int(told))}网格" if told.isdigit() else told


def same(told: str, number: int | None, name: str) -> bool:
    """Whether a sheet's word names the grid with this number and name."""
    return told == name or (told.isdigit() and (int(told) == number or name == name_of(told)))


def _spelled(number: int) -> str:
    """12 -> 十二; from a hundred on in digits."""
    if number >= 100:
        return str(number)
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units or not tens else "")
