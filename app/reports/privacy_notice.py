"""个人信息采集告知书: what must be told before personal data is collected, with room to sign.

个人信息保护法 art. 17 (who, why, how, what, how long, rights), art. 30 (why sensitive data is
needed and what it may do to the person), art. 31 (consent of parents below 14 years), art. 14
and 15 (consent, and its withdrawal), art. 44-47 (rights). One page for each person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.errors import DomainError
from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import GREY, MM, Sheet
from app.reports.text import Line, compose, text_width, wrap
from app.reports.words import long_date

TITLE = "个人信息采集告知书"
RETENTION = "您在本社区居住期间，以及迁出或者不再接受服务之后 {years} 年"
"""The usual words; the office decides how many years."""
_SIDE = 20 * MM
_TOP = 15 * MM
_BOTTOM = 11 * MM
_HEAD = 28 * MM
_LINE = 7 * MM
_ADDRESSEE = 62 * MM
_BOX = 55 * MM
_SIZES = (11.5, 11.25, 11.0, 10.75, 10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5)
_LEADING = 1.48
# Values of the head: one line down to this size, then two lines in one of these.
_LEAST = 8.5
_SMALL = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_RIGHTS = (
    "您可以查阅、复制自己的信息（凭证件当场领取本人信息单，不收费用），发现不准确、不完整的可以要求"
    "更正、补充，符合法律规定的可以要求删除，也可以要求我们对处理规则作出说明。您同意过的事项可以随时"
    "撤回，撤回之前已经做的处理不受影响。办理方法：到社区办公室，或者拨打上面的电话。不能办理的，"
    "我们说明理由。您认为自己的信息被违法处理的，可以向履行个人信息保护职责的部门投诉、举报。"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data it is; without a name the form is filled in by hand."""

    name: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class PrivacyNotice:
    """The office that collects, and the people to whom it says so."""

    office: str
    address: str
    phone: str
    contact: str = ""
    retention: str = RETENTION.format(years=3)
    subjects: Sequence[Subject]
    printed_on: date


class _Set(NamedTuple):
    """The text in lines: headings and paragraphs, at one size."""

    lines: list[Line]
    size: float


def render(data: PrivacyNotice) -> bytes:
    """The PDF, one page each; DomainError if the office's own words are too long for a page."""
    require((data.office, data.address, data.phone, data.contact, data.retention))
    require(text for one in data.subjects for text in (one.name, one.place))
    sheet = Sheet(TITLE, author=data.office)
    width = sheet.width - 2 * _SIDE
    told = _fit(data, width, sheet.height - _TOP - _HEAD - _BOX - _BOTTOM)
    for subject in data.subjects or (Subject(),):
        top = _draw_head(sheet, subject)
        _draw_text(sheet, told, top)
        _draw_consent(sheet, width)
        _draw_foot(sheet, data)
        sheet.end_page()
    return sheet.finish()


def _fit(data: PrivacyNotice, width: float, room: float) -> _Set:
    """The text in the largest type that leaves room for the signature."""
    for size in _SIZES:
        told = _Set(
            [line for part in _paragraphs(data) for line in _lines(part, size, width)], size
        )
        if len(told.lines) * size * _LEADING <= room:
            return told
    raise DomainError("办公地址或保存期限写得太长，告知书一页印不下。请改短后再打印。")


def _lines(part: tuple[str, str], size: float, width: float) -> list[Line]:
    title, text = part
    spans = [(Face.HEI, title), (Face.SONG, text)] if title else [(Face.SONG, text)]
    return compose(spans, size=size, width=width, indent=2 * size)


