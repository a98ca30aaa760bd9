"""台账 in its states, on a stage where people served and somebody reviews."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    Deed,
    EntryKind,
    PointsClaim,
    PointsEntry,
    PointsItem,
    PointsRule,
    Resident,
    Volunteer,
)
from app.services import (
    points_accounts,
    points_appeals,
    points_book,
    points_cards,
    points_claims,
    points_family,
    points_filter,
    points_owner,
    points_rules,
)
from app.services.activity_finder import Person
from app.services.filters import present
from app.services.points_appeals import AppealInput
from app.services.points_book import Booking
from app.services.points_claims import ClaimInput
from app.storage.engine import Database
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.points.ledger import actions
from app.ui.points.ledger.account_dialog import AccountDialog
from app.ui.points.ledger.appeals_dialog import AppealsDialog
from app.ui.points.ledger.cards_dialog import CardsDialog
from app.ui.points.ledger.claim_dialog import ClaimDialog
from app.ui.points.ledger.give_dialog import GiveDialog
from app.ui.points.ledger.kind_bar import RETURNED
from app.ui.points.ledger.line_dialog import LineDialog
from app.ui.points.ledger.tab import LedgerTab
from app.ui.points.ledger.weigh_dialog import WeighDialog
from app.ui.points.page import PointsPage
from app.values.rights import Actor

SUN, ZHAO = Actor("孙丽"), Actor("赵敏")
WORDS, BONUS = "爱暖助老队 3 号楼", "年终奖励"


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...
    def sit_down(self) -> None: ...


def lived(stage: _Stage) -> Context:
    """The office after a month of service; an empty one as it is."""
    database = stage.database
    with database.reading() as session:
        grown = Resident.birth_date < date(1990, 1, 1)
        people = list(session.scalars(select(Resident.id).where(present(), grown).limit(12)))
        known = session.scalar(select(PointsClaim.id).where(PointsClaim.words == WORDS))
    context = stage.context()
    if len(people) == 12 and known is None:
        _live(database, people, context.clock.now())
        stage.sit_down()
    return context


def _live(database: Database, people: list[int], now: datetime) -> None:
    today = now.date()
    database.act_as(SUN)
    with database.transaction("积分一个月") as session:
        _rules_hold(session, today)
        for one in people[:4]:
            _volunteer(session, one, today)
        serve = _service(session)
        claims = [
            _propose(session, serve, one, number, today - timedelta(days=number // 3), now)
            for number, one in enumerate((*people, *people[:6]))
        ]
    database.act_as(ZHAO)
    with database.transaction("复核") as session:
        points_claims.accept(session, claims[6:], now=now)
        points_claims.send_back(session, claims[:1], answer="没有签到记录，请附签到表", now=now)
    with database.transaction("兑换和冲正") as session:
        account = points_owner.account_of(session, people[7]) or 0
        points_book.book(
            session,
            Booking(
                account_id=account,
                kind=EntryKind.EARNED,
                points=30,
                on_date=today,
                words=BONUS,
            ),
            now=now,
        )
        points_claims.reverse(session, claims[8], reason="记错了人", now=now)
        points_cards.issue_card(session, account, today)
        entered = AppealInput(
            account_id=account, raised_by="本人", words="11 月 2 日的清扫没有记上"
        )
        points_appeals.note(session, entered, today=today)


def _rules_hold(session: Session, today: date) -> None:
    """An office of the tests is of today; what was done last month needs its rules."""
    for rule in points_rules.rules_on(session, today):
        session.get_one(PointsRule, rule.id).since = today - timedelta(days=300)


def _volunteer(session: Session, resident_id: int, today: date) -> None:
    known = session.scalar(select(Volunteer.id).where(Volunteer.resident_id == resident_id))
    if known is None:
        number = 9000 + resident_id
        session.add(Volunteer(number=number, resident_id=resident_id, registered_on=today))
        session.flush()


def _service(session: Session) -> int:
    found = session.scalar(
        select(PointsItem.id)
        .where(PointsItem.deed == Deed.SERVICE, PointsItem.enabled)
        .order_by(PointsItem.position)
    )
    assert found is not None
    return found


def _propose(
    session: Session, item: int, resident: int, number: int, day: date, now: datetime
) -> int:
    volunteer = session.scalar(select(Volunteer.id).where(Volunteer.resident_id == resident))
    account = points_accounts.ensure_account(session, resident_id=resident, today=now.date())
    return points_claims.propose(
        session,
        ClaimInput(
            account_id=account,
            item_id=item,
            on_date=day,
            volunteer_id=volunteer,
            quantity=200,
            half_hours=4 if volunteer is not None else 0,
            points=20 + number,
            words=WORDS,
            reason="有签到表",
            place="3 号楼",
            leader="赵敏",
        ),
        now=now,
    )


def tab_of(page: QWidget) -> LedgerTab:
    """The tab on the page 积分超市, opened."""
    assert isinstance(page, PointsPage)
    tab = page.open("台账")
    assert isinstance(tab, LedgerTab)
    return tab


def _opened(stage: _Stage, page: QWidget) -> LedgerTab:
    lived(stage)
    tab = tab_of(page)
    tab.refresh()
    return tab


def _ticked(stage: _Stage, page: QWidget) -> None:
    tab = _opened(stage, page)
    tab.list.model.tick(range(1, 4), on=True)


def _one_kind(stage: _Stage, page: QWidget) -> None:
    tab = _opened(stage, page)
    tab.list.filters.kinds._choose(points_filter.LineKind.SERVICE)


def _returned(stage: _Stage, page: QWidget) -> None:
    tab = _opened(stage, page)
    tab.list.filters.kinds._choose(RETURNED)


def _nobody(stage: _Stage, page: QWidget) -> None:
    tab = _opened(stage, page)
    tab.list.filters.search.setText("没有这个人")
    tab.list.read()


PAGES: dict[str, Callable[[_Stage, QWidget], object]] = {
    "积分台账": _opened,
    "积分台账 勾选": _ticked,
    "积分台账 一类": _one_kind,
    "积分台账 已退回": _returned,
    "积分台账 没有找到": _nobody,
}


def _entry(session: Session) -> int:
    """The points of the end of a year, whose account has a card and an appeal."""
    found = session.scalar(select(PointsEntry.id).where(PointsEntry.words == BONUS))
    assert found is not None
    return found


def _account(context: Context) -> int:
    with context.database.reading() as session:
        return session.get_one(PointsEntry, _entry(session)).account_id


def _claim(stage: _Stage) -> QWidget:
    context = lived(stage)
    with context.database.reading() as session:
        found = session.execute(select(Resident.id, Resident.name).limit(3)).all()
        item = _service(session)
    dialog = ClaimDialog(context)
    dialog.form.item.choose_id(item)
    for key, name in found:
        dialog.form.put(Person(None, key, name, "3 号楼 2-501"))
    return dialog


def _weigh(stage: _Stage) -> QWidget:
    context = lived(stage)
    with context.database.reading() as session:
        found = session.execute(select(Resident.id, Resident.name).limit(3)).all()
    dialog = WeighDialog(context)
    dialog.form.item.setCurrentIndex(dialog.form.item.findText("厨余垃圾称重"))
    dialog.form.point.setText("2 号回收点")
    for place, (key, name) in enumerate(found, 1):
        dialog.form.put(Person(None, key, name, "3 号楼 2-501"))
        dialog.form.people.set_quantity(150 * place)
    return dialog


def _again(stage: _Stage) -> QWidget:
    context = lived(stage)
    with context.database.lookup() as lookup:
        chosen = points_filter.LedgerFilter(returned=True)
        keys = points_filter.waiting_ids(lookup, chosen)
    return ClaimDialog(context, returned_id=points_filter.place_of(keys[0])[1])


def _line(stage: _Stage) -> QWidget:
    """A line that used points: what it used stands below."""
    context = lived(stage)
    with context.database.reading() as session:
        entry = session.scalars(
            select(PointsEntry.id).where(PointsEntry.kind == EntryKind.REVERSAL)
        ).first()
        assert entry is not None
    return LineDialog(context, points_filter.key_of(points_filter.Book.ENTRY, entry))


def _account_dialog(stage: _Stage) -> QWidget:
    context = lived(stage)
    return AccountDialog(context, _account(context))


def _cards(stage: _Stage) -> QWidget:
    context = lived(stage)
    with context.database.lookup() as lookup:
        return CardsDialog(context, points_accounts.holder(lookup, _account(context)))


def _appeals(stage: _Stage) -> QWidget:
    context = lived(stage)
    with context.database.lookup() as lookup:
        return AppealsDialog(context, points_accounts.holder(lookup, _account(context)))


def _give(stage: _Stage) -> QWidget:
    context = lived(stage)
    account = _account(context)
    with context.database.lookup() as lookup:
        family = points_family.relatives(lookup, account)
        return GiveDialog(context, points_accounts.holder(lookup, account), family)


def _reason(stage: _Stage) -> QWidget:
    said = "王秀兰　2026-11-20　楼道清扫　+2 分，2.0 小时。原来的一行留着，另记一行相反的。"
    return ReasonDialog("冲正", said, "冲正", usual=actions.REVERSE)


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "手工记分": _claim,
    "手工记分 再报": _again,
    "回收称重": _weigh,
    "一笔积分": _line,
    "积分账户": _account_dialog,
    "积分卡": _cards,
    "积分申诉": _appeals,
    "户内转分": _give,
    "冲正": _reason,
}
