"""Consent, withdrawal, erasing and the tab 隐私 in their states, for the list of screens."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import EventKind, Resident, ResidentEvent
from app.services import cards, erasing, events, people, privacy, residents
from app.services.filters import NO_GUARDIAN, ResidentFilter
from app.services.privacy_lists import PrivacyList
from app.ui.office.page import OfficePage
from app.ui.office.privacy.keep_dialog import KeepDialog
from app.ui.office.privacy.lists import PrivacyLists
from app.ui.office.privacy.tab import RULES, TAGS, PrivacyTab
from app.ui.people.erase_dialog import EraseDialog
from app.ui.people.privacy_dialog import PrivacyDialog
from app.ui.residents.form import ResidentForm
from app.ui.residents.page import ResidentsPage


class Stage(Protocol):
    def context(self) -> Context: ...


def dialog(make: Callable[[Context, int], QWidget], which: str = "") -> Callable[[Any], QWidget]:
    """A dialog about somebody for whom it has something to say."""

    def build(stage: Stage) -> QWidget:
        context = stage.context()
        return make(context, somebody(context, which))

    return build


def somebody(context: Context, privacy_word: str = "") -> int:
    """The first of the list, or of those who lack something."""
    chosen = ResidentFilter(privacy=(privacy_word,) if privacy_word else ())
    with context.database.lookup() as lookup:
        ids = residents.list_ids(lookup, chosen, today=context.clock.today()).ids
        everybody = residents.list_ids(lookup, today=context.clock.today()).ids
    return (ids or everybody)[0]


def register(context: Context, key: int) -> QWidget:
    """Somebody with a full register: told, agreed, asked for a correction, withdrew."""
    now, today = context.clock.now(), context.clock.today()
    earlier = today - timedelta(days=40)
    with context.database.transaction("登记") as session:
        if not privacy.is_registered(session, key):
            privacy.inform(session, [key], on=earlier, now=now, filed_at="隐私盒 2026-1")
            privacy.consent(session, key, on=earlier, now=now, filed_at="隐私盒 2026-1")
            privacy.ask_correction(
                session, key, what="备用电话换了，户籍地址少写了门牌", on=today, now=now
            )
            privacy.withdraw(session, key, on=today, reason="不愿意再收到活动通知", now=now)
    return PrivacyDialog(context, key, _name(context, key))


def child(context: Context, key: int) -> QWidget:
    return PrivacyDialog(context, key, _name(context, key))


def refused(context: Context, key: int) -> QWidget:
    """Somebody who is on the register cannot be erased."""
    return EraseDialog(context, key)


def erase(context: Context, key: int) -> QWidget:
    """A head of a household who withdrew consent and is named in somebody's note."""
    with context.database.transaction("撤回") as session:
        person = _head(session, context.clock.today())
        if person.withdrawn_on is None:
            now = context.clock.now()
            privacy.withdraw(session, person.id, on=now.date(), reason="", now=now)
        key, name = person.id, person.name
        others = select(Resident).where(Resident.id != key, Resident.departure.is_(None))
        session.scalars(others.order_by(Resident.id.desc())).first().note = f"钥匙在{name}家"
    window = EraseDialog(context, key, reason="本人要求删除")
    window.name.setText(name)
    return window


def keep(context: Context, key: int) -> QWidget:
    return KeepDialog(context, [key], _name(context, key))


def tab(which: PrivacyList, *, ticked: int = 0) -> Callable[[QWidget], None]:
    """The tab with a list; somebody has been gone for more than three years."""

    def bring(page: QWidget) -> None:
        assert isinstance(page, OfficePage)
        _have_something_due(page._context)
        page.show_record("隐私")
        lists = page.findChild(PrivacyLists)
        assert lists is not None
        lists.show_list(which)
        lists.model.tick(range(min(ticked, lists.model.rowCount())), on=True)

    return bring


def part(name: str) -> Callable[[QWidget], None]:
    """The rules or the tags."""

    def bring(page: QWidget) -> None:
        assert isinstance(page, OfficePage)
        page.show_record("隐私")
        found = page.findChild(PrivacyTab)
        assert found is not None
        found.show_part(name)

    return bring


def child_form(page: QWidget) -> None:
    """The form of a child below 14: who agrees for it?"""
    assert isinstance(page, ResidentsPage)
    page.add_person("仇小虎")
    form = page.stack.currentWidget()
    assert isinstance(form, ResidentForm)
    form.fields.dates["birth_date"].set_value(date(2019, 10, 3))
    form.fields.lines["guardian"].setFocus()
    form._keep_in_view()


def _have_something_due(context: Context) -> None:
    long_ago = context.clock.today() - timedelta(days=4 * 366)
    with context.database.transaction("准备") as session:
        gone = select(ResidentEvent.id).where(ResidentEvent.kind == EventKind.MOVED_OUT)
        person = session.scalar(select(Resident).where(Resident.departure.is_(None)))
        if person is None or session.scalar(gone.where(ResidentEvent.on_date == long_ago)):
            return
        now = context.clock.now()
        events.move_out(session, person.id, on_date=long_ago, now=now)
        other = session.scalar(select(Resident).where(Resident.departure.is_(None)))
        if other is not None:
            privacy.ask_correction(session, other.id, what="电话", on=now.date(), now=now)


def _head(session: Session, today: date) -> Resident:
    """Who has nothing else open: the other screens may have given somebody a post or a request.

    Who was found before comes first: to plan for all the heads before him takes a second.
    """
    found = session.scalars(
        select(Resident)
        .where(Resident.relation == "户主", Resident.departure.is_(None))
        .order_by(Resident.withdrawn_on.is_(None), Resident.id)
    )
    return next(
        one
        for one in found
        if _leads_several(session, one)
        and all("在册" in words for words in erasing.plan(session, one.id, today=today).blockers)
    )


def _leads_several(session: Session, person: Resident) -> bool:
    home = person.household_id
    return home is not None and len(people.of_household(session, home)) > 2


def _name(context: Context, key: int) -> str:
    with context.database.reading() as session:
        return cards.card(session, key, today=context.clock.today()).name


DIALOGS: dict[str, Callable[[Any], QWidget]] = {
    "个人信息登记": dialog(register),
    "个人信息登记 孩子": dialog(child, NO_GUARDIAN),
    "抹去 不能": dialog(refused, "未告知"),
    "抹去": dialog(erase),
    "继续保存": dialog(keep),
}
PAGES: dict[str, Callable[[QWidget], None]] = {
    "设置 隐私": tab(PrivacyList.DUE, ticked=1),
    "设置 隐私 未告知": tab(PrivacyList.NOT_INFORMED, ticked=3),
    "设置 隐私 规定": part(RULES),
    "设置 隐私 敏感标签": part(TAGS),
}
