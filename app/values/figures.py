"""Figures as they are read: thousands with a comma, the sign as wide as the plus."""


def signed(number: int) -> str:
    """+2, −1,820, +0: with the minus sign, which a hyphen is too short for."""
    return f"{number:+,}".replace("-", "−")


def figure(number: int) -> str:
    """2, 1,820, −5: the same without a plus."""
    return f"{number:,}".replace("-", "−")
