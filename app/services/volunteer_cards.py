"""志愿者卡: the code on a card opens the account in which somebody's points are booked."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.reports.volunteer_cards import Card, VolunteerCards
from app.services import (
    papers,
    points_accounts,
    points_cards,
    volunteer_views,
    volunteers,
)
from app.services.rights import require
from app.services.stars import stars_words
from app.services.volunteer_views import VolunteerRow
from app.values.rights import Right

MOST = 500


def volunteer_of_card(session: Session, code: str) -> int | None:
    """Whose card it is; None for what is no card. Raises DomainError for a void or shared one."""
    account = points_cards.account_by_card(session, code)
    if account is None:
        return None
    holder = points_accounts.holder(session, account)
    if holder.household_id is not None:
        raise DomainError("这张卡是全户共用的，看不出是哪一位志愿者。请按姓名或编号找。")
    if holder.volunteer_id is not None:
        return holder.volunteer_id
    found = volunteers.of_resident(session, holder.resident_id or 0)
    if found is None:
        raise DomainError(f"{holder.name}有积分账户，但没有登记为志愿者。")
    return found


def issue(session: Session, ids: Sequence[int], *, today: date) -> VolunteerCards:
    """The cards of these volunteers, ten to a sheet; accounts and codes are made as needed.

    A card that is in use is printed again with its code. Raises DomainError naming for whom an
    account cannot be opened.
    """
    require(session, Right.RECORD_POINTS)
    if len(ids) > MOST:
        raise DomainError(f"一次最多打印 {MOST} 张卡，请分几次打印。")
    people = volunteer_views.rows(session, ids, today=today)
    gone = next((one for one in people if one.left_on is not None), None)
    if gone is not None:
        raise DomainError(f"{gone.title} 已经退出，不再发卡。请先去掉勾选，或者办重新加入。")
    return VolunteerCards(
        office=papers.committee(session),
        cards=[_card(session, one, today) for one in people],
        printed_on=today,
    )


def _card(session: Session, person: VolunteerRow, today: date) -> Card:
    account = points_accounts.ensure_account(session, volunteer_id=person.id, today=today)
    in_use = [
        one for one in points_cards.cards(session, account) if one.printed and one.void_on is None
    ]
    code = in_use[0].code if in_use else points_cards.issue_card(session, account, today)
    return Card(
        name=person.name,
        number=person.number_words,
        team="、".join(person.teams),
        stars=stars_words(person.stars),
        code=code,
    )
