"""What a community must not certify: the national list, the province's and the office's own.

民发〔2020〕20号 names 20 items. Their words stop a paper; words that merely contain one
(部分居民 holds 分居) are taken out of the text first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import ForbiddenItem as ItemRow
from app.services.forbidden_words import GAP, NOTHING, means, tightened
from app.services.shipped_templates import CHECKED
from app.values.tables import read_table
from app.values.text import tidy

NATIONAL, PROVINCE, OWN = "国家", "省", "本社区"
LEVELS = (NATIONAL, PROVINCE, OWN)
ASK_ELSEWHERE = "请咨询有关部门"
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
        body = body.replace(words, NOTHING) if words else body
    text = tightened(f"{title}\n{body}\n")
    return [one for one in items(session) if means(text, one.keywords, one.innocent)]


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
    if short := next((word for word in words if len(word.replace(GAP, "")) < 2), ""):
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
