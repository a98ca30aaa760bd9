"""What the two registers differ in: columns, where their lines come from, what they are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.services import registers
from app.services.registers import RegisterFilter
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_paper import SeenTable

Line = tuple[str, ...]
Widths = dict[str, tuple[int, float]]


@dataclass(frozen=True)
class Book:
    """`ids` and `rows` read a session; `unit` counts lines, `hint` stands in the search box."""

    title: str
    unit: str
    hint: str
    nothing: str
    advice: str
    columns: tuple[Column, ...]
    widths: Widths
    ids: Callable[[Session, RegisterFilter], list[int]]
    rows: Callable[..., list[Line]]
    people: Callable[[Session, Sequence[int]], list[int]]


# The least width on the screen (pixels of 标准), and the share of the sheet in mm: on paper names
# and days must not be broken, while what is long may take several lines.
_CERTIFICATE_WIDTHS: Widths = {
    "序号": (52, 6.5),
    "编号": (206, 20),
    "日期": (102, 17.3),
    "申请人": (96, 10.6),
    "证件类型/尾号": (140, 16.3),
    "联系电话": (128, 13),
    "事项类别": (146, 15.5),
    "用途": (146, 14),
    "接收单位": (146, 14),
    "法律依据": (350, 36.5),
    "查验材料": (220, 24),
    "核实人": (76, 10.3),
    "批准人": (92, 10.3),
    "份数": (52, 6),
    "经办人": (76, 10.3),
    "领取人": (150, 19),
    "状态": (160, 18.6),
    "作废原因": (150, 13),
    "备注": (150, 11),
}
_SEAL_WIDTHS: Widths = {
    "序号": (56, 9),
    "用印时间": (140, 25),
    "印章": (128, 26),
    "用印内容": (350, 88),
    "份数": (56, 9),
    "签批人": (84, 16),
    "经办人": (76, 14),
    "申请用印人": (100, 20),
    "联系电话": (128, 25),
    "备注": (90, 30),
}
_NUMBERS = {"序号", "份数"}
_NUMBER, _STATE = "编号", "状态"


def _columns(
    headings: Sequence[str], widths: Widths, *, grows: str, bold: str
) -> tuple[Column, ...]:
    return tuple(
        Column(
            heading,
            heading,
            _reader(place, heading),
            widths[heading][0],
            weight=int(heading == grows),
            align="right" if heading in _NUMBERS else "left",
            bold=heading == bold,
        )
        for place, heading in enumerate(headings)
    )


def _reader(place: int, heading: str) -> Callable[[Line], CellValue]:
    if heading == _NUMBER:
        return lambda line: Cell(line[place], bold=True, strike=_is_void(line))
    if heading == _STATE:
        return lambda line: Cell(line[place], tone="danger" if _is_void(line) else "")
    return lambda line: line[place]


def _is_void(line: Line) -> bool:
    """Seen at its number as well, which stands far from the column of states."""
    return line[_STATE_AT] == registers.VOID


_STATE_AT = registers.CERTIFICATE_HEADINGS.index(_STATE)


def on_paper(seen: SeenTable, book: Book) -> SeenTable:
    """What the screen shows, in columns as wide as the sheet wants them."""
    tenths = {heading: round(10 * paper) for heading, (_, paper) in book.widths.items()}
    columns = (replace(column, width=tenths[column.title]) for column in seen.columns)
    return replace(seen, columns=tuple(columns))


CERTIFICATE_BOOK = Book(
    title=registers.CERTIFICATES,
    unit="份",
    hint="编号、姓名、用途",
    nothing="登记簿里没有这样的证明",
    advice="给号以后的证明会自动记在这里，作废的也留着。",
    columns=_columns(
        registers.CERTIFICATE_HEADINGS, _CERTIFICATE_WIDTHS, grows="法律依据", bold="编号"
    ),
    widths=_CERTIFICATE_WIDTHS,
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
    widths=_SEAL_WIDTHS,
    ids=registers.seal_ids,
    rows=registers.seal_rows,
    people=lambda *_: [],
)
