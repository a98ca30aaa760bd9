"""Erasing somebody whom 积分超市 knows: the books keep their sums, nobody is named."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Appeal, PointsCard, Volunteer
from app.services import erasing, events, points_accounts, points_cards
from app.storage import journal
from app.storage.engine import Database
from tests.services.points_stage import Stage, stage_on
from tests.services.serving import serve
from tests.services.test_erasing import found_in

NAME, GUARDIAN_PHONE = "王秀兰", "13611112222"


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _leave(stage: Stage) -> None:
    clerk, person = stage.clerk, stage.people["wang"]
    clerk.do("迁出", lambda s: events.move_out(s, person, on_date=clerk.today, now=clerk.now))


def _erase(stage: Stage) -> Any:
    person = stage.people["wang"]
    return stage.now(erasing.erase, person, typed_name=NAME, reason="迁出满三年")


def _blockers(stage: Stage) -> str:
    plan = stage.clerk.see(lambda s: erasing.plan(s, stage.people["wang"], today=stage.clerk.today))
    return "".join(plan.blockers)


def test_the_books_keep_their_sums_and_name_nobody(stage: Stage) -> None:
    stage.earn(stage.wang, 12, words=f"{NAME}家楼道清扫")
    stage.now(points_accounts.transfer, stage.wang, stage.li, 12, reason="给老伴")
    stage.do(points_cards.bind_card, stage.wang, "0412998877", today=stage.today)
    mine = stage.volunteers["wang"]

    def known(session: Session) -> None:
        serve(session, mine, 4, stage.today, f"陪{NAME}就医")
        session.get_one(Volunteer, mine).guardian_phone = GUARDIAN_PHONE
        raised = {"raised_on": stage.today, "raised_by": NAME, "words": f"{NAME}少记了"}
        session.add(Appeal(account_id=stage.wang, answered_on=stage.today, **raised))

    stage.do(known)
    _leave(stage)
    _erase(stage)

    assert found_in(stage.clerk.database, (NAME, GUARDIAN_PHONE, "0412998877")) == set()
    assert (stage.points(stage.wang), stage.points(stage.li)) == (0, 12)
    assert stage.ask("SELECT sum(half_hours) FROM hour_entry") == [(4,)]
    assert any("已抹去家楼道清扫" in words for words, _, _ in stage.lines(stage.wang))
    stage.check_books()
    assert stage.clerk.see(journal.verify_chain) == []


def test_whoever_got_points_names_the_erased_no_more_though_notes_of_others_stay(
    stage: Stage,
) -> None:
    stage.earn(stage.wang, 12)
    stage.now(points_accounts.transfer, stage.wang, stage.li, 12, reason="给老伴")
    _leave(stage)
    told = {"typed_name": NAME, "reason": "迁出满三年", "elsewhere": False}
    stage.now(erasing.erase, stage.people["wang"], **told)
    assert stage.lines(stage.li) == [("转入 已抹去 转来，给老伴", 12, 12)]


def test_points_that_are_left_and_what_is_open_come_first(stage: Stage) -> None:
    stage.earn(stage.wang, 12)
    stage.claim(stage.wang, "建议被采纳")
    raised = {"raised_on": stage.today, "raised_by": NAME, "words": "少记了"}
    stage.do(lambda s: s.add(Appeal(account_id=stage.wang, **raised)))
    _leave(stage)

    told = _blockers(stage)

    assert "还有 12 分" in told
    assert "1 笔积分没有复核" in told
    assert "1 件积分申诉没有答复" in told


def test_a_card_of_an_erased_person_opens_nothing(stage: Stage) -> None:
    code = stage.do(points_cards.issue_card, stage.wang, today=stage.today)
    _leave(stage)
    _erase(stage)

    assert stage.clerk.look_up(lambda look: points_cards.account_by_card(look, code)) is None
    assert stage.clerk.see(lambda s: s.get_one(PointsCard, 1).code) == "已抹去1"
