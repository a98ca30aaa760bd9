"""专项经费: a book that is never negative, never above a budget, and always adds up."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlcipher3
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from app.errors import DomainError, NotAllowed
from app.models import Project
from app.services import (
    counters,
    fund_papers,
    fund_sources,
    fund_views,
    funds,
    history,
    project_notice,
)
from app.services.fund_sources import SourceInput
from app.services.funds import EntryInput, QuestionedUse
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.services.meeting_stage import Stage, stage_on
from tests.storage.offices import fresh_office

YEAR, BUDGET = 2026, 18_600_00


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = stage_on(fresh_office(tmp_path_factory.mktemp("fund")))
    yield stage
    stage.database.close()


class Fund:
    """A source of its own for each test, with 10,000.00 granted, and a project."""

    def __init__(self, stage: Stage, number: int) -> None:
        self.stage = stage
        named = SourceInput(year=YEAR, name=f"来源{number}", planned=100_000_00)
        self.source: int = stage.do(fund_sources.save, None, named)
        self.project = stage.put(
            Project,
            number=f"项-2026-{number:03}",
            year=YEAR,
            name="楼道照明改造",
            funded=True,
            budget=BUDGET,
            entered_at=stage.now,
        )
        self.grant(10_000_00)

    def line(self, amount: int, words: str = "购买声控灯", **more: Any) -> EntryInput:
        proofs = {"ticket": "0012345", "payee": "光明灯具店", "handled_by": "赵敏"}
        facts = {"project_id": self.project, "approved_by": "周立群", **proofs, **more}
        day = facts.pop("on_date", self.stage.today)
        return EntryInput(source_id=self.source, amount=amount, on_date=day, words=words, **facts)

    def grant(self, amount: int) -> int:
        plain = {"project_id": None, "ticket": "", "payee": "", "approved_by": ""}
        entered = replace(self.line(amount, "拨入上半年经费"), **plain)
        return int(self.stage.do(funds.grant, entered, now=self.stage.now))

    def spend(self, amount: int, words: str = "购买声控灯", **more: Any) -> int:
        entered = self.line(amount, words, **more)
        return int(self.stage.do(funds.spend, entered, now=self.stage.now))

    @property
    def view(self) -> fund_views.SourceView:
        found: fund_views.SourceView = self.stage.look(fund_views.source_of, self.source)
        return found


@pytest.fixture
def fund(office: Stage) -> Fund:
    (count,) = office.ask("SELECT count(*) FROM fund_source")[0]
    return Fund(office, count + 1)


def test_what_is_spent_leaves_the_source_and_the_project(fund: Fund) -> None:
    key = fund.spend(6_000_00)
    assert (fund.view.granted, fund.view.spent, fund.view.balance) == (
        10_000_00,
        6_000_00,
        4_000_00,
    )
    assert fund.stage.look(fund_views.project_of, fund.project).left == BUDGET - 6_000_00
    line = fund.stage.look(fund_views.entry, key)
    assert (line.amount, line.balance, line.payee) == (-6_000_00, 4_000_00, "光明灯具店")


def test_more_than_there_is_is_refused_to_the_cent(fund: Fund) -> None:
    with pytest.raises(DomainError, match=r"结余 10,000\.00 元，不够 10,000\.01 元，差 0\.01 元"):
        fund.spend(10_000_01)
    fund.spend(10_000_00)
    assert fund.view.balance == 0


def test_a_project_is_not_paid_beyond_its_budget(fund: Fund) -> None:
    fund.grant(20_000_00)
    fund.spend(BUDGET - 1)
    with pytest.raises(DomainError, match=r"就超了 0\.01 元"):
        fund.spend(2)
    fund.spend(1)


def test_a_forbidden_use_is_questioned_until_its_reason_is_written(fund: Fund) -> None:
    with pytest.raises(QuestionedUse) as told:
        fund.spend(100_00, "社区办公桌椅")
    assert told.value.word == "办公"
    fund.spend(100_00, "社区办公桌椅", reason="居民议事亭用，居民代表会议议定")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("payee", "收款方"),
        ("ticket", "票据号"),
        ("handled_by", "经手人"),
        ("approved_by", "审批人"),
    ],
)
def test_every_payment_has_its_proofs(fund: Fund, missing: str, words: str) -> None:
    with pytest.raises(DomainError, match=f"请填{words}"):
        fund.spend(100_00, **{missing: " "})


def test_what_is_longer_than_the_book_has_room_for_is_refused_and_not_cut(fund: Fund) -> None:
    with pytest.raises(DomainError, match="“事由”太长，最多 120 个字"):
        fund.spend(1_00, "灯" * 121)
    assert fund.view.spent == 0


def test_who_handles_it_does_not_approve_it(fund: Fund) -> None:
    with pytest.raises(DomainError, match="不能是同一个人"):
        fund.spend(100_00, approved_by="赵敏")


def test_the_same_confirmation_twice_is_one_line(fund: Fund) -> None:
    first = fund.spend(100_00, request_key="k-1")
    assert fund.spend(100_00, request_key="k-1") == first
    assert fund.view.spent == 100_00


def test_a_wrong_line_is_met_by_its_counter_line_once_and_never_undone(fund: Fund) -> None:
    before = fund.stage.see(history.last_undoable)
    key = fund.spend(600_00)
    assert fund.stage.see(history.last_undoable) == before
    offered = fund.stage.see(counters.counter_for, {"fund_entry": key})
    assert offered.verb == "冲正"
    fund.stage.do(funds.reverse, key, reason="金额记错了", now=fund.stage.now)
    assert (fund.view.spent, fund.view.balance) == (0, 10_000_00)
    assert fund.stage.see(counters.counter_for, {"fund_entry": key}) is None
    with pytest.raises(DomainError, match="已经冲正过"):
        fund.stage.do(funds.reverse, key, reason="再冲一次", now=fund.stage.now)


def test_money_that_was_spent_cannot_be_reversed_out_of_the_grant(fund: Fund) -> None:
    fund.spend(9_000_00)
    granted = fund.stage.look(fund_views.entries, YEAR, source_id=fund.source)[0]
    with pytest.raises(DomainError, match="差 9,000"):
        fund.stage.do(funds.reverse, granted.id, reason="拨错了", now=fund.stage.now)


def test_the_file_itself_refuses_a_negative_balance(fund: Fund) -> None:
    with pytest.raises(sqlcipher3.IntegrityError, match="never_negative"):
        fund.stage.tamper(f"UPDATE fund_balance SET balance = -1 WHERE source_id = {fund.source}")


def test_a_source_with_a_book_stays_and_keeps_its_year(fund: Fund) -> None:
    version = fund.view.version
    with pytest.raises(DomainError, match="不能删除"):
        fund.stage.do(fund_sources.remove, fund.source, version=version, now=fund.stage.now)
    other = SourceInput(year=2025, name=fund.view.name)
    with pytest.raises(DomainError, match="年度不能改"):
        fund.stage.do(fund_sources.save, fund.source, other, version=version)


def test_a_project_with_a_notice_of_its_own_keeps_it(office: Stage, fund: Fund) -> None:
    fund.spend(1_000_00)
    other = Fund(office, 99)
    version = office.see(lambda s: s.get_one(Project, fund.project).version)
    own = office.do(project_notice.publish, fund.project, version=version, now=office.now)
    of_year = office.do(fund_papers.publish, YEAR, now=office.now)
    hung = [
        office.see(lambda s, p=p: s.get_one(Project, p).notice_id)
        for p in (fund.project, other.project)
    ]
    assert hung == [own, of_year]


def test_nothing_comes_into_a_source_that_was_taken_back(fund: Fund) -> None:
    stage = fund.stage
    named = SourceInput(year=YEAR, name=f"街道{fund.source}")
    fund.source = stage.do(fund_sources.save, None, named)
    stage.do(fund_sources.remove, fund.source, version=1, now=stage.now)
    with pytest.raises(DomainError, match="没有这个经费来源"):
        fund.grant(1_00)


def test_what_a_payment_should_wait_for_is_told(fund: Fund) -> None:
    fund.spend(100_00)
    told = fund.stage.look(funds.cautions, fund.project)
    assert told == [
        "还没有写明是哪次会议议定的。",
        "还没有审批文号。",
        "付清余款前应先验收。",
    ]


def test_a_grid_member_books_nothing(fund: Fund) -> None:
    sun = Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER])
    with pytest.raises(NotAllowed):
        fund.stage.do(funds.grant, fund.line(1), now=fund.stage.now, by=sun)


@how(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from("gsbr"), st.integers(1, 6_000_00)), max_size=8))
def test_whatever_is_booked_sums_and_balances_agree(
    fund: Fund, work: list[tuple[str, int]]
) -> None:
    acts = {"g": fund.grant, "s": fund.spend, "b": lambda amount: _give_back(fund, amount)}
    for what, amount in work:
        lines = fund.stage.look(fund_views.entries, YEAR, source_id=fund.source)
        try:
            if what == "r":
                fund.stage.do(funds.reverse, lines[-1].id, reason="记错", now=fund.stage.now)
            else:
                acts[what](amount)
        except DomainError:
            continue
    lines = fund.stage.look(fund_views.entries, YEAR, source_id=fund.source)
    view = fund.view
    assert view.balance == sum(line.amount for line in lines) >= 0
    assert view.granted - view.spent - view.returned == view.balance
    assert fund.stage.look(fund_views.project_of, fund.project).spent == view.spent <= BUDGET


def _give_back(fund: Fund, amount: int) -> int:
    entered = replace(fund.line(amount, "结余退回"), project_id=None)
    return int(fund.stage.do(funds.give_back, entered, now=fund.stage.now))
