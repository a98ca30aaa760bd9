"""What is typed into the lines of a form: tidied, and none longer than its column."""

from collections.abc import Mapping

from app.errors import DomainError
from app.values.text import tidy

Longest = Mapping[str, tuple[int, str]]
"""By the name of a field its most characters, and what it is called on screen."""


def tidied(entered: object, longest: Longest) -> dict[str, str]:
    """The texts of an input by their names; raises DomainError naming one that is too long."""
    texts = {name: tidy(getattr(entered, name)) for name in longest}
    check(texts, longest)
    return texts


def check(texts: Mapping[str, str], longest: Longest) -> None:
    """Raise DomainError naming the first text that is too long."""
    for name, (most, label) in longest.items():
        if len(texts[name]) > most:
            raise DomainError(f"“{label}”太长，最多 {most} 个字，请缩短。")
