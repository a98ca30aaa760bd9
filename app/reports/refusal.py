"""《不予出具告知单》: why a certificate is not issued, and where the matter is dealt with."""

from dataclasses import dataclass
from datetime import date

TITLE = "不予出具证明告知单"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What was asked for, and the item of the list that it is."""

    office: str
    applicant: str
    matter: str
    item_name: str
    item_number: str
    """Its place in the list, such as 全国清单第 8 项."""
    document: str
    """The document with the list, such as 民发〔2020〕20号."""
    where_to_go: str
    basis: str
    """The law behind `where_to_go`; empty unless its wording was checked (核)."""
    day: date
    handled_by: str
    office_phone: str = ""
