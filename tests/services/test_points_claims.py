"""记分: rules, caps, the second person, hours beside points, counter-entries of both."""

from datetime import date, timedelta

import pytest

from app.errors import DomainError, NotAllowed
from app.models import (
    Activity,
    Appeal,
    ClaimOrigin,
    ClaimState,
    Deed,
    Participation,
    PointsClaim,
    PointsItem,
    PointsUnit,
    Rounding,
)
from app.models.activities import Attendance
from app.services import (
    history,
    hours,
    papers,
    points_accounts,
    points_appeals,
    points_book,
    points_cards,
    points_claims,
    points_rule_changes,
    points_rules,
    settings,
    stars,
)
from app.services.counters import Counter
from app.services.points_claims import AlreadyClaimed
from app.services.points_rule_changes import RuleInput
from app.services.steps import Steps
from app.storage.engine import Database
from app.values.rights import DEFAULTS, Actor
from tests.services.points_stage import SUN, ZHAO, Stage, stage_on

SERVICE, SORTING, LECTURE, LITTER = "志愿服务", "垃圾分类", "讲座培训", "乱扔垃圾"


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def service(stage: Stage, half_hours: int = 4, **more: object) -> int:
    """Two hours of Wang's service."""
    more.setdefault("account", stage.wang)
    more.setdefault("volunteer_id", stage.volunteers["wang"])
    return stage.claim(
        item=SERVICE,
        half_hours=half_hours,
        quantity=half_hours * 50,
        **more,  # type: ignore[arg-type]  # names of ClaimInput
    )


def activity(stage: Stage, name: str, starts: int, ends: int, **more: object) -> int:
    """An activity of today at which Wang was."""

    def write(session: object) -> int:
        row = Activity(
            name=name,
            item_id=stage.item(SERVICE),
            on_date=stage.today,
            starts=starts,
            ends=ends,
            **more,
        )
        session.add(row)  # type: ignore[attr-defined]
        session.flush()  # type: ignore[attr-defined]
        came = Participation(
            activity_id=row.id, volunteer_id=stage.volunteers["wang"], state=Attendance.CAME
        )
        session.add(came)  # type: ignore[attr-defined]
        return row.id

    return int(stage.do(write))


def served(stage: Stage) -> int:
    return int(stage.clerk.look_up(lambda look: hours.total(look, stage.volunteers["wang"])))


def test_what_one_person_enters_another_agrees_to_before_it_counts(stage: Stage) -> None:
    claim = service(stage)
    assert (stage.points(stage.wang), served(stage)) == (0, 0)
    assert stage.clerk.look_up(points_claims.waiting_count) == 1
    with pytest.raises(DomainError, match="您自己记的"):
        stage.accept(claim, by=SUN)
    assert stage.accept(claim) == 1
    assert (stage.points(stage.wang), served(stage)) == (2, 4)
    assert stage.ask("SELECT entered_by, reviewed_by FROM points_entry") == [("孙丽", "赵敏")]
    assert stage.ask("SELECT entered_by, reviewed_by FROM hour_entry") == [("孙丽", "赵敏")]
    with pytest.raises(DomainError, match="已经复核"):
        stage.accept(claim)
    stage.check_books()


def test_spending_points_leaves_the_hours_as_they_are(stage: Stage) -> None:
    stage.accept(service(stage))
    stage.spend(stage.wang, 2)
    assert (stage.points(stage.wang), served(stage)) == (0, 4)


def test_few_points_by_hand_need_no_second_person_but_not_by_the_slice(stage: Stage) -> None:
    stage.claim(stage.chen, "困难帮扶", quantity=200)
    assert stage.points(stage.chen) == 6
    stage.claim(stage.chen, "困难帮扶", quantity=200)
    assert stage.points(stage.chen) == 6
    assert stage.clerk.look_up(points_claims.waiting_count) == 1
    stage.set(settings.POINTS_ALONE, 0)
    stage.claim(stage.li, "困难帮扶")
    assert stage.points(stage.li) == 0


