"""民主评议 as a clerk writes it down."""

from datetime import date

from app.models import BodyKind
from app.services import appraisals, body_views
from app.services.appraisals import AppraisalInput, Judgement
from tests.services.meeting_stage import Stage

GOOD, BAD = (50, 5, 1), (3, 7, 46)


def seat(stage: Stage, key: str, kind: BodyKind = BodyKind.COMMITTEE) -> int:
    found = stage.look(body_views.members, stage.bodies[kind], stage.today)
    return next(one.id for one in found if one.resident_id == stage.people[key])


def entered(stage: Stage, year: int, votes: dict[str, tuple[int, int, int]]) -> AppraisalInput:
    return AppraisalInput(
        year=year,
        held_on=date(year, 11, 20),
        led_by="望海社区居务监督委员会",
        voters=56,
        judgements=tuple(
            Judgement(member_id=seat(stage, key), competent=a, barely=b, incompetent=c)
            for key, (a, b, c) in votes.items()
        ),
    )


def hold(stage: Stage, year: int, **votes: tuple[int, int, int]) -> int:
    key: int = stage.do(appraisals.save, None, entered(stage, year, votes), now=stage.now)
    return key
