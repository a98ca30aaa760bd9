"""The table of permissions: what a role begins with, what the 书记 changes, who comes in."""

import pytest

from app.errors import DomainError, NotAllowed
from app.models import Permission, User, UserGrid
from app.services import grids, rights
from app.values.rights import (
    ALL,
    DEFAULTS,
    GRID_MEMBER,
    READER,
    ROLE_DETAILS,
    ROLES,
    SECRETARY,
    SOCIAL_WORKER,
    Actor,
    Right,
)
from tests.services.conftest import Clerk


def enter(clerk: Clerk, slot: str) -> Actor:
    actor: Actor = clerk.look_up(lambda lookup: rights.load_actor(lookup, slot))
    return actor


def set_right(clerk: Clerk, role: str, right: Right, *, allowed: bool) -> None:
    clerk.do("调整权限", lambda s: rights.set_right(s, role, right, allowed=allowed))


def test_every_role_has_its_rights_and_a_word_of_explanation() -> None:
    assert set(ROLES) == set(DEFAULTS) == set(ROLE_DETAILS)
    assert DEFAULTS[SECRETARY] == ALL
    assert all(right.label and right.group and right.detail for right in Right)


def test_a_right_that_the_secretary_gives_holds_from_the_next_login_on(clerk: Clerk) -> None:
    clerk.do("添加", lambda s: s.add(User(name="何婷", role=READER, slot="r")))
    assert not enter(clerk, "r").may(Right.PRINT)
    set_right(clerk, READER, Right.PRINT, allowed=True)
    assert enter(clerk, "r").may(Right.PRINT)
    set_right(clerk, READER, Right.VIEW_PEOPLE, allowed=False)
    assert enter(clerk, "r").rights == {
        Right.PRINT,
        Right.VIEW_GRIDS,
        Right.VIEW_POINTS,
        Right.VIEW_CANTEEN,
        Right.VIEW_MEETINGS,
    }
    clerk.do("恢复默认", rights.reset_rights)
    assert enter(clerk, "r").rights == DEFAULTS[READER]


def test_the_table_marks_what_the_office_changed(clerk: Clerk) -> None:
    set_right(clerk, SOCIAL_WORKER, Right.APPROVE_PAPERS, allowed=True)
    table = {one.role: one for one in clerk.look_up(rights.table_of_rights)}
    assert list(table) == list(ROLES)
    assert table[SOCIAL_WORKER].adjusted == {Right.APPROVE_PAPERS}
    assert not table[READER].adjusted


def test_the_rights_of_the_secretary_cannot_be_taken(clerk: Clerk) -> None:
    with pytest.raises(DomainError, match="书记的权限不能减少"):
        set_right(clerk, SECRETARY, Right.MANAGE_USERS, allowed=False)
    taken = Permission(role=SECRETARY, right=Right.MANAGE_USERS.value, allowed=False)
    clerk.do("改文件", lambda s: s.add(taken))
    clerk.do("添加", lambda s: s.add(User(name="周立群", role=SECRETARY, slot="z")))
    assert enter(clerk, "z").rights == ALL


def test_only_who_manages_users_changes_permissions(clerk: Clerk) -> None:
    clerk.database.act_as(Actor("赵敏", SOCIAL_WORKER, DEFAULTS[SOCIAL_WORKER]))
    with pytest.raises(NotAllowed, match="管理使用人和权限"):
        set_right(clerk, SOCIAL_WORKER, Right.ERASE, allowed=True)


def test_a_grid_member_comes_in_with_the_own_grids_and_without_any_sees_nobody(
    clerk: Clerk,
) -> None:
    clerk.do("添加", lambda s: s.add(User(name="孙丽", role=GRID_MEMBER, slot="g")))
    assert enter(clerk, "g").grids == frozenset()
    clerk.add("王秀兰")
    clerk.database.act_as(enter(clerk, "g"))
    assert clerk.names() == []
    clerk.database.act_as(Actor())
    grid = clerk.do("建网格", lambda s: grids.add(s, number=3, name="第三网格"))
    user = clerk.look_up(lambda lookup: rights.load_actor(lookup, "g").user_id)
    clerk.do("分网格", lambda s: s.add(UserGrid(user_id=user, grid_id=grid)))
    assert enter(clerk, "g").grids == {grid}


def test_a_slot_that_the_file_does_not_know_opens_nothing(clerk: Clerk) -> None:
    with pytest.raises(DomainError, match="请书记重新添加"):
        enter(clerk, "nobody")


def test_a_role_and_a_right_of_a_later_version_do_no_harm(clerk: Clerk) -> None:
    clerk.do("添加", lambda s: s.add(User(name="未来", role="观察员", slot="f")))
    clerk.do("改", lambda s: s.add(Permission(role="观察员", right="fly", allowed=True)))
    assert enter(clerk, "f").rights == DEFAULTS[READER]
