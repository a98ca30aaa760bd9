"""手工记分 that was not finished: kept after every person, there again when the form is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.context import Context
from app.errors import DomainError
from app.services import drafts
from app.services.activity_finder import Person
from app.ui.kit import messages
from app.ui.points.ledger.claim_rows import ClaimRow

KIND = "points_claim"


class ClaimDraft:
    """What stands in the form of whoever works here; without people there is nothing to keep."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: dict[str, Any] | None = None

    def kept(self) -> Mapping[str, Any] | None:
        """The fields as they were left; None where nothing was."""
        with self._context.database.reading() as session:
            draft = drafts.kept(session, KIND)
        self._last = dict(draft.fields) if draft is not None else None
        return self._last

    def keep(self, fields: Mapping[str, object], rows: Sequence[ClaimRow]) -> None:
        """Write it down; a fault of the file is told and does not stop the typing."""
        people = [{**asdict(one.person), "quantity": one.quantity} for one in rows]
        values = {**fields, "people": people} if rows else None
        if values == self._last:
            return
        try:
            self._write(values, f"手工记分 {len(rows):,} 人")
        except DomainError as error:
            messages.warn(self._context.signals, f"草稿没有存上：{error}")
            return
        self._last = values

    def drop(self) -> None:
        """It was booked, or given up."""
        self.keep({}, ())

    def _write(self, values: dict[str, Any] | None, title: str) -> None:
        with self._context.database.transaction("保存草稿") as session:
            if values is None:
                drafts.drop(session, KIND)
            else:
                drafts.keep(session, KIND, values, now=self._context.clock.now(), title=title)


def people_of(fields: Mapping[str, Any]) -> list[tuple[Person, int]]:
    """Who stood on the form, with their quantities."""
    found = []
    for values in fields.get("people", ()):
        person = {name: value for name, value in values.items() if name != "quantity"}
        found.append((Person(**person), values["quantity"]))
    return found
