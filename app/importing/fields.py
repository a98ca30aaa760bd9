"""What a column can mean, and the headings by which offices call it (columns.csv)."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from app.values.codes import DEFAULT_TAGS
from app.values.tables import read_table
from app.values.text import compact

TAG_TICK = "tag:"
OTHER_PERSON = "other_person"


@dataclass(frozen=True, slots=True)
class Field:
    """A meaning of a column. `label` is shown where the user corrects columns."""

    key: str
    label: str
    repeatable: bool


@cache
def fields() -> dict[str, Field]:
    """All fields by key, in the order in which they are offered to the user."""
    rows = read_table("columns")
    return {
        row["key"]: Field(row["key"], row["label"], row["repeatable"] == "1")
        for row in rows
        if row["key"]
    }


def is_single(key: str) -> bool:
    """True for fields of which a table has one column only."""
    known = fields().get(key)
    return known is not None and not known.repeatable


@cache
def _headings() -> dict[str, str]:
    """Plain heading -> key; '' for headings that are known and not imported."""
    found: dict[str, str] = {}
    for row in read_table("columns"):
        for heading in row["headings"].split():
            found.setdefault(heading, row["key"])
    return found


_OTHER = re.compile(
    r"^(?:监护人|联系人|紧急联系人|亲属(?!关系)|子女|配偶|父亲|母亲|父|母|房东|产权人|代理人|网格员|网格长|楼长|"
    r"楼栋长|包户|包联|包保|责任人|采集|填表|填报|录入|审核|领导|干部|安全负责人|物业|业委会|被监护人|"
    r"照料人|赡养人|帮扶|结对|担保人|法人|经办|丈夫|妻子|爱人|儿子|女儿|孩子|家属|亲友|邻居|.{0,4}(?:负责人|联系人|责任人|监护人))"
)
_FUZZY = (
    (re.compile(r"代码|编码|区划"), ""),
    (re.compile(r"户主.*(?:身份|证件)"), "head_document"),
    (re.compile(r"户主.*(?:电话|手机|联系)"), "head_phones"),
    (re.compile(r"户主.*姓名"), "head_name"),
    (re.compile(r"(?:户口|户籍).*(?:地|址)"), "registered_address"),
    (re.compile(r"证件?(?:类型|种类|类别)"), "document_kind"),
    (re.compile(r"(?:有效|到期|签发|期限|是否|办理)"), ""),
    (re.compile(r"身份证|身份号|证件号|公民身份"), "document_number"),
    (re.compile(r"(?:与|同|和).{0,3}(?:户主|房主|业主).{0,2}关系|户主关系"), "relation"),
    (re.compile(r"出生(?:年月|日期|时间)"), "birth_date"),
    (re.compile(r"曾用名"), "former_name"),
    (re.compile(r"手机|电话|联系方式"), "phones"),
    (re.compile(r"政治面貌"), "political_status"),
    (re.compile(r"文化程度|学历"), "education"),
    (re.compile(r"婚姻"), "marital"),
    (re.compile(r"特殊.{0,2}(?:群体|人群|人员|类别)|人群类别|人员标签"), "tags"),
    (re.compile(r"工作单位|服务处所|就业"), "work"),
    (re.compile(r"人户|居住(?:状态|情况|状况|类型)"), "residence_status"),
    (re.compile(r"现?(?:居住|家庭|常住|详细|实际).{0,3}(?:地址|住址)|^现?住址"), "address"),
    (re.compile(r"网格"), "grid"),
    (re.compile(r"姓名"), "name"),
    (re.compile(r"性别"), "sex"),
    (re.compile(r"民族"), "ethnic_group"),
)
_BRACKETS = re.compile(r"[(（\[【<《].*?[)）\]】>》]|[(（\[【].*$")
_SIGNS = re.compile(r"[*＊:：、,，.。·?？!！\"'“”√☆★_\s]+")
_PREFIX = re.compile(r"^(?:居民|人员|本人|个人|公民|被登记人|登记人|常住人口|住户)(?=..)")
# 必填，真实姓名 stands below a heading and explains it.
_HINT = re.compile(r"[，,；;。]|填")
_YES_NO = re.compile(r"^(?:是否|有无)(?:为|是|属于|有)?")
# Words that stand in data as often as in headings: they may not make a row a heading.
_COUNT = re.compile(r"\d+|[一二三四五六七八九](?=$|姓名|身份证)")
_LATIN = re.compile(r"[a-z.]+")
_COUNTABLE = {"name", "sex", "document_number", "relation", "phones", "birth_date"}
_WEAK_WORDS = (
    "户主 党员 关系 楼 栋 幢 座 室 户 房 门 梯 单位 小区 户籍 房屋 年 月 日 出生 类别 工作 其它"
)
_WEAK_HEADINGS = frozenset(_WEAK_WORDS.split())


def plain_heading(text: str) -> str:
    """A heading for comparison: no blanks, brackets, stars or signs, lower case."""
    squeezed = compact(text)
    bare = _SIGNS.sub("", _BRACKETS.sub("", squeezed))
    return (bare or _SIGNS.sub("", squeezed)).lower()


@lru_cache(maxsize=16384)
def exact_field(text: str) -> str:
    """The field whose heading this is, '' for none; only for words that are hardly ever data."""
    if len(text) > 24:
        return ""
    plain = plain_heading(text)
    if plain in _WEAK_HEADINGS:
        return ""
    return _known(plain) or ("" if _HINT.search(text) else _of_a_group(plain))


def _of_a_group(plain: str) -> str:
    """残疾人姓名, 老人身份证号: the name and number of those whom the roster lists."""
    if _OTHER.match(plain) or plain.startswith("户主"):
        return ""
    found = {_headings().get(plain[cut:], "") for cut in range(1, min(len(plain) - 1, 7))}
    return next((field for field in ("name", "document_number") if field in found), "")


def without_count(heading: str) -> str:
    """姓名2 -> 姓名: what is alike in the headings of repeated columns."""
    return _COUNT.sub("", plain_heading(heading))


def _known(plain: str) -> str:
    """The field of a listed heading, also of one that is counted (姓名2, 成员1身份证号)."""
    known = _headings()
    if plain in known:
        return known[plain]
    counted = known.get(_COUNT.sub("", plain), "")
    if counted in _COUNTABLE:
        return counted
    return "" if plain.isascii() else _known_of_two(_LATIN.sub("", plain))


def _known_of_two(plain: str) -> str:
    """姓名name, 楼号/栋号, 单元/门: what the first of two words for one thing means."""
    first, *others = plain.split("/")
    field = _headings().get(first, "")
    alike = all(len(word) == 1 or _headings().get(word) == field for word in others)
    return field if alike else ""


def field_of_heading(text: str, group: str = "") -> str:
    """The field that a heading means under its group heading; '' when unknown or to be ignored.

    Gives OTHER_PERSON for columns about somebody else, and 'tag:独居老人' for a column of ticks.
    """
    plain, above = plain_heading(text), plain_heading(group)
    if not plain:
        return ""
    if _OTHER.match(plain) or _OTHER.match(above):
        return OTHER_PERSON
    if above.startswith("户主") and plain in ("姓名", "名字"):
        return "head_name"
    if "户主" in above and (inner := _single(plain)) in ("document_number", "phones"):
        return {"document_number": "head_document", "phones": "head_phones"}[inner]
    if re.match(r"户籍|户口", above) and _single(plain) in ("address", "building", "unit", "room"):
        return "registered_address"
    return _single(plain)


def _single(plain: str) -> str:
    known = _headings()
    for word in (plain, _PREFIX.sub("", plain)):
        if word in known:
            return known[word]
    if counted := _known(plain):
        return counted
    if tag := DEFAULT_TAGS.find(_YES_NO.sub("", plain)):
        return TAG_TICK + tag
    if len(plain) > 24:
        return ""
    return next((key for pattern, key in _FUZZY if pattern.search(plain)), "")


def is_ignored_heading(text: str) -> bool:
    """True for headings that are understood and not imported (序号, 年龄), whatever they hold."""
    plain = plain_heading(text)
    return _headings().get(plain) == "" or bool(_OTHER.match(plain))
