"""Who serves in the grids, and who holds which post from when to when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import Building, PostKind, UserGrid
from app.services import grids, history, member_forms, members, posts, settings, users
from app.services.member_forms import MemberInput
from app.services.posts import PostInput, PostTaken
from app.services.recycle_bin import restore
from app.values.rights import GRID_MEMBER, SOCIAL_WORKER, Actor
from tests.actors import actor
from tests.services.conftest import Clerk

TODAY = date(2026, 11, 21)
MARCH = date(2026, 3, 1)


class Post:
    """The short way to posts: each call in a transaction of its own."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        assert clerk.today == TODAY
        self.grid = clerk.do("网格", lambda s: grids.add(s, number=3, name="第三网格"))
        self.other = clerk.do("网格", lambda s: grids.add(s, number=5, name="第五网格"))
        self.building = clerk.do("楼", self._build)

    def _build(self, session: Session) -> int:
        row = Building(number="3", grid_id=self.grid)
        session.add(row)
        session.flush()
        return row.id

    def member(self, name: str, **fields: Any) -> int:
        return int(
            self.clerk.do(name, lambda s: member_forms.add(s, MemberInput(name=name, **fields)))
        )

    def input(self, member_id: int, kind: PostKind, since: date = MARCH, **at: Any) -> PostInput:
        return PostInput(
            member_id=member_id, kind=kind, since=since, **{"grid_id": self.grid, **at}
        )

    def appoint(self, entered: PostInput, **how: Any) -> posts.Done:
        done: posts.Done = self.clerk.do(
            "任职", lambda s: posts.appoint(s, entered, today=TODAY, **how)
        )
        return done

    def version(self, post_id: int) -> int:
        return int(self.clerk.see(lambda s: posts.input_of(s, post_id))[2])

    def end(self, post_id: int, until: date, reason: str = "") -> posts.Done:
        version = self.version(post_id)
        done: posts.Done = self.clerk.do(
            "离任",
            lambda s: posts.end(
                s, post_id, until=until, reason=reason, version=version, today=TODAY
            ),
        )
        return done

    def terms(self, **place: Any) -> list[tuple[str, str]]:
        found = self.clerk.see(lambda s: posts.posts(s, **place))
        return [(one.name, one.term) for one in found]

    def grids_of(self, user_id: int) -> set[int]:
        own = select(UserGrid.grid_id).where(UserGrid.user_id == user_id)
        return set(self.clerk.see(lambda s: s.scalars(own).all()))


@pytest.fixture
def post(clerk: Clerk) -> Post:
    return Post(clerk)


def test_an_exclusive_post_is_refused_while_somebody_has_it_and_says_what_to_do(
    post: Post,
) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    post.appoint(post.input(sun, PostKind.GRID_STAFF))
    with pytest.raises(PostTaken) as taken:
        post.appoint(post.input(ding, PostKind.GRID_STAFF, TODAY))
    assert str(taken.value) == (
        "第三网格 专职网格员从 2026-03-01 起由孙丽担任，同一时间只能有一个人。"
        "请先给孙丽办离任，或者直接办接任。"
    )
    assert taken.value.can_follow
    assert post.terms() == [("孙丽", "2026-03-01 起")]


def test_following_ends_the_one_before_the_day_before_and_one_step_takes_both_back(
    post: Post,
) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    post.appoint(post.input(sun, PostKind.GRID_LEAD))
    post.appoint(post.input(ding, PostKind.GRID_LEAD, TODAY), follow=True)
    assert post.terms(grid_id=post.grid) == [
        ("丁伟", "2026-11-21 起"),
        ("孙丽", "2026-03-01 至 2026-11-20"),
    ]
    assert post.clerk.see(lambda s: posts.posts(s, member_id=sun))[0].reason == "由丁伟接任"
    post.clerk.undo_last()
    assert post.terms(grid_id=post.grid) == [("孙丽", "2026-03-01 起")]


def test_nobody_can_follow_somebody_who_began_on_the_same_day_or_later(post: Post) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    post.appoint(post.input(sun, PostKind.GRID_LEAD))
    for since in (MARCH, date(2026, 2, 1)):
        with pytest.raises(PostTaken) as taken:
            post.appoint(post.input(ding, PostKind.GRID_LEAD, since), follow=True)
        assert not taken.value.can_follow
        assert "请先改好这一任的日期" in str(taken.value)
    before = post.input(ding, PostKind.GRID_LEAD, date(2025, 1, 1), until=date(2026, 2, 28))
    with pytest.raises(PostTaken):
        post.appoint(replace(before, until=MARCH))
    post.appoint(before)
    assert [name for name, _ in post.terms(grid_id=post.grid)] == ["孙丽", "丁伟"]