def test_up_to_the_limit_one_person_does_each_day_beside_what_another_agreed_to(
    stage: Stage,
) -> None:
    stage.accept(stage.claim(stage.chen, "困难帮扶", points=20))
    stage.claim(stage.chen, "困难帮扶", points=10)
    assert stage.points(stage.chen) == 30
    tomorrow = stage.on(stage.today + timedelta(days=1))
    tomorrow.claim(stage.chen, "困难帮扶", points=10)
    assert tomorrow.points(stage.chen) == 40


def test_hours_by_hand_always_need_a_second_person(stage: Stage) -> None:
    service(stage, half_hours=2)
    assert stage.points(stage.wang) == 0


def test_by_hand_there_is_a_reason(stage: Stage) -> None:
    with pytest.raises(DomainError, match="手工记分请写明原因"):
        stage.claim(stage.wang, LECTURE, reason=" ")


def test_the_same_matter_is_entered_once_and_again_after_it_was_returned(stage: Stage) -> None:
    more = {"origin": ClaimOrigin.ACTIVITY, "source_key": "participation:1", "words": "楼道清扫"}
    claim = service(stage, **more)
    with pytest.raises(AlreadyClaimed, match="“楼道清扫”已经记过"):
        service(stage, **more)
    stage.now(points_claims.send_back, [claim], answer="人数不对")
    again = service(stage, **more)
    stage.accept(again)
    with pytest.raises(AlreadyClaimed):
        service(stage, **more)
    stage.now(points_claims.reverse, again, reason="活动取消了")
    assert (stage.points(stage.wang), served(stage)) == (0, 0)
    stage.accept(service(stage, **more))
    assert (stage.points(stage.wang), served(stage)) == (2, 4)
    stage.check_books()


def test_a_claim_is_sent_back_with_a_word_and_withdrawn_by_its_author_alone(stage: Stage) -> None:
    first, second = service(stage), service(stage)
    with pytest.raises(DomainError, match="为什么退回"):
        stage.now(points_claims.send_back, [first], answer="")
    stage.now(points_claims.send_back, [first], answer="时长不对")
    assert stage.ask("SELECT state, answer, reviewed_by FROM points_claim ORDER BY id LIMIT 1") == [
        ("returned", "时长不对", "赵敏")
    ]
    with pytest.raises(DomainError, match="孙丽记的"):
        stage.now(points_claims.withdraw, [second])
    stage.now(points_claims.withdraw, [second], by=SUN)
    assert stage.clerk.look_up(points_claims.waiting_count) == 0


def test_a_batch_is_booked_as_a_whole_or_not_at_all_and_names_whom_it_is_about(
    stage: Stage,
) -> None:
    good = service(stage)
    late = service(stage, half_hours=46)
    with pytest.raises(DomainError, match=r"王秀兰 11-21：.*超过一天 24 小时"):
        stage.accept(good, late)
    assert (stage.points(stage.wang), served(stage)) == (0, 0)


def test_hours_that_overlap_are_refused_and_the_other_activity_named(stage: Stage) -> None:
    morning = activity(stage, "楼道清扫", 8 * 60, 12 * 60)
    late = activity(stage, "夜巡", 11 * 60, 13 * 60)
    after = activity(stage, "送餐", 12 * 60, 13 * 60)
    by = {"origin": ClaimOrigin.ACTIVITY}
    stage.accept(service(stage, half_hours=8, activity_id=morning, **by))
    with pytest.raises(DomainError, match=r"“楼道清扫”（08:00 起 4.0 小时）重叠"):
        stage.accept(service(stage, activity_id=late, **by))
    stage.accept(service(stage, half_hours=2, activity_id=after, **by))
    assert served(stage) == 10


def carried(stage: Stage, starts: int, ends: int, half_hours: int = 1) -> int:
    """Wang carried meals."""
    more = {"origin": ClaimOrigin.DELIVERY, "words": "送餐 一路 午餐"}
    return service(stage, half_hours, starts=starts, ends=ends, **more)


