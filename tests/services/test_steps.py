"""刚才做了什么: the list of steps, and taking back several of them as one."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError, Refused
from app.models import Action, Change, Operation, Resident
from app.services import (
    erasing,
    events,
    grids,
    history,
    merging,
    resident_forms,
    search_keys,
    steps,
    tags,
)
from app.services.resident_input import ResidentInput
from app.services.standing import STEPS
from app.services.steps import IMPORTED_FILE, REDO, UNDO, UNDO_WHOLE, Step, Steps
from app.services.undo import undo_all
from app.storage import journal
from app.ui.recent.taking_back import Wish, try_out
from app.values.rights import DEFAULTS, Actor, Right
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer


def _list(clerk: Clerk, limit: int = 100, **how: Any) -> list[Step]:
    found, lines = Steps(**how), []
    while not found.complete:
        lines.extend(clerk.see(lambda s: found.page(s, limit)))
    return lines


def _undo(clerk: Clerk, *lines: Step) -> history.Undone:
    undone: history.Undone = clerk.do(
        "一起退回", lambda s: undo_all(s, [line.target for line in lines])
    )
    return undone


@pytest.fixture
def lan(clerk: Clerk) -> int:
    return clerk.add("王秀兰", phone="13812340611", address="3-2-301", new_household=True)


def test_a_step_is_a_line_with_the_verb_that_takes_it_back(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    changed, added, start = _list(clerk)
    assert (changed.sentence, changed.who, changed.verb) == (
        "修改居民 王秀兰 的电话",
        "王书记",
        UNDO,
    )
    assert (added.sentence, added.verb, added.area) == ("新增居民 王秀兰", UNDO, "居民")
    assert added.note == "其中 1 条后来改过，会留下并列出"
    assert (start.verb, start.note) == ("", "不能撤销：这是建立资料时放入的")


def test_what_was_changed_again_says_by_which_step(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    clerk.change(lan, phone="13812340613")
    second, first, *_ = _list(clerk)
    assert second.verb == UNDO
    assert first.verb == ""
    assert first.note == "不能撤销：后来又改过（11-21 09:30 王书记“修改居民 王秀兰 的电话”）"


def test_another_field_of_the_same_row_does_not_stand_in_the_way(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    clerk.change(lan, note="常外出")
    assert [line.verb for line in _list(clerk)[:2]] == [UNDO, UNDO]


def test_several_steps_are_taken_back_as_one_and_come_back_as_one(clerk: Clerk, lan: int) -> None:
    for number in range(2, 5):
        clerk.change(lan, phone=f"1381234061{number}")
    clerk.add("李强")
    latest = _list(clerk)[:4]
    # Only the last change of the telephone could go alone; together all of them can.
    undone = _undo(clerk, *(line for line in latest if line.undoable))
    assert undone.kept == ()
    ids = [line.id for line in latest]
    clerk.do("重做", lambda s: history.undo(s, _list(clerk)[0].id))
    undone = clerk.do("全部", lambda s: undo_all(s, ids))
    assert undone.kept == ()
    assert clerk.get(lan, "phone") == "13812340611"
    assert clerk.counts() == (1, 1)
    line, *others = _list(clerk)
    assert (line.verb, [one.verb for one in others if one.id in ids]) == (REDO, [REDO] * 4)
    assert "（和另外 3 步一起）" in next(one for one in others if one.id in ids).note
    with clerk.database.reading() as session:
        assert session.get_one(Operation, line.id).details[STEPS] == ids
        assert journal.verify_chain(session) == []
    clerk.do("重做", lambda s: history.undo(s, line.id))
    assert clerk.get(lan, "phone") == "13812340614"
    assert clerk.counts() == (2, 1)


def test_one_step_that_cannot_go_keeps_all_of_them(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    lines = _list(clerk)
    with pytest.raises(DomainError, match="建立资料时放入"):
        clerk.do("一起", lambda s: undo_all(s, [line.id for line in lines]))
    assert clerk.get(lan, "phone") == "13812340612"
    assert len(_list(clerk)) == len(lines)


def test_an_undone_step_offers_redo_until_it_was_done_again(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    clerk.undo_last()
    undo, change, *_ = _list(clerk)
    assert (undo.verb, change.verb, change.undone) == (REDO, REDO, True)
    assert undo.target == change.target == undo.id
    assert change.note == "11-21 09:30 王书记已撤销"
    _undo(clerk, undo)
    redo, undo, change, *_ = _list(clerk)
    assert (redo.verb, undo.verb, change.verb) == ("", "", UNDO)
    _undo(clerk, change)
    assert clerk.get(lan, "phone") == "13812340611"


def test_undo_of_undo_of_undo_leaves_nothing_behind(clerk: Clerk, lan: int) -> None:
    tag = clerk.tag_id("低保")
    clerk.do("标签", lambda s: tags.give(s, [lan], tag))
    for round_ in range(6):
        line = next(one for one in _list(clerk) if one.target)
        undone = _undo(clerk, line)
        assert undone.kept == ()
        assert len(clerk.find("低保")) == round_ % 2


def test_a_row_that_an_undo_left_is_not_taken_away_by_the_next_one(clerk: Clerk) -> None:
    def note_both(session: Session) -> None:
        for one in (lan, son):
            session.get_one(Resident, one).note = "常外出"

    lan, son = clerk.add("王秀兰"), clerk.add("李强")
    clerk.do("两人都记上", note_both)
    clerk.change(lan, note="长住外地")
    third, both, _, add, *_ = _list(clerk)
    undone = _undo(clerk, both)
    assert undone.restored == 1
    assert undone.kept[0].by == "11-21 09:30 王书记“修改居民 王秀兰 的备注”"
    assert _undo(clerk, third).kept == ()
    # Now 王秀兰 is as the second step made her, and that step was not taken back for her.
    undone = clerk.do("撤销", lambda s: history.undo(s, add.id))
    assert [one.reason for one in undone.kept] == ["后来又改过"]
    assert (clerk.get(lan, "note"), clerk.get(son, "note")) == ("常外出", None)


def test_looks_and_prints_are_listed_only_when_asked_for(clerk: Clerk, lan: int) -> None:
    clerk.do("查看电话", lambda s: journal.record_look(s, Action.LOOKED, Resident, [lan]))
    assert "查看电话" not in [line.sentence for line in _list(clerk)]
    look = _list(clerk, looks=True)[0]
    assert (look.sentence, look.verb, look.rows, look.stays) == ("查看电话", "", 0, False)


def test_what_another_did_is_his_or_the_secretarys_to_take_back(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    worker = Actor("赵敏", "社工", DEFAULTS["社工"])
    clerk.database.act_as(worker)
    clerk.change(lan, note="常外出")
    own, others, *_ = _list(clerk)
    assert (own.verb, others.verb) == (UNDO, "")
    assert others.note == "这是王书记做的，请本人或书记来撤销"
    assert clerk.see(steps.next_undo).id == own.id
    with pytest.raises(Refused, match="这是王书记做的"):
        clerk.do("撤销", lambda s: history.undo(s, others.id))
    clerk.database.act_as(Actor("李书记", "书记", frozenset(Right)))
    assert {line.verb for line in _list(clerk)[:3]} == {UNDO}


def test_a_grid_member_is_not_told_what_others_did(clerk: Clerk) -> None:
    grid = clerk.do("新网格", lambda s: grids.add(s, number=1, name="第一网格"))
    lan = clerk.add("王秀兰", grid_id=grid)
    member = Actor("孙丽", "网格员", DEFAULTS["网格员"], grids=frozenset({grid}))
    clerk.database.act_as(member)
    clerk.change(lan, phone="13812340611")
    clerk.database.act_as(Actor("王书记", "书记"))
    clerk.change(lan, phone="13812340612")
    clerk.database.act_as(member)
    (own,) = _list(clerk)
    assert own.note == "不能撤销：后来又改过（别人做的）"
    assert clerk.see(steps.next_undo) is None


def test_a_paper_with_a_number_offers_to_be_voided_and_then_nothing(clerk: Clerk) -> None:
    issuer = Issuer(clerk)
    key = issuer.printed()
    numbered = next(one for one in _list(issuer.clerk) if one.counter)
    assert (numbered.verb, numbered.counter.row_id, numbered.target) == ("作废", key, 0)
    assert numbered.note == "不能撤销：纸已打印；可以作废，号不再用"
    issuer.step("void", key, reason="写错了")
    offered = [line.counter.table for line in _list(issuer.clerk) if line.counter]
    # The hours that the record speaks of were booked before it, and keep their own way.
    assert offered == ["hour_entry"]


def test_pages_tell_the_same_as_the_whole_list(clerk: Clerk, lan: int) -> None:
    son = clerk.add("李强")
    for number in range(6):
        clerk.change(lan if number % 2 else son, phone=f"1381234060{number}")
    event = clerk.do("迁出", lambda s: events.move_out(s, son, on_date=clerk.today, now=clerk.now))
    clerk.undo_last()
    clerk.do("标签", lambda s: tags.give(s, [lan], clerk.tag_id("低保")))
    assert event is not None
    whole = _list(clerk)
    assert [_list(clerk, limit) for limit in (1, 2, 3, 7)] == [whole] * 4


def test_the_list_is_searched_by_person_deed_and_clerk(clerk: Clerk, lan: int) -> None:
    clerk.add("李强")
    clerk.change(lan, phone="13812340612")
    clerk.change(lan, phone="13812340613")
    found = _list(clerk, search="王秀兰 王书记")
    assert [line.sentence for line in found] == [
        *["修改居民 王秀兰 的电话"] * 2,
        "新增居民 王秀兰",
    ]
    assert _list(clerk, search="50%") == []
    # What the search leaves out still counts: the first change was changed again.
    assert found[1].verb == ""


def test_the_key_and_the_list_agree_on_what_is_next(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, phone="13812340612")
    clerk.add("李强")
    for _ in range(3):
        first = next((line for line in _list(clerk) if line.undoable), None)
        assert clerk.see(history.last_undoable) == first
        clerk.undo_last()
    assert clerk.see(history.last_undoable) is None
    with clerk.database.reading() as session:
        assert session.scalar(select(func.count(Change.id))) > 0


def test_an_import_goes_back_but_for_whom_work_has_gone_on_with(clerk: Clerk) -> None:
    """Edited, merged, erased, with a paper, in the bin: all of it since the import."""
    issuer = Issuer(clerk)
    with clerk.database.transaction("导入 台账.xlsx") as session:
        people = [_enter(session, clerk, number) for number in range(40)]
        journal.set_details(session, {IMPORTED_FILE: "台账.xlsx"})
    line = _list(clerk)[0]
    assert line.verb == UNDO_WHOLE
    for one in people[:5]:
        clerk.change(one, note="后来核对过")
    clerk.do("合并", lambda s: merging.merge(s, people[6], people[7], now=clerk.now))
    issuer.printed(resident_id=people[8])
    gone = people[9]
    clerk.do("迁出", lambda s: events.move_out(s, gone, on_date=clerk.today, now=clerk.now))
    clerk.do(
        "抹去",
        lambda s: erasing.erase(
            s, gone, typed_name=clerk.get(gone, "name"), reason="本人要求", now=clerk.now
        ),
    )
    clerk.do("删", lambda s: resident_forms.delete(s, people[10], now=clerk.now))

    undone = _undo(clerk, line)

    stay = {*people[:5], *people[6:11]}
    assert set(clerk.see(lambda s: s.scalars(select(Resident.id)).all())) == stay
    assert {one.reason for one in undone.kept} <= {"后来又改过", "后来又有了新的记录"}
    assert len(undone.kept) >= len(stay) - 1
    assert not clerk.see(lambda s: list(search_keys.strays(s)))
    clerk.do("重做", lambda s: history.undo(s, _list(clerk)[0].target))
    assert clerk.see(lambda s: s.scalar(select(func.count(Resident.id)))) == 40
    with clerk.database.reading() as session:
        assert journal.verify_chain(session) == []


def _enter(session: Session, clerk: Clerk, number: int) -> int:
    place = f"{number // 4 + 1}-1-{number % 4 + 1}01"
    entered = ResidentInput(
        name=f"李{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'一二三四'[number // 10]}",
        document_kind="none",
        address=place,
        new_household=True,
    )
    return resident_forms.add(session, entered, now=clerk.now)


def test_a_cancelled_try_leaves_nothing_and_tells_the_truth(clerk: Clerk, lan: int) -> None:
    lines = _list(clerk)
    outcome = try_out(clerk.database, Wish((lines[0],)))
    assert (outcome.restored, outcome.kept) == (4, ())
    assert clerk.get(lan, "name") == "王秀兰"
    assert _list(clerk) == lines
    assert _undo(clerk, lines[0]).restored == outcome.restored
