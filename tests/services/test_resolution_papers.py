"""What stands on 决议, 办理进度 and the one sheet: all of it, in order, and nobody in the clear."""

from datetime import date

import pytest

from app.models import Action, Attendee, AttendWay, Capacity, Change, Verdict
from app.services import (
    evaluations,
    matter_paper,
    resolution_life,
    resolution_notice,
    resolution_papers,
    resolutions,
)
from app.services.evaluations import EvaluationInput
from app.services.matter_paper import MatterWish
from app.services.papers import Printing
from app.services.progress import StepInput
from app.services.public_words import is_name
from app.services.resolution_notice import NoticeWish
from app.services.resolutions import Charge
from app.storage.engine import Database
from tests.services.resolution_stage import HELD, Matter3, matter_on, put_matter


@pytest.fixture
def matter(database: Database) -> Matter3:
    return matter_on(database)


@pytest.fixture
def made(matter: Matter3) -> int:
    return matter.make() or 0


def sheet(matter: Matter3, **wish: object) -> "matter_paper.MatterSheet":
    wanted = MatterWish(topic_id=matter.topic_id, **wish)  # type: ignore[arg-type]  # by name
    printing = Printing("赵敏", matter.stage.now)
    found: matter_paper.MatterSheet = matter.stage.see(matter_paper.matter_sheet, wanted, printing)
    return found


def walked(matter: Matter3, made: int, photos: int = 1) -> None:
    """Through 公示 and two steps until those concerned were asked."""
    given = Charge(owner="李建国", due_on=date(2026, 12, 15), budget=18_600_00)
    matter.do(resolutions.charge, made, given)
    wish = NoticeWish(days=15, posted_on=HELD)
    now = matter.stage.now
    matter.do(resolution_notice.publish, made, wish, now=now)
    pictures = [f"before {n}".encode() for n in range(photos)]
    first = StepInput(
        on_date=date(2026, 11, 18), words="陈桂芳家 6-2-301 门前装好", photos=pictures
    )
    matter.do(resolution_life.step, made, first, now=now)
    last = StepInput(on_date=date(2026, 11, 21), words="灯都亮了", photos=[b"after"])
    matter.do(resolution_life.finish, made, last, now=now)
    said = EvaluationInput(
        resident_id=matter.stage.people["chen"], on_date=date(2026, 11, 21), verdict=Verdict.GOOD
    )
    matter.do(evaluations.evaluate, made, said)


def test_the_sheet_goes_from_the_word_to_what_those_concerned_say(
    matter: Matter3, made: int
) -> None:
    walked(matter, made)
    found = sheet(matter)
    assert [one.title for one in found.steps] == [
        "居民提事（纸条）",
        "1 人联名",
        "立题",
        "第 4 次居民代表会议",
        "表决通过",
        "决议 决-2026-001",
        "公示",
        "进展",
        "办结",
        "群众评议",
    ]
    assert list(dict.fromkeys(one.part for one in found.steps)) == [
        "一、居民提事",
        "二、民主议事",
        "三、集体决策",
        "四、落实",
    ]
    assert found.standing == "2026年10月12日提出，2026年11月21日办结，历时 40 天。"
    assert [one.photos for one in found.steps if one.photos] == [(b"before 0",), (b"after",)]


def test_how_far_a_step_came_stands_in_its_title(matter: Matter3, made: int) -> None:
    half = StepInput(on_date=date(2026, 11, 18), words="装完 3 号楼", percent=50)
    matter.do(resolution_life.step, made, half, now=matter.stage.now)
    last = sheet(matter).steps[-1]
    assert (last.title, last.words, last.detail) == ("进展 50%", "装完 3 号楼", "")


def test_nobody_stands_on_it_in_the_clear(matter: Matter3, made: int) -> None:
    walked(matter, made)
    found = sheet(matter)
    texts = [found.title, found.facts, found.standing]
    texts += [text for one in found.steps for text in (one.title, one.words, one.detail)]
    written = "\n".join(texts)
    for words in ("陈桂芳", "李建国", "13812340612", "6-2-301", "2 单元"):
        assert words not in written
    assert "陈*芳：" in written
    assert "138 **** 0612" in written


