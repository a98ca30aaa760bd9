"""What stands in the chain for the words and values of the journal: digests of their own.

What law asks to be erased leaves its digest, and the rest of the chain stays proven. The digests
are salted, and the salt goes with what was erased: nobody can try names and numbers until one fits.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any

ERASED = "erased"
"""Key of the digest that is left of an erased part, in `details` and in `fields`."""
# Made once: json.dumps would make one for each of ten thousand rows.
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
ANNOUNCED = "erased_parts"
"""Detail of the operation that erased parts of others: their ids, by table."""


def salt() -> str:
    """16 signs that nobody can guess."""
    return secrets.token_urlsafe(12)


def words_digest(operation: dict[str, Any]) -> str:
    """The digest of sentence and details, also where they were erased."""
    if _words_erased(operation):
        return str(operation["details"][ERASED])
    return _digest([operation["salt"], operation["sentence"], operation["details"]])


def fields_digest(change: dict[str, Any]) -> str | None:
    """The digest of a change's values, also where they were erased; None where it has none."""
    if change["fields"] is None:
        return None
    if _fields_erased(change):
        return str(change["fields"][ERASED])
    return _digest([change["salt"], change["fields"]])


def canonical(facts: list[Any]) -> bytes:
    """The same bytes for the same facts, whatever the order of their keys."""
    return _WRITER.encode(facts).encode()


class ErasedParts:
    """What was erased, and what operations say that they erased."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, int], int] = {}
        self._announced: set[tuple[str, int]] = set()

    def read(self, operation: dict[str, Any], changes: Iterable[dict[str, Any]]) -> None:
        """Take in one operation with its changes."""
        number = operation["id"]
        if _words_erased(operation):
            self._parts["operation", number] = number
        for change in changes:
            if _fields_erased(change):
                self._parts["change", change["id"]] = number
        announced = (operation["details"] or {}).get(ANNOUNCED, {})
        self._announced.update((table, one) for table in announced for one in announced[table])

    def unannounced(self) -> set[int]:
        """Operations that lost a part, and no operation says so."""
        return {number for part, number in self._parts.items() if part not in self._announced}


def _words_erased(operation: dict[str, Any]) -> bool:
    return operation["salt"] is None and ERASED in (operation["details"] or {})


def _fields_erased(change: dict[str, Any]) -> bool:
    return change["salt"] is None and ERASED in (change["fields"] or {})


def _digest(facts: list[Any]) -> str:
    return hashlib.sha256(canonical(facts)).hexdigest()
