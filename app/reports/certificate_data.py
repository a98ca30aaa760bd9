"""What is printed on a certificate (证明), and the same as plain values kept in the register."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

from app.errors import DomainError

Layout = Literal["letter", "blocks", "honor"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

Block = tuple[str, tuple[tuple[str, str], ...]]
"""A heading and its rows of label and value."""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """One certificate; an empty `number` is a draft's, a `mark` is added to the same paper."""

    office: str
    title: str
    number: str
    paragraphs: tuple[str, ...]
    holder: str
    holder_document: str = ""
    purpose: str = ""
    recipient: str = ""
    copies: int = 1
    legal_basis: str = ""
    valid_until: date | None = None
    issued_on: date | None = None
    handled_by: str = ""
    approved_by: str = ""
    office_phone: str = ""
    check_code: str = ""
    qr_text: str = ""
    seal_mark: bool = True
    counterfoil: bool = True
    blocks: tuple[Block, ...] = ()
    """The four blocks of 民发〔2015〕149号, for the layout of that name."""
    mark: str = ""
    """草稿 or 作废 across the sheet; anything else (补打 第2次) small outside the frame."""
    layout: Layout = "letter"


class DamagedSnapshot(DomainError):
    """The values kept of a paper are not those of a certificate any more."""

    def __init__(self) -> None:
        super().__init__("这份文书存下的原样读不出来，不能补打。请作废后更正，另出一份。")


def to_snapshot(data: Certificate) -> dict[str, Any]:
    """`data` as values that JSON keeps; a mark is added at each printing and is not part of it."""
    kept = {field.name: getattr(data, field.name) for field in fields(data)}
    del kept["mark"]
    for name in _DATES:
        kept[name] = kept[name].isoformat() if kept[name] else None
    kept["paragraphs"] = list(data.paragraphs)
    kept["blocks"] = [[title, [list(row) for row in rows]] for title, rows in data.blocks]
    return kept


def from_snapshot(kept: Mapping[str, Any]) -> Certificate:
    """The certificate that to_snapshot was given, unmarked; DamagedSnapshot if it is none."""
    try:
        values = dict(kept)
        for name in _DATES:
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        values["paragraphs"] = tuple(values["paragraphs"])
        values["blocks"] = tuple(
            (title, tuple((label, value) for label, value in rows))
            for title, rows in values["blocks"]
        )
        data = Certificate(**values)
    except (TypeError, ValueError, KeyError) as error:
        raise DamagedSnapshot from error
    if data.layout not in LAYOUTS:
        raise DamagedSnapshot
    return data


_DATES = ("valid_until", "issued_on")