def test_who_carried_meals_was_at_no_activity_at_that_time(stage: Stage) -> None:
    cleaning = activity(stage, "楼道清扫", 10 * 60 + 30, 12 * 60 + 30)
    after = activity(stage, "夜巡", 12 * 60 + 30, 13 * 60 + 30)
    by = {"origin": ClaimOrigin.ACTIVITY}
    stage.accept(carried(stage, 11 * 60, 11 * 60 + 31))
    with pytest.raises(DomainError, match=r"“送餐 一路 午餐”（11:00 起 0.5 小时）重叠"):
        stage.accept(service(stage, activity_id=cleaning, **by))
    stage.accept(service(stage, half_hours=2, activity_id=after, **by))
    with pytest.raises(DomainError, match=r"“夜巡”（12:30 起 1\.0 小时）重叠"):
        stage.accept(carried(stage, 13 * 60, 13 * 60 + 40))
    assert served(stage) == 3


def test_walks_at_one_time_give_no_more_than_was_walked(stage: Stage) -> None:
    first = carried(stage, 11 * 60, 11 * 60 + 31)
    second = carried(stage, 11 * 60, 11 * 60 + 31)
    stage.accept(first)
    with pytest.raises(DomainError, match=r"送餐一共 31 分钟，记不满 1\.0 小时"):
        stage.accept(second)
    stage.accept(carried(stage, 11 * 60 + 20, 12 * 60))
    assert served(stage) == 2


def test_hours_by_hand_have_the_facts_that_the_law_asks_for(stage: Stage) -> None:
    for missing, words in (("place", "服务地点"), ("leader", "负责人")):
        with pytest.raises(DomainError, match=f"要写明{words}（民政部令第67号第七条）"):
            service(stage, **{missing: " "})
    service(stage)
    office = stage.clerk.see(papers.committee)
    assert stage.ask("SELECT place, organiser, leader, ours FROM points_claim") == [
        ("3 号楼", office, "赵敏", 1)
    ]


def test_who_called_for_them_is_asked_where_another_body_is_named(stage: Stage) -> None:
    red_cross = {"organiser": "普兰店区红十字会"}
    with pytest.raises(DomainError, match=r"“普兰店区红十字会”，请选“谁招募的”.*第二十六条"):
        service(stage, **red_cross)
    with pytest.raises(DomainError, match="请写明是哪个单位"):
        service(stage, ours=False)
    theirs = service(stage, ours=False, words="献血宣传", **red_cross)
    together = service(stage, ours=True, words="义诊", half_hours=2, **red_cross)
    own = stage.clerk.see(papers.committee).removesuffix("居民委员会")
    service(stage, organiser=f"{own}居委会")
    stage.accept(theirs, together)
    wang = stage.volunteers["wang"]
    assert served(stage) == 6
    assert stage.clerk.look_up(hours.certifiable) == {wang: 2}
    lines = stage.clerk.look_up(lambda look: hours.in_period(look, wang, stage.today, stage.today))
    assert [(line.words, line.ours) for line in lines] == [("献血宣传", False), ("义诊", True)]
    at_most = stage.clerk.look_up(lambda look: stars.next_level(look, wang, stage.today))
    assert at_most is not None
    [(least,)] = stage.ask("SELECT min(hours) FROM star_level")
    assert at_most[1] == 2 * least - 2


def test_who_called_for_what_gives_points_alone_is_not_asked(stage: Stage) -> None:
    stage.accept(stage.claim(stage.wang, LECTURE, points=30, organiser="区红十字会"))
    assert stage.points(stage.wang) == 30


def test_who_came_later_served_from_then_on(stage: Stage) -> None:
    morning = activity(stage, "楼道清扫", 8 * 60, 12 * 60)
    late = activity(stage, "夜巡", 11 * 60, 13 * 60)
    stage.do(lambda s: setattr(s.get_one(Participation, 2), "starts", 12 * 60))
    by = {"origin": ClaimOrigin.ACTIVITY}
    first = service(stage, half_hours=8, activity_id=morning, **by)
    stage.accept(first)
    stage.accept(service(stage, half_hours=2, activity_id=late, **by))
    stage.now(points_claims.reverse, first, reason="记错")
    again = service(stage, half_hours=8, activity_id=morning, **by)
    stage.accept(again)
    assert served(stage) == 10
    with pytest.raises(DomainError, match="同一时间不能记两次"):
        stage.accept(service(stage, half_hours=2, activity_id=late, **by))


