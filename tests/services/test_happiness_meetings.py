"""What 议事 brings to the 幸福账单, and what is late on the list of the grid and the secretary."""

from datetime import date

import pytest

from app.models import Verdict
from app.services import (
    due_today,
    evaluations,
    happiness,
    happiness_meetings,
    happiness_paper,
    periods,
    resolution_life,
    resolutions,
)
from app.services.evaluations import EvaluationInput
from app.services.happiness_meetings import Talked
from app.services.happiness_paper import BillWish
from app.services.papers import Printing
from app.services.resolution_life import StepInput
from app.services.resolutions import Charge
from app.storage.engine import Database
from app.values.rights import Actor, Right
from tests.services.resolution_stage import Matter3, matter_on, put_matter

OCTOBER, NOVEMBER = periods.month(date(2026, 10, 1)), periods.month(date(2026, 11, 1))


@pytest.fixture
def matter(database: Database) -> Matter3:
    return matter_on(database)


def finished(matter: Matter3, words: str = "陈桂芳家 6-2-301 门前的灯亮了") -> int:
    key = matter.make() or 0
    entered = StepInput(on_date=date(2026, 11, 20), words=words)
    matter.do(resolution_life.finish, key, entered, now=matter.stage.now)
    for who, verdict in (("chen", Verdict.GOOD), ("li", Verdict.FAIR)):
        said = EvaluationInput(
            resident_id=matter.stage.people[who], on_date=matter.stage.today, verdict=verdict
        )
        matter.do(evaluations.evaluate, key, said)
    return key


def test_each_counts_in_the_period_of_its_own_day(matter: Matter3) -> None:
    finished(matter)
    put_matter(matter.stage, number=13).make()
    look = matter.stage.look
    assert look(happiness_meetings.talked, OCTOBER) == Talked(raised=2)
    assert look(happiness_meetings.talked, NOVEMBER) == Talked(made=2, done=1, good=1, fair=1)
    two = [matter.stage.grids["two"]]
    assert look(happiness_meetings.talked, NOVEMBER, two) == Talked()


def test_the_sentence_tells_what_there_is_and_nothing_where_there_is_nothing() -> None:
    assert Talked().words == ""
    assert Talked(raised=2).words == "居民提议题 2 件，会上定了 0 项，办成 0 项。"
    told = Talked(raised=2, made=2, done=1, good=1, fair=1, bad=1).words
    assert told.endswith("办成 1 项，评议 3 人，满意和基本满意 2 人。")


def test_the_poster_lists_what_was_done_without_names_and_homes(matter: Matter3) -> None:
    finished(matter)
    wish, printing = BillWish(period=NOVEMBER), Printing("赵敏", matter.stage.now)
    paper = matter.stage.see(happiness_paper.bill_paper, wish, printing)
    assert (
        paper.talked
        == "居民提议题 0 件，会上定了 1 项，办成 1 项，评议 2 人，满意和基本满意 2 人。"
    )
    [line] = paper.matters
    assert (line.matter, line.way) == ("楼道没有灯", "第 4 次居民代表会议商定")
    assert line.result.startswith("陈*芳家 6 号楼")
    assert "301" not in line.result
    assert paper.solved == 1
    bill = matter.stage.look(happiness.bill, NOVEMBER, today=matter.stage.today)
    assert bill.talked.done == 1


def test_what_tells_of_somebody_in_need_stays_off_the_board_and_is_counted(
    matter: Matter3,
) -> None:
    finished(matter)
    named = "SELECT min(id) FROM category WHERE name = '民生救助'"
    matter.stage.tamper(f"UPDATE topic SET category_id = ({named})")
    wish, printing = BillWish(period=NOVEMBER), Printing("赵敏", matter.stage.now)
    paper = matter.stage.see(happiness_paper.bill_paper, wish, printing)
    assert (paper.matters, paper.solved) == ((), 1)


def test_what_is_late_or_due_today_is_said_to_whoever_carries_it_out(matter: Matter3) -> None:
    others = [put_matter(matter.stage, number=number) for number in (13, 14)]
    keys = [one.make() or 0 for one in (matter, *others)]
    for key, day in zip(keys, (18, 21, 30), strict=True):
        matter.do(resolutions.charge, key, Charge(due_on=date(2026, 11, day)))
    look, today = matter.stage.look, matter.stage.today
    assert look(due_today.resolutions, today=today) == "决议 1 项超期，1 项今天到期"
    rights = frozenset({Right.VIEW_MEETINGS, Right.CARRY_OUT})
    other = Actor("网格员", "网格员", rights, frozenset({matter.stage.grids["two"]}))
    assert look(due_today.resolutions, today=today, by=other) == ""
    now = matter.stage.now
    matter.do(resolution_life.stop, keys[0], "不用办了", now=now)
    assert look(due_today.resolutions, today=today) == "决议 1 项今天到期"
