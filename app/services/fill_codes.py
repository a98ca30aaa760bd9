"""Fill codes: {姓名} in the body of a template stands for what a record or the clerk knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import DomainError
from app.values.text import tidy

_CODE = re.compile(r"\{([^{}\n]*)\}")
# Chinese input methods type these for { and }: as codes they mean the same.
_WIDE = str.maketrans({"｛": "{", "｝": "}"})
_NARROW = str.maketrans({"{": "｛", "}": "｝"})
ASK = "填:"
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class FillCode:
    """`sample` stands in previews, `hint` beside the field of a code that is typed."""

    code: str
    group: str
    sample: str
    hint: str = ""

    @property
    def label(self) -> str:
        return self.code


_PERSON, _HOME, _OFFICE, _DAY, _SERVICE, _TYPED = (
    "居民",
    "住户",
    "社区",
    "日期",
    "志愿服务",
    "填写",
)
CODES: tuple[FillCode, ...] = (
    FillCode("姓名", _PERSON, "王秀兰"),
    FillCode("性别", _PERSON, "女", "男或女"),
    FillCode("民族", _PERSON, "汉族"),
    FillCode("出生日期", _PERSON, "1956年4月12日", "如 1956年4月12日"),
    FillCode("年龄", _PERSON, "70", "周岁"),
    FillCode("证件类型", _PERSON, "居民身份证"),
    FillCode("证件号码", _PERSON, "210214195604120023"),
    FillCode("政治面貌", _PERSON, "群众"),
    FillCode("文化程度", _PERSON, "高中"),
    FillCode("职业", _PERSON, "退休教师"),
    FillCode("工作单位", _PERSON, "望海路小学"),
    FillCode("户籍地址", _PERSON, "普兰店区望海路 18 号"),
    FillCode("现住址", _PERSON, "望海社区 3 号楼 2 单元 501"),
    FillCode("居住状态", _PERSON, "户在人在"),
    FillCode("户号", _HOME, "0312"),
    FillCode("户主", _HOME, "王秀兰"),
    FillCode("与户主关系", _HOME, "户主"),
    FillCode("本户人数", _HOME, "3"),
    FillCode("社区名称", _OFFICE, "望海社区"),
    FillCode("街道", _OFFICE, "海湾街道"),
    FillCode("居委会全称", _OFFICE, "海湾街道望海社区居民委员会"),
    FillCode("记录单位", _OFFICE, "海湾街道望海社区居民委员会"),
    FillCode("办公地址", _OFFICE, "望海路 18 号"),
    FillCode("办公电话", _OFFICE, "0411-83120000"),
    FillCode("出具日期", _DAY, "2026年11月21日"),
    FillCode("年份", _DAY, "2026"),
    FillCode("有效期至", _DAY, "2027年2月19日"),
    FillCode(
        "起止日期", _SERVICE, "2026年1月1日至2026年11月20日", "如 2026年1月1日至2026年11月20日"
    ),
    FillCode("服务次数", _SERVICE, "18"),
    FillCode("服务时长", _SERVICE, "42.5"),
    FillCode("服务内容", _SERVICE, "助老陪伴 24 小时，楼道清洁 18.5 小时"),
    FillCode("志愿者编号", _SERVICE, "0126", "如 0126"),
    FillCode("用途", _TYPED, "申报星级志愿者"),
    FillCode("接收单位", _TYPED, "海湾街道团工委"),
)
BY_CODE: Mapping[str, FillCode] = {one.code: one for one in CODES}
SAMPLES: Mapping[str, str] = {one.code: one.sample for one in CODES}
# Known only on the day on which the number is given.
DAY_CODES = frozenset(one.code for one in CODES if one.group == _DAY)
PERSON_CODES = frozenset(one.code for one in CODES if one.group in {_PERSON, _HOME})
OFFICE_CODES = frozenset(one.code for one in CODES if one.group == _OFFICE)


class WrongCode(DomainError):
    """A code that does not exist, or a brace without its partner; `code` is the text of it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def tidied(text: str) -> str:
    """A typed body with narrow braces and colons in its codes, as it is kept."""
    return _CODE.sub(lambda match: f"{{{_key(match[1])}}}", text.translate(_WIDE))


def codes_in(text: str) -> list[str]:
    """The codes of a body in their order, each once; unknown ones as well."""
    return list(dict.fromkeys(_key(found) for found in _CODE.findall(text.translate(_WIDE))))


def is_question(code: str) -> bool:
    """{填:接收人数} asks for 接收人数 when the paper is made."""
    return code.startswith(ASK)


def label_of(code: str) -> str:
    """What the field of a code is called on screen."""
    return code.removeprefix(ASK)


def check(text: str) -> None:
    """Raises WrongCode naming the first code that is unknown, or a brace without its partner."""
    _check(text.translate(_WIDE))


def _check(text: str) -> None:
    for code in map(_key, _CODE.findall(text)):
        if code not in BY_CODE and not (is_question(code) and label_of(code)):
            raise WrongCode(code, _unknown_words(code))
    rest = _CODE.sub("", text)
    place = next((index for index, sign in enumerate(rest) if sign in "{}"), None)
    if place is not None:
        piece = rest[max(0, place - _SHOWN // 2) : place + _SHOWN].splitlines()[0] or rest[place]
        raise WrongCode(piece, f"“{piece}”处的大括号没有成对，请补上另一半，如 {{姓名}}。")


def _unknown_words(code: str) -> str:
    if not label_of(code):
        return f"填充码 {{{code}}} 是空的，请从列表里选一个，或写成 {{填:说明}}。"
    shown = code[:_SHOWN]
    return f"没有叫 {{{shown}}} 的填充码，请从列表里选；要现填的内容写成 {{填:{shown}}}。"


def fill(text: str, values: Mapping[str, str], *, only: frozenset[str] | None = None) -> str:
    """`text` (tidied) with its codes replaced; with `only`, all other codes stay as they are.

    Raises WrongCode for what check() refuses, KeyError for a code without a value. Braces in a
    value come out wide, and wide ones are no codes here: no value is ever read as a code itself.
    """
    _check(text)
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(text):
        parts.append(text[end : match.start()])
        code, end = _key(match[1]), match.end()
        if only is not None and code not in only:
            parts.append(match[0])
        else:
            parts.append(_joined(values[code], text[end : end + 1]))
    return "".join([*parts, text[end:]])


def _joined(value: str, following: str) -> str:
    """A typed sentence that ends in 。 before the 。 of the template ends only once."""
    value = value.translate(_NARROW).strip()
    return value.rstrip(following) if following and following in "。；，、" else value


def _key(inside: str) -> str:
    code = tidy(inside).replace("：", ":")
    before, colon, after = code.partition(":")
    return f"{ASK}{after.strip()}" if colon and before.strip() == "填" else code
