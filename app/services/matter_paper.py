"""一件事的来龙去脉: what stands on the one sheet of a topic, masked for the board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, ProgressPhoto, Topic
from app.reports.matter_sheet import MOST_PHOTOS, MatterSheet, MatterStep
from app.reports.words import long_date
from app.services import papers, topic_way
from app.services.papers import Printing, committee, public_phone
from app.services.public_words import PublicWords
from app.services.resolution_life import ENDED
from app.services.topic_way import Stage, TopicWay, WayStep
from app.storage import journal

_NUMBERS = "一二三四"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterWish:
    """Which topic, on which paper, with pictures or without."""

    topic_id: int
    large: bool = False
    photos: bool = True


def matter_sheet(session: Session, wish: MatterWish, printing: Printing) -> MatterSheet:
    """The sheet of a topic as far as it has come; raises DomainError where it is gone, and for
    whoever sees some grids only: works and people of others would be missing on the board."""
    papers.require_whole(session, "来龙去脉")
    way = topic_way.way_of(session, wish.topic_id)
    steps = [_short(one) for one in _without_notices(_joined(way.steps))]
    public = PublicWords(
        session,
        [way.title, way.place, *_texts(steps)],
        [name for one in steps for name in one.people],
    )
    shown = _shown_photos(steps) if wish.photos else frozenset[int]()
    pictures = _pictures(session, shown)
    parts = {part: place for place, part in enumerate(dict.fromkeys(s.stage.part for s in steps))}
    return MatterSheet(
        office=committee(session),
        title=public.of(way.title),
        facts="，".join(part for part in (f"议题 {way.number} 号", public.of(way.place)) if part),
        standing=standing(way, printing.at.date()),
        steps=[_step(one, public, pictures, parts) for one in steps],
        contact=_contact(session),
        printed_on=printing.at.date(),
        large=wish.large,
    )


def note_printed(session: Session, topic_id: int) -> None:
    """Journal that the sheet was printed or saved."""
    journal.record_look(session, Action.PRINTED, Topic, [topic_id])


def standing(way: TopicWay, today: date) -> str:
    """2026年10月12日提出，2026年12月10日办结，历时 59 天."""
    came = f"{long_date(way.came_on)}提出"
    if way.done_on is None:
        days = (today - way.came_on).days
        return f"{came}，现在{way.state.label}，已经 {days} 天。"
    return f"{came}，{long_date(way.done_on)}办结，历时 {way.days} 天。"


def _joined(steps: Sequence[WayStep]) -> list[WayStep]:
    """The end and the step that was written with it tell the same: the end stays, with pictures."""
    ends = {(one.record, one.on) for one in steps if one.stage is Stage.DONE}
    photos: dict[object, tuple[int, ...]] = {}
    found: list[WayStep] = []
    for one in steps:
        key = one.record, one.on
        if one.stage is Stage.PROGRESS and one.words.startswith(ENDED) and key in ends:
            photos[key] = one.photos
        else:
            found.append(one)
    return [
        one._replace(photos=photos.get((one.record, one.on), ()))
        if one.stage is Stage.DONE
        else one
        for one in found
    ]


def _without_notices(steps: Sequence[WayStep]) -> list[WayStep]:
    """The notice of a meeting that was held is told with the meeting."""
    held = {one.record for one in steps if one.stage is Stage.HELD}
    told = {one.record: one.on for one in steps if one.stage is Stage.CALLED}
    return [
        _with_notice(one, told.get(one.record))
        for one in steps
        if one.stage is not Stage.CALLED or one.record not in held
    ]


def _short(one: WayStep) -> WayStep:
    """The sheet is small: what came of a meeting is told by the step that follows it."""
    if one.stage is Stage.HELD:
        return one._replace(detail="")
    if one.stage is Stage.PROGRESS:
        percent = one.detail.removeprefix("进度")
        between = percent not in (" 0%", " 100%")
        return one._replace(title=f"{one.title}{percent if between else ''}", detail="")
    return one


def _with_notice(one: WayStep, told: date | None) -> WayStep:
    if one.stage is not Stage.HELD or told is None:
        return one
    return one._replace(words=f"{one.words}（{told.month}月{told.day}日发会议通知）")


def _texts(steps: Iterable[WayStep]) -> list[str]:
    return [text for one in steps for text in (one.title, one.words, one.detail)]


def _shown_photos(steps: Sequence[WayStep]) -> frozenset[int]:
    """The earliest as it was, and the latest as it is now: all of a few, some of many."""
    every = [photo for one in steps for photo in one.photos]
    if len(every) <= MOST_PHOTOS:
        return frozenset(every)
    return frozenset((every[0], *every[1 - MOST_PHOTOS :]))


def _pictures(session: Session, ids: Iterable[int]) -> dict[int, bytes]:
    wanted = select(ProgressPhoto.id, ProgressPhoto.jpeg).where(ProgressPhoto.id.in_(list(ids)))
    return {key: jpeg for key, jpeg in session.execute(wanted)}


def _step(
    one: WayStep, public: PublicWords, pictures: dict[int, bytes], parts: dict[str, int]
) -> MatterStep:
    who = "、".join(public.of(name) for name in one.people[:MOST_PHOTOS])
    more = f"等 {len(one.people)} 人" if len(one.people) > MOST_PHOTOS else ""
    words = public.of(one.words)
    return MatterStep(
        part=f"{_NUMBERS[parts[one.stage.part] % len(_NUMBERS)]}、{one.stage.part}",
        day=one.on,
        title=public.of(one.title),
        words=f"{who}{more}：{words}" if who and words else f"{who}{more}" or words,
        detail=public.of(one.detail),
        photos=tuple(pictures[photo] for photo in one.photos if photo in pictures),
        optional=one.stage is Stage.PROGRESS,
    )


def _contact(session: Session) -> str:
    phone = public_phone(session)
    return f"有话想说，请找网格员或打电话 {phone}。" if phone else "有话想说，请找网格员。"
