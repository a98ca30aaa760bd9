"""The tab 月结 in its states."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    EntryKind,
    PointsBalance,
    PointsEntry,
    PointsItem,
    PointsMonth,
    Resident,
)
from app.services import (
    points_accounts,
    points_appeals,
    points_book,
    points_claims,
    points_months,
    points_publishing,
    resident_forms,
)
from app.services.points_appeals import AppealInput
from app.services.points_book import Booking
from app.services.points_claims import ClaimInput
from app.services.points_filter import first_of
from app.services.resident_input import ResidentInput
from app.ui.points.months.apart_dialog import ApartDialog
from app.ui.points.months.lapsing_dialog import LapsingDialog
from app.ui.points.months.objections import ObjectionsDialog
from app.ui.points.months.step_dialogs import LongerDialog, PostDialog, SignDialog
from app.ui.points.months.tab import MonthsTab
from app.ui.points.page import PointsPage

SEPTEMBER, OCTOBER = 202609, 202610
_NAMES = ("王秀兰", "李建国", "陈桂芳", "赵玉芬", "刘洋", "孙志强", "高翔", "马丽华")


def write_some(context: Context) -> None:
    """Eight accounts with points of September to November; an empty office stays as it is."""
    with context.database.transaction("记三个月的积分") as session:
        lived_in = session.scalar(select(Resident.id).limit(1)) is not None
        if lived_in and not points_publishing.closed_months(session):
            write(session, context.clock.now())


def write(session: Session, now: datetime) -> None:
    """Eight accounts that earned in three months; one of them spent. September is closed."""
    for place, name in enumerate(_NAMES):
        entered = ResidentInput(
            name=name, birth_date=date(1950 + place, 3, 2), document_kind="none"
        )
        person = resident_forms.add(session, entered, now=now)
        account = points_accounts.open_account(session, resident_id=person, today=now.date())
        for month in (9, 10, 11):
            book(session, account, 20 + place, date(2026, month, 5 + place), now)
    book(session, account, -15, date(2026, 10, 20), now)
    points_months.close(session, SEPTEMBER, now=now)


def book(session: Session, account: int, points: int, day: date, now: datetime) -> None:
    """Points of that day, earned or spent, however late they are written."""
    kind = EntryKind.EARNED if points > 0 else EntryKind.REDEEMED
    points_book.book(
        session, Booking(account_id=account, kind=kind, points=points, on_date=day), now=now
    )


def publish(context: Context, month: int, *, until: str = "posted") -> None:
    """As far as asked: closed, prepared, signed, posted."""
    now = context.clock.now()
    today = now.date()
    with context.database.transaction("月结") as session:
        if points_publishing.closed_month(session, month) is None:
            points_months.close(session, month, now=now)
    steps: dict[str, Callable[[Session, int], None]] = {
        "prepared": lambda s, v: points_publishing.prepare(s, month, version=v, today=today),
        "signed": lambda s, v: points_publishing.sign(
            s, month, signer="周立群", version=v, today=today
        ),
        "posted": lambda s, v: points_publishing.post(
            s, month, places="公示栏 2 处", on=today, version=v, today=today
        ),
    }
    if until == "closed":
        return
    for name, take in steps.items():
        with context.database.transaction("登记公示的一步") as session:
            found = session.scalars(select(PointsMonth).where(PointsMonth.month == month)).one()
            if getattr(found, f"{name}_on") is None:
                take(session, found.version)
        if name == until:
            return


def _tab(page: QWidget) -> MonthsTab:
    assert isinstance(page, PointsPage)
    tab = page.open("月结")
    assert isinstance(tab, MonthsTab)
    return tab


def opened(page: QWidget) -> MonthsTab:
    """The tab of the page, with points in it."""
    assert isinstance(page, PointsPage)
    write_some(page._context)
    tab = _tab(page)
    tab.refresh()
    return tab


def leave_waiting(context: Context) -> int:
    """A claim of October that somebody else entered; its id."""
    write_some(context)
    with context.database.transaction("记一笔") as session:
        day = first_of(points_months.next_month(session) or OCTOBER)
        item = _item(session, "建议被采纳")
        entered = ClaimInput(
            account_id=_first(session), item_id=item, on_date=day, points=20, reason="路灯"
        )
        return points_claims.propose(session, entered, now=context.clock.now())


def take_back(context: Context, claim: int) -> None:
    """Nothing waits any more."""
    with context.database.transaction("撤回") as session:
        points_claims.withdraw(session, [claim], now=context.clock.now())


def _waiting(page: QWidget) -> None:
    assert isinstance(page, PointsPage)
    claim = leave_waiting(page._context)
    opened(page)
    take_back(page._context, claim)


def _item(session: Session, name: str) -> int:
    return session.scalars(select(PointsItem.id).where(PointsItem.name == name)).one()


def _first(session: Session) -> int:
    return session.scalars(select(PointsEntry.account_id).order_by(PointsEntry.id)).first() or 0


def _at(until: str) -> Callable[[QWidget], None]:
    def show(page: QWidget) -> None:
        assert isinstance(page, PointsPage)
        write_some(page._context)
        month = _latest(page._context)
        publish(page._context, month, until=until)
        tab = opened(page)
        tab.month.choose(month)

    return show


@contextmanager
def broken(context: Context) -> Iterator[None]:
    """While it is drawn one balance is wrong."""
    write_some(context)
    for by in (4, -4):
        with context.database.transaction("坏了") as session:
            session.scalars(select(PointsBalance)).first().balance += by
        if by > 0:
            yield


def _apart(page: QWidget) -> None:
    assert isinstance(page, PointsPage)
    with broken(page._context):
        opened(page)


def _latest(context: Context) -> int:
    """The month that was closed last: a demo has its own."""
    with context.database.lookup() as lookup:
        return points_publishing.closed_months(lookup)[0].month


def _month(context: Context) -> points_publishing.MonthView:
    write_some(context)
    month = _latest(context)
    publish(context, month)
    with context.database.lookup() as lookup:
        found = points_publishing.closed_month(lookup, month)
    assert found is not None
    return found


def objections(context: Context) -> ObjectionsDialog:
    """One that waits for an answer."""
    month = _month(context).month
    with context.database.transaction("登记异议") as session:
        noted = AppealInput(raised_by="李建国", words="20 日的巡逻没有记上", month=month)
        points_appeals.note(session, noted, today=context.clock.today() - timedelta(days=1))
    return ObjectionsDialog(context, month)


def apart(context: Context) -> ApartDialog:
    """One account of which the balance is wrong."""
    with broken(context):
        return ApartDialog(context)


def lapsing(context: Context) -> LapsingDialog:
    """What was earned in 2026 lapses at the end of next March."""
    write_some(context)
    dialog = LapsingDialog(context)
    dialog.show_days(180)
    return dialog


PAGES: dict[str, Callable[[QWidget], object]] = {
    "月结": opened,
    "月结 有待复核": _waiting,
    "月结 待审核": _at("prepared"),
    "月结 公示中": _at("posted"),
    "月结 账账不符": _apart,
}
DIALOGS: dict[str, Callable[[Context], QWidget]] = {
    "登记审核签字": lambda context: SignDialog(context, _month(context)),
    "登记张贴": lambda context: PostDialog(context, _month(context)),
    "改异议期": lambda context: LongerDialog(context, _month(context)),
    "积分公示的异议": objections,
    "账账不符的账户": apart,
    "快到期的积分": lapsing,
    "快到期的积分 没有": LapsingDialog,
}
