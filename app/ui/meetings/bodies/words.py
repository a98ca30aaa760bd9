"""Which roles, fields and rules are offered for each kind of body."""

from app.models import BodyKind, MemberRole

R = MemberRole
_LED = (R.CHAIR, R.VICE_CHAIR)
ROLES: dict[BodyKind, tuple[MemberRole, ...]] = {
    BodyKind.REPRESENTATIVES: (R.REPRESENTATIVE, R.GROUP_LEADER, *_LED, R.COMMITTEE),
    BodyKind.GROUP: (R.GROUP_LEADER, R.REPRESENTATIVE, R.MEMBER),
    BodyKind.CONSULTATION: (R.MEMBER, *_LED, R.REPRESENTATIVE, R.PARTY_MEMBER, R.DELEGATE, R.OWNER),
    BodyKind.OWNERS: (R.OWNER, *_LED),
    BodyKind.JOINT: (R.PART_TIME, R.DELEGATE, *_LED, R.MEMBER),
    BodyKind.PARTY: (R.PARTY_MEMBER,),
    BodyKind.BENCH: (R.MEMBER, R.REPRESENTATIVE, R.PARTY_MEMBER, R.DELEGATE),
    BodyKind.COMMITTEE: (R.COMMITTEE, *_LED),
    BodyKind.SUPERVISORS: (R.MEMBER, *_LED),
    BodyKind.PROPERTY: (R.DELEGATE, R.OWNER, R.MEMBER),
}
"""The first is what somebody usually is there; 居民会议 has no list of members."""
PUT_FORWARD = (BodyKind.REPRESENTATIVES, BodyKind.GROUP)
"""Whose members are put forward by households."""
WITH_UNITS = (BodyKind.JOINT, BodyKind.PROPERTY, BodyKind.CONSULTATION, BodyKind.BENCH)
"""Where units send somebody."""
KIN_ASKED = (BodyKind.COMMITTEE, BodyKind.SUPERVISORS)
"""Where next of kin are kept apart (居委会组织法 8, 36)."""
