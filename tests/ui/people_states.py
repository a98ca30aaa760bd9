"""The list of residents and its dialogs in their states, for the list of screens."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import EventKind, Resident
from app.reports import roster
from app.services import cards, grids, papers, residents, tags
from app.services.cards import ResidentCard
from app.services.filters import AGE_BANDS
from app.ui.people.authorisation import AuthorisationDialog
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.take_out_dialog import TakeOutDialog
from app.ui.recent.history import HistoryDialog
from app.ui.recent.recycle_bin import RecycleBinDialog
from app.ui.residents.events import DepartureDialog
from app.ui.residents.households import ChangeHouseholdDialog, HouseholdDialog
from app.ui.residents.list_view import ListView
from app.ui.residents.merge import MergeDialog
from app.ui.residents.page import ResidentsPage
from app.ui.residents.tags import TagDialog
from app.ui.residents.twins import TwinsDialog
from app.values.rights import Right
from tests.actors import seen_by


class Stage(Protocol):
    def context(self) -> Context: ...


def _list(page: QWidget) -> ListView:
    assert isinstance(page, ResidentsPage)
    return page.list


def filtered(page: QWidget) -> None:
    """As the picture has it: a grid, 60 and older, by age, three ticked, one current."""
    view = _list(page)
    with view._context.database.reading() as session:
        known = list(grids.names(session))
    if known:
        view.filters.read_choices()
        view.filters.grid.toggle_value(known[min(2, len(known) - 1)])
    view.filters.age.toggle_value(AGE_BANDS[3])
    view.table.show_sort("age", ascending=False)
    view._sort("age", False)
    count = len(view.listing.ids)
    if count:
        view.table.select_row(min(3, count - 1))
        view.listing.model.tick(range(1, min(4, count)), on=True)
    _settle(view)


def all_ticked(page: QWidget) -> None:
    view = _list(page)
    view.listing.model.tick_all(on=True)
    if view.listing.ids:
        view.table.select_row(0)
    _settle(view)


def departed(page: QWidget) -> None:
    view = _list(page)
    view.filters.departed.choose(True)
    _settle(view)


def found_nobody(page: QWidget) -> None:
    view = _list(page)
    view.title.search.setText("欧阳夏丹")
    view.filters.party.choose(True)
    _settle(view)


def _settle(view: ListView) -> None:
    view.listing.count()
    view.card.load()


def dialog(make: Callable[[Context, ResidentCard], QWidget]) -> Callable[[Any], QWidget]:
    """A dialog about somebody who leads a household of several and has tags."""

    def build(stage: Stage) -> QWidget:
        context = stage.context()
        return make(context, _somebody(context))

    return build


def household(context: Context, card: ResidentCard) -> QWidget:
    assert card.household is not None
    return HouseholdDialog(context, card.household.id)


def household_action(number: int) -> Callable[[Context, ResidentCard], QWidget]:
    def make(context: Context, card: ResidentCard) -> QWidget:
        assert card.household is not None
        window = HouseholdDialog(context, card.household.id)
        window.choose(number)
        return window

    return make


def merge(context: Context, card: ResidentCard) -> QWidget:
    assert card.household is not None
    other = next(one.id for one in card.household.members if one.id != card.id)
    return MergeDialog(context, card.id, other)


def roster_preview(context: Context, card: ResidentCard) -> QWidget:
    printing = papers.Printing(context.user.name, context.clock.now())
    with context.database.reading() as session:
        ids = residents.list_ids(session, today=context.clock.today()).ids[:60]
        data = papers.resident_roster(session, ids, printing, filter_words="第三网格")
    title = f"居民花名册 {len(ids)} 人"
    return PaperPreview(context, title, roster.render(data), lambda: None)


def authorising(context: Context, _card: ResidentCard, *, role: str = "书记") -> QWidget:
    what = "导出 118 人，带完整号码。用途：报街道民政办 11 月高龄补贴。"
    slot = context.user.slot
    window = AuthorisationDialog(seen_by(context, "赵敏", role, slot), Right.EXPORT_FULL, what)
    window.confirm()
    return window


def full_export(context: Context, _card: ResidentCard) -> QWidget:
    window = TakeOutDialog(context, "导出 118 人", "第三网格，60 岁及以上")
    window.full.setChecked(True)
    window.propose()
    window.confirm()
    return window


DIALOGS: dict[str, Callable[[Context, ResidentCard], QWidget]] = {
    "迁出": lambda context, card: DepartureDialog(context, card, EventKind.MOVED_OUT),
    "登记死亡": lambda context, card: DepartureDialog(context, card, EventKind.DIED),
    "标签": lambda context, card: TagDialog(context, [card.id], card.name, current=card.tags),
    "本户": household,
    "换户主": household_action(0),
    "分户": household_action(1),
    "整户搬迁": household_action(2),
    "换户": lambda context, card: ChangeHouseholdDialog(context, card),
    "经过": lambda context, card: HistoryDialog(context, Resident, card.id, card.name),
    "找人合并": lambda context, card: MergeDialog(context, card.id),
    "合并对照": merge,
    "回收站": lambda context, _card: RecycleBinDialog(context),
    "疑似重复": lambda context, _card: TwinsDialog(context),
    "导出完整号码": full_export,
    "再输一次密码": authorising,
    "请人授权": partial(authorising, role="社工"),
    "花名册预览": roster_preview,
}


def _somebody(context: Context) -> ResidentCard:
    """Somebody who leads several people; with two tags."""
    today = context.clock.today()
    with context.database.reading() as session:
        ids = residents.list_ids(session, today=today).ids
        found = (cards.card(session, one, today=today) for one in ids)
        card = next(one for one in found if one.relation == "户主" and _several(one))
        known = tags.tags(session)
    if not card.tags:
        with context.database.transaction("加标签") as session:
            for tag in known[:2]:
                tags.give(session, [card.id], tag.id, since=today, source="走访", level="二级")
    with context.database.reading() as session:
        return cards.card(session, card.id, today=today)


def _several(card: ResidentCard) -> bool:
    return card.household is not None and len(card.household.members) > 2