def test_hours_met_by_a_counter_entry_leave_room_for_the_right_ones(stage: Stage) -> None:
    wrong = service(stage, half_hours=48)
    stage.accept(wrong)
    stage.now(points_claims.reverse, wrong, reason="应为 2 小时")
    stage.accept(service(stage, half_hours=4))
    lines = stage.clerk.look_up(
        lambda look: hours.in_period(
            look, stage.volunteers["wang"], stage.today, stage.today + timedelta(days=1)
        )
    )
    assert [line.half_hours for line in lines] == [4]
    assert served(stage) == 4
    assert stage.clerk.look_up(hours.certifiable) == {stage.volunteers["wang"]: 4}


@pytest.mark.parametrize("item", ["垃圾分类", "有偿回收", "参加议事", "讲座培训", "表彰"])
def test_what_is_no_service_gives_points_and_never_hours(stage: Stage, item: str) -> None:
    with pytest.raises(DomainError, match="不记服务时长（民政部令第67号第十九条）"):
        stage.claim(stage.wang, item, volunteer_id=stage.volunteers["wang"], half_hours=2, points=1)
    claim = stage.claim(stage.wang, item, points=30)
    stage.accept(claim)
    with pytest.raises(DomainError, match="不记服务时长"):
        stage.now(
            points_book.book_hours,
            stage.volunteers["wang"],
            2,
            on_date=stage.today,
            activity_id=None,
            claim_id=claim,
            words="",
        )
    assert served(stage) == 0


def test_only_a_volunteer_has_hours(stage: Stage) -> None:
    with pytest.raises(DomainError, match="只有登记的志愿者"):
        service(stage, account=stage.chen, volunteer_id=None)


def test_a_day_has_its_cap_and_the_claim_says_so(stage: Stage) -> None:
    stage.accept(service(stage, half_hours=6))
    stage.accept(service(stage, half_hours=6))
    assert stage.points(stage.wang) == 4
    assert stage.ask("SELECT words FROM points_claim ORDER BY id DESC LIMIT 1") == [
        ("（按每天最多 4 分，记 1 分）",)
    ]
    # Hours are not capped: they are what was served.
    assert served(stage) == 12


def test_claims_that_wait_count_for_the_cap(stage: Stage) -> None:
    service(stage, half_hours=6)
    service(stage, half_hours=6)
    assert stage.ask("SELECT points FROM points_claim ORDER BY id") == [(3,), (1,)]


def test_one_time_has_its_cap(stage: Stage) -> None:
    capped = RuleInput(points=1, per=PointsUnit.HOUR, cap_once=2, since=stage.today)
    stage.do(points_rule_changes.set_rule, stage.item(SERVICE), capped)
    service(stage, half_hours=6)
    assert stage.ask("SELECT points, words FROM points_claim") == [
        (2, "（按每次最多 2 分，记 2 分）")
    ]


def test_the_shared_account_is_one_of_the_household_under_its_cap(stage: Stage) -> None:
    stage.set(settings.POINTS_ALONE, 100)
    stage.claim(stage.wang, "厨余垃圾称重", quantity=200)
    house = stage.clerk.household_of(stage.people["wang"])
    shared = stage.do(points_accounts.open_account, household_id=house, today=stage.today)
    stage.claim(shared, "厨余垃圾称重", quantity=200)
    assert stage.points(shared) == 1


