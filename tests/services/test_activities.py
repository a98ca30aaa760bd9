"""活动: planned with the seven facts, come to, typed back, posted once, and who really served."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Action,
    Activity,
    ActivityState,
    Attendance,
    Change,
    ClaimOrigin,
    ClaimState,
    Notice,
    Participation,
    PointsClaim,
    Quality,
    Repeat,
    Team,
    TeamMember,
    Volunteer,
)
from app.services import (
    activities,
    activity_call,
    activity_finder,
    activity_hours,
    activity_papers,
    activity_people,
    activity_photos,
    activity_posting,
    activity_series,
    activity_served,
    activity_views,
    due_today,
    history,
    papers,
    points_accounts,
    points_cards,
    points_claims,
    recycle_bin,
    service_facts,
    settings,
)
from app.services.activity_hours import Attended, HoursClash
from app.services.activity_input import ActivityInput
from app.services.activity_people import Participant
from app.services.activity_posting import Posted
from app.services.activity_served import NationalRow, ServedFilter
from app.services.activity_views import ActivityFilter, ActivityRow
from app.services.papers import Printing
from app.services.undo_rows import CHANGED_SINCE
from app.storage.engine import Database
from app.values.rights import DEFAULTS, READER, Actor
from tests.services.points_stage import SUN, ZHAO, Stage, stage_on

SERVICE, LECTURE, WEIGHED = "志愿服务", "讲座培训", "厨余垃圾称重"
NINE, ELEVEN = 9 * 60, 11 * 60


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def facts(stage: Stage, item: str = SERVICE, **changes: Any) -> ActivityInput:
    """Two hours of cleaning stairs, today from nine."""
    entered = ActivityInput(
        name="楼道清扫",
        item_id=stage.item(item),
        on_date=stage.today,
        starts=NINE,
        ends=ELEVEN,
        place="3 号楼",
        content="清扫楼道，擦扶手",
        organiser="望海社区居民委员会",
        leader="赵敏",
    )
    return replace(entered, **changes)


def plan(stage: Stage, item: str = SERVICE, **changes: Any) -> int:
    return int(stage.now(activities.plan, facts(stage, item, **changes), by=SUN))


def join(stage: Stage, activity: int, who: str) -> int:
    """On the list: a volunteer by name, else the resident."""
    key = {"volunteer_id": stage.volunteers[who]} if who in stage.volunteers else {}
    key = key or {"resident_id": stage.people[who]}
    made = stage.do(activity_people.sign_up, activity, today=stage.today, by=SUN, **key)
    return int(made)


def know(stage: Stage, who: str, number: int) -> None:
    """A volunteer more, in this test alone."""
    found = stage.clerk.see(
        lambda s: s.scalar(select(Volunteer.id).where(Volunteer.number == number))
    )
    stage.volunteers = {**stage.volunteers, who: found}


def people(stage: Stage, activity: int) -> list[Participant]:
    found: list[Participant] = stage.clerk.look_up(
        lambda look: activity_people.participants(look, activity)
    )
    return found


def came(stage: Stage, activity: int, *lines: int, **values: Any) -> None:
    """Typed back: these lines came, for the whole time unless something else is said."""
    versions = {one.id: one.version for one in people(stage, activity)}
    values = {"came": True, **values}
    found = [Attended(participation_id=one, version=versions[one], **values) for one in lines]
    stage.now(activity_hours.record, activity, found, by=SUN)


def post(stage: Stage, activity: int) -> Posted:
    posted: Posted = stage.now(activity_posting.post, activity, by=SUN)
    return posted


def accept_all(stage: Stage) -> None:
    waiting = select(PointsClaim.id).where(PointsClaim.state == ClaimState.WAITING)
    stage.accept(*stage.clerk.see(lambda s: list(s.scalars(waiting))))


def row(stage: Stage, activity: int) -> ActivityRow:
    [found] = stage.clerk.look_up(lambda look: activity_views.rows(look, [activity]))
    assert isinstance(found, ActivityRow)
    return found


def listed(stage: Stage, **chosen: Any) -> list[int]:
    wanted = ActivityFilter(**chosen)
    return list(
        stage.clerk.look_up(lambda look: activity_views.list_ids(look, wanted, today=stage.today))
    )


def served(stage: Stage, **chosen: Any) -> activity_served.Served:
    found: activity_served.Served = stage.clerk.look_up(
        lambda look: activity_served.served(look, ServedFilter(**chosen))
    )
    return found


def held(stage: Stage, *who: str, **changes: Any) -> int:
    """An activity at which these came for the whole time."""
    activity = plan(stage, **changes)
    came(stage, activity, *(join(stage, activity, one) for one in who))
    return activity


# -- planning


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("place", "地点"),
        ("content", "服务内容"),
        ("organiser", "活动组织单位"),
        ("leader", "活动负责人"),
        ("name", "活动名称"),
    ],
)
def test_an_activity_without_one_of_the_seven_facts_is_refused(
    stage: Stage, missing: str, words: str
) -> None:
    with pytest.raises(DomainError, match=f"还没有填{words}。"):
        plan(stage, **{missing: "　"})
    assert listed(stage) == []


def test_times_that_cannot_be_are_refused_and_a_night_goes_past_midnight(stage: Stage) -> None:
    with pytest.raises(DomainError, match="结束时间应在开始之后"):
        plan(stage, starts=ELEVEN, ends=NINE)
    night = plan(stage, name="夜间巡逻", starts=22 * 60, ends=25 * 60)
    assert row(stage, night).time == "22:00–次日 01:00"


def test_an_activity_is_neither_of_a_far_year_nor_longer_than_a_day(stage: Stage) -> None:
    with pytest.raises(DomainError, match="2028-11-21 太远"):
        plan(stage, on_date=date(2028, 11, 21))
    with pytest.raises(DomainError, match="不超过 24 小时"):
        plan(stage, ends=NINE + 24 * 60 + 1)
    plan(stage, ends=NINE + 24 * 60)


def test_the_same_activity_is_not_planned_twice(stage: Stage) -> None:
    first = plan(stage)
    with pytest.raises(DomainError, match="已经有“楼道清扫”，没有重复登记"):
        plan(stage)
    plan(stage, place="4 号楼")
    version = row(stage, first).version
    stage.do(activities.cancel, first, reason="下雨", version=version)
    plan(stage)


def test_two_people_at_the_same_activity_do_not_overwrite_each_other(stage: Stage) -> None:
    activity = plan(stage)
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    assert entered == facts(stage)
    stage.now(activities.update, activity, replace(entered, place="5 号楼"), version=version)
    with pytest.raises(ChangedMeanwhile):
        stage.now(activities.update, activity, replace(entered, place="6 号楼"), version=version)
    assert row(stage, activity).place == "5 号楼"


def test_who_may_only_read_plans_nothing(stage: Stage) -> None:
    reader = Actor("李娜", READER, DEFAULTS[READER])
    with pytest.raises(DomainError, match="没有“记工时和积分”的权限"):
        stage.now(activities.plan, facts(stage), by=reader)


def test_an_activity_that_was_thrown_away_comes_back_from_the_bin(stage: Stage) -> None:
    activity = plan(stage)
    version = row(stage, activity).version
    stage.now(activities.remove, activity, version=version)
    assert listed(stage) == []
    with pytest.raises(DomainError, match="已经删除"):
        join(stage, activity, "wang")
    [binned] = stage.clerk.see(lambda s: recycle_bin.lines(s, now=stage.clerk.now))
    assert (binned.table, binned.id) == ("activity", activity)
    stage.now(recycle_bin.restore, binned.table, binned.id)
    assert listed(stage) == [activity]


def test_an_activity_that_was_held_does_not_move_to_a_day_to_come(stage: Stage) -> None:
    activity = held(stage, "wang")
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    moved = replace(entered, on_date=stage.today + timedelta(days=1))
    with pytest.raises(DomainError, match="日期不能改到今天以后"):
        stage.now(activities.update, activity, moved, version=version)


# -- recurring


def test_a_weekly_activity_is_planned_eight_weeks_ahead_and_goes_on_when_it_was_held(
    stage: Stage,
) -> None:
    activity = plan(stage)
    made = stage.do(activity_series.begin, activity, Repeat.WEEKLY, None, today=stage.today)
    assert (made, len(listed(stage))) == (8, 9)
    assert row(stage, activity).series == "每周六 09:00"
    later = stage.on(stage.today + timedelta(days=7))
    second = listed(stage, since=later.today, until=later.today)[0]
    came(later, second, join(later, second, "wang"))
    assert len(listed(stage)) == 10
    came(later, second, people(later, second)[0].id, note="又录一遍")
    assert len(listed(stage)) == 10


def test_a_monthly_activity_keeps_its_day_and_ends_when_it_was_to(stage: Stage) -> None:
    first = date(2026, 8, 31)
    days = list(activity_series.days(first, Repeat.MONTHLY, date(2027, 2, 28)))
    assert [f"{day:%m-%d}" for day in days] == [
        *("08-31", "09-30", "10-31", "11-30", "12-31", "01-31", "02-28"),
    ]
    activity = plan(stage, on_date=first)
    until = date(2026, 12, 15)
    made = stage.do(activity_series.begin, activity, Repeat.MONTHLY, until, today=stage.today)
    assert made == 3
    assert row(stage, activity).series == "每月 31 日 09:00，到 2026-12-15"


def test_ending_a_series_leaves_the_ones_that_people_signed_up_for(stage: Stage) -> None:
    activity = plan(stage)
    stage.do(activity_series.begin, activity, Repeat.FORTNIGHTLY, None, today=stage.today)
    coming = sorted(set(listed(stage)) - {activity})
    join(stage, coming[1], "wang")
    version = row(stage, activity).version
    gone = stage.do(activity_series.end, activity, version=version, today=stage.today)
    assert gone == len(coming) - 1
    assert row(stage, coming[1]).state is ActivityState.PLANNED
    assert row(stage, coming[0]).cancelled_reason == "定期活动停办"
    before = len(listed(stage))
    came(stage, activity, join(stage, activity, "qiu"))
    assert len(listed(stage)) == before
    version = row(stage, activity).version
    with pytest.raises(DomainError, match="已经停办"):
        stage.do(activity_series.end, activity, version=version, today=stage.today)


def test_later_ones_of_a_series_follow_where_nobody_counts_on_them(stage: Stage) -> None:
    activity = plan(stage)
    stage.do(activity_series.begin, activity, Repeat.WEEKLY, None, today=stage.today)
    coming = sorted(set(listed(stage)) - {activity})
    join(stage, coming[0], "wang")
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    moved = replace(entered, place="5 号楼", starts=NINE + 60, ends=ELEVEN + 60)
    stage.now(activities.update, activity, moved, version=version)
    assert stage.do(activity_series.follow, activity, today=stage.today) == len(coming) - 1
    assert (row(stage, coming[0]).place, row(stage, coming[0]).starts) == ("3 号楼", NINE)
    assert stage.do(activity_series.follow, coming[2], today=stage.today) == len(coming) - 3
    last = row(stage, coming[-1])
    assert (last.place, last.starts, last.on_date) == (
        *("5 号楼", NINE + 60, stage.today + timedelta(weeks=8)),
    )


# -- the list of people


def test_somebody_is_on_the_list_once_and_comes_back_to_the_own_number(stage: Stage) -> None:
    activity = plan(stage)
    first, second = join(stage, activity, "wang"), join(stage, activity, "qiu")
    assert join(stage, activity, "wang") == first
    version = people(stage, activity)[0].version
    stage.do(activity_people.sign_off, first, version=version)
    assert [(one.place, one.state) for one in people(stage, activity)] == [
        (1, Attendance.WITHDREW),
        (2, Attendance.SIGNED_UP),
    ]
    assert row(stage, activity).signed_up == 1
    assert (join(stage, activity, "wang"), second) == (first, 2)
    assert people(stage, activity)[0].state is Attendance.SIGNED_UP
    came(stage, activity, second)
    with pytest.raises(DomainError, match="请在“录签到”里改成没来"):
        stage.do(activity_people.sign_off, second, version=people(stage, activity)[1].version)


def test_hours_are_for_volunteers_and_a_lecture_is_for_everybody(stage: Stage) -> None:
    with pytest.raises(DomainError, match=r"陈桂芳还不是志愿者.*先登记志愿者"):
        join(stage, plan(stage), "chen")
    lecture = plan(stage, LECTURE, name="健康讲座")
    join(stage, lecture, "chen")
    # By the resident, she is the volunteer that she is.
    wang = stage.people["wang"]
    stage.do(activity_people.sign_up, lecture, resident_id=wang, today=stage.today)
    assert [(one.name, one.number) for one in people(stage, lecture)] == [
        ("陈桂芳", None),
        ("王秀兰", 132),
    ]


def test_minors_do_not_come_where_it_is_dangerous_and_others_are_insured(stage: Stage) -> None:
    born = {"birth_date": date(2010, 1, 1), "guardian": "张强", "guardian_consent_on": stage.today}
    young = Volunteer(number=140, name="张小小", registered_on=date(2026, 1, 1), **born)
    stage.do(lambda s: s.add(young))
    know(stage, "young", 140)
    danger = plan(stage, name="清理外墙冰溜", dangerous=True)
    with pytest.raises(DomainError, match="未成年人不能参加有危险的活动"):
        join(stage, danger, "young")
    with pytest.raises(DomainError, match="邱志远没有到 2026-11-21 还有效的保险"):
        join(stage, danger, "qiu")
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, danger))
    stage.now(activities.update, danger, replace(entered, insurance="PA-1"), version=version)
    join(stage, danger, "qiu")
    join(stage, plan(stage), "young")


def test_a_child_of_the_community_does_not_come_where_it_is_dangerous(stage: Stage) -> None:
    lecture = plan(stage, LECTURE, dangerous=True, insurance="PA-1")
    with pytest.raises(DomainError, match="王小明 10 岁，未成年人不能参加"):
        join(stage, lecture, "child")
    join(stage, lecture, "chen")


def test_an_activity_does_not_become_dangerous_for_those_on_its_list(stage: Stage) -> None:
    activity = plan(stage)
    line = join(stage, activity, "qiu")
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    risky = replace(entered, dangerous=True)
    with pytest.raises(DomainError, match="第 1 号：邱志远没有到 2026-11-21 还有效的保险"):
        stage.now(activities.update, activity, risky, version=version)
    assert not row(stage, activity).dangerous
    stage.do(activity_people.sign_off, line, version=1)
    stage.now(activities.update, activity, risky, version=version)
    moved = replace(risky, name="清理外墙冰溜")
    stage.now(activities.update, activity, moved, version=version + 1)


def test_a_whole_team_signs_up_at_once_but_for_who_may_not(stage: Stage) -> None:
    activity = plan(stage, dangerous=True)
    with pytest.raises(DomainError, match="没有选队伍"):
        stage.do(activity_people.sign_up_team, activity, today=stage.today)

    def found_team(session: Session) -> int:
        row = Team(name="铁军环卫队")
        session.add(row)
        session.flush()
        for one in stage.volunteers.values():
            session.add(TeamMember(team_id=row.id, volunteer_id=one, since=date(2026, 1, 1)))
        session.get_one(Activity, activity).team_id = row.id
        session.get_one(Volunteer, stage.volunteers["wang"]).insured_until = date(2026, 12, 31)
        return row.id

    stage.do(found_team)
    for expected in (1, 0):
        joined, refused = stage.do(activity_people.sign_up_team, activity, today=stage.today)
        assert (joined, len(refused)) == (expected, 1)
        assert refused[0].startswith("邱志远没有到 2026-11-21 还有效的保险")
    assert [one.name for one in people(stage, activity)] == ["王秀兰"]


def test_people_are_found_by_card_number_and_letters(stage: Stage) -> None:
    code = stage.do(points_cards.issue_card, stage.wang, stage.today)

    def scanned(typed: str) -> activity_finder.Person | None:
        found: activity_finder.Person | None = stage.clerk.look_up(
            lambda look: activity_finder.scanned(look, typed, today=stage.today)
        )
        return found

    def found(typed: str, *, everybody: bool) -> list[str]:
        some = stage.clerk.look_up(
            lambda look: activity_finder.find(look, typed, everybody=everybody, today=stage.today)
        )
        return [one.name for one in some]

    person = scanned(code)
    assert person is not None
    assert (person.name, person.resident_id) == ("王秀兰", stage.people["wang"])
    assert scanned("JF000000000") is None
    [card] = stage.clerk.look_up(lambda look: points_cards.cards(look, stage.wang))
    stage.do(points_cards.void_card, card.id, version=card.version, today=stage.today)
    with pytest.raises(DomainError, match="作废"):
        scanned(code)
    assert found("0133", everybody=False) == ["邱志远"]
    assert found("cgf", everybody=False) == []
    assert found("cgf", everybody=True) == ["陈桂芳"]
    house = stage.clerk.household_of(stage.people["wang"])
    shared = stage.do(points_accounts.open_account, household_id=house, today=stage.today)
    ours = stage.do(points_cards.issue_card, shared, stage.today)
    person = scanned(ours)
    assert person is not None
    assert person.volunteer_id == stage.volunteers["wang"]
    li = Volunteer(number=160, resident_id=stage.people["li"], registered_on=stage.today)
    stage.do(lambda s: s.add(li))
    with pytest.raises(DomainError, match="全户共用"):
        scanned(ours)


# -- typing back


def test_who_came_stayed_the_whole_time_unless_something_else_is_typed(stage: Stage) -> None:
    activity = plan(stage, ends=ELEVEN + 40)
    first, second = join(stage, activity, "wang"), join(stage, activity, "qiu")
    came(stage, activity, first)
    assert row(stage, activity).recorded_on is None
    came(stage, activity, second, half_hours=3, starts=NINE + 30, quality=Quality.GOOD, note="晚到")
    one, other = people(stage, activity)
    assert (one.half_hours, one.starts, one.entered_by) == (5, None, "孙丽")
    assert (other.half_hours, other.starts, other.quality, other.note) == (
        *(3, NINE + 30, Quality.GOOD, "晚到"),
    )
    it = row(stage, activity)
    assert (it.state, it.recorded_on, it.recorded_by) == (ActivityState.HELD, stage.today, "孙丽")
    assert (it.came, it.half_hours, it.open) == (2, 8, 0)


def test_who_joins_a_finished_list_opens_it_again(stage: Stage) -> None:
    activity = held(stage, "wang")
    assert row(stage, activity).recorded_on == stage.today
    late = join(stage, activity, "qiu")
    assert row(stage, activity).recorded_on is None
    came(stage, activity, late, came=False)
    it = row(stage, activity)
    assert (it.came, it.recorded_on) == (1, stage.today)
    tomorrow = stage.on(stage.today + timedelta(days=1))
    came(tomorrow, activity, late, came=False, quality=Quality.GOOD, note="请假")
    assert row(stage, activity).recorded_on == stage.today
    assert (people(stage, activity)[1].quality, people(stage, activity)[1].note) == (None, "请假")


def test_nobody_is_typed_back_before_the_day_or_after_it_was_cancelled(stage: Stage) -> None:
    tomorrow = plan(stage, on_date=stage.today + timedelta(days=1))
    line = join(stage, tomorrow, "wang")
    with pytest.raises(DomainError, match="还没有到"):
        came(stage, tomorrow, line)
    version = row(stage, tomorrow).version
    stage.do(activities.cancel, tomorrow, reason="下雨", version=version)
    with pytest.raises(DomainError, match="已经取消"):
        came(stage.on(stage.today + timedelta(days=2)), tomorrow, line)
    with pytest.raises(DomainError, match="写明取消的原因"):
        stage.do(activities.cancel, plan(stage), reason=" ", version=1)


def test_nobody_serves_at_two_places_at_once_and_the_other_one_is_named(stage: Stage) -> None:
    held(stage, "wang")
    other = plan(stage, name="助老陪伴", starts=10 * 60, ends=12 * 60)
    line = join(stage, other, "wang")
    with pytest.raises(HoursClash, match=r"11-21 09:00–11:00 已经记在“楼道清扫”.*“助老陪伴”"):
        came(stage, other, line)
    assert people(stage, other)[0].state is Attendance.SIGNED_UP
    came(stage, other, line, starts=ELEVEN, half_hours=2)


def test_a_night_overlaps_with_the_morning_after(stage: Stage) -> None:
    yesterday = stage.today - timedelta(days=1)
    held(stage, "qiu", name="夜间巡逻", on_date=yesterday, starts=22 * 60, ends=34 * 60)
    morning = plan(stage)
    line = join(stage, morning, "qiu")
    with pytest.raises(HoursClash, match="11-20 22:00–次日 10:00 已经记在“夜间巡逻”"):
        came(stage, morning, line)
    came(stage, morning, line, starts=10 * 60, half_hours=2)


def test_a_day_has_no_more_than_24_hours(stage: Stage) -> None:
    held(stage, "qiu", name="防汛值守", starts=0, ends=23 * 60)
    late = plan(stage, name="夜间巡逻", starts=23 * 60, ends=26 * 60)
    line = join(stage, late, "qiu")
    with pytest.raises(HoursClash, match=r"邱志远 11-21 这一天加起来 26\.0 小时"):
        came(stage, late, line)
    came(stage, late, line, half_hours=2)
    by_hand = stage.claim(
        stage.wang, SERVICE, volunteer_id=stage.volunteers["wang"], half_hours=46, quantity=2300
    )
    stage.accept(by_hand)
    with pytest.raises(HoursClash, match=r"王秀兰 11-21 这一天加起来 26\.0 小时"):
        came(stage, late, join(stage, late, "wang"), half_hours=6)
    with pytest.raises(DomainError, match=r"服务时长应在 0\.5 到 24 小时之间"):
        came(stage, late, line, half_hours=0)


def test_nobody_is_written_down_for_longer_than_the_activity_lasted(stage: Stage) -> None:
    activity = plan(stage, ends=NINE + 60)
    line = join(stage, activity, "wang")
    with pytest.raises(
        HoursClash, match=r"8\.0 小时，比“楼道清扫”的时间 09:00–10:00 还长.*请先“修改”"
    ):
        came(stage, activity, line, half_hours=16)
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    longer = replace(entered, ends=NINE + 8 * 60)
    stage.now(activities.update, activity, longer, version=version, by=SUN)
    came(stage, activity, line, half_hours=16)


def test_an_activity_that_was_made_shorter_since_is_not_posted(stage: Stage) -> None:
    activity = held(stage, "wang")
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    shorter = replace(entered, ends=NINE + 60)
    stage.now(activities.update, activity, shorter, version=version, by=SUN)
    with pytest.raises(DomainError, match=r"第 1 号 王秀兰：.*还长.*一个都没有送"):
        post(stage, activity)


def test_who_carried_meals_at_the_time_was_not_there(stage: Stage) -> None:
    more = {"volunteer_id": stage.volunteers["wang"], "half_hours": 1, "words": "送餐 一路 午餐"}
    walk = stage.claim(
        stage.wang, SERVICE, starts=660, ends=691, origin=ClaimOrigin.DELIVERY, **more
    )
    activity = plan(stage, starts=10 * 60 + 30, ends=12 * 60 + 30)
    line = join(stage, activity, "wang")
    with pytest.raises(HoursClash, match=r"11:00–11:31 已经记在“送餐 一路 午餐”.*重叠"):
        came(stage, activity, line)
    came(stage, activity, line, starts=691, half_hours=1)
    stage.now(points_claims.send_back, [walk], answer="那天没有送")
    came(stage, activity, line)


# -- posting


def test_whoever_typed_the_sheet_does_not_review_what_another_handed_on(stage: Stage) -> None:
    li, zhao = Actor("李娜"), Actor("赵敏")
    activity = plan(stage)
    line = join(stage, activity, "wang")
    found = Attended(participation_id=line, version=1, came=True)
    stage.now(activity_hours.record, activity, [found], by=li)
    stage.now(activity_posting.post, activity, by=zhao)
    with pytest.raises(DomainError, match="王秀兰 11-21：这次活动的签到是您自己录的"):
        stage.accept(1, by=li)
    with pytest.raises(DomainError, match="您自己记的"):
        stage.accept(1, by=zhao)
    stage.accept(1, by=SUN)


def test_a_sheet_saved_again_unchanged_stays_of_who_typed_it(stage: Stage) -> None:
    li, zhao = Actor("李娜"), Actor("赵敏")
    activity = plan(stage)
    line = join(stage, activity, "wang")

    def typed(by: Actor, **more: Any) -> str:
        version = people(stage, activity)[0].version
        found = Attended(participation_id=line, version=version, came=True, **more)
        stage.now(activity_hours.record, activity, [found], by=by)
        return people(stage, activity)[0].entered_by

    assert [typed(li), typed(zhao, note="带了扫帚"), typed(zhao, half_hours=2)] == [
        "李娜",
        "李娜",
        "赵敏",
    ]


def test_what_was_typed_anew_after_it_was_returned_is_not_reviewed_by_who_typed_the_sheet(
    stage: Stage,
) -> None:
    activity = held(stage, "wang")
    wang = {"volunteer_id": stage.volunteers["wang"], "half_hours": 4, "activity_id": activity}
    claim = stage.claim(stage.wang, SERVICE, by=ZHAO, origin=ClaimOrigin.ACTIVITY, **wang)
    with pytest.raises(DomainError, match="签到是您自己录的"):
        stage.accept(claim, by=SUN)


def test_an_activity_posted_twice_adds_nothing(stage: Stage) -> None:
    activity = held(stage, "wang", "qiu")
    assert post(stage, activity) == Posted(2, 0, 8)
    with pytest.raises(DomainError, match="2 人都已经送过复核，没有重复记"):
        post(stage, activity)
    accept_all(stage)
    with pytest.raises(DomainError, match="没有重复记"):
        post(stage, activity)
    assert (stage.points(stage.wang), stage.points(stage.qiu)) == (2, 2)
    assert served(stage).half_hours == 8
    came(stage, activity, join_late := join_new(stage, activity))
    assert post(stage, activity).new == 1
    assert [one.claim for one in people(stage, activity) if one.id == join_late] == [
        ClaimState.WAITING
    ]
    stage.check_books()


def join_new(stage: Stage, activity: int) -> int:
    fresh = Volunteer(number=150, name="周红", registered_on=date(2026, 1, 1))
    stage.do(lambda s: s.add(fresh))
    know(stage, "zhou", 150)
    return join(stage, activity, "zhou")


def test_what_was_posted_is_changed_only_after_it_was_returned(stage: Stage) -> None:
    activity = held(stage, "wang")
    line = people(stage, activity)[0].id
    post(stage, activity)
    with pytest.raises(DomainError, match="已经送复核，不能再改"):
        came(stage, activity, line, half_hours=2)
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, activity))
    moved = replace(entered, starts=NINE - 60)
    with pytest.raises(DomainError, match="日期、时间、事项和招募单位不能再改"):
        stage.now(activities.update, activity, moved, version=version)
    stage.now(activities.update, activity, replace(entered, leader="孙丽"), version=version)
    waiting = select(PointsClaim.id).where(PointsClaim.state == ClaimState.WAITING)
    claims = stage.clerk.see(lambda s: list(s.scalars(waiting)))
    stage.now(points_claims.send_back, claims, answer="只来了一小时")
    assert row(stage, activity).posted == 0
    came(stage, activity, line, half_hours=2)
    assert post(stage, activity) == Posted(1, 0, 2)
    accept_all(stage)
    assert (stage.points(stage.wang), served(stage).half_hours) == (1, 2)


def test_times_that_were_moved_onto_another_activity_are_found_when_it_is_posted(
    stage: Stage,
) -> None:
    held(stage, "wang")
    other = held(stage, "wang", name="助老陪伴", starts=ELEVEN, ends=12 * 60)
    entered, version = stage.clerk.see(lambda s: activities.input_of(s, other))
    moved = replace(entered, starts=10 * 60)
    stage.now(activities.update, other, moved, version=version)
    with pytest.raises(DomainError, match=r"第 1 号 王秀兰：.*“楼道清扫”.*一个都没有送"):
        post(stage, other)


def test_a_service_that_failed_gives_hours_and_no_points(stage: Stage) -> None:
    activity = plan(stage)
    came(stage, activity, join(stage, activity, "wang"), quality=Quality.FAILED)
    post(stage, activity)
    accept_all(stage)
    assert (stage.points(stage.wang), served(stage).half_hours) == (0, 4)


def test_a_lecture_gives_points_but_never_hours(stage: Stage) -> None:
    lecture = plan(stage, LECTURE, name="健康讲座")
    lines = [join(stage, lecture, one) for one in ("chen", "wang")]
    came(stage, lecture, *lines, half_hours=4)
    assert [one.half_hours for one in people(stage, lecture)] == [0, 0]
    assert post(stage, lecture).half_hours == 0
    accept_all(stage)
    assert (stage.points(stage.chen), stage.points(stage.wang)) == (2, 2)
    assert served(stage).rows == ()


def test_a_day_before_the_rules_began_is_told_with_what_to_do(stage: Stage) -> None:
    early = held(stage, "wang", on_date=date(2025, 12, 30))
    with pytest.raises(DomainError, match=r"2025-12-30 那天“志愿服务”还没有积分规则.*加一条从那天"):
        post(stage, early)
    assert row(stage, early).posted == 0


def test_what_is_weighed_gives_points_by_the_kilogram(stage: Stage) -> None:
    weighing = plan(stage, WEIGHED, name="厨余称重日")
    came(stage, weighing, join(stage, weighing, "chen"), quantity=150)
    post(stage, weighing)
    accept_all(stage)
    assert stage.points(stage.chen) == 3


def test_a_child_without_an_account_stops_the_posting_by_name_and_nobody_is_posted(
    stage: Stage,
) -> None:
    lecture = plan(stage, LECTURE, name="健康讲座")
    came(stage, lecture, *(join(stage, lecture, one) for one in ("chen", "child")))
    with pytest.raises(DomainError, match=r"第 2 号 王小明：.*这次一个都没有送"):
        post(stage, lecture)
    assert stage.clerk.look_up(points_claims.waiting_count) == 0


def test_an_activity_with_people_who_came_is_neither_cancelled_nor_thrown_away(
    stage: Stage,
) -> None:
    activity = held(stage, "wang")
    version = row(stage, activity).version
    with pytest.raises(DomainError, match="有人到场"):
        stage.now(activities.remove, activity, version=version)
    with pytest.raises(DomainError, match="不能取消"):
        stage.do(activities.cancel, activity, reason="下雨", version=version)


# -- lists


def test_years_reach_from_the_first_activity_to_the_last_planned(stage: Stage) -> None:
    assert stage.clerk.look_up(activity_views.years) == []
    plan(stage, on_date=date(2024, 5, 1))
    plan(stage, on_date=date(2027, 1, 1))
    assert stage.clerk.look_up(activity_views.years) == [2027, 2026, 2025, 2024]


def test_the_list_is_narrowed_by_days_matter_state_and_words(stage: Stage) -> None:
    cleaning = plan(stage)
    lecture = plan(stage, LECTURE, name="健康讲座", on_date=stage.today - timedelta(days=40))
    assert listed(stage) == [cleaning, lecture]
    assert listed(stage, item_id=stage.item(LECTURE)) == [lecture]
    assert listed(stage, since=stage.today) == [cleaning]
    assert listed(stage, until=stage.today - timedelta(days=1)) == [lecture]
    assert listed(stage, text="讲座 3 号楼") == [lecture]
    assert listed(stage, text="100%") == []
    assert stage.clerk.look_up(activity_views.years) == [2026]
    join(stage, cleaning, "qiu")
    join(stage, lecture, "chen")
    assert listed(stage, text="邱志远") == [cleaning]
    assert listed(stage, text="cgf") == [lecture]
    assert listed(stage, state=ActivityState.HELD) == []


def test_records_are_asked_for_within_ten_working_days(stage: Stage) -> None:
    # 2026-11-21 is a Saturday: ten working days before Friday the 20th are over since the 6th.
    over = plan(stage, on_date=date(2026, 11, 5))
    last = plan(stage, on_date=date(2026, 11, 9))
    plan(stage, LECTURE, name="健康讲座", on_date=date(2026, 10, 1))
    plan(stage, name="别人的活动", on_date=date(2026, 10, 1), ours=False)
    stage.set(settings.RECORD_WITHIN_DAYS, 1)
    assert listed(stage, late=True) == [last, over]
    stage.set(settings.RECORD_WITHIN_DAYS, 10)
    assert (row(stage, over).due_on, row(stage, last).due_on) == (
        date(2026, 11, 19),
        date(2026, 11, 23),
    )
    assert listed(stage, late=True) == [over]
    assert [
        listed(stage.on(day), late=True) for day in (date(2026, 11, 19), date(2026, 11, 20))
    ] == [
        [],
        [over],
    ]
    assert stage.clerk.look_up(lambda look: activity_views.late_count(look, today=stage.today)) == 1
    told = stage.clerk.look_up(lambda look: due_today.activities(look, today=stage.today))
    assert told == "活动 1 次超期没有记录"
    came(stage, over, join(stage, over, "wang"))
    assert listed(stage, late=True) == []
    assert stage.clerk.look_up(lambda look: due_today.activities(look, today=stage.today)) == ""


def test_who_really_served_stands_in_the_book_of_hours(stage: Stage) -> None:
    early = held(stage, "wang", "qiu", on_date=date(2026, 10, 9))
    held(stage, "wang", name="助老陪伴", starts=ELEVEN, ends=12 * 60)
    for activity in sorted(listed(stage)):
        post(stage, activity)
    found = served(stage)
    assert (found.rows, found.waiting) == ((), 10)
    accept_all(stage)
    found = served(stage)
    assert [(one.name, one.days, one.half_hours) for one in found.rows] == [
        ("王秀兰", 2, 6),
        ("邱志远", 1, 4),
    ]
    assert (found.half_hours, found.waiting) == (10, 0)
    assert [one.name for one in served(stage, since=stage.today).rows] == ["王秀兰"]
    assert served(stage, text="邱").half_hours == 4
    stage.now(points_claims.reverse, claim_of(stage, early, "wang"), reason="记错了")
    found = served(stage)
    assert {one.name: (one.days, one.half_hours) for one in found.rows} == {
        "王秀兰": (1, 2),
        "邱志远": (1, 4),
    }
    other = claim_of(stage, early, "qiu")
    stage.now(points_claims.reverse, other, reason="没有来")
    assert [one.name for one in served(stage).rows] == ["王秀兰"]


def claim_of(stage: Stage, activity: int, who: str) -> int:
    wanted = select(PointsClaim.id).where(
        PointsClaim.activity_id == activity, PointsClaim.volunteer_id == stage.volunteers[who]
    )
    return int(stage.clerk.see(lambda s: s.scalars(wanted).one()))


def test_the_ministry_gets_reviewed_hours_of_own_activities_once(stage: Stage) -> None:
    own = held(stage, "wang")
    held(stage, "qiu", name="义诊", starts=13 * 60, ends=14 * 60, ours=False)

    def waiting(*, typed: bool = False) -> list[tuple[str, str, int]]:
        found = stage.clerk.look_up(lambda look: activity_served.to_type(look, typed=typed))
        return [(one.activity, one.name, one.half_hours) for one in found]

    for activity in sorted(listed(stage)):
        post(stage, activity)
    assert waiting() == []
    accept_all(stage)
    assert waiting() == [("楼道清扫", "王秀兰", 4)]
    it = row(stage, own)
    stage.do(activities.mark_typed, own, on=stage.today, version=it.version)
    assert (waiting(), waiting(typed=True)) == ([], [("楼道清扫", "王秀兰", 4)])


def test_the_ministry_gets_walks_and_hours_by_hand_too(stage: Stage) -> None:
    wang = {"volunteer_id": stage.volunteers["wang"]}
    walked = {"origin": ClaimOrigin.DELIVERY, "starts": 660, "ends": 691, "words": "送餐 一路 午餐"}
    walk = stage.claim(stage.wang, SERVICE, half_hours=1, **walked, **wang)
    helped = stage.claim(stage.wang, SERVICE, half_hours=3, **wang)
    theirs = stage.claim(
        stage.wang, SERVICE, half_hours=2, organiser="区红十字会", ours=False, **wang
    )

    def waiting(*, typed: bool = False) -> list[NationalRow]:
        return list(stage.clerk.look_up(lambda look: activity_served.to_type(look, typed=typed)))

    with pytest.raises(DomainError, match="不在账上"):
        stage.do(service_facts.mark_typed, walk, on=stage.today)
    accept_all(stage)
    by_hand, carried = waiting()
    assert (carried.claim_id, carried.activity_id, carried.half_hours) == (walk, None, 1)
    assert (carried.activity, carried.time) == ("送餐 一路 午餐", "11:00–11:31")
    assert carried.content == "送餐 一路 午餐"
    assert (by_hand.claim_id, by_hand.activity, by_hand.time) == (helped, SERVICE, "")
    assert by_hand.content == SERVICE
    office = stage.clerk.see(papers.committee)
    assert (by_hand.place, by_hand.organiser, by_hand.leader) == ("3 号楼", office, "赵敏")
    with pytest.raises(DomainError, match="由其他单位招募"):
        stage.do(service_facts.mark_typed, theirs, on=stage.today)
    stage.do(service_facts.mark_typed, walk, on=stage.today)
    assert [one.claim_id for one in waiting()] == [helped]
    assert [one.claim_id for one in waiting(typed=True)] == [walk]
    stage.do(service_facts.mark_typed, walk, on=None)
    stage.now(points_claims.reverse, helped, reason="记错了")
    assert [one.claim_id for one in waiting()] == [walk]


def test_only_what_was_typed_back_and_called_for_by_us_is_marked_as_typed(stage: Stage) -> None:
    unfinished = plan(stage)
    with pytest.raises(DomainError, match="签到还没有录完"):
        stage.do(activities.mark_typed, unfinished, on=stage.today, version=1)
    theirs = held(stage, "qiu", name="义诊", ours=False)
    version = row(stage, theirs).version
    with pytest.raises(DomainError, match="由其他单位招募"):
        stage.do(activities.mark_typed, theirs, on=stage.today, version=version)


# -- papers and pictures


def test_the_call_for_people_is_a_notice_written_once(stage: Stage) -> None:
    activity = plan(stage, on_date=stage.today + timedelta(days=3), wanted=15)
    version = row(stage, activity).version
    notice = stage.now(activity_call.call, activity, version=version)
    it = row(stage, activity)
    assert (it.state, it.notice_id) == (ActivityState.CALLED, notice)
    assert stage.now(activity_call.call, activity, version=it.version) == notice
    body = stage.clerk.see(lambda s: s.get_one(Notice, notice).body)
    for words in ("2026年11月24日（周二）09:00–11:00，3 号楼", "15 名，报满为止", "清扫楼道"):
        assert words in body
    lecture = plan(stage, LECTURE, name="健康讲座")
    talk = stage.now(activity_call.call, lecture, version=1)
    said = stage.clerk.see(lambda s: s.get_one(Notice, talk))
    assert said.title == "关于开展“健康讲座”的通知"
    assert "志愿" not in said.body
    danger = plan(stage, name="除冰", on_date=stage.today, dangerous=True)
    with pytest.raises(DomainError, match="先买人身意外伤害保险"):
        stage.now(activity_call.call, danger, version=1)
    over = plan(stage, name="去年的", on_date=stage.today - timedelta(days=1))
    with pytest.raises(DomainError, match="不用再招募"):
        stage.now(activity_call.call, over, version=1)


def test_the_sheet_holds_the_seven_facts_and_everybody_in_order(stage: Stage) -> None:
    activity = plan(stage)
    join(stage, activity, "wang")
    gone = join(stage, activity, "qiu")
    stage.do(activity_people.sign_off, gone, version=1)
    printing = Printing("赵敏", stage.clerk.now)
    sheet = stage.clerk.see(lambda s: activity_papers.sheet(s, activity, printing))
    assert (sheet.name, sheet.day, sheet.time, sheet.where) == (
        *("楼道清扫", "2026-11-21（周六）", "09:00–11:00", "3 号楼"),
    )
    assert (sheet.content, sheet.organiser, sheet.leader) == (
        *("清扫楼道，擦扶手", "望海社区居民委员会", "赵敏"),
    )
    assert [(one.place, one.number, one.name) for one in sheet.people] == [(1, "0132", "王秀兰")]
    assert (sheet.measured, sheet.service) == ("时长", True)
    weighing = plan(stage, WEIGHED, name="厨余称重日")
    other = stage.clerk.see(lambda s: activity_papers.sheet(s, weighing, printing))
    assert (other.measured, other.service) == ("公斤", False)


def test_summary_and_photographs_belong_to_the_activity(stage: Stage) -> None:
    activity = held(stage, "wang")
    version = row(stage, activity).version
    stage.do(activities.summarise, activity, " 扫了三个单元 ", version=version)
    with pytest.raises(ChangedMeanwhile):
        stage.do(activities.summarise, activity, "别的", version=version)
    jpeg = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
    stage.now(activity_photos.set_photos, activity, kept=(), added=[jpeg, jpeg])
    [first, _] = stage.clerk.see(lambda s: activity_photos.photos(s, activity))
    stage.now(activity_photos.set_photos, activity, kept=[first.id], added=[])
    it = row(stage, activity)
    assert (it.summary, it.photos) == ("扫了三个单元", 1)


def test_attendance_typed_by_two_people_at_once_is_not_overwritten(stage: Stage) -> None:
    activity = plan(stage)
    line = join(stage, activity, "wang")
    old = people(stage, activity)[0].version
    came(stage, activity, line)
    stale = Attended(participation_id=line, version=old, came=False)
    with pytest.raises(ChangedMeanwhile):
        stage.now(activity_hours.record, activity, [stale], by=ZHAO)
    assert people(stage, activity)[0].state is Attendance.CAME


def test_typing_back_can_be_undone_until_it_was_posted(stage: Stage) -> None:
    activity = held(stage, "wang")
    # The secretary may take back what others did.
    stage.clerk.database.act_as(Actor("王书记"))
    stage.clerk.undo_last()
    assert people(stage, activity)[0].state is Attendance.SIGNED_UP
    came(stage, activity, people(stage, activity)[0].id)
    post(stage, activity)
    with stage.clerk.database.reading() as session:
        typed = session.scalars(
            select(Change.operation_id).where(
                Change.table_name == "participation", Change.action == Action.UPDATED
            )
        ).all()[-1]
    undone = stage.do(history.undo, typed)
    assert {one.reason for one in undone.kept} == {CHANGED_SINCE}
    assert people(stage, activity)[0].state is Attendance.CAME
    assert row(stage, activity).recorded_on == stage.today


def test_undoing_a_new_activity_takes_its_pictures_along_but_not_its_people(stage: Stage) -> None:
    def plan_one(name: str) -> tuple[int, int]:
        made = plan(stage, name=name)
        newest = select(Change.operation_id).order_by(Change.id.desc()).limit(1)
        return made, stage.clerk.see(lambda s: s.scalar(newest))

    alone, first = plan_one("包饺子")
    jpeg = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
    stage.now(activity_photos.set_photos, alone, kept=(), added=[jpeg])
    stage.do(history.undo, first)
    assert listed(stage) == []
    kept, second = plan_one("楼道清扫")
    join(stage, kept, "wang")
    undone = stage.do(history.undo, second)
    assert [one.name for one in undone.kept] == ["楼道清扫"]
    assert listed(stage) == [kept]


def test_one_bad_line_keeps_the_whole_sheet_out(stage: Stage) -> None:
    activity = plan(stage)
    good, bad = join(stage, activity, "wang"), join(stage, activity, "qiu")
    found = [
        Attended(participation_id=good, version=1, came=True),
        Attended(participation_id=bad, version=1, came=True, half_hours=49),
    ]
    with pytest.raises(DomainError, match="邱志远的服务时长"):
        stage.now(activity_hours.record, activity, found)

    def states(session: Session) -> list[Attendance]:
        return list(session.scalars(select(Participation.state)))

    assert stage.clerk.see(states) == [Attendance.SIGNED_UP] * 2
    assert stage.clerk.see(lambda s: s.get_one(Activity, activity).state) is ActivityState.PLANNED
