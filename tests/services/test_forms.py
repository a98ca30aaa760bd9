"""Entering, correcting and deleting a resident."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import LOOKS, Resident
from app.services import (
    building_moves,
    cards,
    dwellings,
    grids,
    history,
    recycle_bin,
    resident_forms,
)
from app.services.building_moves import Part
from app.services.resident_forms import DuplicateDocument, InvalidInput, ResidentInput
from tests.services.conftest import Clerk, id_number

BORN = date(1985, 7, 12)
NUMBER = id_number(BORN, man=False, serial=31)


def _faults(entered: ResidentInput, today: date) -> dict[str, bool]:
    return {fault.field: fault.blocking for fault in resident_forms.check(entered, today=today)}


def test_sex_and_birth_come_from_the_number(clerk: Clerk) -> None:
    key = clerk.add(" 曲 晓燕 ", document_number=NUMBER.lower(), phone="138 4091 0001、13840910002")
    assert clerk.get(key, "name", "sex", "birth_date") == ("曲晓燕", "女", BORN)
    assert clerk.get(key, "document_number", "phone", "other_phones") == (
        NUMBER,
        "13840910001",
        "13840910002",
    )


def test_what_is_saved_is_what_the_form_shows_again(clerk: Clerk) -> None:
    grid = clerk.do("加网格", lambda s: grids.add(s, number=1, name="第一网格"))
    fields = {
        "former_name": "曲小燕",
        "sex": "女",
        "birth_date": BORN,
        "document_number": NUMBER,
        "ethnic_group": "满族",
        "political_status": "群众",
        "education": "大学本科",
        "marital_status": "已婚",
        "phone": "13840910001",
        "occupation": "教师",
        "workplace": "第一中学",
        "registered_address": "辽宁省大连市",
        "address": "4-2-503",
        "residence_status": "人户一致",
        "grid_id": grid,
        "consent_on": date(2026, 11, 20),
        "note": "第一行\n第二行",
        "tag_ids": (clerk.tag_id("志愿者"),),
    }
    key = clerk.add("曲晓燕", new_household=True, **fields)
    shown, _ = clerk.see(lambda s: resident_forms.input_of(s, key))
    household = clerk.household_of(key)
    assert shown == ResidentInput(name="曲晓燕", household_id=household, relation="户主", **fields)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"document_number": ""}, "document_number"),
        ({"document_number": NUMBER[:17]}, "document_number"),
        ({"document_number": NUMBER[:6] + "19850230" + NUMBER[14:]}, "document_number"),
        ({"phone": "1384091"}, "phone"),
        ({"other_phones": "1384091"}, "other_phones"),
        ({"address": "海边"}, "address"),
        (
            {"birth_date": date(2027, 1, 1), "document_kind": "none", "document_number": ""},
            "birth_date",
        ),
        ({"name": "长" * 61}, "name"),
        ({"workplace": "长" * 121}, "workplace"),
        ({"document_kind": "?"}, "document_kind"),
    ],
)
def test_a_form_is_refused_at_the_right_field(
    clerk: Clerk, fields: dict[str, object], field: str
) -> None:
    entered = replace(ResidentInput(name="曲晓燕", document_number=NUMBER), **fields)
    assert _faults(entered, clerk.today)[field]
    with pytest.raises(InvalidInput) as refused:
        clerk.do("新增", lambda s: resident_forms.add(s, entered, now=clerk.now))
    assert field in {fault.field for fault in refused.value.faults}
    assert clerk.counts() == (0, 0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"sex": "男"}, "sex"),
        ({"birth_date": date(1985, 7, 13)}, "birth_date"),
        ({"name": "燕2"}, "name"),
    ],
)
def test_a_contradiction_is_told_and_not_refused(
    clerk: Clerk, fields: dict[str, object], field: str
) -> None:
    entered = replace(ResidentInput(name="曲晓燕", document_number=NUMBER), **fields)
    assert _faults(entered, clerk.today) == {field: False}
    clerk.do("新增", lambda s: resident_forms.add(s, entered, now=clerk.now))
    assert clerk.counts()[0] == 1


def test_a_newcomer_gets_the_grid_of_the_building(clerk: Clerk) -> None:
    grid = clerk.do("加网格", lambda s: grids.add(s, number=1, name="第一网格"))
    first = clerk.add("王建国", address="4-2-503")
    assert clerk.get(first, "grid_id") is None
    (building,) = clerk.see(dwellings.buildings)
    moved = clerk.do(
        "划楼", lambda s: building_moves.move(s, Part(building.id, None), grid, today=clerk.today)
    )
    assert (moved, clerk.get(first, "grid_id")) == (1, grid)
    assert clerk.get(clerk.add("李强", address="4-1-101"), "grid_id") == grid


def test_the_second_editor_is_refused(clerk: Clerk) -> None:
    key = clerk.add("王建国")
    entered, version = clerk.see(lambda s: resident_forms.input_of(s, key))
    clerk.change(key, phone="13840910001")
    with pytest.raises(ChangedMeanwhile):
        clerk.do(
            "改",
            lambda s: resident_forms.update(
                s, key, replace(entered, note="旧"), version=version, now=clerk.now
            ),
        )
    assert clerk.get(key, "phone", "note") == ("13840910001", None)


def test_one_number_is_one_person_unless_somebody_says_otherwise(clerk: Clerk) -> None:
    first = clerk.add("曲晓燕", document_number=NUMBER)
    with pytest.raises(DuplicateDocument) as refused:
        clerk.add("曲燕", document_number=NUMBER)
    assert refused.value.resident_id == first
    entered = ResidentInput(name="曲燕", document_number=NUMBER)
    second = clerk.do(
        "新增", lambda s: resident_forms.add(s, entered, now=clerk.now, distinct_from=(first,))
    )
    assert clerk.change(second, note="不是同一人") == ()


def test_a_new_phone_of_two_people_with_one_number_waits_for_no_answer(clerk: Clerk) -> None:
    first = clerk.add("曲晓燕", document_number=NUMBER)
    clerk.do("删除", lambda s: resident_forms.delete(s, first, now=clerk.now))
    second = clerk.add("曲燕", document_number=NUMBER)
    clerk.do("恢复", lambda s: resident_forms.restore(s, first))
    assert clerk.change(first, phone="13840910001") == ()
    assert clerk.find("0001") == [first]
    clerk.change(second, document_kind="none", document_number="")
    with pytest.raises(DuplicateDocument):
        clerk.change(second, document_kind="id_card", document_number=NUMBER)


def test_only_what_a_person_is_found_by_is_written_anew(clerk: Clerk) -> None:
    key = clerk.add("曲晓燕", phone="13840910001", address="3-2-501")
    clerk.change(key, note="找不到的话")
    assert clerk.find("0001") == clerk.find("3-2-501") == [key]
    clerk.change(key, phone="13840910002", address="4-2-501", tag_ids=())
    assert clerk.find("0001") == clerk.find("3-2-501") == []
    assert clerk.find("0002") == clerk.find("4-2-501") == [key]
    clerk.change(key, address="5-1-101")
    assert clerk.find("4-2-501") == []
    assert clerk.find("5-1-101") == [key]


def test_the_sentence_names_what_was_changed(clerk: Clerk) -> None:
    key = clerk.add("王秀兰")
    shown, _ = clerk.see(lambda s: resident_forms.input_of(s, key))

    def sentence(**fields: object) -> str:
        changed = replace(shown, **fields)
        return str(clerk.see(lambda s: resident_forms.change_sentence(s, key, changed)))

    assert sentence(phone="13840910001", address="3-2-301") == "修改居民 王秀兰 的电话、现住址"
    assert sentence(tag_ids=(1,)) == "修改居民 王秀兰 的标签"
    assert sentence() == "保存居民 王秀兰"


def test_deleted_people_are_in_the_bin_and_come_back(clerk: Clerk) -> None:
    key = clerk.add("王秀兰", new_household=True)
    clerk.do("删除", lambda s: resident_forms.delete(s, key, now=clerk.now))
    assert (clerk.counts(), clerk.find("王秀兰")) == ((0, 0), [])
    deleted = clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now))
    assert [line.name for line in deleted] == ["王秀兰"]
    with pytest.raises(DomainError):
        clerk.see(lambda s: cards.card(s, key, today=clerk.today))
    clerk.do("恢复", lambda s: resident_forms.restore(s, key))
    assert (clerk.counts(), clerk.find("王秀兰")) == ((1, 1), [key])
    assert clerk.get(key, "relation") == "户主"


def test_a_card_shows_masked_numbers_and_a_look_is_remembered(clerk: Clerk) -> None:
    key = clerk.add("曲晓燕", document_number=NUMBER, phone="13840910001", address="4-2-503")
    card = clerk.see(lambda s: cards.card(s, key, today=clerk.today))
    assert NUMBER not in repr(card)
    assert "13840910001" not in repr(card)
    assert (card.place, card.age, card.document_label) == ("4 号楼 2 单元 503", 41, "居民身份证")
    shown = clerk.do("查看 曲晓燕 的电话", lambda s: cards.reveal(s, key, "phone"))
    assert shown == "13840910001"
    lines = clerk.see(lambda s: history.of_record(s, Resident, key))
    assert lines[0].sentence == "查看 曲晓燕 的电话"


def test_the_card_tells_changes_and_leaves_out_who_looked(clerk: Clerk) -> None:
    key = clerk.add("曲晓燕", phone="13840910001")
    clerk.do("查看 曲晓燕 的电话", lambda s: cards.reveal(s, key, "phone"))
    card = clerk.see(lambda s: cards.card(s, key, today=clerk.today))
    assert card.history_count == len(card.history) == 1
    assert card.history[0].action not in LOOKS


def test_a_photo_is_kept_apart_and_must_be_one(clerk: Clerk) -> None:
    key = clerk.add("曲晓燕")
    picture = b"\xff\xd8\xff\xe0picture"
    clerk.do("照片", lambda s: cards.set_photo(s, key, picture))
    assert clerk.see(lambda s: cards.photo(s, key)) == picture
    assert clerk.see(lambda s: cards.card(s, key, today=clerk.today)).has_photo
    with pytest.raises(DomainError):
        clerk.do("照片", lambda s: cards.set_photo(s, key, b"GIF89a"))
    clerk.do("照片", lambda s: cards.set_photo(s, key, None))
    assert clerk.see(lambda s: cards.photo(s, key)) is None


@pytest.mark.parametrize("typed", ["77", "没带手机", "1384"])
def test_a_phone_that_is_none_is_refused_and_the_old_one_stays(clerk: Clerk, typed: str) -> None:
    key = clerk.add("曲晓燕", document_number=NUMBER, phone="13840910001")
    shown, version = clerk.see(lambda s: resident_forms.input_of(s, key))

    with pytest.raises(InvalidInput):
        clerk.do(
            "修改",
            lambda s: resident_forms.update(
                s, key, replace(shown, phone=typed), version=version, now=clerk.now
            ),
        )

    assert clerk.get(key, "phone", "name") == ("13840910001", "曲晓燕")


def test_the_word_none_in_a_phone_field_is_an_empty_field(clerk: Clerk) -> None:
    key = clerk.add("曲晓燕", document_number=NUMBER, phone="无")
    assert clerk.get(key, "phone", "name") == (None, "曲晓燕")
