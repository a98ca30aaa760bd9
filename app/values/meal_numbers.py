"""The number of a meal as everybody says it: month, day, number of that canteen and day."""

from datetime import date


def number_words(on_date: date, number: int) -> str:
    """M-1101-037"""
    return f"M-{on_date:%m%d}-{number:03d}"