def test_the_last_day_in_a_post_is_still_the_holders(post: Post) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    until = date(2026, 11, 20)
    post.appoint(post.input(sun, PostKind.GRID_LEAD, until=until))
    with pytest.raises(PostTaken):
        post.appoint(post.input(ding, PostKind.GRID_LEAD, until))
    post.appoint(post.input(ding, PostKind.GRID_LEAD, TODAY))


def test_the_rounds_of_a_grid_are_its_staffs_and_without_one_its_leads(post: Post) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    post.appoint(post.input(ding, PostKind.GRID_INFORMANT))
    assert post.clerk.see(lambda s: posts.staff_of(s, TODAY)) == {}
    post.appoint(post.input(ding, PostKind.GRID_LEAD))
    assert post.clerk.see(lambda s: posts.staff_of(s, TODAY)) == {post.grid: (ding, "丁伟")}
    post.appoint(post.input(sun, PostKind.GRID_STAFF))
    assert post.clerk.see(lambda s: posts.staff_of(s, TODAY)) == {post.grid: (sun, "孙丽")}


def test_many_may_inform_and_be_hubs_but_nobody_twice(post: Post) -> None:
    sun = post.member("孙丽", party_member=True)
    ding = post.member("丁伟", party_member=True)
    at = {"grid_id": None, "building_id": post.building}
    for one in (sun, ding):
        post.appoint(post.input(one, PostKind.GRID_INFORMANT))
        post.appoint(post.input(one, PostKind.HUB_HOUSEHOLD, **at))
    with pytest.raises(
        DomainError, match="孙丽从 2026-03-01 起已经任第三网格 网格信息员，不用再任"
    ):
        post.appoint(post.input(sun, PostKind.GRID_INFORMANT, TODAY))
    assert len(post.terms(building_id=post.building)) == 2


def test_an_office_may_have_two_full_time_members_in_a_grid(post: Post) -> None:
    post.clerk.do("设置", lambda s: settings.change(s, settings.ONE_STAFF_PER_GRID, False))
    for name in ("孙丽", "丁伟"):
        post.appoint(post.input(post.member(name), PostKind.GRID_STAFF))
    assert len(post.terms(grid_id=post.grid)) == 2


def test_party_posts_are_for_members_of_the_party(post: Post) -> None:
    sun = post.member("孙丽")
    with pytest.raises(DomainError, match="没有勾选“党员”，不能任网格党支部书记"):
        post.appoint(post.input(sun, PostKind.BRANCH_SECRETARY))
    entered, version = post.clerk.see(lambda s: member_forms.input_of(s, sun))
    join = replace(entered, party_member=True)
    post.clerk.do("入党", lambda s: member_forms.update(s, sun, join, version=version))
    post.appoint(post.input(sun, PostKind.BRANCH_SECRETARY))
    with pytest.raises(DomainError, match="正在任党内职务或包楼联户，不能去掉“党员”"):
        post.clerk.do("退", lambda s: member_forms.update(s, sun, entered, version=version + 1))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ({"since": date(2028, 1, 1)}, "最多提前一年登记"),
        ({"since": date(1926, 3, 1)}, "请核对年份"),
        ({"until": date(2026, 2, 28)}, "离任日期 2026-02-28 在任职日期 2026-03-01 之前"),
        ({"until": date(2062, 2, 28)}, "离任日期 2062-02-28 太远"),
        ({"grid_id": None}, "请选一个网格"),
        ({"kind": PostKind.BUILDING_STEWARD, "building_id": 999}, "请选一栋楼"),
    ],
)
def test_days_and_places_that_cannot_be_are_refused(
    post: Post, at: dict[str, Any], words: str
) -> None:
    entered = post.input(post.member("孙丽"), PostKind.GRID_LEAD)
    with pytest.raises(DomainError, match=words):
        post.appoint(replace(entered, **at))


