"""The templates that every office begins with, as resources/data has them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from app.paths import resources
from app.services.certificate_views import SECRETARY

CHECKED = "核"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """One template; `grade` tells how sure its legal basis is (domain.md 0.1)."""

    key: str
    title: str
    layout: str
    body: str
    grade: str
    legal_basis: str = ""
    purpose: str = ""
    recipient: str = ""
    verification: str = ""
    valid_days: int | None = None
    approver: str = SECRETARY
    seal_mark: bool = True
    counterfoil: bool = True
    book_word: str = ""
    enabled: bool = False


@cache
def shipped() -> dict[str, Shipped]:
    """By key, in the order in which they are offered."""
    path = resources() / "data" / "certificate_templates.toml"
    with path.open("rb") as file:
        found = [Shipped(**values) for values in tomllib.load(file)["template"]]
    return {one.key: _trimmed(one) for one in found}


def _trimmed(one: Shipped) -> Shipped:
    values = {name: getattr(one, name) for name in one.__slots__}
    return Shipped(**{**values, "body": one.body.strip()})
