"""What is said of units, part-time members and turns in tables and on cards."""

from datetime import date

from app.models import UnitKind
from app.services.chair_turns import TurnView
from app.services.joint import UnitView
from app.services.joint_members import JointMember
from app.services.stars import stars_words
from app.ui.kit.chips import Chip

UNITS, MEMBERS, TURNS = "单位", "委员", "轮值"
_KIND_TONES = dict.fromkeys((UnitKind.MEMBER, UnitKind.PARTNER, UnitKind.PAIRED), "info")


def kind_chip(one: UnitView) -> Chip:
    return Chip(one.kind.label, _KIND_TONES.get(one.kind, "grey"))


def unit_chips(one: UnitView, today: date) -> tuple[Chip, ...]:
    """Its kind, whether it left, whether its pair waits for this quarter."""
    found = [kind_chip(one)]
    if not one.holds(today):
        found.append(Chip("已退出" if one.until else "还没加入", "grey"))
    if one.waits(today):
        found.append(Chip("本季还没共建", "warn", "alert-outline"))
    return tuple(found)


def stars_chip(one: JointMember) -> Chip | None:
    """As reported, else as counted so far; None for none."""
    stars = one.report.stars if one.report is not None else one.activity.stars
    return Chip(stars_words(stars), "ok" if one.report is not None else "grey") if stars else None


def attended_words(one: JointMember) -> str:
    """3 / 4; '' while no meeting was held in his term."""
    done = one.activity
    return f"{done.attended} / {done.held}" if done.held else ""


def term_words(since: date, until: date | None) -> str:
    """2026-01-08 起, 2026-01-08 至 2026-11-30."""
    return f"{since:%Y-%m-%d} 至 {until:%Y-%m-%d}" if until else f"{since:%Y-%m-%d} 起"


def turn_chip(one: TurnView, today: date) -> Chip:
    if one.holds(today):
        return Chip("轮到", "ok")
    return Chip("接下来", "info") if one.since > today else Chip("已过", "grey")