def test_a_steward_of_a_unit_needs_the_unit_and_a_grid_in_the_bin_takes_nobody(
    post: Post,
) -> None:
    sun = post.member("孙丽")
    unit = post.input(sun, PostKind.UNIT_STEWARD, building_id=post.building)
    with pytest.raises(DomainError, match="请填写单元"):
        post.appoint(unit)
    post.appoint(replace(unit, unit="2"))
    assert post.clerk.see(lambda s: posts.posts(s))[0].words == "3 号楼 2 单元 单元长"
    post.clerk.do("删", lambda s: grids.remove(s, post.other, now=post.clerk.now))
    with pytest.raises(DomainError, match="原来的网格可能已经撤销"):
        post.appoint(post.input(sun, PostKind.GRID_LEAD, grid_id=post.other))


def test_a_change_of_post_ends_the_old_one_and_says_where_to(post: Post) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    post.appoint(post.input(ding, PostKind.GRID_STAFF, grid_id=post.other))
    done = post.appoint(post.input(sun, PostKind.GRID_STAFF))
    moved = post.input(sun, PostKind.GRID_STAFF, TODAY, grid_id=post.other)

    def move(follow: bool) -> posts.Done:
        answer: posts.Done = post.clerk.do(
            "改任",
            lambda s: posts.transfer(s, done.post_id, moved, version=1, today=TODAY, follow=follow),
        )
        return answer

    with pytest.raises(PostTaken):
        move(follow=False)
    assert post.terms(grid_id=post.grid) == [("孙丽", "2026-03-01 起")]
    move(follow=True)
    assert post.terms(grid_id=post.grid) == [("孙丽", "2026-03-01 至 2026-11-20")]
    assert post.terms(grid_id=post.other)[0] == ("孙丽", "2026-11-21 起")
    assert post.clerk.see(lambda s: posts.posts(s, grid_id=post.grid))[0].reason == (
        "改任第五网格 专职网格员"
    )


def test_a_wrong_day_is_corrected_and_a_second_editor_is_refused(post: Post) -> None:
    sun = post.member("孙丽")
    done = post.appoint(post.input(sun, PostKind.GRID_LEAD))
    right = post.input(sun, PostKind.GRID_LEAD, date(2025, 3, 1))

    def correct(version: int) -> None:
        post.clerk.do(
            "更正",
            lambda s: posts.correct(
                s, done.post_id, right, reason="", version=version, today=TODAY
            ),
        )

    correct(1)
    assert post.terms() == [("孙丽", "2025-03-01 起")]
    with pytest.raises(ChangedMeanwhile):
        correct(1)
    with pytest.raises(DomainError, match="离任日期 2024-01-01 在任职日期"):
        post.end(done.post_id, date(2024, 1, 1))
    post.end(done.post_id, date(2026, 10, 31), "退休")
    with pytest.raises(DomainError, match="这一任已经在 2026-10-31 结束"):
        post.end(done.post_id, TODAY)


def test_a_day_ahead_ends_a_post_on_that_day_and_not_before(post: Post) -> None:
    done = post.appoint(post.input(post.member("孙丽"), PostKind.GRID_LEAD))
    post.end(done.post_id, date(2026, 12, 31), "任期届满")
    held = post.clerk.see(lambda s: posts.posts(s))[0]
    assert held.holds(TODAY)
    assert held.holds(date(2026, 12, 31))
    assert not held.holds(date(2027, 1, 1))


def test_a_term_is_not_made_longer_into_the_next_ones(post: Post) -> None:
    done = post.appoint(post.input(post.member("孙丽"), PostKind.GRID_LEAD))
    post.end(done.post_id, date(2026, 12, 31), "任期届满")
    post.appoint(post.input(post.member("丁伟"), PostKind.GRID_LEAD, date(2027, 1, 1)))
    with pytest.raises(PostTaken, match="从 2027-01-01 起由丁伟担任"):
        post.end(done.post_id, date(2027, 6, 30))


def test_a_change_to_the_same_post_is_none(post: Post) -> None:
    sun = post.member("孙丽")
    done = post.appoint(post.input(sun, PostKind.GRID_LEAD))
    same = post.input(sun, PostKind.GRID_LEAD, TODAY, building_id=post.building)
    with pytest.raises(DomainError, match="和现在的一样"):
        post.clerk.do(
            "改任",
            lambda s: posts.transfer(s, done.post_id, same, version=1, today=TODAY),
        )


