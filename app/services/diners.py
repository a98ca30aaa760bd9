"""Diners: what the kitchen and the carrier must know of somebody, in kitchen words.

饮食要求 and 忌口 say how to cook, never why: no diagnosis (domain.md 4.5). Kept with a consent of
its own, as they let conclude on somebody's health (个人信息保护法 28, 29).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Diner
from app.services import form_texts, people, rights
from app.services.chunks import chunks
from app.storage import journal
from app.storage.lookup import Source, Sql, day_of, lookup_of, one_of, query
from app.values.masking import mask_phones
from app.values.phones import parse_phones
from app.values.rights import Right
from app.values.text import tidy

DIETS = ("低盐", "低糖", "低脂", "软食", "流食", "无刺", "素食", "清真")
AVOIDS = (
    *("鱼", "虾蟹", "蛋", "奶", "花生", "坚果", "大豆", "麸质"),
    *("猪肉", "牛羊肉", "辣", "葱姜蒜"),
)
"""Words that are offered; others may be typed (GB 7718 names eight allergens)."""
JOINED = "、"
_DIAGNOSES = ("病", "症", "癌", "瘤", "高血压", "高血脂", "三高", "中风", "痛风", "尿毒", "透析")
_LONGEST = {
    "diet": (60, "饮食要求"),
    "avoids": (60, "忌口"),
    "contact": (60, "家属"),
    "contact_relation": (20, "家属关系"),
    "door_note": (120, "送餐提示"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DinerView:
    """What is known of a diner; of somebody without a record nothing, with version 0.

    `diet` and `avoids` are joined by 、. The phone is in the clear: screens show the masked one.
    """

    resident_id: int
    version: int = 0
    diet: str = ""
    avoids: str = ""
    consented_on: date | None = None
    contact: str = ""
    contact_relation: str = ""
    contact_phone: str = ""
    door_note: str = ""

    @property
    def phone_masked(self) -> str:
        return mask_phones(self.contact_phone)


def diner(source: Source, resident_id: int) -> DinerView:
    """What is known of this resident."""
    return diners(source, [resident_id]).get(resident_id) or DinerView(resident_id=resident_id)


def diners(source: Source, resident_ids: Iterable[int]) -> dict[int, DinerView]:
    """Of these residents, by resident; who has no record is left out."""
    lookup = lookup_of(source)
    found = {}
    for part in chunks(list(resident_ids), 500):
        for values in lookup.rows(query(_COLUMNS, "diner", [one_of("resident_id", part)])):
            found[values[0]] = _view(values)
    return found


def row_id(source: Source, resident_id: int) -> int | None:
    """The record of this resident, for its history; None where nothing was ever kept."""
    wanted = query("id", "diner", [Sql("resident_id = ?", (resident_id,))])
    found: int | None = lookup_of(source).value(wanted)
    return found


def save(session: Session, entered: DinerView, *, today: date) -> None:
    """Keep what was entered of a diner; a version of 0 is a new record.

    Raises DomainError for a diagnosis, for diet or 忌口 without a day of consent, and
    ChangedMeanwhile where somebody else was faster.
    """
    rights.require(session, Right.RUN_CANTEEN)
    people.get_present(session, entered.resident_id)
    entered = _checked(entered, today)
    row = session.scalar(select(Diner).where(Diner.resident_id == entered.resident_id))
    if row is None:
        row = Diner(resident_id=entered.resident_id)
        session.add(row)
    elif row.version != entered.version:
        raise ChangedMeanwhile
    row.diet, row.avoids, row.consented_on = entered.diet, entered.avoids, entered.consented_on
    for name in ("contact", "contact_relation", "contact_phone", "door_note"):
        setattr(row, name, getattr(entered, name) or None)
    session.flush()


def note_opened(session: Session, resident_id: int) -> None:
    """The form shows the family's number in the clear: that it was opened is on record."""
    known = row_id(session, resident_id)
    if known is not None:
        journal.record_look(session, Action.LOOKED, Diner, [known])


def words(text: str) -> tuple[str, ...]:
    """The single words of a diet or of 忌口, however they were separated; none twice."""
    for mark in ",，;；/ \n":
        text = text.replace(mark, JOINED)
    return tuple(dict.fromkeys(one for part in text.split(JOINED) if (one := tidy(part))))


def _checked(entered: DinerView, today: date) -> DinerView:
    texts: dict[str, Any] = {
        "diet": JOINED.join(words(entered.diet)),
        "avoids": JOINED.join(words(entered.avoids)),
        "contact": tidy(entered.contact),
        "contact_relation": tidy(entered.contact_relation),
        "door_note": tidy(entered.door_note),
    }
    form_texts.check(texts, _LONGEST)
    _check_food_words((texts["diet"], texts["avoids"]), entered.consented_on, today)
    return replace(entered, **texts, contact_phone=_phone(entered.contact_phone))


def _check_food_words(texts: Sequence[str], consented_on: date | None, today: date) -> None:
    for text in texts:
        named = next((word for word in _DIAGNOSES if word in text), "")
        if named:
            raise DomainError(
                f"“{text}”像是病名。这里只写怎么做饭，如低盐、低糖、软食，不写得了什么病。"
            )
    if any(texts) and consented_on is None:
        raise DomainError(
            "饮食要求和忌口属于敏感个人信息，要本人单独同意才能记。"
            "请先问过本人，填上同意的日期；不同意就都不填。"
        )
    if consented_on is not None and consented_on > today:
        raise DomainError(f"同意的日期 {consented_on:%Y-%m-%d} 还没有到，请核对。")


def _phone(text: str) -> str:
    found = parse_phones(text)
    if found.faults:
        raise DomainError(found.faults[0].sentence)
    if tidy(text) and not found.numbers:
        raise DomainError("“家属电话”里没有认出号码，请写成 13840910001 或 0411-84641234。")
    joined = JOINED.join(found.numbers)
    if len(joined) > 40:
        raise DomainError("家属电话太多，最多记三个，请留最找得到人的。")
    return joined


_COLUMNS = (
    "resident_id, version, diet, avoids, consented_on, contact, contact_relation, contact_phone,"
    " door_note"
)


def _view(values: Sequence[Any]) -> DinerView:
    resident_id, version, diet, avoids, consented, contact, relation, phone, note = values
    return DinerView(
        resident_id=resident_id,
        version=version,
        diet=diet,
        avoids=avoids,
        consented_on=day_of(consented),
        contact=contact or "",
        contact_relation=relation or "",
        contact_phone=phone or "",
        door_note=note or "",
    )
