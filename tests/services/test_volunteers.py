"""Volunteers, their teams, notes and stars, as order 67 and domain.md 2 want them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    Activity,
    Departure,
    Notice,
    PointsAccount,
    PointsItem,
    Resident,
    StarAward,
    StarState,
    Team,
    TeamMember,
    Volunteer,
    VolunteerNoteKind,
)
from app.reports import star_list
from app.services import (
    activity_fitness,
    calendar,
    office,
    points_accounts,
    points_cards,
    points_owner,
    publicity_board,
    star_papers,
    stars,
    teams,
    volunteer_cards,
    volunteer_notes,
    volunteer_views,
    volunteers,
)
from app.services.papers import Printing
from app.services.publicity_board import ObjectionInput
from app.services.teams import TeamInput
from app.services.volunteer_input import VolunteerInput
from app.services.volunteer_notes import NoteInput
from app.services.volunteer_views import ACTIVE, LEFT, NO_TEAM, VolunteerFilter, VolunteerRow
from app.values.rights import READER, Right
from tests.actors import actor
from tests.reports.reading import text_by_pypdf
from tests.services.conftest import Clerk, id_number
from tests.services.serving import serve

TODAY = date(2026, 11, 21)
BEGUN = date(2026, 2, 2)


class Enlister:
    """Somebody who keeps the list of volunteers."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    def resident(self, name: str, born: date = date(1960, 1, 18), **fields: Any) -> int:
        serial = fields.pop("serial", 1)
        number = id_number(born, serial=serial)
        return self.clerk.add(name, document_number=number, birth_date=born, **fields)

    def enlist(self, name: str = "", resident_id: int | None = None, **fields: Any) -> int:
        given = {"registered_on": BEGUN, "record_consent_on": BEGUN, **fields}
        entered = VolunteerInput(name=name, resident_id=resident_id, **given)
        key: int = self.clerk.do("登记", lambda s: volunteers.add(s, entered, now=self.clerk.now))
        return key

    def team(self, name: str, *members: int, leader: int | None = None) -> int:
        entered = TeamInput(name=name, leader_id=leader)

        def found(session: Session) -> int:
            key = teams.save(session, None, entered, today=BEGUN)
            teams.join(session, key, members, since=BEGUN)
            return key

        key: int = self.clerk.do("建队", found)
        return key

    def served(self, volunteer_id: int, half_hours: int, on: date = BEGUN) -> None:
        def book(session: Session) -> None:
            for day in range(-(-half_hours // 48)):
                left = min(48, half_hours - 48 * day)
                serve(session, volunteer_id, left, on + timedelta(days=day), "巡逻")

        self.clerk.do("记时长", book)

    def change(self, volunteer_id: int, **fields: Any) -> None:
        entered, version = self.clerk.see(lambda s: volunteers.input_of(s, volunteer_id))
        changed = replace(entered, **fields)
        self.clerk.do(
            "修改",
            lambda s: volunteers.update(
                s, volunteer_id, changed, version=version, now=self.clerk.now
            ),
        )

    def row(self, volunteer_id: int) -> VolunteerRow:
        found = self.clerk.look_up(lambda one: volunteer_views.row(one, volunteer_id, today=TODAY))
        assert found is not None
        return found

    def names(self, order: str = "number", *, descending: bool = False, **fields: Any) -> list[str]:
        def read(lookup: Any) -> list[str]:
            chosen = VolunteerFilter(**fields)
            ids = volunteer_views.list_ids(
                lookup, chosen, order=order, descending=descending, today=TODAY
            )
            assert volunteer_views.counts(lookup, chosen, today=TODAY)[0] == len(ids)
            return [one.name for one in volunteer_views.rows(lookup, ids, today=TODAY)]

        found: list[str] = self.clerk.look_up(read)
        return found


@pytest.fixture
def keeper(clerk: Clerk) -> Enlister:
    clerk.do("开始", lambda s: office.seed(s, today=BEGUN))
    return Enlister(clerk)


# -- who is on the list


def test_numbers_go_up_and_are_not_given_again(keeper: Enlister) -> None:
    first = keeper.enlist("李雷", phone="13840910001")
    keeper.clerk.do("删除", lambda s: volunteers.remove(s, first, now=keeper.clerk.now))
    second = keeper.enlist("韩梅梅", phone="13840910002")
    assert keeper.row(second).number_words == "0002"


def test_a_residents_facts_stand_with_the_resident_and_follow_him(keeper: Enlister) -> None:
    person = keeper.resident("王秀兰", sex="女", phone="13842840612", address="3-2-501")
    key = keeper.enlist("别的名字", resident_id=person, phone="13999999999")
    row = keeper.row(key)
    assert (row.name, row.phone_masked, row.place) == ("王秀兰", "138 **** 0612", "3 号楼 2-501")
    keeper.clerk.change(person, name="王秀岚")
    assert keeper.row(key).name == "王秀岚"


def test_who_has_moved_away_is_not_registered_and_who_was_stays(keeper: Enlister) -> None:
    person, other = keeper.resident("王秀兰"), keeper.resident("于翠兰", serial=2)
    key = keeper.enlist(resident_id=person)

    def move_out(session: Session) -> None:
        for one in (person, other):
            session.get_one(Resident, one).departure = Departure.MOVED_OUT

    keeper.clerk.do("迁出", move_out)
    with pytest.raises(DomainError, match="已经不在居民名单里"):
        keeper.enlist(resident_id=other)
    keeper.change(key, skills="理发")
    assert (keeper.row(key).gone, keeper.names(), keeper.names(state=LEFT)) == (
        "已迁出",
        [],
        ["王秀兰"],
    )


def test_somebody_from_outside_is_told_by_his_document(keeper: Enlister) -> None:
    key = keeper.enlist("李雷", id_number=id_number(date(1990, 3, 7)), gender="女")
    row = keeper.row(key)
    assert (row.birth_date, row.sex, row.resident_id) == (date(1990, 3, 7), "男", None)


def test_nobody_is_on_the_list_twice(keeper: Enlister) -> None:
    person = keeper.resident("王秀兰")
    key = keeper.enlist(resident_id=person)
    with pytest.raises(DomainError, match="已经是志愿者（0001）"):
        keeper.enlist(resident_id=person)
    with pytest.raises(DomainError, match="已经是志愿者"):
        keeper.clerk.see(lambda s: volunteers.from_resident(s, person, today=TODAY))
    keeper.clerk.do("删除", lambda s: volunteers.remove(s, key, now=keeper.clerk.now))
    with pytest.raises(DomainError, match="请从回收站放回"):
        keeper.enlist(resident_id=person)
    keeper.enlist("李雷", phone="13840910001")
    with pytest.raises(DomainError, match="就是这个人"):
        keeper.enlist("李雷", phone="13840910001")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "请填写志愿者的姓名"),
        ({"name": "李雷", "id_number": "210214196001181828"}, "校验位"),
        ({"name": "李雷", "phone": "电话没有"}, "没有认出号码"),
        ({"name": "李雷", "record_consent_on": None}, "第六条"),
        ({"name": "李雷", "registered_on": TODAY + timedelta(days=1)}, "还没有到"),
        ({"name": "李雷", "skills": "长" * 121}, "“特长”太长"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
    keeper: Enlister, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        keeper.enlist(**fields)
    assert keeper.clerk.see(lambda s: s.query(Volunteer).count()) == 0


def test_below_eighteen_a_guardian_has_agreed(keeper: Enlister) -> None:
    child = keeper.resident("王小虎", date(2012, 3, 1))
    with pytest.raises(DomainError, match="14 岁，不满 18 岁要监护人同意"):
        keeper.enlist(resident_id=child)
    with pytest.raises(DomainError, match="监护人"):
        keeper.enlist(resident_id=child, guardian="王建国")
    key = keeper.enlist(resident_id=child, guardian="王建国", guardian_consent_on=BEGUN)
    assert keeper.row(key).minor
    with pytest.raises(DomainError, match="17 岁，不满 18 岁要监护人同意"):
        keeper.enlist("李小明", birth_date=TODAY.replace(year=2008, day=TODAY.day + 1))
    assert not keeper.row(keeper.enlist("李大明", birth_date=TODAY.replace(year=2008))).minor


def test_minors_do_nothing_dangerous_and_others_are_insured_for_it(keeper: Enlister) -> None:
    child = keeper.enlist(
        "李小明", birth_date=date(2010, 1, 1), guardian="李强", guardian_consent_on=BEGUN
    )
    man = keeper.enlist("张强", birth_date=date(1980, 1, 1), insured_until=date(2026, 11, 20))
    unknown = keeper.enlist("赵敏", phone="13840910001")

    def check(who: int, on: date, **fields: Any) -> None:
        keeper.clerk.see(lambda s: activity_fitness.check_fit(s, who, on=on, **fields))

    check(child, TODAY, dangerous=False)
    with pytest.raises(DomainError, match="未成年人不能参加有危险的活动"):
        check(child, TODAY, dangerous=True, insured=True)
    grown = keeper.enlist("李大明", birth_date=TODAY.replace(year=2008))
    check(grown, TODAY, dangerous=True, insured=True)
    check(man, date(2026, 11, 20), dangerous=True)
    with pytest.raises(DomainError, match="请先买保险"):
        check(man, TODAY, dangerous=True)
    check(man, TODAY, dangerous=True, insured=True)
    with pytest.raises(DomainError, match="没有登记出生日期，不知道是否成年"):
        check(unknown, TODAY, dangerous=True, insured=True)
    check(unknown, TODAY, dangerous=False)


def test_two_editors_do_not_overwrite_each_other(keeper: Enlister) -> None:
    key = keeper.enlist("李雷", phone="13840910001")
    entered, version = keeper.clerk.see(lambda s: volunteers.input_of(s, key))
    keeper.change(key, skills="理发")
    with pytest.raises(ChangedMeanwhile):
        keeper.clerk.do(
            "改",
            lambda s: volunteers.update(s, key, entered, version=version, now=keeper.clerk.now),
        )


def test_who_turns_out_to_be_a_resident_keeps_number_hours_and_account(keeper: Enlister) -> None:
    key = keeper.enlist("李雷", phone="13840910001")
    keeper.served(key, 8)
    account = keeper.clerk.do(
        "开户", lambda s: points_accounts.ensure_account(s, volunteer_id=key, today=TODAY)
    )
    person = keeper.resident("李雷")
    keeper.change(key, resident_id=person)
    row = keeper.row(key)
    assert (row.number, row.half_hours, row.resident_id) == (1, 8, person)
    found = keeper.clerk.see(lambda s: points_owner.account_of(s, person))
    assert found == account
    other = keeper.resident("韩梅梅", serial=2)
    with pytest.raises(DomainError, match="不能换成别人"):
        keeper.change(key, resident_id=other)


def test_two_accounts_are_not_made_one_by_a_correction(keeper: Enlister) -> None:
    key, person = keeper.enlist("李雷", phone="13840910001"), keeper.resident("李雷")

    def open_both(session: Session) -> None:
        points_accounts.ensure_account(session, volunteer_id=key, today=TODAY)
        points_accounts.ensure_account(session, resident_id=person, today=TODAY)

    keeper.clerk.do("开户", open_both)
    with pytest.raises(DomainError, match="两个账户接不到一起"):
        keeper.change(key, resident_id=person)


def test_who_has_served_leaves_but_is_not_deleted(keeper: Enlister) -> None:
    key = keeper.enlist("李雷", phone="13840910001")
    team = keeper.team("铁军队", key)
    keeper.served(key, 8)
    with pytest.raises(DomainError, match="已经有服务记录"):
        keeper.clerk.do("删除", lambda s: volunteers.remove(s, key, now=keeper.clerk.now))

    def leave(session: Session, on: date) -> None:
        version = volunteers.get(session, key).version
        volunteers.leave(session, key, on=on, reason="搬走", version=version, today=TODAY)

    with pytest.raises(DomainError, match="退出日期"):
        keeper.clerk.do("退出", lambda s: leave(s, BEGUN - timedelta(days=1)))
    keeper.clerk.do("退出", lambda s: leave(s, TODAY))
    # What was done before may still be written down.
    keeper.clerk.see(lambda s: activity_fitness.check_fit(s, key, on=TODAY, dangerous=False))
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(DomainError, match="已经退出志愿者"):
        keeper.clerk.see(lambda s: activity_fitness.check_fit(s, key, on=tomorrow, dangerous=False))
    assert (keeper.names(), keeper.names(state=LEFT)) == ([], ["李雷"])
    assert keeper.clerk.see(lambda s: teams.members_of(s, team, on=TODAY)) == []
    assert keeper.clerk.see(lambda s: teams.members_of(s, team, on=BEGUN)) == [key]
    with pytest.raises(DomainError, match="已经退出"):
        keeper.clerk.do("入队", lambda s: teams.join(s, team, [key], since=TODAY))
    version = keeper.row(key).version
    keeper.clerk.do("回来", lambda s: volunteers.come_back(s, key, version=version))
    assert keeper.names() == ["李雷"]


def test_the_list_is_found_by_number_pinyin_skill_team_stars_and_state(keeper: Enlister) -> None:
    lan = keeper.enlist(resident_id=keeper.resident("王秀兰"), publish_consent_on=BEGUN)
    ray = keeper.enlist("李雷", phone="13840910001", skills="水电维修", insured_until=TODAY)
    keeper.team("铁军队", ray)
    keeper.served(lan, 3)
    keeper.served(ray, 9)
    assert keeper.names(text="2") == ["李雷"]
    assert keeper.names(text="wxl") == ["王秀兰"]
    assert keeper.names(text="lilei") == ["李雷"]
    assert keeper.names(text="维修") == ["李雷"]
    assert keeper.names(text="wxl 维修") == []
    assert keeper.names(kind="outsiders") == ["李雷"]
    assert keeper.names(kind="uninsured") == ["王秀兰"]
    assert keeper.names(kind="unpublished") == ["李雷"]
    keeper.change(lan, system_number="2102140001234")
    assert keeper.names(kind="unlisted") == ["李雷"]
    assert keeper.names(team_id=1) == ["李雷"]
    assert keeper.names(team_id=NO_TEAM) == ["王秀兰"]
    assert keeper.names(stars=0, state=ACTIVE) == ["王秀兰", "李雷"]
    assert keeper.names("hours", descending=True) == ["李雷", "王秀兰"]
    assert keeper.names("name") == ["李雷", "王秀兰"]


def test_who_only_looks_changes_nothing(keeper: Enlister) -> None:
    key = keeper.enlist("李雷", phone="13840910001")
    keeper.clerk.database.act_as(actor("小赵", READER))
    assert Right.RECORD_POINTS not in actor("小赵", READER).rights
    with pytest.raises(NotAllowed):
        keeper.enlist("韩梅梅", phone="13840910002")
    with pytest.raises(NotAllowed):
        keeper.clerk.do("删除", lambda s: volunteers.remove(s, key, now=keeper.clerk.now))
    with pytest.raises(NotAllowed):
        keeper.clerk.do("认定", lambda s: stars.confirm(s, [], today=TODAY))


# -- teams


def test_a_leader_belongs_to_the_team_and_is_replaced_before_he_goes(keeper: Enlister) -> None:
    ray, mei = keeper.enlist("李雷", phone="13840910001"), keeper.enlist("韩梅梅")
    team = keeper.team("铁军队", mei, leader=ray)
    assert keeper.clerk.see(lambda s: teams.members_of(s, team, on=TODAY)) == [ray, mei]
    with pytest.raises(DomainError, match="队长不能离队"):
        keeper.clerk.do("离队", lambda s: teams.part(s, team, [ray], on=TODAY))
    with pytest.raises(DomainError, match="请先换队长"):
        keeper.clerk.do("删除", lambda s: volunteers.remove(s, ray, now=keeper.clerk.now))
    with pytest.raises(DomainError, match="请先换队长"):
        keeper.clerk.do(
            "退出",
            lambda s: volunteers.leave(s, ray, on=TODAY, reason="", version=1, today=TODAY),
        )
    keeper.clerk.do("离队", lambda s: teams.part(s, team, [mei], on=TODAY))
    assert keeper.clerk.see(lambda s: teams.members_of(s, team, on=TODAY)) == [ray]


def test_who_joins_and_leaves_on_one_day_was_never_in_the_team(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    team = keeper.team("铁军队")

    def in_and_out(session: Session) -> None:
        teams.set_teams(session, ray, [team], today=TODAY)
        teams.set_teams(session, ray, [], today=TODAY)

    keeper.clerk.do("入队离队", in_and_out)
    assert keeper.clerk.see(lambda s: s.query(TeamMember).count()) == 0


def test_a_team_that_is_closed_takes_nobody_until_it_goes_on(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    team = keeper.team("铁军队", ray)
    with pytest.raises(DomainError, match="已经有一支队伍叫"):
        keeper.team("铁军队")

    def version(session: Session) -> int:
        return teams.get(session, team).version

    keeper.clerk.do("解散", lambda s: teams.close(s, team, on=TODAY, version=version(s)))
    [view] = keeper.clerk.look_up(lambda one: teams.teams(one, on=TODAY, closed=True))
    assert (view.closed_on, view.members) == (TODAY, 0)
    assert keeper.clerk.look_up(lambda one: teams.names(one)) == {}
    with pytest.raises(DomainError, match="已经解散"):
        keeper.clerk.do("入队", lambda s: teams.join(s, team, [ray], since=TODAY))
    keeper.clerk.do("恢复", lambda s: teams.reopen(s, team, version=version(s)))
    assert keeper.clerk.do("入队", lambda s: teams.join(s, team, [ray, ray], since=TODAY)) == 1
    keeper.clerk.do("删除", lambda s: teams.remove(s, team, now=keeper.clerk.now))
    assert keeper.clerk.see(lambda s: s.get_one(Team, team).deleted_at) is not None


# -- what else is kept


def test_hours_of_learning_stay_out_of_the_book_of_hours(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    training = NoteInput(
        kind=VolunteerNoteKind.TRAINING, on_date=TODAY, title="急救培训", half_hours=6
    )
    key = keeper.clerk.do(
        "培训", lambda s: volunteer_notes.save(s, ray, None, training, today=TODAY)
    )
    assert keeper.row(ray).half_hours == 0
    award = replace(training, kind=VolunteerNoteKind.AWARD)
    with pytest.raises(DomainError, match="只有培训有学习时长"):
        keeper.clerk.do("奖", lambda s: volunteer_notes.save(s, ray, None, award, today=TODAY))
    keeper.clerk.do("删", lambda s: volunteer_notes.remove(s, key, now=keeper.clerk.now))
    assert keeper.clerk.see(lambda s: volunteer_notes.notes(s, ray)) == []


# -- stars


def award_of(keeper: Enlister) -> StarAward:
    found: StarAward = keeper.clerk.see(
        lambda s: s.scalars(select(StarAward).order_by(StarAward.id.desc())).first()
    )
    return found


def test_stars_are_proposed_by_hours_hang_five_working_days_and_are_given(
    keeper: Enlister,
) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    keeper.served(ray, 199)
    propose = lambda s: stars.propose(s, today=TODAY)  # noqa: E731 - the same step again
    assert keeper.clerk.do("提出", propose) == []
    keeper.served(ray, 1, date(2026, 6, 1))
    [key] = keeper.clerk.do("提出", propose)
    assert keeper.clerk.do("提出", propose) == []
    with pytest.raises(DomainError, match="还没有公示"):
        keeper.clerk.do("认定", lambda s: stars.confirm(s, [key], today=TODAY))
    keeper.clerk.do("节假日", calendar.seed)
    until = keeper.clerk.do("公示", lambda s: stars.publish(s, [key], today=TODAY))
    assert until == date(2026, 11, 27)
    with pytest.raises(DomainError, match="公示到 2026-11-27"):
        keeper.clerk.do("认定", lambda s: stars.confirm(s, [key], today=until))
    after = until + timedelta(days=1)
    keeper.clerk.do("认定", lambda s: stars.confirm(s, [key], today=after))
    assert keeper.row(ray).stars == 1
    assert award_of(keeper).decided_by == keeper.clerk.database.actor.name


def test_the_list_has_one_notice_whose_objections_are_answered_before_anybody_is_confirmed(
    keeper: Enlister,
) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    keeper.served(ray, 200)
    [key] = keeper.clerk.do("提出", lambda s: stars.propose(s, today=TODAY))
    until = keeper.clerk.do("公示", lambda s: stars.publish(s, [key], today=TODAY))
    write = lambda s: star_papers.notice(s, [key], now=keeper.clerk.now)  # noqa: E731
    made = keeper.clerk.do("写公示", write)
    assert keeper.clerk.do("再写公示", write) == made
    [row] = keeper.clerk.look_up(lambda one: stars.awards(one, today=TODAY))
    assert row.notice_id == made
    raised = ObjectionInput(raised_on=TODAY, who="邻居", words="他没有服务那么久")
    keep = lambda s: publicity_board.save_objection(s, made, raised)  # noqa: E731
    said = keeper.clerk.do("登记异议", keep)
    ends_on = keeper.clerk.see(lambda s: s.get_one(Notice, made).ends_on)
    after = max(until, ends_on) + timedelta(days=1)
    with pytest.raises(DomainError, match="1 条异议没有答复"):
        keeper.clerk.do("认定", lambda s: stars.confirm(s, [key], today=after))
    answered = replace(raised, answer="核对过签到表", answered_on=TODAY)
    answer = lambda s: publicity_board.save_objection(  # noqa: E731
        s, made, answered, objection_id=said, version=1
    )
    keeper.clerk.do("答复异议", answer)
    keeper.clerk.do("认定", lambda s: stars.confirm(s, [key], today=after))


def test_hours_that_were_reversed_meanwhile_give_no_stars(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    keeper.served(ray, 200)
    [key] = keeper.clerk.do("提出", lambda s: stars.propose(s, today=TODAY))
    keeper.clerk.do("公示", lambda s: stars.publish(s, [key], today=TODAY))
    keeper.clerk.do("冲正", lambda s: serve(s, ray, -2, BEGUN, "冲正"))
    later = TODAY + timedelta(days=30)
    with pytest.raises(DomainError, match="请办不予认定"):
        keeper.clerk.do("认定", lambda s: stars.confirm(s, [key], today=later))
    version = award_of(keeper).version

    def drop(session: Session, reason: str) -> None:
        stars.drop(session, key, reason=reason, version=version, today=later)

    with pytest.raises(DomainError, match="请写明"):
        keeper.clerk.do("不予", lambda s: drop(s, " "))
    keeper.clerk.do("不予", lambda s: drop(s, "时长有误"))
    keeper.served(ray, 2, date(2026, 5, 1))
    # The hours for which it was not given make no new proposal.
    assert keeper.clerk.do("提出", lambda s: stars.propose(s, today=later)) == []
    keeper.served(ray, 4, date(2026, 6, 1))
    assert len(keeper.clerk.do("提出", lambda s: stars.propose(s, today=later))) == 1


def test_hours_that_another_body_called_for_make_no_stars(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    keeper.served(ray, 198)

    def help_others(session: Session) -> None:
        item = session.scalar(select(PointsItem.id).where(PointsItem.name == "志愿服务"))
        facts = {"item_id": item, "on_date": TODAY, "starts": 480, "ends": 600}
        row = Activity(name="街道清雪", ours=False, **facts)
        session.add(row)
        session.flush()
        serve(session, ray, 4, TODAY, "街道清雪", activity_id=row.id)

    keeper.clerk.do("记时长", help_others)
    assert keeper.row(ray).half_hours == 202
    assert keeper.clerk.do("提出", lambda s: stars.propose(s, today=TODAY)) == []
    assert keeper.clerk.look_up(lambda one: stars.next_level(one, ray, TODAY)) == (1, 2)


def test_who_rises_further_before_the_list_hangs_stands_on_it_once(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001")
    keeper.served(ray, 200)
    keeper.clerk.do("提出", lambda s: stars.propose(s, today=TODAY))
    keeper.served(ray, 400, date(2026, 6, 1))
    keeper.clerk.do("提出", lambda s: stars.propose(s, today=TODAY))
    rows = keeper.clerk.look_up(lambda one: stars.awards(one, StarState.PROPOSED, today=TODAY))
    assert [(one.stars, one.half_hours) for one in rows] == [(2, 600)]


def test_a_name_hangs_on_the_wall_only_with_consent(keeper: Enlister) -> None:
    ray = keeper.enlist("李雷", phone="13840910001", publish_consent_on=BEGUN)
    mei = keeper.enlist("韩梅梅", phone="13840910002")
    for one in (ray, mei):
        keeper.served(one, 200)
    ids = keeper.clerk.do("提出", lambda s: stars.propose(s, today=TODAY))
    keeper.clerk.do("公示", lambda s: stars.publish(s, ids, today=TODAY))
    printing = Printing("赵敏", datetime(2026, 11, 21, 9, 30))
    data = keeper.clerk.see(lambda s: star_papers.wall_list(s, ids, printing))
    said = "".join(text_by_pypdf(star_list.render(data)).split())
    assert "李雷" in said
    assert "0002号志愿者" in said
    assert "韩梅梅" not in said
    assert "公示开始：2026年11月21日公示期满：2026年11月27日" in said
    written = keeper.clerk.do("公示", lambda s: star_papers.notice(s, ids, now=keeper.clerk.now))
    text = keeper.clerk.see(lambda s: s.get_one(Notice, written))
    assert (text.period_days, text.period_kind, text.ends_on) == (5, "工作日", date(2026, 11, 27))
    assert "李雷，服务时长 100.0 小时，一星" in text.body
    assert "韩梅梅" not in text.body
    with pytest.raises(DomainError, match="认定以后才能打印证书"):
        keeper.clerk.see(lambda s: star_papers.certificates(s, ids, today=TODAY))


# -- cards


def test_a_card_opens_the_account_and_is_printed_again_with_its_code(keeper: Enlister) -> None:
    person = keeper.resident("王秀兰")
    lan = keeper.enlist(resident_id=person)

    def issue(session: Session) -> str:
        return volunteer_cards.issue(session, [lan], today=TODAY).cards[0].code

    code = keeper.clerk.do("发卡", issue)
    account = keeper.clerk.see(lambda s: points_cards.account_by_card(s, code))
    assert account == keeper.clerk.see(lambda s: points_owner.account_of(s, person))
    assert keeper.clerk.do("再印", issue) == code
    card = keeper.clerk.see(lambda s: points_cards.cards(s, account))[0]
    keeper.clerk.do(
        "挂失", lambda s: points_cards.void_card(s, card.id, version=card.version, today=TODAY)
    )
    assert keeper.clerk.do("补卡", issue) != code


def test_a_child_without_a_shared_account_gets_no_card_and_nothing_is_made(
    keeper: Enlister,
) -> None:
    child = keeper.resident("王小虎", date(2015, 3, 1))
    man = keeper.enlist("李雷", phone="13840910001")
    boy = keeper.enlist(resident_id=child, guardian="王建国", guardian_consent_on=BEGUN)
    with pytest.raises(DomainError, match="不满 14 周岁"):
        keeper.clerk.do("发卡", lambda s: volunteer_cards.issue(s, [man, boy], today=TODAY))
    assert keeper.clerk.see(lambda s: s.query(PointsAccount).count()) == 0
