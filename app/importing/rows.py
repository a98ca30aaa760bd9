"""What comes out of a foreign sheet: one ParsedRow per person, with what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.importing.cells import Row

# Kinds that a human decides; every other kind is a fault to be corrected in the sheet.
QUESTION_KINDS = frozenset(
    {
        "duplicate_person",
        "id_on_two_names",
        "sex_contradicts_id",
        "birth_contradicts_id",
        "person_departed",
    }
)


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong with a row: where (column letters, '' for the row), why, and what to do."""

    kind: str
    column: str
    sentence: str
    remedy: str = ""

    @property
    def is_question(self) -> bool:
        return self.kind in QUESTION_KINDS


class RowValues(NamedTuple):
    """A person as told by the sheet, cleaned; '' or None where the sheet says nothing.

    `household_key` is equal for members of one household of this file and '' when unknown.
    A tuple: of so many fields, a frozen dataclass takes four times as long to make.
    """

    name: str = ""
    former_name: str = ""
    sex: str = ""
    birth_date: date | None = None
    document_kind: str = ""
    document_number: str = ""
    ethnic_group: str = ""
    political_status: str = ""
    education: str = ""
    marital: str = ""
    phones: tuple[str, ...] = ()
    work: str = ""
    registered_address: str = ""
    residence_status: str = ""
    relation: str = ""
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    address: str = ""
    grid: str = ""
    household_number: str = ""
    household_key: str = ""
    head_name: str = ""
    dwelling_kind: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    consent_on: date | None = None


class ParsedRow(NamedTuple):
    """One person of a sheet. `row` is 1-based as WPS shows it; `cells` are the sheet's own.

    `table` counts the tables of the sheet's layout, from 0.
    """

    sheet: str
    row: int
    values: RowValues
    cells: Row
    faults: tuple[RowFault, ...] = ()
    remarks: tuple[str, ...] = ()
    table: int = 0

    @property
    def state(self) -> str:
        """'fault', 'question' or 'good': whether it is new or known the office's file decides."""
        if not self.faults:
            return "good"
        return "question" if all(fault.is_question for fault in self.faults) else "fault"

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fault.kind for fault in self.faults))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each fault as one sentence with the remedy."""
        return tuple(fault.sentence + fault.remedy for fault in self.faults)
