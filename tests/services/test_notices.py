from dataclasses import replace
from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.services import (
    calendar,
    notice_codes,
    notice_kinds,
    notice_papers,
    notice_people,
    notices,
    settings,
    users,
)
from app.services.notice_kinds import DOOR, KINDS, OFFICIAL, PLAIN
from app.services.notice_papers import Place
from app.services.notices import ArchiveFilter, NoticeText
from tests.services.conftest import id_number

DAY = date(2026, 11, 21)


def text(**changes):
    values = {
        "title": "关于停水的通知",
        "recipients": "各位居民",
        "body": "明天停水。",
        "signed_by": "望海社区居民委员会",
        "dated": DAY,
    }
    return NoticeText(**(values | changes))


def kept(clerk, **changes):
    return clerk.do("写通知", lambda s: notices.add(s, text(**changes), now=clerk.now))


def found(clerk, **wanted):
    lines = clerk.see(lambda s: notices.notices(s, ArchiveFilter(**wanted)))
    return [line.title for line in lines]


def sheet(clerk, written, layout=OFFICIAL, **place):
    return clerk.see(lambda s: notice_papers.sheet(s, written, layout, **place))


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_every_kind_starts_from_a_text_that_prints_in_all_three_papers(clerk, kind):
    clerk.do("导入节假日", calendar.seed)
    written = clerk.see(lambda s: notices.blank(s, today=DAY, kind_name=kind.name))

    for layout in (OFFICIAL, DOOR, PLAIN):
        paper = sheet(clerk, written, layout)
        assert "{" not in paper.body
        assert paper.office == "海湾街道望海社区居民委员会"


def test_what_was_written_comes_back_whole(clerk):
    clerk.do("导入节假日", calendar.seed)
    written = text(
        kind="公示",
        attachments="名单\n说明",
        number="望海居发〔2026〕12号",
        copied_to="街道办事处",
        issued_on=DAY,
        posted_on=DAY,
        period_days=15,
        period_kind="自然日",
        affair="其他涉及居民利益的事项",
        objections_to="社区办公室",
        not_people="文明",
    )
    key = clerk.do("写", lambda s: notices.add(s, written, now=clerk.now))

    assert clerk.see(lambda s: notices.text_of(s, key)) == (written, 1)


def test_used_again_it_has_todays_date_and_nothing_of_the_old_occasion(clerk):
    key = kept(
        clerk, number="1号", posted_on=DAY, take_down_on=DAY, consent_reason="本人同意", phone="12"
    )
    later = date(2027, 3, 1)

    again = clerk.see(lambda s: notices.use_again(s, key, today=later))

    assert (again.dated, again.number, again.posted_on, again.take_down_on) == (
        later,
        "",
        None,
        None,
    )
    assert (again.consent_reason, again.phone, again.title) == ("", "12", "关于停水的通知")


def test_the_archive_is_searched_by_title_text_and_pinyin(clerk):
    kept(clerk)
    kept(clerk, title="关于高龄津贴的公告", kind="公告", body="请到社区办理。")

    assert found(clerk, text="高龄") == ["关于高龄津贴的公告"]
    assert found(clerk, text="gljt") == ["关于高龄津贴的公告"]
    assert found(clerk, text="tingshui") == ["关于停水的通知"]
    assert found(clerk, text="到社区") == ["关于高龄津贴的公告"]
    assert found(clerk, text="100%") == []
    assert found(clerk, kinds=("通知",)) == ["关于停水的通知"]


def test_the_archive_is_narrowed_to_a_period_with_both_its_ends(clerk):
    for month in (1, 6, 11):
        kept(clerk, title=f"{month}月的通知", dated=date(2026, month, 15))

    assert found(clerk, since=date(2026, 6, 15), until=date(2026, 11, 14)) == ["6月的通知"]
    assert found(clerk, since=date(2026, 6, 16)) == ["11月的通知"]


