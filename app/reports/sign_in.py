"""签到表: who was asked to come, with room for the signature; with or without photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column
from app.values.stamp import Stamp

TITLE = "签到表"
_PLAIN = (
    Column("序号", 12, "center"),
    Column("姓名", 28),
    Column("住址", 44),
    Column("电话", 30, "center"),
    Column("签名", 42),
    Column("备注", 26),
)
_WITH_PHOTO = (
    Column("序号", 12, "center"),
    Column("照片", 20, "center"),
    Column("姓名", 28),
    Column("住址", 44),
    Column("签名", 48),
    Column("备注", 30),
)
_ROW, _PHOTO_ROW = 10.0, 25.0


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is expected."""

    name: str
    place: str = ""
    phone: str = ""
    photo: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """One event and its guests; what is not known yet is left to be written by hand."""

    office: str
    event: str
    when: str = ""
    where: str = ""
    host: str = ""
    filter_words: str
    guests: Sequence[Guest]
    with_photo: bool = False
    blank_rows: int = 0
    printed_on: date
    printed_by: str
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: SignIn) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    columns = _WITH_PHOTO if data.with_photo else _PLAIN
    rows = [_row(guest, data.with_photo) for guest in data.guests]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(
                ("活动", data.event),
                ("时间", data.when),
                ("地点", data.where),
                ("主持", data.host),
            ),
            filter_words=data.filter_words,
            count_words=name_table.people_words(len(data.guests), data.blank_rows),
            columns=columns,
            rows=name_table.numbered(rows, len(columns), data.blank_rows),
            row_height=_PHOTO_ROW if data.with_photo else _ROW,
            photos=_photos(data) if data.with_photo else None,
            signers=("实到人数", "记录人"),
            note=PERSONAL,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            stamp=data.stamp,
        )
    )


def _row(guest: Guest, with_photo: bool) -> tuple[str, ...]:
    if with_photo:
        return ("", guest.name, guest.place, "", "")
    return (guest.name, guest.place, guest.phone, "", "")


def _photos(data: SignIn) -> list[bytes | None]:
    return [guest.photo for guest in data.guests] + [None] * data.blank_rows
