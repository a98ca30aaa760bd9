"""存款收据, 退款收据, 收款收据 of a meal account: from a roll of 58 mm, or A5 to be signed."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.reports import slip
from app.reports.fonts import require
from app.reports.slip import ROLL, SlipPaper, SlipRow
from app.values.money import in_capitals, yuan

TITLE = "餐费收据"
_FOOT = "请当面点清，妥善保管。"


@dataclass(frozen=True, kw_only=True)
class MealReceipt:
    """Amounts in 分; `before` and `after` of the account, what is owed negative."""

    office: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    amount: int
    before: int
    after: int
    signer: str = "交款人签字"
    note: str = ""
    """（补打）, （已冲正）"""
    paper: SlipPaper = ROLL


def render(data: MealReceipt) -> bytes:
    """The PDF, one page; MissingGlyph if a name cannot be printed."""
    words = [text for pair in data.facts for text in pair]
    require((data.office, data.title, data.signer, data.note, *words))
    layout = slip.set_below(data.paper, _rows(data))
    return slip.drawn(data.title, data.office, layout)


def _rows(data: MealReceipt) -> Iterator[SlipRow]:
    yield "title", data.title + data.note, ""
    yield "centre", data.office, ""
    yield "dash", "", ""
    for label, words in data.facts:
        yield "pair", label, words
    yield "dash", "", ""
    yield "bold", "金额（元）", yuan(data.amount)
    yield "pair", "大写", in_capitals(data.amount)
    yield "dash", "", ""
    yield _left("原来", data.before)
    yield _left("现在", data.after)
    yield "dash", "", ""
    yield "sign", data.signer, ""
    yield "bars", data.number, ""
    yield "centre", _FOOT, ""


def _left(when: str, balance: int) -> SlipRow:
    """现在余额 113.50, 现在欠款 10.00."""
    if balance < 0:
        return "bold", f"{when}欠款", yuan(-balance)
    return "bold", f"{when}余额", yuan(balance)
