"""The register of consent, withdrawal, correction, children, and what is due."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import DomainError, Refused
from app.importing.rows import ParsedRow, RowValues
from app.models import PrivacyKind, Resident
from app.services import (
    cards,
    events,
    history,
    letters,
    merging,
    notice_people,
    papers,
    privacy,
    residents_import,
    retention,
    settings,
)
from app.services.filters import NO_GUARDIAN, PRIVACY, ResidentFilter
from app.services.letters import Addressing
from app.services.papers import Printing
from app.services.resident_input import InvalidInput
from app.values.rights import ALL, Actor, Right
from tests.services.conftest import Clerk

YESTERDAY = date(2026, 11, 20)


def standing(clerk: Clerk, key: int) -> privacy.Standing:
    found: privacy.Standing = clerk.see(lambda s: cards.card(s, key, today=clerk.today).standing)
    return found


def lines(clerk: Clerk, key: int) -> list[privacy.Line]:
    found: list[privacy.Line] = clerk.see(lambda s: privacy.register(s, key))
    return found


def note(clerk: Clerk, act: Any, key: int, **how: Any) -> Any:
    how = {"on": clerk.today, "now": clerk.now, **how}
    return clerk.do("登记", lambda s: act(s, key, **how))


def missing(clerk: Clerk, what: str) -> list[str]:
    return clerk.names(ResidentFilter(privacy=(what,)))


def child(clerk: Clerk, **fields: Any) -> int:
    return clerk.add("王小宝", birth_date=date(2016, 5, 1), **fields)


GUARDIAN = {"by_name": "王丽", "by_relation": "母亲"}


def test_somebody_new_is_neither_informed_nor_asked(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    now = standing(clerk, key)
    assert (now.basis, now.informed_on, now.consent_on) == ("履行法定职责", None, None)
    assert missing(clerk, "未告知") == missing(clerk, "未同意") == ["王秀兰"]


def test_who_was_informed_is_no_longer_among_those_missing(clerk: Clerk) -> None:
    ids = [clerk.add(name) for name in ("王秀兰", "李明")]
    told = clerk.do(
        "登记告知",
        lambda s: privacy.inform(s, ids[:1], on=clerk.today, now=clerk.now, filed_at="盒1"),
    )
    again = clerk.do("登记告知", lambda s: privacy.inform(s, ids, on=clerk.today, now=clerk.now))
    assert (told, again) == (1, 1)
    assert missing(clerk, "未告知") == []
    assert lines(clerk, ids[0])[0].filed_at == "盒1"


def test_a_consent_sets_the_day_and_its_taking_back_clears_it(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    event = note(clerk, privacy.consent, key)
    assert clerk.get(key, "consent_on") == clerk.today
    assert missing(clerk, "未同意") == missing(clerk, "未告知") == []
    clerk.do("撤回登记", lambda s: privacy.take_back(s, event, now=clerk.now))
    assert clerk.get(key, "consent_on") is None
    assert lines(clerk, key)[0].revoked


def test_a_day_of_consent_from_the_form_stands_in_the_register(clerk: Clerk) -> None:
    key = clerk.add("王秀兰", consent_on=YESTERDAY)
    [line] = lines(clerk, key)
    assert (line.id, line.kind, line.on_date) == (None, PrivacyKind.CONSENTED, YESTERDAY)
    note(clerk, privacy.consent, key)
    assert [one.on_date for one in lines(clerk, key)] == [clerk.today, YESTERDAY]
    assert clerk.get(key, "consent_on") == clerk.today


def test_withdrawal_shows_and_can_be_taken_back(clerk: Clerk) -> None:
    key = clerk.add("王秀兰", consent_on=YESTERDAY)
    event = note(clerk, privacy.withdraw, key, reason="不想收到通知")
    assert standing(clerk, key).withdrawn_on == clerk.today
    assert missing(clerk, "已撤回") == ["王秀兰"]
    with pytest.raises(DomainError, match="已经撤回"):
        note(clerk, privacy.withdraw, key, reason="再来")
    clerk.do("恢复", lambda s: privacy.take_back(s, event, now=clerk.now))
    assert standing(clerk, key).withdrawn_on is None
    assert clerk.get(key, "consent_on") == YESTERDAY


def test_agreeing_again_ends_a_withdrawal(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    note(clerk, privacy.withdraw, key, reason="")
    note(clerk, privacy.consent, key)
    assert clerk.get(key, "withdrawn_on", "consent_on") == (None, clerk.today)


def test_who_withdrew_gets_no_letter_unless_somebody_says_so(clerk: Clerk) -> None:
    ids = [clerk.add(name, address="3-2-301") for name in ("王秀兰", "李明")]
    note(clerk, privacy.withdraw, ids[0], reason="")
    found = clerk.see(lambda s: letters.letters(s, ids, Addressing(), today=clerk.today))
    assert (found.ids, found.withdrawn) == ((ids[1],), ("王秀兰",))
    everybody = Addressing(without_withdrawn=False)
    found = clerk.see(lambda s: letters.letters(s, ids, everybody, today=clerk.today))
    assert found.ids == tuple(ids)


def test_who_withdrew_is_masked_on_the_board_in_spite_of_a_general_reason(clerk: Clerk) -> None:
    keys = [clerk.add(name) for name in ("王秀兰", "李明海")]
    note(clerk, privacy.withdraw, keys[0], reason="")
    found = clerk.see(lambda s: notice_people.mentions(s, "王秀兰、李明海受表扬"))
    kept = notice_people.to_mask(found, not_people="", consent="两人书面同意")
    assert [one.words for one in kept] == ["王秀兰"]
    assert not notice_people.to_mask(found, not_people="王秀兰", consent="两人书面同意")


def test_impossible_days_are_refused(clerk: Clerk) -> None:
    key = clerk.add("王秀兰", birth_date=date(1950, 3, 2))
    for on, words in ((date(2026, 11, 22), "晚于今天"), (date(1949, 1, 1), "早于出生")):
        for act, how in (
            (privacy.consent, {}),
            (privacy.withdraw, {"reason": ""}),
            (privacy.ask_correction, {"what": "电话"}),
        ):
            with pytest.raises(DomainError, match=words):
                note(clerk, act, key, on=on, **how)
        with pytest.raises(InvalidInput, match="同意日期" + words):
            clerk.change(key, consent_on=on)


def test_a_child_agrees_through_a_guardian_only(clerk: Clerk) -> None:
    key = child(clerk)
    assert standing(clerk, key).lacks_guardian
    assert missing(clerk, NO_GUARDIAN) == ["王小宝"]
    with pytest.raises(DomainError, match="监护人同意"):
        note(clerk, privacy.consent, key)
    for wrong in (
        {"by_name": "", "by_relation": "母亲"},
        {"by_name": "王小宝", "by_relation": "父亲"},
    ):
        with pytest.raises(DomainError, match="监护人"):
            note(clerk, privacy.guardian_consent, key, **wrong)
    note(clerk, privacy.guardian_consent, key, **GUARDIAN)
    assert standing(clerk, key).guardian == "王丽（母亲）"
    assert missing(clerk, NO_GUARDIAN) == []


def test_nobody_of_14_has_a_guardian_agree(clerk: Clerk) -> None:
    key = clerk.add("王大宝", birth_date=date(2012, 11, 21))
    with pytest.raises(DomainError, match="已满 14 周岁"):
        note(clerk, privacy.guardian_consent, key, **GUARDIAN)


def test_the_form_takes_the_guardian_into_the_register(clerk: Clerk) -> None:
    key = child(clerk, guardian="王丽", guardian_relation="母亲", consent_on=YESTERDAY)
    [line] = lines(clerk, key)
    assert (line.kind, line.by_name, line.on_date) == (
        PrivacyKind.GUARDIAN_CONSENTED,
        "王丽",
        YESTERDAY,
    )
    clerk.change(key, phone="13840310612")
    assert len(lines(clerk, key)) == 1
    with pytest.raises(InvalidInput, match="监护人同意已在"):
        clerk.change(key, guardian="", guardian_relation="")


def test_half_a_guardian_is_refused(clerk: Clerk) -> None:
    halves: tuple[dict[str, Any], ...] = (
        {"guardian": "王丽", "consent_on": YESTERDAY},
        {"guardian_relation": "母亲", "consent_on": YESTERDAY},
        {"guardian": "王丽", "guardian_relation": "母亲"},
    )
    for fields in halves:
        with pytest.raises(InvalidInput):
            child(clerk, **fields)


def test_what_stands_in_the_register_is_not_changed_by_the_form(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    note(clerk, privacy.consent, key)
    with pytest.raises(InvalidInput, match="登记里"):
        clerk.change(key, consent_on=None)


def test_who_turns_14_is_due_to_agree_himself(clerk: Clerk) -> None:
    key = child(clerk)
    note(clerk, privacy.guardian_consent, key, **GUARDIAN)
    birthday = date(2030, 5, 1)
    before = clerk.see(lambda s: retention.due(s, today=birthday - timedelta(days=1)))
    [line] = clerk.see(lambda s: retention.due(s, today=birthday))
    assert before == []
    assert (line.matter, line.name, line.due_on) == ("满 14 周岁", "王小宝", birthday)


def test_a_correction_has_a_deadline_in_working_days_and_is_answered(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    clerk.do("设置", lambda s: settings.change(s, settings.CORRECTION_DAYS, 3))
    asked = note(clerk, privacy.ask_correction, key, what="电话换了", on=YESTERDAY)
    [request] = clerk.see(privacy.open_requests)
    assert (request.id, request.due_on) == (asked, date(2026, 11, 25))

    def done(words: str) -> None:
        how = {"on": clerk.today, "note": words, "now": clerk.now}
        clerk.do("办结", lambda s: privacy.correct(s, asked, **how))

    with pytest.raises(DomainError, match="怎样办"):
        done("")
    done("已改电话")
    assert clerk.see(privacy.open_requests) == []
    with pytest.raises(DomainError, match="已经办结"):
        done("再办一次")


def test_people_who_left_long_ago_are_due_until_kept_with_a_reason(clerk: Clerk) -> None:
    gone, dead = clerk.add("王秀兰"), clerk.add("李明")
    clerk.do("迁出", lambda s: events.move_out(s, gone, on_date=YESTERDAY, now=clerk.now))
    clerk.do("死亡", lambda s: events.die(s, dead, on_date=clerk.today, now=clerk.now))
    day = date(2029, 11, 20)
    [line] = clerk.see(lambda s: retention.due(s, today=day))
    assert (line.matter, line.id, line.due_on) == ("迁出", gone, day)
    clerk.do("设置", lambda s: settings.change(s, settings.KEEP_DEPARTED, 4))
    assert clerk.see(lambda s: retention.due(s, today=day)) == []
    clerk.do("设置", lambda s: settings.change(s, settings.KEEP_DEPARTED, 3))

    def keep(until: date, reason: str) -> None:
        act = {"until": until, "reason": reason, "now": clerk.now}
        clerk.do("延长", lambda s: retention.keep_longer(s, gone, **act))

    for until, reason in ((clerk.today, "官司"), (date(2031, 1, 1), " ")):
        with pytest.raises(DomainError):
            keep(until, reason)
    keep(date(2031, 1, 1), "官司未了")
    assert clerk.see(lambda s: retention.due(s, today=day)) == []
    assert [one.id for one in clerk.see(lambda s: retention.due(s, today=date(2031, 1, 1)))] == [
        gone,
        dead,
    ]


def test_consent_as_the_only_ground_makes_a_withdrawal_due_at_once(clerk: Clerk) -> None:
    keys = [clerk.add(name) for name in ("王秀兰", "李明")]
    clerk.do("依据", lambda s: privacy.set_basis(s, keys[0], "同意"))
    for key in keys:
        note(clerk, privacy.withdraw, key, reason="")
    assert [one.id for one in clerk.see(lambda s: retention.due(s, today=clerk.today))] == [keys[0]]


def test_a_merge_takes_the_register_and_the_withdrawal_along(clerk: Clerk) -> None:
    keep, other = clerk.add("王秀兰"), clerk.add("王秀蓝", consent_on=YESTERDAY)
    note(clerk, privacy.withdraw, other, reason="不同意")
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    assert standing(clerk, keep).withdrawn_on == clerk.today
    assert PrivacyKind.WITHDRAWN in {one.kind for one in lines(clerk, keep)}
    told = clerk.see(lambda s: history.of_record(s, Resident, keep))
    assert "撤回同意（2026-11-21）" in [one.sentence for one in told]


def test_the_sheet_tells_ground_consent_and_who_has_looked(clerk: Clerk) -> None:
    key = child(clerk)
    note(clerk, privacy.guardian_consent, key, **GUARDIAN)
    clerk.do("看", lambda s: cards.note_opened(s, key))
    clerk.do("打印", lambda s: papers.note_sheets_given(s, [key], now=clerk.now))
    [sheet] = clerk.see(lambda s: papers.info_sheets(s, [key], Printing("孙丽", clerk.now)))
    assert sheet.basis == "履行法定职责"
    assert sheet.consent == "2026-11-21 告知；2026-11-21 监护人王丽（母亲）同意"
    assert sheet.looks == "2026-11 查看 1 次、打印 1 次"
    assert PrivacyKind.COPY_GIVEN in {one.kind for one in lines(clerk, key)}


def test_without_the_right_nobody_writes_the_register(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    clerk.database.act_as(Actor("孙丽", "网格员", ALL - {Right.PRIVACY, Right.ERASE}))
    for act, how in (
        (privacy.consent, {}),
        (privacy.withdraw, {"reason": ""}),
        (privacy.ask_correction, {"what": "电话"}),
    ):
        with pytest.raises(Refused):
            note(clerk, act, key, **how)
    clerk.do("打印", lambda s: papers.note_sheets_given(s, [key], now=clerk.now))
    assert lines(clerk, key) == []


def test_the_filter_knows_everything_it_offers(clerk: Clerk) -> None:
    clerk.add("王秀兰")
    assert clerk.counts(ResidentFilter(privacy=PRIVACY)) == (1, 0)


def test_words_too_long_for_the_register_are_refused(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    with pytest.raises(DomainError, match="最多"):
        note(clerk, privacy.withdraw, key, reason="长" * 201)


def test_a_roster_brings_the_day_of_consent_once(clerk: Clerk) -> None:
    def bring(day: date) -> None:
        row = RowValues(name="王秀兰", birth_date=date(1950, 3, 2), consent_on=day)
        rows = [ParsedRow("居民", 2, row, ())]
        planned = clerk.see(lambda s: residents_import.plan(s, rows))
        how = {"now": clerk.now, "file_name": "台账.xlsx"}
        clerk.do("导入 台账.xlsx", lambda s: residents_import.apply(s, planned, **how))

    bring(YESTERDAY)
    [key] = clerk.find("王秀兰")
    assert [line.on_date for line in lines(clerk, key)] == [YESTERDAY]
    bring(date(2020, 1, 1))
    assert clerk.get(key, "consent_on") == YESTERDAY
