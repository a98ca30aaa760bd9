"""People entered twice: found, told apart, or made one."""

from datetime import date

import pytest

from app.errors import DomainError
from app.models import Resident
from app.services import events, grids, history, look_alikes, merging, resident_forms, tags
from app.services.resident_input import ResidentInput
from app.values.masking import tail_id
from tests.services.conftest import Clerk, id_number

BORN = date(1985, 7, 12)
NUMBER = id_number(BORN, man=False, serial=31)


def _alike(clerk: Clerk, entered: ResidentInput, **kwargs: int) -> list[look_alikes.LookAlike]:
    found: list[look_alikes.LookAlike] = clerk.see(
        lambda s: look_alikes.look_alikes(s, entered, today=clerk.today, **kwargs)
    )
    return found


@pytest.fixture
def yan(clerk: Clerk) -> int:
    return clerk.add(
        "曲晓燕", document_number=NUMBER, phone="13840910001", address="6-1-204", new_household=True
    )


def test_the_same_number_is_certain_whoever_it_is(clerk: Clerk, yan: int) -> None:
    (found,) = _alike(clerk, ResidentInput(name="曲燕", document_number=f" {NUMBER} "))
    assert (found.id, found.certain) == (yan, True)
    assert NUMBER not in repr(found.lines)


def test_the_same_name_and_birth_date_is_a_likeness(clerk: Clerk, yan: int) -> None:
    other = id_number(BORN, man=False, serial=55)
    entered = ResidentInput(
        name="曲晓燕", sex="女", birth_date=BORN, document_number=other, address="4-2-503"
    )
    (found,) = _alike(clerk, entered)
    assert not found.certain
    assert found.same == ("姓名", "性别", "出生")
    verdicts = {line.label: line.verdict for line in found.lines}
    assert (verdicts["证件号"], verdicts["现住址"], verdicts["手机"]) == ("不同", "不同", "—")


@pytest.mark.parametrize(
    "entered",
    [
        ResidentInput(),
        ResidentInput(name="曲晓燕"),
        ResidentInput(name="曲晓燕", birth_date=date(1985, 7, 13)),
        ResidentInput(name="曲小燕", birth_date=BORN),
        ResidentInput(document_number=NUMBER[:17]),
    ],
)
def test_less_is_no_likeness(clerk: Clerk, yan: int, entered: ResidentInput) -> None:
    assert _alike(clerk, entered) == []


def test_the_family_of_the_likeness_is_a_hint(clerk: Clerk, yan: int) -> None:
    home = clerk.household_of(yan)
    clerk.add("仇志国", household_id=home, relation="公公")
    head = clerk.add("仇志国", address="4-2-503", new_household=True)
    entered = ResidentInput(
        name="曲晓燕", birth_date=BORN, household_id=clerk.household_of(head), relation="儿媳"
    )
    (found,) = _alike(clerk, entered)
    assert found.family == ("仇志国（公公）",)
    assert found.hint == "家人里有「仇志国」，正是您填的这一户的户主。"


def test_who_was_declared_distinct_is_never_asked_about_again(clerk: Clerk, yan: int) -> None:
    other = clerk.add("曲晓燕", birth_date=BORN)
    assert [
        {a.id, b.id} for a, b in clerk.see(lambda s: look_alikes.pairs(s, today=clerk.today))
    ] == [{yan, other}]
    for _ in range(2):
        clerk.do("不是同一人", lambda s: look_alikes.declare_distinct(s, other, yan, now=clerk.now))
    assert _alike(clerk, ResidentInput(name="曲晓燕", birth_date=BORN), exclude_id=other) == []
    assert clerk.see(lambda s: look_alikes.pairs(s, today=clerk.today)) == []


@pytest.fixture
def twice(clerk: Clerk, yan: int) -> tuple[int, int]:
    """The same woman with another half of her data."""
    other = clerk.add(
        "曲晓燕",
        birth_date=BORN,
        phone="13840910002",
        ethnic_group="满族",
        address="4-2-503",
        new_household=True,
        tag_ids=(clerk.tag_id("志愿者"), clerk.tag_id("低保")),
    )
    clerk.do("标签", lambda s: tags.give(s, [yan], clerk.tag_id("低保")))
    clerk.do("迁入", lambda s: events.moved_in(s, other, on_date=date(2026, 5, 1), now=clerk.now))
    clerk.change(other, note="常在海边散步")
    return yan, other