def test_a_second_writer_is_told_and_nothing_is_overwritten(clerk):
    key = kept(clerk)
    clerk.do("改", lambda s: notices.update(s, key, text(body="甲"), version=1, now=clerk.now))

    with pytest.raises(ChangedMeanwhile):
        clerk.do("改", lambda s: notices.update(s, key, text(body="乙"), version=1, now=clerk.now))

    assert clerk.see(lambda s: notices.text_of(s, key))[0].body == "甲"


def test_a_deleted_notice_is_gone_until_the_deletion_is_taken_back(clerk):
    key = kept(clerk)
    clerk.do("删除", lambda s: notices.delete(s, key, now=clerk.now))
    assert found(clerk) == []
    with pytest.raises(DomainError, match="已经被删除"):
        clerk.see(lambda s: notices.text_of(s, key))

    clerk.undo_last()

    assert found(clerk) == ["关于停水的通知"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "还没有填标题"),
        ({"kind": "倡议书", "body": ""}, "倡议书还没有填正文"),
        ({"signed_by": ""}, "还没有填署名"),
        ({"title": "长" * 121}, "标题太长"),
        ({"body": "长" * 20_001}, "正文太长"),
        ({"body": "{姓名}你好"}, "“{姓名}”不是能填的项"),
        ({"body": "请看{楼栋"}, "单独的“{”"),
        ({"kind": "停水停电通知", "when_words": "明天", "where_words": "3号楼"}, "几时到几时"),
        ({"kind": "停水停电通知", "when_words": "9时至17时"}, "范围"),
        ({"kind": "会议通知", "when_words": "9时"}, "时间和地点"),
        ({"posted_on": DAY, "take_down_on": date(2026, 11, 1)}, "早于张贴日期"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_one_sentence(clerk, changes, words):
    with pytest.raises(DomainError, match=words.replace("{", r"\{")):
        kept(clerk, **changes)


def test_what_was_only_to_be_written_is_kept_but_not_printed(clerk):
    unfinished = text(kind="通知", body="一、办理时间\n请写明起止日期和每天的时间。")
    kept(clerk, kind="通知", body=unfinished.body)

    with pytest.raises(DomainError, match="“请写明起止日期和每天的时间。”还没有写"):
        clerk.see(lambda s: notices.check_for_print(s, unfinished))

    clerk.see(lambda s: notices.check_for_print(s, text(body="请写明姓名后交回。")))


@pytest.mark.parametrize("words", ["9时至17时", "上午九点", "8:30-17:00", "25日 9：00 起"])
def test_a_time_to_the_hour_is_seen_however_it_is_written(words):
    assert notice_kinds.tells_hour(words)
    assert not notice_kinds.tells_hour("11月25日全天")


def test_time_place_and_period_stand_where_their_codes_are(clerk):
    clerk.do("导入节假日", calendar.seed)
    written = text(
        kind="公示",
        body="公示期为{公示期}，{异议渠道}。{时间}在{地点}。",
        period_days=5,
        period_kind="工作日",
        objections_to="电话 84641234",
        when_words="9时",
    )

    body = sheet(clerk, written).body

    assert "2026年11月22日至2026年11月27日（5个工作日）" in body
    assert body.endswith(f"电话 84641234。9时在{notice_codes.BLANK}。")


def test_every_door_has_its_own_name(clerk):
    for name, place in (
        ("甲", "3-1-101"),
        ("乙", "3-2-101"),
        ("丙", "10-1-101"),
        ("丁", "2-1-101"),
    ):
        clerk.add(name + "某", address=place)
    written = notice_papers.for_places(text())

    def doors(per_unit):
        places = clerk.see(lambda s: notice_papers.places_of(s, per_unit=per_unit))
        made = clerk.see(lambda s: notice_papers.sheets(s, written, DOOR, places))
        return [one.recipients for one in made]

    assert doors(per_unit=False) == [
        "2 号楼各位居民",
        "3 号楼各位居民",
        "10 号楼各位居民",
    ]
    assert "3 号楼 2 单元各位居民" in doors(per_unit=True)
    assert len(doors(per_unit=True)) == 4


def test_a_name_that_is_written_in_the_text_stays_where_it_is():
    written = text(title="{楼栋}停水通知")

    assert notice_papers.for_places(written) == written
    assert notice_codes.fill("{楼栋}停水", {"楼栋": "3 号楼"}) == "3 号楼停水"


def test_the_step_is_told_of_each_door_so_that_a_batch_can_be_stopped(clerk):
    seen = []
    places = [Place("3 号楼"), Place("4 号楼")]

    clerk.see(lambda s: notice_papers.sheets(s, text(), DOOR, places, seen.append))

    assert seen == [0, 1]


NUMBER = id_number(date(1960, 1, 18), man=False)


@pytest.fixture
def named(clerk):
    clerk.add("王秀兰", address="3-1-101", phone="13812340612")
    clerk.add("王秀", address="3-1-101")
    clerk.add("阿迪力·买买提")
    clerk.add("文明")
    clerk.do("电话", lambda s: settings.change(s, settings.OFFICE_PHONE, "0411-84641234"))
    return clerk


def shown(named, **changes):
    return sheet(named, text(**changes)).body


def test_residents_in_a_public_notice_are_masked_whole_names_first(named):
    body = "初审通过：王秀兰、阿迪力·买买提、李四。"

    assert shown(named, body=body) == "初审通过：王*兰、阿**·***、李四。"


def test_document_and_telephone_numbers_are_masked_but_not_the_offices_own(named):
    body = f"王秀兰（{NUMBER}，13812340612），咨询 0411-84641234。"

    masked = shown(named, body=body)

    assert NUMBER not in masked
    assert "13812340612" not in masked
    assert "咨询 0411-84641234" in masked


def test_with_the_reason_on_record_names_stand_in_full_and_document_numbers_never_do(named):
    body = f"王秀兰 {NUMBER}"

    masked = shown(named, body=body, consent_reason="2026年11月20日本人书面同意")

    assert "王秀兰" in masked
    assert NUMBER not in masked


def test_a_word_that_only_looks_like_a_name_can_be_set_free(named):
    body = "文明城市，人人有责。"
    assert shown(named, body=body) == "文*城市，人人有责。"

    assert shown(named, body=body, not_people="文明") == body


def test_the_same_person_is_told_before_it_is_printed(named):
    mentions = named.see(lambda s: notice_papers.will_mask(s, text(body="请王秀兰来社区。")))

    assert [(one.what, one.words, one.masked) for one in mentions] == [
        (notice_people.NAME, "王秀兰", "王*兰")
    ]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("王　秀、王 秀 兰", "王*、王*兰"),
        ("阿迪力•买买提", "阿**·***"),
        ("阿迪力买买提", "阿*****"),
        ("王\u200b秀\u200b兰", "王*兰"),
        ("阿拉坦其其格", "阿*****"),
        ("138 1234 0612、１３８１２３４０６１２", "138 **** 0612、138 **** 0612"),
    ],
)
def test_a_name_or_number_is_masked_however_it_was_typed(named, typed, printed):
    named.add("阿拉坦其其格")

    assert shown(named, body=f"公示名单：{typed}。") == f"公示名单：{printed}。"


def test_who_works_here_and_who_is_invited_to_a_meeting_is_not_masked(named):
    named.do("添加使用人", lambda s: users.add(s, name="王秀兰", role="社工", slot="x"))
    assert shown(named, body="联系人王秀兰") == "联系人王秀兰"

    meeting = replace(text(kind="会议通知", body="请王秀参加。"), when_words="9时", where_words="x")
    assert sheet(named, meeting).body == "请王秀参加。"


def test_somebody_who_moved_away_is_masked_all_the_same(named):
    from app.services import events

    (key,) = named.find("王秀兰")
    named.do("迁出", lambda s: events.move_out(s, key, on_date=DAY, now=named.now))

    assert shown(named, body="王秀兰已迁出") == "王*兰已迁出"


def test_a_name_in_time_or_place_is_masked_and_a_document_number_in_the_remark_too(named):
    written = text(
        body="在{地点}集合。", where_words="王秀兰家", remark=f"联系人：李娜，{NUMBER}，13900001111"
    )

    paper = sheet(named, written)

    assert paper.body == "在王*兰家集合。"
    assert NUMBER not in paper.remark
    assert "13900001111" in paper.remark
