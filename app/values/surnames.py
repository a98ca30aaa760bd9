"""Surnames: which are compound and how they are read when they are surnames."""

from functools import cache

from app.values.tables import read_table


@cache
def surname_readings() -> dict[str, tuple[str, ...]]:
    """Surname -> its syllables with tone marks (单 -> shàn), from resources/data/surnames.csv."""
    return {row["surname"]: tuple(row["reading"].split()) for row in read_table("surnames")}


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name; 阿迪力·买买提 and Latin names have no surname."""
    if "·" in name or name.isascii():
        return "", name
    length = 2 if len(name) > 2 and name[:2] in surname_readings() else 1
    return name[:length], name[length:]