def _paragraphs(data: PrivacyNotice) -> Iterator[tuple[str, str]]:
    """Heading and text of each point; our own words, no copy of any form in use."""
    who = f"{one_line(data.office)}。地址：{_or_blank(data.address)}；电话：{_or_blank(data.phone)}"
    contact = f"；联系人：{one_line(data.contact)}" if data.contact.strip() else ""
    yield (
        "",
        "为了登记居民、联系居民和办理社区服务，我们需要采集和使用您及家人的一部分个人信息。依照《中华人民"
        "共和国个人信息保护法》第十七条、第三十条、第三十一条，把下面的事情告诉您。请看完再签字，"
        "不明白的可以当面问。",
    )
    yield "一、由谁处理。", f"{who}{contact}。"
    yield (
        "二、为什么采集，采集什么。",
        "登记居民和住户、办理您申请的事项：姓名、性别、出生日期、民族、证件号码、户籍地址、现住址、"
        "与户主的关系、居住状态。联系和走访：电话、住址。您自愿参加的志愿服务、积分兑换、老年助餐、"
        "议事活动：参加的时间、次数、时长、积分和用餐记录。探访关爱和协助申请救助：独居、高龄、残疾、"
        "困难等情况。与这些用途无关的，我们不采集；您可以不提供照片和不必要的信息。",
    )
    yield (
        "三、怎样处理。",
        "由工作人员录入社区的办公程序，加密保存在社区的办公电脑和备份中；只有经过授权的人凭口令使用，"
        "查看、打印、导出都留有记录。不作商业用途，不对外公开；依法需要公示的，隐去证件号码等内容。"
        "依照法律规定向国家机关提供的，只提供办事所必需的部分；向其他单位和个人提供的，另行取得您的同意。",
    )
    yield (
        "四、保存多久。",
        f"{one_line(data.retention)}；法律、行政法规另有规定的，按照规定。到期后删除。",
    )
    yield (
        "五、敏感个人信息。",
        "健康、残疾、特定身份以及不满十四周岁未成年人的信息属于敏感个人信息。不了解这些情况，就不能判断您"
        "是否符合探访、助餐、救助等条件，紧急时也难以帮助您；一旦泄露，可能损害您的人格尊严，影响您的"
        "生活安宁和人身、财产安全。因此只在确有必要时采集，并限定能够查看的人员。是否提供由您单独决定；"
        "不提供的，只影响必须用到这些信息的服务，其他服务照常。",
    )
    yield (
        "六、不满十四周岁的未成年人。",
        "须由父母或者其他监护人阅读本告知书并表示同意。我们只采集监护关系、居住和所申请服务必需的信息，"
        "单独限定查看权限，不公开姓名和照片；监护人可以代为行使第七条的各项权利。",
    )
    yield "七、您的权利。", _RIGHTS


def _or_blank(text: str) -> str:
    return one_line(text) or "________________"


def _draw_head(sheet: Sheet, subject: Subject) -> float:
    """Draws title and person; gives where the text begins. A long name has a line of its own."""
    top = sheet.height - _TOP
    sheet.spaced(sheet.width / 2, top - 19, TITLE, Face.TITLE, 20, 2)
    y = top - 16.5 * MM
    width = sheet.width - 2 * _SIDE
    beside = _ADDRESSEE if _fits(subject.name, _ADDRESSEE - 12 * MM) else width
    _blank(sheet, _SIDE, y, "致：", subject.name, beside - 6 * MM)
    if beside == width:
        y, beside = y - _LINE, 0.0
    _blank(sheet, _SIDE + beside, y, "住址：", subject.place, width - beside)
    return y - 4.5 * MM


def _fits(text: str, width: float) -> bool:
    return text_width(one_line(text), Face.SONG, 11) <= width


def _blank(sheet: Sheet, x: float, y: float, label: str, value: str, width: float) -> None:
    """A label with its value, smaller or in two lines if it is long; without one a rule."""
    taken = sheet.text(x, y, label, Face.HEI, 11)
    if not value.strip():
        sheet.rule(x + taken, y - 2, x + width, y - 2, ink=GREY)
        return
    size, lines = _sized(one_line(value), width - taken)
    sheet.lines(x + taken, y, lines, size, size * 1.15)


def _sized(text: str, width: float) -> tuple[float, list[Line]]:
    """The largest type in which a value takes one line; two lines where that could not be read."""
    size = min(11.0, 11.0 * width / text_width(text, Face.SONG, 11))
    if size >= _LEAST:
        return size, wrap(text, Face.SONG, size, width)
    size = next((s for s in _SMALL if len(wrap(text, Face.SONG, s, width)) <= 2), _SMALL[-1])
    return size, wrap(text, Face.SONG, size, width)


def _draw_text(sheet: Sheet, told: _Set, top: float) -> None:
    sheet.lines(_SIDE, top - told.size, told.lines, told.size, told.size * _LEADING)


def _draw_consent(sheet: Sheet, width: float) -> None:
    low = _BOTTOM + 5 * MM
    height = _BOX - 8 * MM
    sheet.box(_SIDE, low, width, height, stroke=0.9)
    x, y = _SIDE + 4 * MM, low + height - 7.5 * MM
    for words in (
        "□ 我已经看过以上内容，知道自己的权利。",
        "敏感个人信息（第五条）：　□ 同意采集和使用　　□ 不同意",
        "照片：　□ 同意采集，用于核对本人　　□ 不同意",
    ):
        sheet.text(x, y, words, Face.SONG, 10.5)
        y -= 7.5 * MM
    half = width / 2
    sheet.text(x, y, "不满十四周岁的，由监护人填写：　□ 同意　　□ 不同意", Face.SONG, 10.5)
    _blank(sheet, x + half + 14 * MM, y, "与其关系：", "", half - 22 * MM)
    y -= 10 * MM
    _blank(sheet, x, y, "本人（监护人）签字：", "", half + 8 * MM)
    _blank(sheet, x + half + 14 * MM, y, "日期：", "", half - 22 * MM)


def _draw_foot(sheet: Sheet, data: PrivacyNotice) -> None:
    words = f"本告知书一式两份，居民和社区各存一份。　{long_date(data.printed_on)}印制"
    sheet.text(sheet.width / 2, _BOTTOM - 1 * MM, words, Face.SONG, 9, align="center", ink=GREY)
