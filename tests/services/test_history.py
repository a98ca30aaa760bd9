"""The journal read back: histories in words, and taking operations back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Base,
    Building,
    Dwelling,
    Household,
    Notice,
    Resident,
    ResidentEvent,
    ResidentTag,
    SearchKey,
)
from app.services import bulk, events, history, households, resident_forms, tags
from app.storage import journal
from app.values.masking import tail_id
from tests.services.conftest import Clerk, id_number

NUMBER = id_number(date(1948, 3, 6), man=False, serial=91)
TABLES: tuple[type[Base], ...] = (
    *(Building, Dwelling, Household, Resident, ResidentTag, ResidentEvent),
)


def _snapshot(clerk: Clerk) -> dict[str, Any]:
    """Every row as it stands, without version counters, and all search keys."""
    found: dict[str, Any] = {}
    with clerk.database.reading() as session:
        for model in TABLES:
            rows = session.execute(select(model.__table__)).mappings()
            found[model.__tablename__] = {
                row["id"]: {key: value for key, value in row.items() if key != "version"}
                for row in rows
            }
        found["keys"] = {(key.token, key.resident_id) for key in session.scalars(select(SearchKey))}
        assert journal.verify_chain(session) == []
    return found


def _sentences(lines: Iterable[history.HistoryLine]) -> list[str]:
    return [line.sentence for line in lines]


@pytest.fixture
def lan(clerk: Clerk) -> int:
    return clerk.add(
        "王秀兰",
        document_number=NUMBER,
        phone="13812340611",
        address="3-2-301",
        new_household=True,
    )


def test_a_history_tells_what_changed_and_masks_numbers(clerk: Clerk, lan: int) -> None:
    tag = clerk.tag_id("独居老人")
    clerk.change(lan, phone="13812340612")
    clerk.change(lan, address="6-1-204", note="常外出")
    clerk.change(lan, note="")
    clerk.do("加标签", lambda s: tags.give(s, [lan], tag, since=clerk.today))
    clerk.do("去标签", lambda s: tags.end(s, [lan], tag, until=clerk.today))
    lines = clerk.see(lambda s: history.of_record(s, Resident, lan))
    assert _sentences(lines) == [
        "结束标签「独居老人」",
        "加标签「独居老人」",
        "清空备注（原为 常外出）",
        "现住址 3 号楼 2 单元 301 改为 6 号楼 1 单元 204；填入备注 常外出",
        f"电话 {tail_id('0611')} 改为 {tail_id('0612')}",
        "新增居民 王秀兰",
    ]
    assert (lines[0].who, lines[0].at) == ("王书记", clerk.now)
    assert _sentences(clerk.see(lambda s: history.of_record(s, Resident, lan, limit=1))) == [
        "结束标签「独居老人」"
    ]


def test_departures_are_told_once(clerk: Clerk, lan: int) -> None:
    outcome = clerk.do(
        "迁出", lambda s: events.move_out(s, lan, on_date=clerk.today, now=clerk.now)
    )
    clerk.do("撤回", lambda s: events.take_back(s, outcome.event_id, now=clerk.now))
    lines = clerk.see(lambda s: history.of_record(s, Resident, lan, limit=2))
    assert _sentences(lines) == ["撤回迁出", "迁出（2026-11-21）"]


def test_other_records_have_histories_too(clerk: Clerk) -> None:
    def write(session: Any) -> int:
        notice = Notice(
            title="停水", body="明天", signed_by="望海社区", dated=clerk.today, saved_at=clerk.now
        )
        session.add(notice)
        session.flush()
        return int(notice.id)

    key = clerk.do("写通知", write)
    clerk.do("改通知", lambda s: setattr(s.get(Notice, key), "title", "停电"))
    lines = clerk.see(lambda s: history.of_record(s, Notice, key))
    assert _sentences(lines) == ["标题 停水 改为 停电", "写通知"]


def _changes(clerk: Clerk, lan: int) -> list[Any]:
    """Everything an office does to a person, each to be taken back."""
    home = clerk.household_of(lan)
    son = clerk.add("李强", address="3-2-301", household_id=home, relation="子")
    tag = clerk.tag_id("独居老人")
    today, now = clerk.today, clerk.now
    return [
        lambda: clerk.change(lan, phone="13812340612", address="9-9-909", tag_ids=(tag,)),
        lambda: clerk.change(lan, household_id=None, new_household=True),
        lambda: clerk.add("周永福", address="12-1-101", new_household=True, tag_ids=(tag,)),
        lambda: clerk.do("死亡", lambda s: events.die(s, lan, on_date=today, now=now)),
        lambda: clerk.do("换户主", lambda s: households.change_head(s, home, son)),
        lambda: clerk.do(
            "分户",
            lambda s: households.split(
                s, [son], head_id=son, address="8-8-808", on_date=today, now=now
            ),
        ),
        lambda: clerk.do("搬迁", lambda s: households.move(s, home, "7-7-707")),
        lambda: clerk.do("标签", lambda s: tags.give(s, [lan, son], tag)),
    ]


@pytest.mark.parametrize("number", range(8))
def test_undo_brings_back_every_row_and_redo_every_change(
    clerk: Clerk, lan: int, number: int
) -> None:
    change = _changes(clerk, lan)[number]
    before = _snapshot(clerk)
    change()
    after = _snapshot(clerk)
    assert after != before
    undone = clerk.undo_last()
    assert undone.kept == ()
    assert undone.restored > 0
    assert _snapshot(clerk) == before
    last = clerk.see(history.recent)[0]
    clerk.do("重做", lambda s: history.undo(s, last.id))
    assert _snapshot(clerk) == after


def test_all_of_it_can_be_taken_back_one_by_one(clerk: Clerk, lan: int) -> None:
    changes = _changes(clerk, lan)
    clerk.find("王")
    snapshots = []
    for change in (changes[0], changes[2], changes[7], changes[3]):
        snapshots.append(_snapshot(clerk))
        change()
    for expected in reversed(snapshots):
        assert clerk.undo_last().kept == ()
        assert _snapshot(clerk) == expected


def test_what_was_changed_since_is_kept_and_named(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    first = clerk.see(history.last_undoable)
    clerk.change(lan, phone="13812340613")
    undone = clerk.do("撤销", lambda s: history.undo(s, first.id))
    assert [(kept.table_label, kept.name, kept.reason) for kept in undone.kept] == [
        ("居民", "王秀兰", "后来又改过")
    ]
    assert undone.sentence == "已撤销，恢复了 0 条记录；1 条后来又改过，保持现状。"
    assert clerk.get(lan, "phone") == "13812340613"


def test_another_field_changed_since_does_not_stand_in_the_way(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    first = clerk.see(history.last_undoable)
    clerk.change(lan, note="后来")
    clerk.do("撤销", lambda s: history.undo(s, first.id))
    assert clerk.get(lan, "phone", "note") == ("13812340611", "后来")


def test_a_form_opened_before_an_undo_cannot_write_over_it(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    entered, version = clerk.see(lambda s: resident_forms.input_of(s, lan))
    clerk.undo_last()
    with pytest.raises(ChangedMeanwhile):
        clerk.do(
            "修改",
            lambda s: resident_forms.update(s, lan, entered, version=version, now=clerk.now),
        )


def test_a_newcomer_who_got_a_tag_since_is_kept(clerk: Clerk, lan: int) -> None:
    first = clerk.see(history.last_undoable)
    clerk.do("标签", lambda s: tags.give(s, [lan], clerk.tag_id("低保")))
    undone = clerk.do("撤销", lambda s: history.undo(s, first.id))
    assert [(kept.name, kept.reason) for kept in undone.kept] == [("王秀兰", "后来又有了新的记录")]
    assert clerk.counts() == (1, 1)


def test_an_operation_is_taken_back_once(clerk: Clerk, lan: int) -> None:
    operation = clerk.see(history.last_undoable)
    clerk.undo_last()
    with pytest.raises(DomainError, match="已经撤销过"):
        clerk.do("撤销", lambda s: history.undo(s, operation.id))
    assert clerk.see(history.last_undoable) is None


def test_an_id_that_was_taken_back_is_given_to_nobody_else(clerk: Clerk, lan: int) -> None:
    def write(session: Any) -> int:
        notice = Notice(title="停水", body="明天", signed_by="社区", dated=clerk.today)
        notice.saved_at = clerk.now
        session.add(notice)
        session.flush()
        return int(notice.id)

    def lines(model: type[Base]) -> set[int]:
        return set(clerk.see(lambda s: s.scalars(select(model.id)).all()))  # type: ignore[attr-defined]

    tag = clerk.tag_id("低保")
    steps = {
        Notice: lambda: clerk.do("写通知", write),
        ResidentTag: lambda: clerk.do("标签", lambda s: tags.give(s, [lan], tag)),
        ResidentEvent: lambda: clerk.do(
            "迁出", lambda s: events.move_out(s, lan, on_date=clerk.today, now=clerk.now)
        ),
    }
    for model, step in steps.items():
        step()
        first = lines(model)
        clerk.undo_last()
        step()
        assert lines(model).isdisjoint(first), model
        clerk.undo_last()


def test_many_new_rows_of_one_step_follow_each_other(clerk: Clerk, lan: int) -> None:
    son = clerk.add("李强")
    tag = clerk.tag_id("低保")
    clerk.do("标签", lambda s: tags.give(s, [lan, son], tag))
    clerk.undo_last()
    clerk.do("标签", lambda s: (tags.give(s, [lan], tag), tags.give(s, [son], tag)))
    assert clerk.see(lambda s: s.scalars(select(ResidentTag.id)).all()) == [3, 4]


def test_tags_of_an_import_are_not_told_of_the_wrong_person(clerk: Clerk, lan: int) -> None:
    son = clerk.add("李强")
    rows = [(1, lan, clerk.tag_id("残疾人")), (2, son, clerk.tag_id("低保"))]
    columns = ("id", "resident_id", "tag_id")
    clerk.do("导入 名册", lambda s: bulk.insert_rows(s, ResidentTag, columns, rows))
    lines = clerk.see(lambda s: history.of_record(s, Resident, son))
    assert _sentences(lines)[0] == "导入 名册"


def test_a_tag_for_somebody_who_was_just_taken_back_is_refused_in_words(
    clerk: Clerk, lan: int
) -> None:
    clerk.undo_last()
    with pytest.raises(DomainError, match="有 1 人的资料刚被撤销或删除"):
        clerk.do("标签", lambda s: tags.give(s, [lan], clerk.tag_id("低保")))


def test_after_a_redo_it_can_be_taken_back_again(clerk: Clerk, lan: int) -> None:
    operation = clerk.see(history.last_undoable)
    for expected in ((0, 0), (1, 1), (0, 0), (1, 1)):
        line = clerk.see(history.recent)[0]
        clerk.do("撤销", lambda s, key=line.id: history.undo(s, key))
        assert clerk.counts() == expected
    lines = {line.id: line.undone for line in clerk.see(history.recent)}
    assert lines[operation.id] is False


def test_the_start_of_an_office_and_mere_looks_are_not_taken_back(clerk: Clerk) -> None:
    (start,) = clerk.see(history.recent)
    assert not start.undoable
    with pytest.raises(DomainError, match="不能撤销"):
        clerk.do("撤销", lambda s: history.undo(s, start.id))
    with pytest.raises(DomainError, match="没有找到"):
        clerk.do("撤销", lambda s: history.undo(s, 99))


def test_recent_operations_come_in_pages(clerk: Clerk) -> None:
    for number in range(5):
        clerk.add(f"王{'一二三四五'[number]}")
    first = clerk.see(lambda s: history.recent(s, limit=3))
    second = clerk.see(lambda s: history.recent(s, limit=3, before_id=first[-1].id))
    assert [line.sentence for line in (*first, *second)][:5] == [
        f"新增居民 王{name}" for name in "五四三二一"
    ]
    assert first[0].rows == 1


def test_a_new_person_does_not_inherit_the_history_of_one_taken_back(clerk: Clerk) -> None:
    gone = clerk.add("周永福")
    clerk.undo_last()

    new = clerk.add("王建国")

    assert new != gone
    lines = clerk.see(lambda s: history.of_record(s, Resident, new))
    assert [line.sentence for line in lines] == ["新增居民 王建国"]
