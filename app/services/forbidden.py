"""What a community must not certify: the national list, the province's and the office's own.

民发〔2020〕20号 names 20 items. Their words stop a paper; words that merely contain one
(部分居民 holds 分居) are taken out of the text first.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import ForbiddenItem as ItemRow
from app.models import Refusal as RefusalRow
from app.reports.refusal import Refusal
from app.services import office, papers
from app.services.shipped_templates import CHECKED
from app.values.tables import read_table
from app.values.text import compact, tidy

NATIONAL, PROVINCE, OWN = "国家", "省", "本社区"
LEVELS = (NATIONAL, PROVINCE, OWN)
ASK_ELSEWHERE = "请咨询有关部门"
# What may stand between two signs to hide a word from the eye of a program.
_PADDING = re.compile(r"[·•‧・\-_*~～|/\\.'\"“”‘’`^+=﹒]")
# A sign that no keyword has, so that what stood on both sides does not become a word.
_NOTHING = "\ue000"
_GAP, _GAP_SIGNS = "…", r"[^。;！？!?]{0,14}?"
# Before the words of an innocent entry that begins with +: helping somebody certifies nothing.
_CARE = "+"
_CARING = (
    "(?:关爱|关怀|关心|慰问|看望|探望|走访|帮助|帮扶|帮教|扶助|救助|服务|陪伴|陪护|陪同|照顾|照料|护理|"
    "协助|寻找|查找|寻回|找回|归还|捡拾|拾到|劝导|预防|防止|避免|防范)[^。;,！？!?]{0,16}?"
)
_LONGEST = {"name": (60, "事项"), "document": (120, "文件"), "redirect": (200, "转办")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenItem:
    """One item. `redirect` tells where to go; only a 核 `redirect_grade` goes onto paper."""

    level: str
    number: int
    name: str
    notes: str = ""
    keywords: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()
    document: str = ""
    redirect: str = ""
    redirect_basis: str = ""
    redirect_grade: str = ""
    id: int | None = None
    version: int = 0

    @property
    def place(self) -> str:
        """全国清单第 8 项."""
        whose = {NATIONAL: "全国清单", PROVINCE: "本省增列", OWN: "本社区增列"}[self.level]
        return f"{whose}第 {self.number} 项"

    @property
    def where_to_go(self) -> str:
        """What may be printed: a checked way, or the advice to ask."""
        if self.level != NATIONAL:
            return self.redirect or ASK_ELSEWHERE
        return self.redirect if self.redirect_grade == CHECKED else ASK_ELSEWHERE


class ForbiddenMatch(DomainError):
    """The title or body certifies what may not be certified; `items` are those of the lists."""

    def __init__(self, items: Sequence[ForbiddenItem]) -> None:
        first = items[0]
        more = f"，还有另外 {len(items) - 1} 项" if len(items) > 1 else ""
        document = f"（{first.document}）" if first.document else ""
        super().__init__(
            f"社区不得出具“{first.name}”：{first.place}{document}{more}。"
            "可以打印《不予出具告知单》，告诉居民去哪里办；确需出具须由书记写明原因。"
        )
        self.items = tuple(items)


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """One 不予出具告知单 that was handed out."""

    id: int
    given_on: date
    applicant: str
    matter: str
    item: str
    handled_by: str


def items(session: Session) -> list[ForbiddenItem]:
    """The national list, then the province's, then the office's own."""
    found = session.scalars(
        select(ItemRow).where(ItemRow.deleted_at.is_(None)).order_by(ItemRow.id)
    ).all()
    added = [
        _item(row, number)
        for level in (PROVINCE, OWN)
        for number, row in enumerate((one for one in found if one.level == level), start=1)
    ]
    return [*national(), *added]


def match(
    session: Session, title: str, body: str, *, besides: Sequence[str] = ()
) -> list[ForbiddenItem]:
    """The items that a title and body mean; empty for a paper that may be issued.

    `besides` are words of the body that certify nothing: a name (王健在), what the paper is for.
    """
    for words in sorted(besides, key=len, reverse=True):
        body = body.replace(words, _NOTHING) if words else body
    text = _tight(f"{title}\n{body}\n")
    return [one for one in items(session) if _means(text, one)]


@cache
def national() -> tuple[ForbiddenItem, ...]:
    """The 20 items of resources/data: nobody removes them."""
    return tuple(
        ForbiddenItem(
            level=NATIONAL,
            number=int(row["number"]),
            name=row["name"],
            notes=row["notes"],
            keywords=tuple(row["keywords"].split()),
            innocent=tuple(row["innocent"].split()),
            document=row["document"],
            redirect=row["redirect"],
            redirect_basis=row["basis"],
            redirect_grade=row["grade"],
        )
        for row in read_table("forbidden_certificates")
    )


def add(
    session: Session,
    *,
    level: str,
    name: str,
    keywords: str,
    document: str = "",
    redirect: str = "",
) -> int:
    """An item of the province or the office; `keywords` one a line or between blanks."""
    row = ItemRow()
    _fill(row, level=level, name=name, keywords=keywords, document=document, redirect=redirect)
    session.add(row)
    session.flush()
    return row.id


def update(
    session: Session,
    item_id: int | None,
    *,
    version: int,
    level: str,
    name: str,
    keywords: str,
    document: str = "",
    redirect: str = "",
) -> None:
    """Change an added item; the national ones stand in their document as they are."""
    row = _added(session, item_id)
    if row.version != version:
        raise ChangedMeanwhile
    _fill(row, level=level, name=name, keywords=keywords, document=document, redirect=redirect)
    session.flush()


def remove(session: Session, item_id: int | None, *, now: datetime) -> None:
    """Take back an added item; raises DomainError for one of the national list."""
    _added(session, item_id).deleted_at = now
    session.flush()


def planned_refusal(
    session: Session,
    *,
    applicant: str,
    matter: str,
    item: ForbiddenItem,
    handled_by: str,
    today: date,
) -> Refusal:
    """What would be printed; raises DomainError while applicant or matter is missing."""
    if not tidy(applicant) or not tidy(matter):
        raise DomainError("请填写申请人和申请开具的事项，再打印告知单。")
    return Refusal(
        office=papers.committee(session),
        applicant=tidy(applicant)[:60],
        matter=tidy(matter)[:120],
        item_name=item.name,
        item_number=item.place,
        document=item.document,
        where_to_go=item.where_to_go,
        basis=item.redirect_basis if item.redirect_grade == CHECKED else "",
        day=today,
        handled_by=handled_by,
        office_phone=office.office(session).phone,
    )


def make_refusal(
    session: Session,
    *,
    applicant: str,
    resident_id: int | None,
    matter: str,
    item: ForbiddenItem,
    handled_by: str,
    today: date,
) -> tuple[int, Refusal]:
    """Note that a refusal was handed out, and what is printed on it; no number is used for it."""
    paper = planned_refusal(
        session,
        applicant=applicant,
        matter=matter,
        item=item,
        handled_by=handled_by,
        today=today,
    )
    row = RefusalRow(
        given_on=today,
        applicant=paper.applicant,
        resident_id=resident_id,
        matter=paper.matter,
        item=item.name,
        handled_by=handled_by,
        snapshot={**asdict(paper), "day": today.isoformat()},
    )
    session.add(row)
    session.flush()
    return row.id, paper


def refusals(session: Session, *, limit: int = 200) -> list[RefusalLine]:
    """What was handed out, newest first."""
    found = session.scalars(
        select(RefusalRow).order_by(RefusalRow.given_on.desc(), RefusalRow.id.desc()).limit(limit)
    )
    return [
        RefusalLine(one.id, one.given_on, one.applicant, one.matter, one.item, one.handled_by)
        for one in found
    ]


def refusal_paper(session: Session, refusal_id: int) -> Refusal:
    """The same paper again; raises DomainError when it cannot be read any more."""
    row = session.get(RefusalRow, refusal_id)
    if row is None:
        raise DomainError("没有找到这份告知单，请刷新列表。")
    try:
        kept = dict(row.snapshot)
        return Refusal(**{**kept, "day": date.fromisoformat(kept["day"])})
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("这份告知单存下的内容读不出来，请重新开一份。") from error


def _means(text: str, item: ForbiddenItem) -> bool:
    found, innocent = _patterns(item.keywords, item.innocent)
    if found is None:
        return False
    if innocent is not None:
        text = innocent.sub(_NOTHING, text)
    return found.search(text) is not None


@cache
def _patterns(
    keywords: tuple[str, ...], innocent: tuple[str, ...]
) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    return _pattern(keywords), _pattern(innocent)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    # Longest first: 家庭收入 before 收入.
    parts = sorted({_tight_word(word) for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(parts)) if parts else None


def _tight_word(word: str) -> str:
    bare = word.removeprefix(_CARE)
    pieces = (re.escape(_PADDING.sub("", compact(piece))) for piece in bare.split(_GAP))
    return (_CARING if bare != word else "") + _GAP_SIGNS.join(pieces)


def _tight(text: str) -> str:
    """Without blanks and padding; the end of a line ends a sentence."""
    lines = (_PADDING.sub("", compact(line)) for line in text.splitlines())
    return "。".join([*(line for line in lines if line), ""])


def _added(session: Session, item_id: int | None) -> ItemRow:
    if item_id is None:
        raise DomainError("全国清单的 20 项由国家规定，不能修改或删除。")
    row = session.get(ItemRow, item_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一项已经被删除，请刷新列表。")
    return row


def _fill(
    row: ItemRow, *, level: str, name: str, keywords: str, document: str, redirect: str
) -> None:
    words = tuple(dict.fromkeys(keywords.replace("、", " ").replace("，", " ").split()))
    if level not in {PROVINCE, OWN}:
        raise DomainError("只能增列省里或本社区的事项，全国清单不能改动。")
    if not tidy(name) or not words:
        raise DomainError("请填写事项名称和至少一个关键词。")
    if short := next((word for word in words if len(word.replace(_GAP, "")) < 2), ""):
        raise DomainError(f"关键词“{short}”只有一个字，会拦住不相干的文书，请写完整。")
    for key, (longest, label) in _LONGEST.items():
        if len({"name": name, "document": document, "redirect": redirect}[key]) > longest:
            raise DomainError(f"“{label}”太长，最多 {longest} 个字，请缩短。")
    row.level, row.name, row.keywords = level, tidy(name), "\n".join(words)
    row.document, row.redirect = tidy(document) or None, tidy(redirect) or None


def _item(row: ItemRow, number: int) -> ForbiddenItem:
    return ForbiddenItem(
        level=row.level,
        number=number,
        name=row.name,
        keywords=tuple(row.keywords.split()),
        document=row.document or "",
        redirect=row.redirect or "",
        id=row.id,
        version=row.version,
    )