def test_a_merge_fills_gaps_and_keeps_all_history(clerk: Clerk, twice: tuple[int, int]) -> None:
    keep, other = twice
    clerk.do(
        "合并", lambda s: merging.merge(s, keep, other, now=clerk.now, take=frozenset({"phone"}))
    )
    assert clerk.get(keep, "phone", "ethnic_group", "document_number", "note") == (
        "13840910002",
        "满族",
        NUMBER,
        "常在海边散步",
    )
    assert clerk.counts() == (1, 1)
    assert clerk.find("曲晓燕") == [keep]
    assert clerk.find("志愿者") == [keep]
    told = [line.sentence for line in clerk.see(lambda s: history.of_record(s, Resident, keep))]
    assert "填入备注 常在海边散步" in told
    assert any(sentence.startswith("迁入（2026-05-01）") for sentence in told)


def test_a_record_with_only_a_name_takes_everything_over(clerk: Clerk) -> None:
    grid = clerk.do("加网格", lambda s: grids.add(s, number=3, name="第三网格"))
    full = clerk.add(
        "曲晓燕",
        former_name="曲小燕",
        sex="女",
        birth_date=BORN,
        document_number=NUMBER,
        ethnic_group="满族",
        political_status="中共党员",
        education="大学本科",
        marital_status="已婚",
        phone="13840910002",
        other_phones="0411-84641234",
        occupation="教师",
        workplace="望海小学",
        registered_address="普兰店区海湾街道 1 号",
        address="4-2-503",
        new_household=True,
        residence_status="人户一致",
        grid_id=grid,
        consent_on=date(2026, 5, 1),
        checked_on=date(2026, 5, 2),
        note="常在海边散步",
        tag_ids=(clerk.tag_id("志愿者"),),
    )
    told = clerk.see(lambda s: resident_forms.input_of(s, full))[0]
    bare = clerk.add("曲晓燕")

    clerk.do("合并", lambda s: merging.merge(s, bare, full, now=clerk.now))

    assert clerk.see(lambda s: resident_forms.input_of(s, bare))[0] == told


def test_a_merge_is_taken_back_whole(clerk: Clerk, twice: tuple[int, int]) -> None:
    keep, other = twice
    columns = ("phone", "ethnic_group", "note", "household_id", "deleted_at", "merged_into_id")
    before = [clerk.get(one, *columns) for one in twice]
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    assert clerk.undo_last().kept == ()
    assert [clerk.get(one, *columns) for one in twice] == before
    assert sorted(clerk.find("曲晓燕")) == sorted(twice)
    assert clerk.counts() == (2, 2)
    assert clerk.find("志愿者") == [other]


def test_merging_the_head_leaves_the_family_with_another(
    clerk: Clerk, twice: tuple[int, int]
) -> None:
    keep, other = twice
    son = clerk.add("仇小宝", household_id=clerk.household_of(other), relation="子")
    said = clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    assert said == ("户 0002 的户主改为仇小宝。",)
    assert clerk.get(son, "relation") == "户主"


def test_the_preview_says_what_would_come_together(clerk: Clerk, twice: tuple[int, int]) -> None:
    keep, other = twice
    preview = clerk.see(lambda s: merging.preview(s, keep, other))
    told = dict(zip(preview.columns, preview.lines, strict=True))
    assert (told["name"].verdict, told["phone"].verdict) == ("同", "不同")
    assert (told["phone"].entered, told["phone"].existing) == (tail_id("0001"), tail_id("0002"))
    assert told["ethnic_group"].verdict == "—"
    assert preview.moves == ("2 条标签记录一并转过来", "1 条变动记录一并转过来")


def test_nobody_is_merged_with_himself(clerk: Clerk, yan: int) -> None:
    with pytest.raises(DomainError, match="两份不同"):
        clerk.do("合并", lambda s: merging.merge(s, yan, yan, now=clerk.now))
