"""Codes of what we print to be scanned again: letters, eight digits of chance, one that checks."""

import secrets

_DIGITS = 8


def fresh(begin: str) -> str:
    """JF and nine digits, the last one of which checks the others (Luhn): a misread opens none."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
    return f"{begin}{digits}{_check_digit(digits)}"


def _check_digit(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