def test_a_household_has_its_cap_over_all_its_accounts(stage: Stage) -> None:
    stage.set(settings.POINTS_ALONE, 100)
    for account in (stage.wang, stage.li, stage.chen):
        stage.claim(account, "厨余垃圾称重", quantity=200)
    points = [stage.points(one) for one in (stage.wang, stage.li, stage.chen)]
    assert points == [4, 1, 4]
    with pytest.raises(DomainError, match="按每户每天最多 5 分，记 0 分，没有可记的"):
        stage.claim(stage.wang, "厨余垃圾称重", quantity=200)


def test_what_was_taken_out_again_frees_its_room_under_the_cap(stage: Stage) -> None:
    claim = service(stage, half_hours=8)
    stage.accept(claim)
    stage.now(points_claims.reverse, claim, reason="记错了人")
    stage.accept(service(stage, half_hours=8))
    assert stage.points(stage.wang) == 4


@pytest.mark.parametrize(
    ("points", "rounding", "quantity", "given"),
    [
        (1, Rounding.NEAREST, 150, 2),
        (1, Rounding.NEAREST, 149, 1),
        (1, Rounding.DOWN, 199, 1),
        (1, Rounding.UP, 101, 2),
        (2, Rounding.NEAREST, 125, 3),
        (-5, Rounding.NEAREST, 100, -5),
        (-1, Rounding.UP, 101, -2),
        (3, Rounding.DOWN, 0, 0),
    ],
)
def test_what_a_rule_makes_of_a_quantity(
    points: int, rounding: Rounding, quantity: int, given: int
) -> None:
    rule = points_rules.Rule(
        id=1,
        version=1,
        item_id=1,
        item="",
        deed=Deed.SERVICE,
        points=points,
        per=PointsUnit.HOUR,
        rounding=rounding,
        cap_once=None,
        cap_day=None,
        cap_household_day=None,
        since=date(2026, 1, 1),
        until=None,
        source="",
    )
    assert points_rules.reckon(rule, quantity) == given


def test_a_day_before_the_first_rule_asks_for_the_points(stage: Stage) -> None:
    with pytest.raises(DomainError, match="2025-12-30 还没有积分规则"):
        stage.claim(stage.wang, LECTURE, on_date=date(2025, 12, 30))
    stage.accept(stage.claim(stage.wang, "表彰", on_date=date(2025, 12, 30), points=30))
    assert stage.points(stage.wang) == 30


def test_a_matter_that_is_off_gives_nothing(stage: Stage) -> None:
    with pytest.raises(DomainError, match="“有偿回收”已经停用"):
        stage.claim(stage.wang, "有偿回收")


def test_a_penalty_is_off_until_the_office_turns_it_on(stage: Stage) -> None:
    with pytest.raises(DomainError, match="没有启用扣分"):
        stage.claim(stage.wang, LITTER, witness="楼长")


def test_a_penalty_is_told_waits_for_an_appeal_and_never_goes_below_zero(stage: Stage) -> None:
    stage.set(settings.PENALTIES, True)
    stage.earn(stage.wang, 3)
    with pytest.raises(DomainError, match="要有核实人"):
        stage.claim(stage.wang, LITTER)
    with pytest.raises(DomainError, match="要填负数"):
        stage.claim(stage.wang, LITTER, witness="楼长", points=5)
    claim = stage.claim(stage.wang, LITTER, witness="楼长")
    with pytest.raises(DomainError, match="申诉期到 2026-11-24"):
        stage.on(date(2026, 11, 24)).accept(claim)
    raised = Appeal(
        account_id=stage.wang,
        claim_id=claim,
        raised_on=stage.today,
        raised_by="王秀兰",
        words="不是我扔的",
    )
    stage.do(lambda session: session.add(raised))
    later = stage.on(date(2026, 11, 25))
    with pytest.raises(DomainError, match="有申诉，还没有答复"):
        later.accept(claim)
    later.do(lambda s: setattr(s.get_one(Appeal, 1), "answered_on", later.today))
    later.accept(claim)
    assert later.lines(stage.wang)[-1] == ("扣分 （应扣 5 分，账户只有 3 分）", -3, 0)
    later.earn(stage.wang, 5)
    all_there_is = later.claim(stage.wang, LITTER, witness="楼长")
    later.on(date(2026, 11, 29)).accept(all_there_is)
    assert later.lines(stage.wang)[-1] == ("扣分", -5, 0)
    stage.check_books()


