"""Places in a notice's text that the program fills: {楼栋}, {时间}, {公示期} ..."""

import re
from collections.abc import Mapping

from app.errors import DomainError

BUILDING, UNIT = "楼栋", "单元"
WHEN, WHERE = "时间", "地点"
PERIOD, OBJECTIONS, PHONE = "公示期", "异议渠道", "电话"
CODES = (BUILDING, UNIT, WHEN, WHERE, PERIOD, OBJECTIONS, PHONE)
BLANK = "____"

_CODE = re.compile(r"\{([^{}\n]*)\}")


def codes_in(text: str) -> list[str]:
    """The codes that stand in a text, each once."""
    return list(dict.fromkeys(found.strip() for found in _CODE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its codes filled, a line to write on where there is no value.

    Raises DomainError naming a code that does not exist or a bracket that is not closed.
    """
    for code in codes_in(text):
        if code not in CODES:
            known = "、".join(f"{{{one}}}" for one in CODES)
            raise DomainError(f"“{{{code[:20]}}}”不是能填的项，请改正。能用的有：{known}。")
    rest = _CODE.sub("", text)
    stray = next((sign for sign in rest if sign in "{}"), "")
    if stray:
        raise DomainError(
            f"文中有一个单独的“{stray}”，花括号要成对写，如 {{楼栋}}；不是要填的项请用圆括号。"
        )
    # A building has no unit: nothing stands there, rather than a line.
    gaps = {code: "" if code in (BUILDING, UNIT) else BLANK for code in CODES}
    shown = gaps | {code: value for code, value in values.items() if value}
    return _CODE.sub(lambda match: shown[match[1].strip()], text)
