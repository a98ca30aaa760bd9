"""交接: what is open and where everything is, as the paper for the successor tells it."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import NotAllowed
from app.services import calendar, drafts, handover, notices, privacy, publicity_board, settings
from app.services.handover import Persons, Places
from app.services.notices import NoticeText
from app.services.open_matters import LOOKS, OpenMatter, open_matters
from app.services.publicity_board import ObjectionInput
from app.storage.backup import backup_now
from tests.actors import actor
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer

POSTED = date(2026, 11, 21)


def matters(clerk: Clerk) -> dict[str, OpenMatter]:
    found = clerk.see(lambda s: open_matters(s, today=clerk.today))
    return {one.what: one for one in found}


def publicity(clerk: Clerk, **changes: object) -> int:
    values = {
        "kind": "公示",
        "title": "低保初审名单公示",
        "body": "公示期为{公示期}，异议请反映：{异议渠道}。",
        "signed_by": "望海社区居民委员会",
        "dated": POSTED,
        "posted_on": POSTED,
        "period_days": 7,
        "period_kind": "自然日",
        "objections_to": "社区办公室",
    }
    text = NoticeText(**(values | changes))
    key: int = clerk.do("写公示", lambda s: notices.add(s, text, now=clerk.now))
    return key


@pytest.fixture
def office(clerk: Clerk) -> Clerk:
    clerk.do("导入节假日", calendar.seed)
    return clerk


def test_an_office_with_nothing_open_says_nothing(office: Clerk) -> None:
    assert matters(office) == {}


def test_papers_are_counted_by_what_they_wait_for(office: Clerk) -> None:
    issuer = Issuer(office)
    issuer.save(issuer.draft())
    issuer.save(issuer.draft())
    issuer.approved()

    found = matters(office)

    assert found["证明：草稿"] == OpenMatter("证明：草稿", "2 件，最早 2026-11-21", "文书 → 证明")
    assert found["证明：待给号"].count.startswith("1 件")


def test_a_notice_that_hangs_is_listed_with_its_last_day(office: Clerk) -> None:
    publicity(office)
    publicity(office, title="还没贴的公示", posted_on=None)

    found = matters(office)

    assert found["公示：低保初审名单公示"].count == "在期，2026-11-28 期满"
    assert found["公示：还没贴的公示"].count == "未张贴"


def test_only_objections_without_an_answer_are_open(office: Clerk) -> None:
    key = publicity(office)
    raised = {"raised_on": POSTED, "who": "匿名", "words": "请说明标准"}
    answered = {"answer": "已说明", "answered_on": POSTED, "outcome": "采纳"}
    for entered in (ObjectionInput(**raised), ObjectionInput(**raised, **answered)):
        office.do("登记异议", lambda s, one=entered: publicity_board.save_objection(s, key, one))

    assert matters(office)["异议没有答复：低保初审名单公示"].count == "1 条"


def test_people_who_are_incomplete_or_entered_twice_are_counted(office: Clerk) -> None:
    for name in ("王秀兰", "王秀兰", "李强"):
        office.add(name, birth_date=date(1960, 1, 18))

    found = matters(office)

    assert found["疑似重复的人"].count == "1 对"
    assert found["没有证件号码的人"].count == "3 人"
    assert found["没有分网格的人"].count == "3 人"


def test_what_the_office_does_not_ask_for_is_not_wanting(office: Clerk) -> None:
    office.add("王秀兰")
    office.do("设置", lambda s: settings.change(s, settings.WANT_DOCUMENT, False))

    assert "没有证件号码的人" not in matters(office)


def test_a_correction_that_was_asked_for_is_open_until_it_is_made(office: Clerk) -> None:
    key = office.add("王秀兰")
    asked = office.do(
        "要求更正",
        lambda s: privacy.ask_correction(s, key, on=POSTED, what="电话错了", now=office.now),
    )
    assert matters(office)["本人要求更正，还没有改"].count.startswith("1 件，最早 2026-")

    office.do("更正", lambda s: privacy.correct(s, asked, on=POSTED, note="改了", now=office.now))

    assert "本人要求更正，还没有改" not in matters(office)


def test_a_form_that_was_not_saved_is_open(office: Clerk) -> None:
    office.do("草稿", lambda s: drafts.keep(s, "resident", {"name": "王"}, now=office.now))

    assert matters(office)["填了一半没保存的表"].count == "1 份，最早 2026-11-21"


def test_each_look_stands_alone(office: Clerk) -> None:
    """So that a tab that comes later adds one line and nothing else."""
    issuer = Issuer(office)
    issuer.save(issuer.draft())

    alone = [one for look in LOOKS for one in office.see(lambda s, at=look: list(at(s, POSTED)))]

    assert {one.what: one for one in alone} == matters(office)


def gathered(office: Clerk, folder: Path, **changes: object) -> handover.Handover:
    info = backup_now(office.database, None, folder / "交接包", reason="交接")
    values = {
        "persons": Persons(giver="周立群", receiver="李娜"),
        "info": info,
        "places": Places(file=office.database.file, backups=folder / "备份", second=None),
        "sheet_changed": True,
        "today": office.today,
        "program": "邻里 1.0",
    }
    return office.see(lambda s: handover.handover(s, **(values | changes)))


def test_the_paper_tells_counts_books_places_and_what_to_do(office: Clerk, tmp_path: Path) -> None:
    issuer = Issuer(office)
    issuer.numbered()
    office.add("王秀兰")

    paper = gathered(office, tmp_path)

    assert dict(paper.held)["居民"] == "1 人"
    assert [book for book in paper.books if "用到 1 号" in book[1]]
    places = dict(paper.places)
    assert places["资料文件"] == str(office.database.file)
    assert "没有设" in places["第二备份位置"]
    assert "现在看不到备份" in places["本机备份"]
    assert "志愿服务记录证明" in paper.templates
    assert not [task for task in paper.tasks if "没有换" in task]


def test_a_sheet_that_was_not_changed_is_a_task_for_the_successor(
    office: Clerk, tmp_path: Path
) -> None:
    tasks = gathered(office, tmp_path, sheet_changed=False).tasks

    assert [task for task in tasks if "恢复单这次没有换" in task]
    assert not [task for task in tasks if "点收恢复单" in task]


def test_no_resident_stands_on_the_paper(office: Clerk, tmp_path: Path) -> None:
    issuer = Issuer(office)
    office.add("司徒青霞")
    issuer.save(issuer.draft(holder="司徒青霞"))

    assert "司徒青霞" not in str(gathered(office, tmp_path))


def test_who_may_not_manage_users_hands_nothing_over(office: Clerk, tmp_path: Path) -> None:
    office.database.act_as(actor("李娜", "社工"))

    with pytest.raises(NotAllowed):
        gathered(office, tmp_path)