def test_a_penalty_that_waits_is_not_taken_once_the_office_has_turned_them_off(
    stage: Stage,
) -> None:
    stage.set(settings.PENALTIES, True)
    stage.earn(stage.wang, 9)
    claim = stage.claim(stage.wang, LITTER, witness="楼长")
    stage.set(settings.PENALTIES, False)
    with pytest.raises(DomainError, match="已经停用扣分"):
        stage.on(date(2026, 11, 25)).accept(claim)


def test_a_penalty_whose_appeal_was_right_is_not_taken(stage: Stage) -> None:
    stage.set(settings.PENALTIES, True)
    stage.earn(stage.wang, 9)
    claim = stage.claim(stage.wang, LITTER, witness="楼长")
    said = points_appeals.AppealInput(raised_by="本人", words="不是我扔的", claim_id=claim)
    appeal = stage.do(points_appeals.note, said, today=stage.today)
    right = {"upheld": True, "words": "认错了人", "version": 1, "today": stage.today}
    stage.do(points_appeals.answer, appeal, **right)
    with pytest.raises(DomainError, match="申诉成立，这次不能扣分"):
        stage.on(date(2026, 11, 25)).accept(claim)
    assert stage.points(stage.wang) == 9


def test_only_who_may_review_reviews(stage: Stage) -> None:
    claim = service(stage)
    shop = Actor("周敏", "积分超市", DEFAULTS["积分超市"])
    with pytest.raises(DomainError, match="没有“复核和冲正”的权限"):
        stage.accept(claim, by=shop)
    reader = Actor("客人", "只读", DEFAULTS["只读"])
    with pytest.raises(DomainError, match="没有“记工时和积分”的权限"):
        service(stage, by=reader)


def test_a_claim_taken_back_tells_why_and_names_its_lines(stage: Stage) -> None:
    claim = service(stage)
    stage.accept(claim)
    with pytest.raises(DomainError, match="请写明为什么冲正"):
        stage.now(points_claims.reverse, claim, reason="")
    stage.now(points_claims.reverse, claim, reason="活动没办")
    row = stage.clerk.see(lambda s: s.get_one(PointsClaim, claim))
    assert (row.state, row.answer) == (ClaimState.RETURNED, "已冲正：活动没办")
    assert stage.ask(f"SELECT points FROM points_entry WHERE claim_id = {claim}") == [(2,), (-2,)]
    assert stage.ask(f"SELECT half_hours FROM hour_entry WHERE claim_id = {claim}") == [(4,), (-4,)]
    with pytest.raises(DomainError, match="没有入账，不用冲正"):
        stage.now(points_claims.reverse, claim, reason="x")


def test_what_came_with_hours_only_is_booked_without_a_line_of_points(stage: Stage) -> None:
    stage.accept(service(stage, points=0))
    assert (stage.points(stage.wang), served(stage)) == (0, 4)
    assert stage.ask("SELECT count(*) FROM points_entry") == [(0,)]


def test_the_second_person_is_somebody_else_than_zhao_when_zhao_entered(stage: Stage) -> None:
    claim = service(stage, by=ZHAO)
    with pytest.raises(DomainError, match="您自己记的"):
        stage.accept(claim, by=ZHAO)
    assert stage.accept(claim, by=SUN) == 1


def test_a_matter_that_was_deleted_gives_nothing(stage: Stage) -> None:
    item = stage.item(LECTURE)
    stage.do(lambda s: setattr(s.get_one(PointsItem, item), "deleted_at", stage.clerk.now))
    with pytest.raises(DomainError, match="已经被删除"):
        stage.claim(stage.wang, LECTURE)


