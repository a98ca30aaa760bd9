"""What the two registers differ in: columns, where their lines come from, what they are called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.models import Base, Certificate, Refusal, SealUse
from app.services import refusals, registers
from app.services.registers import RegisterFilter
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_paper import SeenColumn

Line = tuple[str, ...]
_NUMBERS = ("序号", "份数")


@dataclass(frozen=True)
class Book:
    """The table shows `shown`, the card beside it and what leaves the program all `headings`.

    `ids` and `rows` read a session; `unit` counts lines, `hint` stands in the search box,
    `kept` says of what there is nothing yet, or nothing like what was asked for.
    """

    title: str
    unit: str
    hint: str
    kept: str
    advice: str
    headings: tuple[str, ...]
    shown: tuple[Column, ...]
    paper: Mapping[str, float]
    """Share of the sheet in mm: names and days are not to be broken, what is long may be."""
    ids: Callable[[Session, RegisterFilter], list[int]]
    rows: Callable[..., list[Line]]
    people: Callable[[Session, Sequence[int]], list[int]]
    model: type[Base]
    """Whose rows the lines are"""
    opening: str
    """What Enter does with a line, in the words of a button."""
    opens: Callable[[Session, int], bool]

    def columns_on_paper(self) -> tuple[SeenColumn, ...]:
        """All columns, with widths for paper in tenths of a mm."""
        return tuple(
            SeenColumn(
                heading,
                round(10 * self.paper[heading]),
                "right" if heading in _NUMBERS else "left",
            )
            for heading in self.headings
        )


def _column(
    headings: Sequence[str], heading: str, width: int, *, weight: int = 0, large: bool = True
) -> Column:
    place = headings.index(heading)
    align = "right" if heading in _NUMBERS else "left"
    return Column(
        heading,
        heading,
        lambda line: line[place],
        width,
        weight=weight,
        align=align,
        large_mode=large,
    )


_CERTIFICATE = registers.CERTIFICATE_HEADINGS
_STATE_AT, _NUMBER_AT = _CERTIFICATE.index("状态"), _CERTIFICATE.index("编号")


def _is_void(line: Line) -> bool:
    return line[_STATE_AT] == registers.VOID


CERTIFICATE_BOOK = Book(
    title=registers.CERTIFICATES,
    unit="份",
    hint="编号、姓名",
    kept="证明",
    advice="给号以后的证明会自动记在这里，作废的也留着。",
    headings=_CERTIFICATE,
    shown=(
        Column(
            "编号",
            "编号",
            lambda line: Cell(line[_NUMBER_AT], bold=True, strike=_is_void(line)),
            206,
        ),
        _column(_CERTIFICATE, "日期", 102, large=False),
        _column(_CERTIFICATE, "申请人", 96),
        _column(_CERTIFICATE, "事项类别", 150, weight=1),
        _column(_CERTIFICATE, "经办人", 76, large=False),
        Column(
            "状态",
            "状态",
            lambda line: Cell(line[_STATE_AT], tone="danger" if _is_void(line) else ""),
            150,
        ),
    ),
    # Two lines at most for what offices write: the basis and what was checked take what is left.
    paper={
        "序号": 5.5,
        "编号": 19.4,
        "日期": 15.2,
        "申请人": 9.2,
        "证件类型/尾号": 14.3,
        "联系电话": 12.1,
        "事项类别": 11.8,
        "用途": 14.2,
        "接收单位": 11.8,
        "法律依据": 48,
        "查验材料": 34.3,
        "核实人": 9.2,
        "批准人": 9.2,
        "份数": 4.4,
        "经办人": 9.2,
        "领取人": 15,
        "状态": 11.8,
        "作废原因": 11.6,
        "备注": 6.4,
    },
    ids=registers.certificate_ids,
    rows=registers.certificate_rows,
    people=registers.people,
    model=Certificate,
    opening="打开这份证明",
    opens=lambda *_: True,
)
_SEAL = registers.SEAL_HEADINGS
SEAL_BOOK = Book(
    title=registers.SEALS,
    unit="次",
    hint="内容、经办人",
    kept="用印登记",
    advice="打印证明后自动登记；其他用印点“登记用印”。",
    headings=_SEAL,
    shown=(
        _column(_SEAL, "用印时间", 146),
        _column(_SEAL, "用印内容", 330, weight=1),
        _column(_SEAL, "份数", 58),
        _column(_SEAL, "签批人", 92, large=False),
        _column(_SEAL, "经办人", 80, large=False),
    ),
    paper={
        "序号": 9,
        "用印时间": 26,
        "印章": 26,
        "用印内容": 88,
        "份数": 9,
        "签批人": 16,
        "经办人": 14,
        "申请用印人": 20,
        "联系电话": 25,
        "备注": 30,
    },
    ids=registers.seal_ids,
    rows=registers.seal_rows,
    people=registers.seal_people,
    model=SealUse,
    opening="修改这一条",
    opens=registers.is_by_hand,
)
_REFUSAL = refusals.HEADINGS
REFUSAL_BOOK = Book(
    title=refusals.TITLE,
    unit="份",
    hint="申请人、事项",
    kept="告知单",
    advice="印过的不予出具告知单会自动记在这里。",
    headings=_REFUSAL,
    shown=(
        _column(_REFUSAL, "日期", 104),
        _column(_REFUSAL, "申请人", 110),
        _column(_REFUSAL, "申请事项", 180, weight=2),
        _column(_REFUSAL, "清单事项", 180, weight=1),
        _column(_REFUSAL, "经办人", 80, large=False),
    ),
    paper={
        "序号": 10,
        "日期": 24,
        "申请人": 30,
        "申请事项": 90,
        "清单事项": 80,
        "经办人": 24,
    },
    ids=refusals.ids,
    rows=refusals.rows,
    people=refusals.people,
    model=Refusal,
    opening="看原件",
    opens=lambda *_: True,
)
