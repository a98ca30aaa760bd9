"""结算 in its states: a month of eight tiers with one thing to be done, then locked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, cast

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.context import Context
from app.models import Meal, Payer, Resident, SubsidyRule
from app.models.canteen import SetMeal
from app.services import meal_claim_steps, meal_claim_views
from app.services.filters import present
from app.storage import journal
from app.ui.canteen.claims.doing import Wrong
from app.ui.canteen.claims.forms_dialog import FormsDialog
from app.ui.canteen.claims.meal_dialog import ClaimedMealDialog
from app.ui.canteen.claims.notice_dialog import NoticeDialog
from app.ui.canteen.claims.receive_dialog import ReceiveDialog
from app.ui.canteen.claims.step_dialogs import OtherDayDialog
from app.ui.canteen.claims.tab import ClaimsTab
from app.ui.people.canteen_wish import ShowMealClaim
from tests.services.canteen_stage import Stage
from tests.services.claim_stage import TIERS, Tier, meal_row
from tests.ui.canteen_rule_states import furnish

SEPTEMBER, OCTOBER, NOVEMBER = 202609, 202610, 202611


@dataclass(frozen=True)
class Lived:
    """A canteen with a month that is open and one that is locked or will be."""

    canteen: int
    open_month: int
    locked: int


def lived(context: Context) -> Lived:
    """The months, once per office; none in an empty one. A made-up community has its own."""
    canteen = furnish(context)
    with context.database.transaction("两个月的就餐") as session:
        # From the end: other screens let the first ones move away or die, whichever comes before.
        latest = select(Resident.id).where(present()).order_by(Resident.id.desc())
        people = list(session.scalars(latest))
        there = session.scalar(select(Meal.id).where(Meal.month == OCTOBER).limit(1))
        claimed = meal_claim_views.claim(session, canteen, OCTOBER)
        if len(people) > 40 and there is None:
            rows = [
                *_month(_stage(session, canteen), people, SEPTEMBER),
                *_month(_stage(session, canteen), people, OCTOBER),
            ]
            journal.add_rows(session, Meal, rows)
    if claimed is not None and claimed.locked:
        return Lived(canteen, NOVEMBER, OCTOBER)
    return Lived(canteen, OCTOBER, SEPTEMBER)


def _stage(session: Any, canteen: int) -> Stage:
    """What a line of the book is made from."""
    sets = dict(session.execute(select(SetMeal.letter, SetMeal.id)).all())
    rules = dict(session.execute(select(SubsidyRule.name, SubsidyRule.id)).all())
    return Stage(cast("Any", None), canteen, {}, sets, rules)


def _month(stage: Stage, people: list[int], month: int) -> list[dict[str, Any]]:
    numbers: dict[date, int] = {}
    first = date(month // 100, month % 100, 1)
    rows = []
    for place, tier in enumerate(TIERS):
        eaters: list[int | None] = list(people[place * 4 : place * 4 + 4])
        for turn in range(12):
            day = first + timedelta(days=turn * 2)
            for eater in eaters if tier.people else [None]:
                dear = turn % 5 == 0
                rows.append(_row(stage, tier, eater, day, numbers, month, dear=dear))
    return sorted(rows, key=lambda row: row["at"])


def _row(
    stage: Stage,
    tier: Tier,
    eater: int | None,
    day: date,
    numbers: dict[date, int],
    month: int,
    *,
    dear: bool,
) -> dict[str, Any]:
    return meal_row(stage, tier, eater, day, numbers, month=month, dear=dear and bool(eater))


def _page(
    month: Callable[[Lived], int], act: Callable[[ClaimsTab], None]
) -> Callable[[Any, QWidget], None]:
    def then(stage: Any, page: QWidget) -> None:
        known = lived(stage.context())
        page = cast("Any", page)
        page.show_record(ShowMealClaim(known.canteen, month(known)))
        tab = page.current
        tab.place.refresh()
        tab.refresh()
        act(tab)

    return then


def _figure(tab: ClaimsTab) -> None:
    tab.matrix.grid.go_to(2, 4)


def _behind(tab: ClaimsTab) -> None:
    _figure(tab)
    tab.show_lines()


def _locked(tab: ClaimsTab) -> None:
    _submit(tab.context, lived(tab.context))
    tab.refresh()


def _submit(context: Context, known: Lived) -> None:
    """The earlier month was signed and locked, once."""
    place, now = (known.canteen, known.locked), context.clock.now()
    with context.database.transaction("提交") as session:
        if meal_claim_views.claim(session, *place) is None:
            meal_claim_steps.prepare(session, *place, signer="赵敏", now=now)
            version = _version(session, place)
            meal_claim_steps.sign(session, *place, signer="周立群", version=version, now=now)
            version = _version(session, place)
            meal_claim_steps.submit(session, *place, version=version, now=now)


def _version(session: Any, place: tuple[int, int]) -> int:
    found = meal_claim_views.claim(session, *place)
    return found.version if found is not None else 0


PAGES = {
    "结算": _page(attrgetter("open_month"), _figure),
    "结算 明细": _page(attrgetter("open_month"), _behind),
    "结算 已锁定": _page(attrgetter("locked"), _locked),
}


def _tab(stage: Any, *, locked: bool = False) -> ClaimsTab:
    context = stage.context()
    known = lived(context)
    tab = ClaimsTab(context)
    month = known.locked if locked else known.open_month
    tab.show_record(ShowMealClaim(known.canteen, month))
    return tab


def _meal(stage: Any) -> QWidget:
    tab = _tab(stage)
    return ClaimedMealDialog(tab.context, tab.lines.table.current_id())


def _received(stage: Any) -> QWidget:
    tab = _tab(stage, locked=True)
    _submit(tab.context, lived(tab.context))
    tab.refresh()
    assert tab.facts is not None
    return ReceiveDialog(tab.context, tab.facts)


def _notice(stage: Any) -> QWidget:
    tab = _tab(stage)
    assert tab.facts is not None
    return NoticeDialog(tab.context, tab.facts)


def _forms(stage: Any) -> QWidget:
    tab = _tab(stage)
    assert tab.facts is not None
    assert Payer.CITY in tab.facts.matrix.payers
    return FormsDialog(tab.context, tab.facts, tab)


def _day(stage: Any) -> QWidget:
    context = stage.context()
    wrong = Wrong(1, "M-1009-014", "李国庆", "李国庆 10-08 迁出，10-09 有 1 餐", date(2026, 10, 8))
    return OtherDayDialog(context, wrong)


DIALOGS = {
    "结算的一餐": _meal,
    "结算 到账": _received,
    "结算 公示": _notice,
    "结算 各方表格": _forms,
    "结算 更正日期": _day,
}
