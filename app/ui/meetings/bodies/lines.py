"""What the list of bodies shows of each: who is counted there, and what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.models import Basis, BodyKind
from app.services import appraisals, body_composition, body_views, electorate, meeting_due
from app.services.body_composition import Composition
from app.services.body_views import BodyView
from app.services.meeting_due import BodyDue
from app.storage.lookup import Lookup
from app.ui.kit.chips import Chip
from app.values.areas import square_metres


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One line of the list."""

    view: BodyView
    due: BodyDue | None
    count: int
    state: Chip


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a body on its card: a bold line, an explanation, a tone."""

    words: str
    detail: str = ""
    tone: str = "soft"


def read(lookup: Lookup, today: date, *, ended: bool) -> list[BodyLine]:
    """Those in office, and with `ended` the others below them."""
    found = body_views.bodies(lookup, today, ended=ended)
    due = {one.body_id: one for one in meeting_due.due(lookup, today=today)}
    return [
        _line(lookup, view, due.get(view.id), today)
        for view in sorted(found, key=lambda one: not one.holds(today))
    ]


def said(lookup: Lookup, line: BodyLine, today: date) -> list[Said]:
    """What the law and the figures say of it, the graver first."""
    found = [*_counted(lookup, line.view, today), *_due(line, today)]
    if line.view.kind is BodyKind.COMMITTEE:
        years = appraisals.missing_years(lookup, today)
        if years:
            said_years = "、".join(str(year) for year in years)
            words = f"{said_years} 年还没有民主评议"
            found.append(Said(words, "每年至少评议一次（居民委员会组织法第三十七条）", "warn"))
    return sorted(found, key=lambda one: _GRAVE.index(one.tone))


_GRAVE = ("danger", "warn", "ok", "soft")


def _line(lookup: Lookup, view: BodyView, due: BodyDue | None, today: date) -> BodyLine:
    count = view.members
    if view.kind is BodyKind.OWNERS:
        count = electorate.electorate(lookup, view.id, today, Basis.OWNERS).people
    return BodyLine(view, due, count, _state(view, due, today))


def _state(view: BodyView, due: BodyDue | None, today: date) -> Chip:
    if view.since > today:
        return Chip("未开始", "info")
    if not view.holds(today):
        return Chip("已结束")
    if due is None or due.planned_on is not None:
        return Chip("在任", "ok")
    if due.late(today):
        return Chip("该开会了", "danger", "alert-circle-outline")
    return Chip("快要开会", "warn", "alert-outline")


def _counted(lookup: Lookup, view: BodyView, today: date) -> Iterator[Said]:
    if view.kind is BodyKind.ASSEMBLY:
        yield _assembly(lookup, view, today)
    elif view.kind is BodyKind.OWNERS:
        yield _owners(lookup, view, today)
    else:
        yield from _composition(view, body_composition.composition(lookup, view.id, today))


def _assembly(lookup: Lookup, view: BodyView, today: date) -> Said:
    adults = electorate.electorate(lookup, view.id, today, Basis.RESIDENTS).people
    homes = electorate.electorate(lookup, view.id, today, Basis.HOUSEHOLDS).people
    unknown = electorate.unknown_ages(lookup, view.id, today)
    missing = f"；{unknown:,} 人没有出生日期，没有算进去" if unknown else ""
    return Said(
        f"十八周岁以上居民 {adults:,} 人，{homes:,} 户",
        f"按住在本社区的居民数（居民委员会组织法第二十六、二十七条）{missing}",
        "warn" if unknown else "ok",
    )


def _owners(lookup: Lookup, view: BodyView, today: date) -> Said:
    people, area = electorate.electorate(lookup, view.id, today, Basis.OWNERS)
    if not people:
        return Said("还没有业主", "导入业主清册，或者一户一户地加", "warn")
    words = f"业主 {people:,} 人，专有面积 {square_metres(area)}"
    return Said(words, "一人不论几套只计一人，面积按专有部分合计（民法典第二百七十八条）", "ok")


def _composition(view: BodyView, found: Composition) -> Iterator[Said]:
    if view.kind is BodyKind.REPRESENTATIVES and found.members:
        both = f"，其中 {found.both} 人两样都是，只计一次" if found.both else ""
        words = (
            f"组成人员 {found.members:,} 人：居委会成员 {found.committee:,} 人，"
            f"居民代表 {found.representatives:,} 人{both}"
        )
        detail = f"{found.share_words}（居民委员会组织法第二十八条）" if found.share_words else ""
        yield Said(words, detail, "ok" if found.share_ok else "danger")
    for hint in found.hints:
        yield Said(hint, tone="warn")


def _due(line: BodyLine, today: date) -> Iterator[Said]:
    due = line.due
    if due is not None:
        tone = "soft" if due.planned_on else "danger" if due.late(today) else "warn"
        _, _, words = due.words(today).partition("：")
        yield Said(words, f"定期召开，依据{due.article}", tone)
