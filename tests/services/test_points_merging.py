"""Two records of one person: the books of 积分超市 become one, and not a point is lost."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.models import (
    AccountState,
    Activity,
    Participation,
    PointsAccount,
    Team,
    TeamMember,
    Volunteer,
)
from app.models.activities import Attendance
from app.services import (
    hours,
    merging,
    points_cards,
    points_owner,
    search,
    settings,
)
from app.storage.engine import Database
from tests.services.points_stage import Stage, stage_on
from tests.services.serving import serve, volunteer


def _in_both(session: Session, mine: int, theirs: int, item: int) -> None:
    """A team and an activity in which both records of the person stand."""
    session.add(Team(id=1, name="铁军"))
    facts = {"item_id": item, "on_date": date(2026, 11, 1), "starts": 480, "ends": 600}
    session.add(Activity(id=1, name="清扫", **facts))
    session.flush()
    for one in (mine, theirs):
        session.add(TeamMember(team_id=1, volunteer_id=one, since=date(2026, 11, 1)))
        session.add(Participation(activity_id=1, volunteer_id=one, state=Attendance.CAME))
    session.flush()


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _merge(stage: Stage) -> tuple[str, ...]:
    keep, other = stage.people["wang"], stage.people["chen"]
    said: tuple[str, ...] = stage.now(merging.merge, keep, other)
    return said


def test_points_cards_and_what_waits_go_to_the_account_that_stays(stage: Stage) -> None:
    stage.earn(stage.wang, 30)
    stage.earn(stage.chen, 12)
    stage.set(settings.POINTS_ALONE, 0)
    card = stage.do(points_cards.issue_card, stage.chen, today=stage.today)
    claim = stage.claim(stage.chen, "邻里互助")

    said = _merge(stage)

    assert "两个积分账户合为一个，转来 12 分。" in said
    assert (stage.points(stage.wang), stage.points(stage.chen)) == (42, 0)
    assert stage.clerk.look_up(lambda look: points_cards.account_by_card(look, card)) == stage.wang
    stage.accept(claim)
    assert stage.points(stage.wang) == 45
    state = stage.clerk.see(lambda s: s.get_one(PointsAccount, stage.chen).state)
    assert state is AccountState.CLOSED
    stage.check_books()


def test_the_only_account_becomes_the_keepers(stage: Stage) -> None:
    stage.earn(stage.chen, 12)
    stage.do(lambda s: s.delete(s.get_one(PointsAccount, stage.wang)))

    _merge(stage)

    keeper = stage.people["wang"]
    mine = stage.clerk.look_up(lambda look: points_owner.account_of(look, keeper))
    assert (mine, stage.points(stage.chen)) == (stage.chen, 12)


def test_who_was_in_a_team_and_on_a_list_twice_is_so_once(stage: Stage) -> None:
    mine, item = stage.volunteers["wang"], stage.item("志愿服务")
    theirs = stage.do(lambda s: volunteer(s, 88, resident_id=stage.people["chen"]))
    stage.do(lambda s: _in_both(s, mine, theirs, item))
    _merge(stage)
    for table in ("team_member", "participation"):
        assert stage.ask(f"SELECT count(*) FROM {table} WHERE volunteer_id = {mine:d}") == [(1,)]


def test_hours_keep_their_days_when_two_volunteers_are_one(stage: Stage) -> None:
    mine = stage.volunteers["wang"]

    def also(session: Session) -> int:
        theirs = volunteer(session, 88, resident_id=stage.people["chen"])
        serve(session, theirs, 5, stage.today.replace(month=3), "楼道清洁")
        wrong = serve(session, theirs, 8, stage.today, "记错的")
        serve(session, theirs, -8, stage.today, "冲正", reverses_id=wrong)
        return theirs

    theirs = stage.do(also)
    said = _merge(stage)

    assert any("0088 并入" in one and "2.5 小时" in one for one in said)
    march = stage.today.replace(month=3)
    of_march = stage.clerk.look_up(lambda look: hours.in_period(look, mine, march, march))
    assert [one.half_hours for one in of_march] == [5]
    assert stage.clerk.look_up(lambda look: hours.total(look, theirs)) == 0
    assert stage.clerk.see(lambda s: s.get_one(Volunteer, theirs).deleted_at) is not None


def test_the_search_for_people_knows_a_card_until_it_is_void(stage: Stage) -> None:
    code = stage.do(points_cards.issue_card, stage.chen, today=stage.today)

    def hit() -> int | None:
        found: int | None = stage.clerk.look_up(lambda look: search.exact_hit(look, code.lower()))
        return found

    assert hit() == stage.people["chen"]
    (card,) = stage.clerk.look_up(lambda look: points_cards.cards(look, stage.chen))
    stage.do(points_cards.void_card, card.id, version=card.version, today=stage.today)
    assert hit() is None
