"""领取签字表: who receives what, how many, with room for signature or whoever fetches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "领取签字表"
_COLUMNS = (
    Column("序号", 11, "center"),
    Column("姓名", 29),
    Column("住址", 36),
    Column("证件尾号", 19, "center"),
    Column("数量", 13, "center"),
    Column("领取日期", 23),
    Column("领取人签字", 30),
    Column("代领人及关系", 28),
)
_ROW = 10.0


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who is to receive; the tail of the document tells people of one name apart."""

    name: str
    place: str = ""
    document_tail: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptForm:
    """One handing-out: the goods, how many for each, and to whom."""

    office: str
    goods: str
    each: int = 1
    unit: str = "份"
    when: str = ""
    where: str = ""
    filter_words: str
    receivers: Sequence[Receiver]
    blank_rows: int = 0
    printed_on: date
    printed_by: str


def render(data: ReceiptForm) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    count = len(data.receivers)
    each = str(data.each)
    rows = [(one.name, one.place, one.document_tail, each, "", "", "") for one in data.receivers]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(
                ("物品", data.goods),
                ("每人", f"{data.each} {data.unit}"),
                ("时间", data.when),
                ("地点", data.where),
            ),
            filter_words=data.filter_words,
            count_words=name_table.people_words(count, data.blank_rows),
            columns=_COLUMNS,
            rows=name_table.numbered(rows, len(_COLUMNS), data.blank_rows),
            row_height=_ROW,
            totals=_totals(count, data.each),
            signers=("发放人", "监督人", "审核人"),
            note=f"{PERSONAL}代领的，代领人签自己的名字并写明与本人的关系。",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _totals(count: int, each: int) -> tuple[str, ...]:
    """Of a form without names they are written by hand."""
    people, goods = (f"{count:,} 人", f"{count * each:,}") if count else ("", "")
    return ("合计", people, "", "", goods, "", "", "")
