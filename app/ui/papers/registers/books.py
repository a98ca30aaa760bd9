"""What the two registers differ in: columns, where their lines come from, what they are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.services import registers
from app.services.registers import RegisterFilter
from app.ui.kit.table_columns import Cell, CellValue, Column

Line = tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """`ids` and `rows` read a session; `unit` counts lines, `hint` stands in the search box."""

    title: str
    unit: str
    hint: str
    nothing: str
    advice: str
    columns: tuple[Column, ...]
    ids: Callable[[Session, RegisterFilter], list[int]]
    rows: Callable[..., list[Line]]
    people: Callable[[Session, Sequence[int]], list[int]]


# In pixels of 标准: the least width of a column, and its share of the sheet when it is printed.
_CERTIFICATE_WIDTHS = {
    "序号": 56,
    "编号": 172,
    "日期": 106,
    "申请人": 96,
    "证件类型/尾号": 156,
    "联系电话": 132,
    "事项类别": 150,
    "用途": 150,
    "接收单位": 150,
    "法律依据": 210,
    "查验材料": 160,
    "核实人": 76,
    "批准人": 92,
    "份数": 56,
    "经办人": 76,
    "领取人": 140,
    "状态": 170,
    "作废原因": 140,
    "备注": 140,
}
_SEAL_WIDTHS = {
    "序号": 56,
    "用印时间": 140,
    "印章": 140,
    "用印内容": 300,
    "份数": 56,
    "签批人": 92,
    "经办人": 84,
    "申请用印人": 104,
    "联系电话": 132,
    "备注": 120,
}
_NUMBERS = {"序号", "份数"}


def _columns(
    headings: Sequence[str], widths: dict[str, int], *, grows: str, bold: str
) -> tuple[Column, ...]:
    return tuple(
        Column(
            heading,
            heading,
            _reader(place, heading),
            widths[heading],
            weight=int(heading == grows),
            align="right" if heading in _NUMBERS else "left",
            bold=heading == bold,
        )
        for place, heading in enumerate(headings)
    )


def _reader(place: int, heading: str) -> Callable[[Line], CellValue]:
    if heading == "状态":
        return lambda line: _state(line[place])
    return lambda line: line[place]


def _state(words: str) -> Cell:
    return Cell(words, tone="danger" if words == registers.VOID else "")


CERTIFICATE_BOOK = Book(
    title=registers.CERTIFICATES,
    unit="份",
    hint="编号、姓名、用途",
    nothing="登记簿里没有这样的证明",
    advice="给号以后的证明会自动记在这里，作废的也留着。",
    columns=_columns(
        registers.CERTIFICATE_HEADINGS, _CERTIFICATE_WIDTHS, grows="法律依据", bold="编号"
    ),
    ids=registers.certificate_ids,
    rows=registers.certificate_rows,
    people=registers.people,
)
SEAL_BOOK = Book(
    title=registers.SEALS,
    unit="次",
    hint="用印内容、经办人",
    nothing="没有这样的用印登记",
    advice="打印证明后自动登记；其他用印点“登记用印”。",
    columns=_columns(registers.SEAL_HEADINGS, _SEAL_WIDTHS, grows="用印内容", bold="用印内容"),
    ids=registers.seal_ids,
    rows=registers.seal_rows,
    people=lambda *_: [],
)
