"""The bodies of a community (议事组织): one door to their lists, their people and their changes."""

from app.services.body_changes import (
    JOINT_KINDS,
    BodyInput,
    add_body,
    change_body,
    close_body,
    input_of,
    next_term,
    remove_body,
    require_for,
)
from app.services.body_composition import (
    COMMITTEE_ROLES,
    REPRESENTATIVE_ROLES,
    Composition,
    composition,
)
from app.services.body_members import (
    MemberInput,
    appoint,
    change_member,
    end_post,
    note_opened,
    remove_member,
)
from app.services.body_members import input_of as member_input_of
from app.services.body_views import (
    BodyView,
    MemberView,
    bodies,
    body,
    member,
    members,
)
from app.services.electorate import Electorate, electorate, unknown_ages
from app.services.member_checks import KinUnasked

__all__ = [
    "COMMITTEE_ROLES",
    "JOINT_KINDS",
    "REPRESENTATIVE_ROLES",
    "BodyInput",
    "BodyView",
    "Composition",
    "Electorate",
    "KinUnasked",
    "MemberInput",
    "MemberView",
    "add_body",
    "appoint",
    "bodies",
    "body",
    "change_body",
    "change_member",
    "close_body",
    "composition",
    "electorate",
    "end_post",
    "input_of",
    "member",
    "member_input_of",
    "members",
    "next_term",
    "note_opened",
    "remove_body",
    "remove_member",
    "require_for",
    "unknown_ages",
]
