"""Saving what the form holds: one transaction, and what to do when somebody else was faster."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from app.context import Context
from app.errors import ChangedMeanwhile
from app.services import cards, resident_forms
from app.services.resident_forms import ResidentInput
from app.ui.residents.form_data import Opened

_NEVER_CARRIED = ("household_id", "tag_ids")


@dataclass(frozen=True)
class Saved:
    """The resident that was written, and in words what else changed."""

    resident_id: int
    sentence: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """My typing on top of what somebody else saved in between."""

    entered: ResidentInput
    taken_over: tuple[str, ...]
    """Fields that only the other one changed."""
    contested: dict[str, Any]
    """Fields that both changed: the other one's value. Mine stays in the form."""


class FormSaver:
    """Knows which record the form was opened with; writes it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.resident_id: int | None = None
        self.opened = ResidentInput()
        self.opened_photo = b""
        self._version = 0

    def start_new(self, entered: ResidentInput) -> None:
        self.resident_id, self._version = None, 0
        self.opened, self.opened_photo = entered, b""

    def start_edit(self, resident_id: int, opened: Opened) -> None:
        self.resident_id, self._version = resident_id, opened.version
        self.opened, self.opened_photo = opened.entered, opened.photo

    def save(self, entered: ResidentInput, photo: bytes, distinct_from: Iterable[int]) -> Saved:
        """Write. Raises InvalidInput, DuplicateDocument, ChangedMeanwhile, other DomainErrors."""
        others = tuple(distinct_from)
        if self.resident_id is None:
            return self._add(entered, photo, others)
        return self._update(self.resident_id, entered, photo, others)

    def _add(self, entered: ResidentInput, photo: bytes, others: tuple[int, ...]) -> Saved:
        sentence = f"新增居民 {entered.name}"
        now = self._context.clock.now()
        with self._context.database.transaction(sentence) as session:
            number = resident_forms.add(session, entered, now=now, distinct_from=others)
            if photo:
                cards.set_photo(session, number, photo)
        return Saved(number, f"已{sentence}", ())

    def _update(
        self, number: int, entered: ResidentInput, photo: bytes, others: tuple[int, ...]
    ) -> Saved:
        now = self._context.clock.now()
        # Had somebody changed it since, nothing would be saved.
        sentence = resident_forms.changes_in_words(self.opened, entered)
        with self._context.database.transaction(sentence) as session:
            remarks = resident_forms.update(
                session, number, entered, version=self._version, now=now, distinct_from=others
            )
            if photo != self.opened_photo:
                cards.set_photo(session, number, photo or None)
        return Saved(number, f"已{sentence}", remarks)

    def merge_with_latest(self, mine: ResidentInput) -> Merged:
        """After ChangedMeanwhile: take the record anew, keep my typing on top of it."""
        if self.resident_id is None:
            raise ChangedMeanwhile
        with self._context.database.reading() as session:
            theirs, version = resident_forms.input_of(session, self.resident_id)
        taken, contested = [], {}
        for field in fields(ResidentInput):
            before, now = getattr(self.opened, field.name), getattr(theirs, field.name)
            own = getattr(mine, field.name)
            if now in (before, own):
                continue
            if own == before:
                taken.append(field.name)
            else:
                contested[field.name] = now
        entered = replace(mine, **{name: getattr(theirs, name) for name in taken})
        self.opened, self._version = theirs, version
        return Merged(entered, tuple(taken), contested)


def only_typed(
    typed: ResidentInput, on_file: ResidentInput, shown: Container[str]
) -> dict[str, Any]:
    """What was typed for a person where the record on file has nothing."""
    return {
        field.name: getattr(typed, field.name)
        for field in fields(ResidentInput)
        if field.name in shown
        and field.name not in _NEVER_CARRIED
        and getattr(typed, field.name)
        and not getattr(on_file, field.name)
    }
