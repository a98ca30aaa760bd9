"""Whose turn it is, and when the joint meeting is due: one line above the lists."""

from datetime import date

from app.services import chair_turns, joint_members, meeting_due
from app.storage.lookup import Lookup
from app.ui.kit import theme


def now_words(lookup: Lookup, today: date) -> str:
    """轮值主席 吴校长（海湾街道中心小学）到 12-31；大党委 06-05 开过，12-05 前要再开一次."""
    found = joint_members.joint_bodies(lookup, today)
    if not found:
        return ""
    turn = chair_turns.current(lookup, found[0].id, today)
    told = []
    if turn is not None:
        unit = f"（{turn.unit}）" if turn.unit and not theme.current().large else ""
        told.append(f"轮值主席 {turn.name}{unit}到 {turn.until:%m-%d}")
    mine = [one for one in meeting_due.due(lookup, today=today) if one.body_id == found[0].id]
    told += [one.words(today) for one in mine]
    return "；".join(told)
