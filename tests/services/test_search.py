"""Finding people: what is typed, what comes first, and that nobody is missed."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Resident, SearchKey, SearchText
from app.services import events, history, merging, resident_forms, search, search_keys, tags
from app.services.filters import AgeBand, ResidentFilter
from app.services.search_tokens import DEPARTED, Findable, split, tokens
from app.services.search_words import words
from app.values import pinyin
from tests.services.conftest import Clerk, id_number

Deed: TypeAlias = Callable[[Clerk, Random], None]

BORN = date(1956, 1, 1)
NUMBER = id_number(BORN, man=False, serial=41)


@pytest.fixture
def lan(clerk: Clerk) -> int:
    return clerk.add(
        "单秀兰",
        former_name="单小兰",
        document_number=NUMBER,
        phone="13812340612",
        other_phones="0411-84641234",
        address="3-2-501",
        new_household=True,
        tag_ids=(clerk.tag_id("独居老人"),),
    )


@pytest.mark.parametrize(
    "typed",
    [
        *("单秀兰", "单", "秀兰", "兰", "单小兰", "小兰"),
        *("shanxiulan", "danxiulan", "xiulan", "lan", "SHANXIU", "ｓｈａｎ"),
        *("sxl", "dxl", "xl", "sx", "s"),
        *("shanxl", "sxiulan", "单xl", "单xiulan", "shan秀兰"),
        *(NUMBER, NUMBER.lower(), NUMBER[-4:], NUMBER[:6], NUMBER[6:14], NUMBER[-6:]),
        *("13812340612", "138", "12340612", "0612", "138 1234 0612", "84641234", "0411-84641234"),
        *("19560101", "1956-01-01", "1956.1.1", "1956/1/1", "1956年1月1日", "1956-01", "1956年"),
        *(
            "3-2-501",
            "3-2",
            "2-501",
            "501",
            "501室",
            "3号楼",
            "3栋2单元501",
            "三号楼二单元",
            "3#2-501",
        ),
        *("３－２－５０１", "3号楼 2单元 501", "2单元501", "2单元"),
        *("独居老人", "独居", "djlr", "DJ"),
        *("单 3-2", "单秀兰，3-2", "501 0612", "sxl 独居", "单秀兰3号楼", "海棠苑3号楼"),
        *("  单 ", "单·秀兰", "0001"),
    ],
)
def test_a_person_is_found_by(clerk: Clerk, lan: int, typed: str) -> None:
    clerk.add("王建国", phone="13500000000", address="13-1-101")
    assert clerk.find(typed) == [lan]


@pytest.mark.parametrize(
    "typed", ["", "   ", "，", "王", "zzz", "单王", "4号楼", "3号楼1单元", "9999", "单 4-2", "1957"]
)
def test_a_person_is_not_found_by(clerk: Clerk, lan: int, typed: str) -> None:
    assert lan not in clerk.find(typed)


@pytest.mark.parametrize(
    ("kind", "number"),
    [("id_card_15", "210214560101182"), ("passport", "E12345678"), ("taiwan_permit", "01234567")],
)
def test_the_tail_of_every_kind_of_document_finds(clerk: Clerk, kind: str, number: str) -> None:
    person = clerk.add("单秀兰", document_kind=kind, document_number=number)
    assert clerk.find(number[-4:]) == [person]


def test_exact_comes_before_prefix_before_inside(clerk: Clerk) -> None:
    inside = clerk.add("张小王")
    prefix = clerk.add("王小芳")
    exact = clerk.add("小王")
    assert clerk.find("小王") == [exact, inside]
    assert clerk.find("王")[0] == prefix
    assert set(clerk.find("王")) == {prefix, exact, inside}


def test_a_short_query_shows_the_first_and_says_so(clerk: Clerk) -> None:
    for number in range(5):
        clerk.add("王" + "一二三四五"[number])
    found = clerk.look_up(lambda lookup: search.find_ids(lookup, "w", limit=3))
    assert (len(found.ids), found.cut) == (3, True)
    assert not clerk.look_up(lambda lookup: search.find_ids(lookup, "w", limit=5)).cut


def test_who_left_is_found_only_among_those_who_left(clerk: Clerk, lan: int) -> None:
    clerk.do("登记迁出", lambda s: events.move_out(s, lan, on_date=clerk.today, now=clerk.now))
    assert clerk.find("单秀兰") == []
    assert clerk.find("shanxl", departed=True) == [lan]


def test_filters_and_text_work_together(clerk: Clerk, lan: int) -> None:
    young = clerk.add("单晓", birth_date=date(2015, 5, 5))
    elders = ResidentFilter(text="单", ages=(AgeBand(60),))
    assert clerk.names(elders) == ["单秀兰"]
    assert clerk.counts(elders) == (1, 1)
    children = ResidentFilter(text="dan", ages=(AgeBand(0, 17),))
    assert clerk.names(children) == ["单晓"]
    assert clerk.find("单晓") == [young]


def test_broad_words_with_filters_miss_nobody(
    clerk: Clerk, lan: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_BROAD", 1)
    clerk.add("单晓", birth_date=date(2015, 5, 5))
    assert clerk.names(ResidentFilter(text="单", ages=(AgeBand(60),))) == ["单秀兰"]
    assert clerk.names(ResidentFilter(text="单 3-2", ages=(AgeBand(60),))) == ["单秀兰"]


def test_a_scanned_number_opens_one_person(clerk: Clerk, lan: int) -> None:
    assert clerk.look_up(lambda lookup: search.exact_hit(lookup, NUMBER)) == lan
    assert clerk.look_up(lambda lookup: search.exact_hit(lookup, "13812340612")) == lan
    assert clerk.look_up(lambda lookup: search.exact_hit(lookup, NUMBER[:17])) is None
    assert clerk.look_up(lambda lookup: search.exact_hit(lookup, "单秀兰")) is None


def test_a_number_that_two_people_share_opens_nobody(clerk: Clerk, lan: int) -> None:
    clerk.add("单小军", phone="13812340612")
    assert clerk.look_up(lambda lookup: search.exact_hit(lookup, "13812340612")) is None


def test_only_names_can_be_entered_as_new_people() -> None:
    assert search.looks_like_name("王秀兰")
    assert search.looks_like_name("阿迪力·买买提")
    assert not search.looks_like_name("wxl")
    assert not search.looks_like_name("3号楼")


def test_a_changed_name_is_found_and_the_old_one_is_not(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, name="王秀兰", former_name="")
    assert clerk.find("王秀兰") == [lan]
    assert clerk.find("单") == []


def test_rebuilding_gives_the_same_keys(clerk: Clerk, lan: int) -> None:
    gone = clerk.add("王建国")
    clerk.do("登记死亡", lambda s: events.die(s, gone, on_date=clerk.today, now=clerk.now))
    before = clerk.see(_all_keys)
    steps: list[tuple[int, int]] = []
    clerk.do("重建", lambda s: search_keys.rebuild(s, lambda *step: steps.append(step)))
    assert clerk.see(_all_keys) == before
    assert steps == [(2, 2)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_clerk_does_people_are_found_by_what_they_are(clerk: Clerk, seed: int) -> None:
    chance = Random(seed)
    done: Counter[str] = Counter()
    for _ in range(60):
        action = chance.choice(list(_DEEDS))
        with suppress(DomainError):
            _DEEDS[action](clerk, chance)
            done[action] += 1
        assert clerk.see(lambda s: list(search_keys.strays(s))) == [], done
    assert len(done) > 8
    _assert_search_misses_nobody(clerk)


def _assert_search_misses_nobody(clerk: Clerk) -> None:
    keys = clerk.see(_all_keys)
    typed = (
        "w",
        "wang",
        "shan",
        "dan",
        "xl",
        "1",
        "3-",
        "王",
        "独居",
        "王 3-",
        "s 1",
        "a%b",
        "_",
        "户",
    )
    for text, departed in product(typed, (False, True)):
        mark = DEPARTED if departed else ""
        fits = [
            {one for token, one in keys if token.startswith(tuple(mark + s for s in word.starts))}
            for word in words(text)
        ]
        assert set(clerk.find(text, departed=departed)) == set.intersection(*fits), text


def _enter(clerk: Clerk, chance: Random) -> None:
    fields: dict[str, Any] = {"former_name": chance.choice(("", *_ODD_NAMES))}
    if chance.random() < 0.6:
        day = date(1930, 1, 1) + timedelta(days=chance.randrange(30_000))
        fields["document_number"] = id_number(day, serial=chance.randrange(1, 400))
    if chance.random() < 0.6:
        fields |= {"address": f"{chance.randint(1, 4)}-1-{chance.randint(1, 4)}01"}
        fields |= {"new_household": chance.random() < 0.5}
    if chance.random() < 0.5:
        fields["tag_ids"] = (clerk.tag_id("独居老人"),)
    clerk.add(chance.choice(_ODD_NAMES), **fields)


def _alter(clerk: Clerk, chance: Random) -> None:
    address = chance.choice(("", "4-1-101", "3-3-303"))
    clerk.change(_one_of(clerk, chance), name=chance.choice(_ODD_NAMES), address=address)


def _merge(clerk: Clerk, chance: Random) -> None:
    keep, other = _one_of(clerk, chance), _one_of(clerk, chance)
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))


def _switch_tag(clerk: Clerk, chance: Random) -> None:
    shown, tag = chance.random() < 0.5, clerk.tag_id("独居老人")
    clerk.do("标签", lambda s: tags.set_enabled(s, tag, shown))


def _to_one(act: Callable[[Clerk, Session, int], Any]) -> Deed:
    def deed(clerk: Clerk, chance: Random) -> None:
        one = _one_of(clerk, chance)
        clerk.do("改动", lambda s: act(clerk, s, one))

    return deed


def _one_of(clerk: Clerk, chance: Random) -> int:
    """Anybody, also who was deleted or left; nobody whose entry was taken back."""
    people = clerk.see(lambda s: list(s.scalars(select(Resident.id))))
    if not people:
        raise DomainError("还没有人。")
    return chance.choice(people)


def _undo(clerk: Clerk, _chance: Random) -> None:
    if clerk.see(history.last_undoable) is None:
        raise DomainError("没有可撤销的。")
    clerk.undo_last()


_ODD_NAMES = (
    "王秀兰",
    "单田芳",
    "欧阳明月",
    "阿迪力·买买提",
    "a%b",
    "王_",
    "JOHN SMITH",
    "𠅤𣲗",
    "仇伟",
)
_DEEDS: dict[str, Deed] = {
    "add": _enter,
    "add more": _enter,
    "change": _alter,
    "merge": _merge,
    "undo": _undo,
    "switch a tag": _switch_tag,
    "give a tag": _to_one(lambda c, s, one: tags.give(s, [one], c.tag_id("独居老人"))),
    "end a tag": _to_one(lambda c, s, one: tags.end(s, [one], c.tag_id("独居老人"), until=c.today)),
    "move out": _to_one(lambda c, s, one: events.move_out(s, one, on_date=c.today, now=c.now)),
    "die": _to_one(lambda c, s, one: events.die(s, one, on_date=c.today, now=c.now)),
    "delete": _to_one(lambda c, s, one: resident_forms.delete(s, one, now=c.now)),
    "restore": _to_one(lambda c, s, one: resident_forms.restore(s, one)),
}


_SIGNS = (
    *('"', "'", "*", "王*", '王" OR "1', "NEAR(王 秀)", "';--", ":a", "?1", "^王", "{王}", "-王"),
    *("%", "_", "/", "\\", "(", "[王]", "!", "!王", "~", "~王", "--", "-501", "3--501", "@a", "$a"),
    *("1956-13-45", "2026-", "号楼", "#", "室", "\x00", "王\x00", "\ud83d", "\x7f", "\n", "①", "İ"),
    *("9" * 500, "王" * 300, "王 李 张 " * 40, "a b c d e f g h " * 10),
)


@pytest.mark.parametrize("broad", [1, 5_000])
def test_no_sign_of_a_query_is_more_than_a_sign(
    clerk: Clerk, lan: int, monkeypatch: pytest.MonkeyPatch, broad: int
) -> None:
    monkeypatch.setattr(search, "_BROAD", broad)
    odd = clerk.add("王_", former_name="a%b", phone="13500000000")
    people = clerk.see(lambda s: list(search_keys.findables(s, [lan, odd])))
    for typed in _SIGNS:
        asked = words(typed)
        fits = {
            one.id
            for one in people
            if asked and all(any(t.startswith(w.starts) for t in split(tokens(one))) for w in asked)
        }
        assert set(clerk.find(typed)) == fits, typed
        assert clerk.look_up(lambda lookup, text=typed: search.exact_hit(lookup, text)) is None


def _all_keys(session: Session) -> set[tuple[str, int]]:
    return {(key.token, key.resident_id) for key in session.scalars(select(SearchKey))}


def test_both_tables_tell_the_same_tokens_after_every_change(clerk: Clerk, lan: int) -> None:
    clerk.change(lan, name="王秀兰", phone="13998765432", address="4-1-301")
    gone = clerk.add("王建国")
    clerk.do("登记死亡", lambda s: events.die(s, gone, on_date=clerk.today, now=clerk.now))
    texts = clerk.see(
        lambda s: {row.resident_id: row.tokens for row in s.scalars(select(SearchText))}
    )
    told = {(token, one) for one, text in texts.items() for token in split(text)}
    assert set(texts) == {lan, gone}
    assert told == clerk.see(_all_keys)


def test_any_sign_may_be_part_of_a_token(clerk: Clerk, lan: int) -> None:
    """The index of SQLite cuts a text at line feeds and nowhere else, and alters no sign."""
    signs = "".join(map(chr, range(0x20, 0x7F))).lower() + "、（）“”①"
    odd = Findable(lan, ("王秀兰",), household_number=signs, tags=("80 岁以上", 'it\'s "a" tag'))
    clerk.do("忘记", lambda s: search_keys.forget(s, [lan]))
    clerk.do("写入", lambda s: search_keys.index_new(s, [odd]))
    assert clerk.see(_all_keys) == {(token, lan) for token in split(tokens(odd))}
    assert (signs, lan) in clerk.see(_all_keys)


def test_forgotten_people_leave_no_token(clerk: Clerk, lan: int) -> None:
    clerk.do("忘记", lambda s: search_keys.forget(s, [lan]))
    assert clerk.see(_all_keys) == set()
    assert clerk.see(lambda s: s.scalars(select(SearchText)).all()) == []


@pytest.mark.parametrize("broad", [1, 5_000])
@pytest.mark.parametrize(
    "typed",
    [
        *("王 xl", "wang 1", "shan 1-1", "兰 2", "王 ~", "w 3-"),
        *("王 %", "王 _", "王 /", "王 a%b", "王 a_b"),
    ],
)
def test_several_words_answer_as_a_look_at_all_tokens_does(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, typed: str, broad: int
) -> None:
    """However broad the words are held to be: they are looked up whole, or person by person."""
    monkeypatch.setattr(search, "_BROAD", broad)
    ids = [clerk.add(name, address=f"{n}-1-{n}01") for n, name in enumerate(_NAMES, start=1)]
    clerk.change(ids[0], former_name="a%b")
    people = clerk.see(lambda s: list(search_keys.findables(s, ids)))
    expected = {
        one.id
        for one in people
        if all(
            any(token.startswith(word.starts) for token in split(tokens(one)))
            for word in words(typed)
        )
    }
    assert set(clerk.find(typed)) == expected


_NAMES = ("王秀兰", "王秀芳", "单田芳", "王一", "汪晓丽")
_NAME_CHARACTERS = "王单李欧阳秀兰芳𠅤仇朴·"
_PEOPLE = st.lists(
    st.builds(
        Findable,
        id=st.just(0),
        names=st.tuples(st.text(_NAME_CHARACTERS, min_size=2, max_size=4)),
        document_number=st.sampled_from(["", NUMBER, id_number(date(1980, 2, 29), serial=7)]),
        phones=st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), max_size=2).map(tuple),
        birth_date=st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1)),
        place=st.tuples(
            st.integers(1, 12).map(str),
            st.sampled_from(["", "1", "2"]),
            st.sampled_from(["", "501"]),
        ),
        household_number=st.just(""),
        tags=st.just(()),
        departed=st.just(False),
    ),
    min_size=1,
    max_size=8,
)


def _fits(person: Findable, typed: str) -> bool:
    """The oracle: looks at the fields themselves, knows nothing of tokens."""
    name = person.names[0].replace("·", "")
    spellings = pinyin.readings(person.names[0])
    by_sound = any(
        "".join(reading[start:]).startswith(typed)
        or "".join(syllable[0] for syllable in reading[start:]).startswith(typed)
        for reading in spellings
        for start in range(len(reading))
    )
    number = person.document_number.lower()
    by_number = any(number[start:].startswith(typed) for start in (0, 6, 8, 12, 14) if number)
    by_phone = any(
        phone[start:].startswith(typed) for phone in person.phones for start in (0, 3, 7)
    )
    birth = person.birth_date.strftime("%Y%m%d") if person.birth_date else ""
    parts = [part for part in person.place if part]
    by_place = person.place[2] != "" and any(
        "-".join(parts[start:]).startswith(typed) for start in range(len(parts))
    )
    return (
        typed in name
        or by_sound
        or by_number
        or by_phone
        or bool(birth and birth.startswith(typed))
        or by_place
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=_PEOPLE, data=st.data())
def test_every_person_whom_a_reader_would_find_has_a_fitting_token(
    people: list[Findable], data: st.DataObject
) -> None:
    person = data.draw(st.sampled_from(people))
    typed = data.draw(st.sampled_from(sorted(_queries_about(person))))
    starts = [start for word in words(typed) for start in word.starts]
    for one in people:
        found = any(token.startswith(start) for token in split(tokens(one)) for start in starts)
        assert found or not _fits(one, typed), (typed, one)


def _queries_about(person: Findable) -> set[str]:
    name = person.names[0].replace("·", "")
    queries = {name[start:end] for start in range(len(name)) for end in range(start + 1, 5)}
    for reading in pinyin.readings(person.names[0]):
        spelled = "".join(reading)
        queries |= {spelled[:length] for length in (1, 3, len(spelled))}
        queries.add("".join(syllable[0] for syllable in reading[1:]))
    for text in (person.document_number, *person.phones):
        queries |= {text[start:][:4] for start in (0, 6, 7, 14)}
    return {query.lower() for query in queries if query} or {"x"}


def test_the_index_answers_as_a_look_at_all_tokens_does(clerk: Clerk) -> None:
    """SQL ranges against prefixes tried one by one, over people of many kinds."""
    names = [
        "王秀兰",
        "王秀芳",
        "单田芳",
        "欧阳明月",
        "阿迪力·买买提",
        "JOHN SMITH",
        "𠅤𣲗",
        "仇伟",
    ]
    ids = [clerk.add(name, address=f"{n}-1-{n}01") for n, name in enumerate(names, start=1)]
    people = clerk.see(lambda s: list(search_keys.findables(s, ids)))
    for typed in [
        "王",
        "wang",
        "w",
        "xl",
        "shan",
        "mingyue",
        "买买提",
        "smith",
        "𠅤",
        "1",
        "5-1",
        "~",
    ]:
        starts = [start for word in words(typed) for start in word.starts]
        expected = {
            one.id
            for one in people
            if any(token.startswith(start) for token in split(tokens(one)) for start in starts)
        }
        assert set(clerk.find(typed)) == expected, typed