def test_a_return_that_is_undone_too_late_leaves_what_was_entered_again(stage: Stage) -> None:
    more = {"origin": ClaimOrigin.ACTIVITY, "source_key": "participation:1"}
    first = service(stage, **more)
    stage.now(points_claims.send_back, [first], answer="人数不对")
    step = stage.ask("SELECT max(id) FROM operation")[0][0]
    service(stage, **more)
    undone = stage.do(history.undo, step)
    assert [one.reason for one in undone.kept] == ["现在别的记录用着同一个编号或来源"]
    assert stage.ask("SELECT state, source_key FROM points_claim ORDER BY id") == [
        ("returned", None),
        ("waiting", "participation:1"),
    ]


def test_each_desk_does_its_part_within_its_rights(stage: Stage) -> None:
    shop = Actor("周敏", "积分超市", DEFAULTS["积分超市"])
    desk = Actor("钱工", "社工", DEFAULTS["社工"])
    small = stage.claim(stage.chen, "困难帮扶", by=shop)
    big = service(stage, by=shop)
    stage.do(points_cards.issue_card, stage.chen, stage.today, by=shop)
    assert stage.points(stage.chen) == 3
    stage.accept(big, by=desk)
    stage.now(points_claims.reverse, small, reason="记错了人", by=desk)
    stage.do(
        points_accounts.freeze, stage.wang, reason="冒领", version=1, today=stage.today, by=desk
    )
    assert (stage.points(stage.wang), stage.points(stage.chen)) == (2, 0)
    waiting = service(stage)
    reader = Actor("客人", "只读", DEFAULTS["只读"])
    for change in (points_claims.accept, points_claims.withdraw):
        with pytest.raises(NotAllowed):
            stage.now(change, [waiting], by=reader)


def test_what_was_met_line_by_line_already_is_left_when_the_claim_is_taken_out(
    stage: Stage,
) -> None:
    claim = service(stage)
    stage.accept(claim)
    [(points,)] = stage.ask("SELECT id FROM points_entry")
    stage.now(points_book.reverse, points, reason="记错")
    stage.now(points_claims.reverse, claim, reason="没有去")
    assert (stage.points(stage.wang), served(stage)) == (0, 0)
    again = service(stage)
    stage.accept(again)
    [(hour,)] = stage.ask(f"SELECT id FROM hour_entry WHERE claim_id = {again}")
    back = stage.now(points_book.reverse_hours, hour, reason="记错")
    with pytest.raises(DomainError, match="这一行已经冲正过"):
        stage.now(points_book.reverse_hours, hour, reason="再来")
    with pytest.raises(DomainError, match="冲正行不能再冲正"):
        stage.now(points_book.reverse_hours, back, reason="再来")
    stage.now(points_claims.reverse, again, reason="没有去")
    assert (stage.points(stage.wang), served(stage)) == (0, 0)


def test_hours_are_met_though_their_points_have_lapsed_since(stage: Stage) -> None:
    claim = service(stage)
    stage.accept(claim)
    later = stage.after_pause(date(2027, 4, 2))
    later.now(points_claims.reverse, claim, reason="记错了人")
    assert served(later) == 0
    assert later.points(stage.wang) == 0
    assert [words for words, _, _ in later.lines(stage.wang)] == [
        "志愿服务",
        "到期清零 2027-03-31 到期",
    ]
    later.check_books()


def test_hours_alone_that_cannot_be_undone_offer_their_counter_entry_until_it_is_made(
    stage: Stage,
) -> None:
    claim = stage.claim(
        stage.wang,
        SERVICE,
        points=0,
        half_hours=4,
        volunteer_id=stage.volunteers["wang"],
    )
    stage.accept(claim)
    ((booked,),) = stage.ask("SELECT id FROM hour_entry")
    step = stage.clerk.see(lambda s: Steps().page(s, limit=1))[0]
    assert step.verb == "冲正"
    assert step.note == "不能撤销：已经记账，改错请用冲正；可以冲正，原来那一行留着"
    assert step.counter == Counter("冲正", "可以冲正，原来那一行留着", "hour_entry", booked)
    stage.now(points_claims.reverse, claim, reason="记错人了")
    assert not any(one.counter for one in stage.clerk.see(lambda s: Steps().page(s, limit=2)))
