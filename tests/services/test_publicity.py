from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.services import calendar, due_today, notices, publicity, publicity_board, settings
from app.services.notices import NoticeText
from app.services.publicity import NATURAL, WORKING, Terms
from app.services.publicity_board import ObjectionInput

POSTED = date(2026, 11, 21)
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def office(clerk):
    clerk.do("导入节假日", calendar.seed)
    return clerk


def text(**changes):
    values = {
        "kind": "公示",
        "title": "低保初审名单公示",
        "body": "公示期为{公示期}，异议请反映：{异议渠道}。",
        "signed_by": "望海社区居民委员会",
        "dated": POSTED,
        "posted_on": POSTED,
        "period_days": 7,
        "period_kind": NATURAL,
        "objections_to": "社区办公室",
    }
    return NoticeText(**(values | changes))


def kept(office, **changes):
    return office.do("写公示", lambda s: notices.add(s, text(**changes), now=office.now))


def ends(office, posted, days, unit=NATURAL):
    terms = Terms(posted_on=posted, days=days, unit=unit, objections_to="x")
    return office.see(lambda s: publicity.period(s, terms))


def standing(office, key, today):
    return office.see(lambda s: publicity.standing(s, key, today=today))


def test_the_day_of_posting_does_not_count(office):
    found = ends(office, POSTED, 7)

    assert (found.begins_on, found.ends_on) == (date(2026, 11, 22), date(2026, 11, 28))


def test_working_days_leave_out_weekends_and_holidays(office):
    assert ends(office, POSTED, 7, WORKING).ends_on == date(2026, 12, 1)
    assert ends(office, date(2026, 9, 29), 3, WORKING).ends_on == date(2026, 10, 9)


def test_a_last_day_on_a_statutory_holiday_is_moved_behind_it(office):
    found = ends(office, date(2026, 9, 24), 7)

    assert found.moved
    assert found.ends_on == date(2026, 10, 8)


def test_moving_on_can_be_switched_off(office):
    office.do("改设置", lambda s: settings.change(s, settings.PUBLICITY_MOVES_ON, False))

    assert ends(office, date(2026, 9, 24), 7).ends_on == date(2026, 10, 1)


def test_the_setting_moves_the_end_of_what_hangs_already(office):
    key = kept(office, posted_on=date(2026, 9, 24), dated=date(2026, 9, 24))
    assert standing(office, key, POSTED).ends_on == date(2026, 10, 8)

    office.do("改设置", lambda s: settings.change(s, settings.PUBLICITY_MOVES_ON, False))

    assert standing(office, key, POSTED).ends_on == date(2026, 10, 1)


def test_a_weekend_is_no_statutory_holiday(office):
    assert ends(office, date(2026, 11, 14), 7).ends_on == date(2026, 11, 21)


def test_working_days_in_a_year_without_holidays_say_that_they_are_guessed(office):
    assert ends(office, date(2026, 12, 28), 7, WORKING).guessed
    assert not ends(office, date(2026, 12, 20), 7, NATURAL).guessed


def test_natural_days_that_end_in_a_year_without_holidays_say_so_while_the_last_day_moves(office):
    assert ends(office, date(2026, 12, 25), 7, NATURAL).guessed
    key = kept(office, posted_on=date(2026, 12, 25))
    assert standing(office, key, date(2026, 12, 26)).guessed

    office.do("不顺延", lambda s: settings.change(s, settings.PUBLICITY_MOVES_ON, False))

    assert not standing(office, key, date(2026, 12, 26)).guessed


def test_affairs_of_the_committee_hang_fifteen_days_at_least(office):
    affair = publicity.AFFAIRS[1]
    with pytest.raises(DomainError, match="不得少于 15 日"):
        kept(office, affair=affair, period_days=14)

    key = kept(office, affair=affair, period_days=15)

    assert standing(office, key, POSTED).ends_on == POSTED + timedelta(days=15)


def test_eleven_working_days_that_span_fifteen_are_enough_for_affairs(office):
    affair = publicity.AFFAIRS[0]

    assert kept(office, affair=affair, period_days=11, period_kind=WORKING)
    with pytest.raises(DomainError):
        kept(office, affair=affair, period_days=9, period_kind=WORKING)