def test_who_has_a_post_is_not_deleted_and_comes_back_from_the_bin(post: Post) -> None:
    sun = post.member("孙丽")
    done = post.appoint(post.input(sun, PostKind.GRID_LEAD))

    def remove() -> None:
        post.clerk.do("删除", lambda s: member_forms.remove(s, sun, now=post.clerk.now))

    with pytest.raises(DomainError, match="孙丽现在还任第三网格 网格长，不能删除。请先办离任"):
        remove()
    post.end(done.post_id, date(2026, 11, 20))
    remove()
    assert post.clerk.look_up(lambda it: members.members(it, on=TODAY)) == []
    assert post.terms(grid_id=post.grid) == [("孙丽", "2026-03-01 至 2026-11-20")]
    post.clerk.do("放回", lambda s: restore(s, "grid_member", sun, now=post.clerk.now))
    assert [one.name for one in _members(post)] == ["孙丽"]


def _members(post: Post, **chosen: Any) -> list[members.MemberView]:
    found: list[members.MemberView] = post.clerk.look_up(
        lambda it: members.members(it, on=TODAY, **chosen)
    )
    return found


def test_the_list_tells_posts_grids_and_masked_phones_and_is_searched_by_pinyin(
    post: Post,
) -> None:
    sun = post.member("孙丽", phone="13840910001", workplace="望海社区")
    rare = post.member("㐂" * 60)
    post.appoint(post.input(sun, PostKind.GRID_STAFF))
    post.appoint(post.input(sun, PostKind.BUILDING_STEWARD, building_id=post.building))
    post.appoint(post.input(rare, PostKind.GRID_LEAD, grid_id=post.other))
    shown = next(one for one in _members(post) if one.id == sun)
    assert shown.posts == "第三网格 专职网格员、3 号楼 楼长"
    assert (shown.phone_masked, shown.grid_ids) == ("138 **** 0001", (post.grid,))
    assert [one.id for one in _members(post, grid_ids=[post.other])] == [rare]
    for text in ("sl", "孙 楼长", "0001", "望海"):
        assert [one.id for one in _members(post, text=text)] == [sun]
    assert post.clerk.look_up(lambda it: posts.staff_of(it, TODAY)) == {
        post.grid: (sun, "孙丽"),
        post.other: (rare, "㐂" * 60),
    }


def test_a_resident_serves_once_and_his_private_phone_stays_private(post: Post) -> None:
    person = post.clerk.add("宋桂珍", phone="13842601234", political_status="中共党员")
    entered = post.clerk.see(lambda s: member_forms.from_resident(s, person))
    assert (entered.name, entered.phone, entered.party_member) == ("宋桂珍", "", True)
    post.clerk.do("添加", lambda s: member_forms.add(s, entered))
    with pytest.raises(DomainError, match="宋桂珍已经在人员名单里"):
        post.clerk.see(lambda s: member_forms.from_resident(s, person))
    assert post.clerk.see(lambda s: member_forms.phone_of_resident(s, person)) == "13842601234"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "请填写姓名"),
        ({"name": "长" * 61}, "姓名太长"),
        ({"name": "孙丽", "phone": "1384091"}, "位数不对|应为 11 位"),
        ({"name": "孙丽", "phone": "没有电话"}, "没有认出号码"),
        ({"name": "孙丽", "note": "记" * 201}, "“备注”太长"),
        ({"name": "丁伟"}, "已经有同名同电话的“丁伟”"),
    ],
)
def test_what_cannot_be_a_member_is_refused(post: Post, fields: dict[str, Any], words: str) -> None:
    post.member("丁伟")
    with pytest.raises(DomainError, match=words):
        post.clerk.do("添加", lambda s: member_forms.add(s, MemberInput(**fields)))


def test_a_picture_is_kept_and_taken_away(post: Post) -> None:
    sun = post.member("孙丽")
    jpeg = b"\xff\xd8 a picture"
    post.clerk.do("照片", lambda s: members.set_photo(s, sun, jpeg))
    assert post.clerk.see(lambda s: members.photos(s, [sun])) == {sun: jpeg}
    with pytest.raises(DomainError, match="应是 JPEG"):
        post.clerk.do("照片", lambda s: members.set_photo(s, sun, b"GIF89a"))
    post.clerk.do("照片", lambda s: members.set_photo(s, sun, None))
    assert post.clerk.see(lambda s: members.photo(s, sun)) is None


# -- those who log in


def _user(post: Post, name: str) -> int:
    return int(
        post.clerk.do(
            "使用人", lambda s: users.add(s, name=name, role=GRID_MEMBER, slot=f"slot-{name}")
        )
    )


