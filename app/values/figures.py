"""Figures as they are read: thousands with a comma, the sign as wide as the plus."""


def signed(number: int) -> str:
    """+2, −1,820, +0: with the minus sign, which a hyphen is too short for."""
    return f"{number:+,}".replace("-", "−")


def figure(number: int) -> str:
    """2, 1,820, −5: the same without a plus."""
    return f"{number:,}".replace("-", "−")


def spelled(number: int) -> str:
    """六, 十, 十二, 二十一: 1 to 99 as terms of office and sections are counted."""
    tens, ones = divmod(number, 10)
    front = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
    return front + (_HAN[ones] if ones or not tens else "")


_HAN = "〇一二三四五六七八九"