@pytest.mark.parametrize(
    "changes",
    [{"period_days": None}, {"period_days": 366}, {"objections_to": " "}, {"period_kind": "年"}],
)
def test_a_public_notice_without_days_or_channel_is_refused(office, changes):
    with pytest.raises(DomainError):
        kept(office, **changes)


def test_it_stands_unposted_then_in_period_then_ends_today_then_waits_to_be_taken_down(office):
    key = kept(office, posted_on=None)
    assert standing(office, key, POSTED).chip == "未张贴"

    office.do("登记张贴", lambda s: publicity.post(s, key, on=POSTED))

    chips = [standing(office, key, POSTED + timedelta(days=n)).chip for n in (0, 6, 7, 8)]
    assert chips == ["在期", "在期", "今天期满", "期满待撤"]
    assert "第 6 天，还剩 1 天" in standing(office, key, POSTED + timedelta(days=6)).sentence


def test_it_cannot_be_posted_twice(office):
    key = kept(office)

    with pytest.raises(DomainError, match="已经张贴"):
        office.do("登记张贴", lambda s: publicity.post(s, key, on=POSTED))


def test_the_reminder_counts_what_ends_today_and_what_is_overdue(office):
    kept(office)
    kept(office, period_days=6)
    kept(office, posted_on=None)
    end = date(2026, 11, 28)

    def at(day):
        return office.see(lambda s: due_today.publicity(s, today=day))

    assert at(POSTED) == ""
    assert at(end - timedelta(days=1)) == "1 件公示今天期满"
    assert at(end) == "1 件公示今天期满，1 件公示期满待撤"
    assert office.see(lambda s: publicity.in_period(s, today=POSTED)) == 2


def test_taking_down_early_needs_a_reason_and_a_result_is_always_needed(office):
    key = kept(office)

    def take_down(on, result):
        office.do("撤下", lambda s: publicity.take_down(s, key, on=on, result=result))

    with pytest.raises(DomainError, match="公示结果"):
        take_down(date(2026, 12, 1), "  ")
    with pytest.raises(DomainError, match="24:00 才期满"):
        take_down(date(2026, 11, 28), "无异议")
    take_down(date(2026, 11, 29), "公示期满，无异议")

    assert standing(office, key, date(2026, 12, 5)).chip == "已撤下"
    assert standing(office, key, date(2026, 12, 5)).result == "公示期满，无异议"


def test_it_is_not_taken_down_while_an_objection_waits_for_an_answer(office):
    key = kept(office)
    raised = ObjectionInput(raised_on=POSTED, who="匿名", words="名单有误")
    objection = office.do("登记异议", lambda s: publicity_board.save_objection(s, key, raised))
    late = date(2026, 12, 1)

    with pytest.raises(DomainError, match="还有 1 条异议没有答复"):
        office.do("撤下", lambda s: publicity.take_down(s, key, on=late, result="结束"))
    answered = ObjectionInput(
        raised_on=POSTED,
        who="匿名",
        words="名单有误",
        answer="已核对改正",
        answered_on=date(2026, 11, 24),
        outcome="采纳",
    )
    office.do(
        "答复异议",
        lambda s: publicity_board.save_objection(
            s, key, answered, objection_id=objection, version=1
        ),
    )
    office.do("撤下", lambda s: publicity.take_down(s, key, on=late, result="改正后无异议"))

    (view,) = office.see(lambda s: publicity_board.objections(s, key))
    assert (view.answer, view.outcome, view.version) == ("已核对改正", "采纳", 2)


def test_an_objection_that_somebody_else_changed_is_not_overwritten(office):
    key = kept(office)
    raised = ObjectionInput(raised_on=POSTED, who="王秀兰", words="有意见")
    one = office.do("登记异议", lambda s: publicity_board.save_objection(s, key, raised))

    with pytest.raises(ChangedMeanwhile):
        office.do(
            "改异议",
            lambda s: publicity_board.save_objection(s, key, raised, objection_id=one, version=7),
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"who": ""},
        {"words": " "},
        {"raised_on": POSTED - timedelta(days=1)},
        {"answer": "已答复"},
        {"answered_on": POSTED},
        {"answer": "已答复", "answered_on": POSTED - timedelta(days=1)},
    ],
)
def test_an_objection_that_cannot_be_is_refused(office, changes):
    key = kept(office)
    entered = ObjectionInput(**({"raised_on": POSTED, "who": "匿名", "words": "有误"} | changes))

    with pytest.raises(DomainError):
        office.do("登记异议", lambda s: publicity_board.save_objection(s, key, entered))