def test_the_grid_of_a_post_is_seen_by_its_holder_until_it_ends(post: Post) -> None:
    user = _user(post, "孙丽")
    sun, ding = post.member("孙丽", user_id=user), post.member("丁伟")
    done = post.appoint(post.input(sun, PostKind.GRID_STAFF))
    assert post.grids_of(user) == {post.grid}
    assert done.remarks == ("使用人孙丽下次登录起能看到第三网格。",)
    after = post.appoint(post.input(ding, PostKind.GRID_STAFF, TODAY), follow=True)
    assert post.grids_of(user) == set()
    assert after.remarks == ("使用人孙丽下次登录起看不到第三网格了。",)


def test_who_may_not_manage_users_is_told_what_the_secretary_does(post: Post) -> None:
    user = _user(post, "孙丽")
    sun = post.member("孙丽", user_id=user)
    post.clerk.database.act_as(actor("赵敏", SOCIAL_WORKER))
    done = post.appoint(post.input(sun, PostKind.GRID_STAFF))
    assert done.remarks == ("使用人孙丽还看不到第三网格：请书记在“设置 · 使用人”里加上。",)
    assert post.grids_of(user) == set()


def test_a_grid_kept_by_another_post_stays_and_a_removed_user_leaves_the_member(
    post: Post,
) -> None:
    user = _user(post, "孙丽")
    sun = post.member("孙丽", user_id=user)
    staff = post.appoint(post.input(sun, PostKind.GRID_STAFF)).post_id
    post.appoint(post.input(sun, PostKind.GRID_INFORMANT))
    post.end(staff, date(2026, 11, 20))
    assert post.grids_of(user) == {post.grid}
    post.clerk.do("移除", lambda s: users.remove(s, "slot-孙丽"))
    assert post.clerk.see(lambda s: member_forms.input_of(s, sun))[0].user_id is None


def test_a_grid_is_kept_by_a_post_whose_end_is_ahead_and_not_by_one_that_is_over(
    post: Post,
) -> None:
    user = _user(post, "孙丽")
    sun = post.member("孙丽", user_id=user)
    staff = post.appoint(post.input(sun, PostKind.GRID_STAFF)).post_id
    post.appoint(post.input(sun, PostKind.GRID_INFORMANT, until=date(2026, 10, 1)))
    lead = post.appoint(post.input(sun, PostKind.GRID_LEAD, until=date(2027, 2, 28))).post_id
    post.end(staff, date(2026, 11, 20))
    assert post.grids_of(user) == {post.grid}
    post.end(lead, date(2026, 11, 20))
    assert post.grids_of(user) == set()


def test_somebody_is_known_by_his_user_or_else_by_a_name_that_only_he_has(post: Post) -> None:
    user = _user(post, "孙丽一号")
    sun = post.member("孙丽", user_id=user)

    def own(who: Actor) -> int | None:
        found: int | None = post.clerk.look_up(lambda it: members.own_member(it, who))
        return found

    assert own(Actor("孙丽一号", user_id=user)) == sun
    ding = post.member("丁伟")
    assert own(Actor("丁伟", user_id=99)) == ding
    post.member("丁伟", phone="13840910001")
    assert own(Actor("丁伟")) is None
    assert own(Actor("")) is None


def test_a_member_of_a_grid_sees_the_people_of_his_grids_and_changes_none(post: Post) -> None:
    sun, ding = post.member("孙丽"), post.member("丁伟")
    post.appoint(post.input(sun, PostKind.GRID_STAFF))
    done = post.appoint(post.input(ding, PostKind.GRID_STAFF, grid_id=post.other))
    own = replace(actor("孙丽", GRID_MEMBER), grids=frozenset({post.grid}))
    post.clerk.database.act_as(own)
    assert [one.name for one in _members(post)] == ["孙丽"]
    assert [one.name for one in post.clerk.look_up(lambda it: posts.posts(it))] == ["孙丽"]
    with pytest.raises(NotAllowed):
        post.end(done.post_id, TODAY)


def test_the_way_of_a_post_tells_its_columns_in_words(post: Post) -> None:
    from app.models import Post as Row

    done = post.appoint(post.input(post.member("孙丽"), PostKind.GRID_LEAD))
    post.end(done.post_id, TODAY, "调离")
    told = post.clerk.see(lambda s: history.of_record(s, Row, done.post_id))
    assert any("离任日期 2026-11-21" in str(line) and "调离" in str(line) for line in told)