def test_of_many_pictures_the_first_and_the_latest_stand_on_it(matter: Matter3, made: int) -> None:
    walked(matter, made, photos=6)
    shown = [photo for one in sheet(matter).steps for photo in one.photos]
    assert shown == [b"before 0", b"before 4", b"before 5", b"after"]
    assert not any(one.photos for one in sheet(matter, photos=False).steps)


def test_a_matter_that_goes_on_says_how_long_it_has_taken(matter: Matter3, made: int) -> None:
    assert made
    assert sheet(matter).standing == "2026年10月12日提出，现在落实中，已经 40 天。"


def test_an_end_that_did_not_hold_stays_a_step_of_its_own(matter: Matter3, made: int) -> None:
    now = matter.stage.now
    early = StepInput(on_date=date(2026, 11, 15), words="装完了")
    matter.do(resolution_life.finish, made, early, now=now)
    matter.do(resolution_life.again, made, "5 号楼不亮", now=now)
    late = StepInput(on_date=date(2026, 11, 21), words="都亮了")
    matter.do(resolution_life.finish, made, late, now=now)
    told = [(one.title, one.words) for one in sheet(matter).steps][-3:]
    assert told == [
        ("进展", "办结：装完了"),
        ("进展", "重新办理：5 号楼不亮"),
        ("办结", "都亮了"),
    ]


def test_the_resolution_has_its_rule_and_who_sees_to_it(matter: Matter3, made: int) -> None:
    walked(matter, made)
    found = matter.stage.see(resolution_papers.paper, made)
    assert (found.body, found.number) == ("望海社区第六届居民代表会议", "决-2026-001")
    assert found.attendance == "应到 61 人，表决时到会 43 人。"
    assert found.article == "第二十九条"
    assert found.charge == "责任人：李建国；2026年12月15日前办结；所需经费 18,600.00 元。"


def test_the_progress_hangs_on_the_board_without_names(matter: Matter3, made: int) -> None:
    walked(matter, made)
    printing = Printing("赵敏", matter.stage.now)
    [line] = matter.stage.see(resolution_papers.progress, [made], printing).lines
    assert (line.owner, line.said, line.state) == ("李*国", "满意 1 人", "已评议")
    assert line.latest == "11-21 办结：灯都亮了"


def test_what_was_printed_is_put_on_record(matter: Matter3, made: int) -> None:
    matter.stage.do(resolution_papers.note_printed, [made])
    matter.stage.do(matter_paper.note_printed, matter.topic_id)
    told = matter.stage.ask(
        f"SELECT table_name, row_id FROM {Change.__tablename__}"
        f" WHERE action = '{Action.PRINTED.value}' ORDER BY id"
    )
    assert told == [("resolution", made), ("topic", matter.topic_id)]


def test_a_team_is_no_name_and_somebody_with_four_characters_is() -> None:
    assert is_name("欧阳明月")
    assert is_name("阿迪力·买买提")
    assert not is_name("板凳评议团")


def test_an_opinion_says_who_was_there_and_asks_for_no_majority(matter: Matter3) -> None:
    other = put_matter(matter.stage, matter.stage.forum, number=13)
    for seat in matter.stage.members(matter.stage.forum)[:2]:
        matter.stage.put(
            Attendee,
            meeting_id=other.meeting_id,
            capacity=Capacity.MEMBER,
            body_member_id=seat,
            name="到会的人",
            way=AttendWay.TYPED,
            came_at=matter.stage.now,
        )
    key = matter.stage.do(resolutions.make, other.item_id, None, now=matter.stage.now)
    found = matter.stage.see(resolution_papers.paper, key)
    assert (found.kind, found.result, found.article) == ("协商意见", "", "")
    assert found.attendance.endswith("实到 2 人。")


def test_owners_take_part_without_coming_together(matter: Matter3, made: int) -> None:
    matter.stage.tamper("UPDATE vote SET area_members = 70000, area_voters = 50000")
    found = matter.stage.see(resolution_papers.paper, made)
    assert found.attendance == "业主 61 人，参加表决 43 人。"