def test_photos_of_the_board_are_kept_six_at_most_and_can_be_thrown_away(office):
    key = kept(office)

    def add(jpeg=JPEG):
        return office.do(
            "存照片", lambda s: publicity_board.add_photo(s, key, jpeg, now=office.now)
        )

    first = add()
    for _ in range(5):
        add()
    with pytest.raises(DomainError, match="最多留 6 张"):
        add()
    office.do("删照片", lambda s: publicity_board.remove_photo(s, first))

    found = office.see(lambda s: publicity_board.photos(s, key))
    assert [one.jpeg for one in found] == [JPEG] * 5
    assert standing(office, key, POSTED).photos == 5


@pytest.mark.parametrize("picture", [b"GIF89a", b"\xff\xd8" + b"0" * 1_600_000])
def test_what_is_no_photo_or_too_large_is_not_kept(office, picture):
    key = kept(office)

    with pytest.raises(DomainError):
        office.do("存照片", lambda s: publicity_board.add_photo(s, key, picture, now=office.now))


def test_a_changed_calendar_moves_the_end_of_what_hangs_and_not_of_what_came_down(office):
    hanging = kept(office, period_kind=WORKING)
    down = kept(office, period_kind=WORKING)
    office.do("撤下", lambda s: publicity.take_down(s, down, on=date(2026, 12, 2), result="无异议"))
    office.do(
        "临时放假",
        lambda s: calendar.set_span(
            s, first=date(2026, 11, 25), last=date(2026, 11, 26), works=False, name="临时放假"
        ),
    )

    assert office.do("重算", publicity.recount) == 1

    assert standing(office, hanging, POSTED).ends_on == date(2026, 12, 3)
    assert standing(office, down, POSTED).ends_on == date(2026, 12, 1)


def test_a_notice_with_photos_of_the_board_is_not_undone_away(office):
    key = kept(office)
    office.do("存照片", lambda s: publicity_board.add_photo(s, key, JPEG, now=office.now))

    office.undo_last()

    assert standing(office, key, POSTED).photos == 1
    (photo,) = office.see(lambda s: publicity_board.photos(s, key))
    office.do("删照片", lambda s: publicity_board.remove_photo(s, photo.id))


def test_undo_takes_back_the_objection_first_and_then_the_notice(office):
    key = kept(office)
    raised = ObjectionInput(raised_on=POSTED, who="王秀兰", words="有意见")
    office.do("登记异议", lambda s: publicity_board.save_objection(s, key, raised))

    office.undo_last()
    assert office.see(lambda s: publicity_board.objections(s, key)) == []
    office.undo_last()
    with pytest.raises(DomainError, match="已经被删除"):
        standing(office, key, POSTED)


def change(office, key, **changes):
    written, version = office.see(lambda s: notices.text_of(s, key))
    changed = replace(written, **changes)
    office.do("改公示", lambda s: notices.update(s, key, changed, version=version, now=office.now))


def test_what_was_taken_down_is_a_record_and_stays_as_it_was(office):
    key = kept(office)
    office.do("撤下", lambda s: publicity.take_down(s, key, on=date(2026, 12, 2), result="无异议"))

    with pytest.raises(DomainError, match="再用一次"):
        change(office, key, posted_on=None)

    assert standing(office, key, POSTED).posted_on == POSTED


@pytest.mark.parametrize(
    "changes", [{"posted_on": None}, {"posted_on": date(2026, 11, 25)}, {"kind": "通知"}]
)
def test_a_change_never_leaves_an_objection_without_its_posting(office, changes):
    key = kept(office)
    raised = ObjectionInput(raised_on=date(2026, 11, 23), who="王秀兰", words="有意见")
    office.do("登记异议", lambda s: publicity_board.save_objection(s, key, raised))

    with pytest.raises(DomainError, match="已有异议"):
        change(office, key, **changes)

    change(office, key, title="低保初审名单公示（更正）")


def test_what_is_to_be_posted_later_does_not_hang_yet(office):
    key = kept(office, posted_on=date(2026, 11, 25))

    before = standing(office, key, POSTED)

    assert (before.chip, before.sentence) == ("未张贴", "2026-11-25 张贴，张贴次日是第 1 天。")
