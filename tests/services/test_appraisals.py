"""民主评议: votes that fit the voters, a grade, and twice 不称职 in a row."""

from datetime import date
from typing import Any

import pytest

from app.errors import DomainError, NotAllowed
from app.models import BodyKind, Grade
from app.services import appraisal_notice, appraisals, body_composition, body_views, notices
from app.services.appraisals import AppraisalInput, Judgement
from app.storage.engine import Database
from app.values.rights import DEFAULTS, READER, Actor
from tests.services.appraising import BAD, GOOD, entered, hold, seat
from tests.services.meeting_stage import Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_the_committee_is_what_an_appraisal_is_about(stage: Stage) -> None:
    found = stage.look(appraisals.candidates, stage.today)
    assert [one.name for one in found][:3] == ["王芳", "赵敏", "周立群"]
    assert len(found) == 7


@pytest.mark.parametrize(
    ("votes", "grade"),
    [
        ((50, 5, 1), Grade.COMPETENT),
        ((5, 50, 1), Grade.BARELY),
        ((28, 0, 28), Grade.INCOMPETENT),
        ((0, 20, 20), Grade.INCOMPETENT),
        ((20, 20, 0), Grade.BARELY),
    ],
)
def test_the_grade_proposed_is_what_most_say_and_the_worse_of_equals(
    votes: tuple[int, int, int], grade: Grade
) -> None:
    one = Judgement(member_id=1, competent=votes[0], barely=votes[1], incompetent=votes[2])
    assert appraisals.proposed(one) is grade


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"voters": 55}, "50 \\+ 5 \\+ 1 = 56，多于参加评议的 55 人"),
        ({"voters": 0}, "参加评议的人数"),
        ({"led_by": ""}, "第三十七条"),
        ({"held_on": date(2026, 11, 22)}, "还没有到"),
        ({"judgements": ()}, "至少填写一名"),
    ],
)
def test_what_cannot_be_is_refused(stage: Stage, change: dict[str, Any], words: str) -> None:
    good = entered(stage, 2026, {"wang": GOOD})
    values = {name: getattr(good, name) for name in AppraisalInput.__slots__}
    with pytest.raises(DomainError, match=words):
        stage.do(appraisals.save, None, AppraisalInput(**{**values, **change}), now=stage.now)


def test_twice_in_a_row_ends_the_post_and_not_before(stage: Stage) -> None:
    first = hold(stage, 2024, wang=BAD, zhao=BAD, zhou=GOOD)
    assert stage.look(appraisals.ended_by_law, first) == []
    second = hold(stage, 2025, wang=BAD, zhao=GOOD, zhou=BAD)
    (wang,) = stage.look(appraisals.ended_by_law, second)
    assert wang.name == "王芳"
    # 赵敏 was good in between: two that do not follow each other are not enough.
    third = hold(stage, 2026, zhao=BAD)
    assert stage.look(appraisals.ended_by_law, third) == []


def test_a_public_result_stays_and_one_whose_notice_was_deleted_is_published_again(
    stage: Stage,
) -> None:
    key = hold(stage, 2026, wang=GOOD)
    first = stage.do(appraisal_notice.publish, key, now=stage.now)
    assert stage.do(appraisal_notice.publish, key, now=stage.now) == first
    with pytest.raises(DomainError, match="已经公布"):
        stage.do(appraisals.remove, key, now=stage.now)
    stage.do(notices.delete, first, now=stage.now)
    assert stage.look(appraisals.appraisal, key).notice_id is None
    second = stage.do(appraisal_notice.publish, key, now=stage.now)
    assert second != first
    assert stage.look(appraisals.appraisal, key).notice_id == second


def test_an_ended_post_ends_in_every_seat_of_the_committee(stage: Stage) -> None:
    hold(stage, 2025, wang=BAD)
    second = hold(stage, 2026, wang=BAD)
    (wang,) = stage.look(appraisals.ended_by_law, second)
    assert stage.do(appraisals.end_posts, [wang.member_id], on=date(2026, 11, 20)) == 2
    assert stage.look(appraisals.ended_by_law, second) == []
    assert stage.look(body_composition.composition, stage.council, stage.today).members == 60
    (ended,) = (
        one
        for one in stage.look(body_views.members, stage.bodies[BodyKind.COMMITTEE])
        if one.id == wang.member_id
    )
    assert ended.ended_reason == "连续两次被评议不称职（居民委员会组织法第三十七条）"


def test_who_represents_residents_as_well_stays_a_representative(stage: Stage) -> None:
    li = seat(stage, "li", BodyKind.REPRESENTATIVES)
    stage.tamper(f"UPDATE body_member SET in_committee = 1 WHERE id = {li}")
    assert stage.do(appraisals.end_posts, [li], on=stage.today) == 1
    one = stage.look(body_composition.composition, stage.council, stage.today)
    assert (one.members, one.committee, one.representatives) == (61, 7, 54)


def test_a_year_without_an_appraisal_is_missed(stage: Stage) -> None:
    assert stage.look(appraisals.missing_years, stage.today) == []
    assert stage.look(appraisals.missing_years, date(2026, 12, 1)) == [2026]
    assert stage.look(appraisals.missing_years, date(2027, 3, 1)) == [2026]
    hold(stage, 2026, wang=GOOD)
    assert stage.look(appraisals.missing_years, date(2027, 3, 1)) == []


def test_whoever_only_reads_judges_nobody(stage: Stage) -> None:
    reads = Actor("看", READER, DEFAULTS[READER])
    with pytest.raises(NotAllowed):
        stage.do(
            appraisals.save, None, entered(stage, 2026, {"wang": GOOD}), now=stage.now, by=reads
        )


def test_somebody_from_outside_the_file_leaves_every_seat_too(stage: Stage) -> None:
    found = stage.look(body_views.members, stage.bodies[BodyKind.COMMITTEE], stage.today)
    outsider = next(one for one in found if one.name == "委员甲")
    assert stage.do(appraisals.end_posts, [outsider.id], on=stage.today) == 2
