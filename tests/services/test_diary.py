"""平安日记: what may be written, what is listed, what stands on its papers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Building,
    CategoryGroup,
    DiaryEntry,
    DiaryMet,
    DiaryPhoto,
    Grid,
    GridMember,
    Origin,
    Post,
    PostKind,
    Request,
    RoundWay,
)
from app.services import (
    categories,
    diary,
    diary_grid,
    diary_met,
    diary_papers,
    diary_photos,
    diary_views,
    grids,
    members,
    photos,
    requests,
)
from app.services.diary_input import DiaryInput, Met
from app.services.diary_views import SOME, DiaryFilter
from app.services.papers import Printing
from app.services.requests import RequestInput
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.services.conftest import Clerk

WORDS = (Met(words="小广场"),)
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"


@pytest.fixture
def office(clerk: Clerk) -> Clerk:
    """Two grids with a building each, 王秀兰 in the first, and 孙丽 who looks after it."""
    lan = clerk.add("王秀兰", address="3-2-301")

    def furnish(session: Any) -> None:
        categories.seed(session)
        first = grids.add(session, number=1, name="第一网格")
        grids.add(session, number=2, name="第二网格")
        building = session.scalars(select(Building)).one()
        building.grid_id = first
        from app.models import Resident

        session.get_one(Resident, lan).grid_id = first
        sun = GridMember(name="孙丽", name_order="sunli")
        session.add(sun)
        session.flush()
        since = clerk.today - timedelta(days=90)
        session.add(Post(member_id=sun.id, kind=PostKind.GRID_STAFF, grid_id=first, since=since))

    clerk.do("准备", furnish)
    return clerk


def grid(office: Clerk, name: str) -> int:
    return next(key for key, one in office.see(grids.names).items() if one == name)


def kind(office: Clerk, name: str, group: CategoryGroup = CategoryGroup.MATTER) -> int:
    found = office.see(lambda s: categories.categories(s, group))
    return next(one.id for one in found if one.name == name)


def lan_of(office: Clerk) -> int:
    return office.find("王秀兰")[0]


def write(office: Clerk, **fields: Any) -> int:
    values: dict[str, Any] = {"on_date": office.today, "met": WORDS}
    entered = DiaryInput(**(values | fields))
    return int(office.do("记日记", lambda s: diary.write(s, entered, now=office.now)))


def listed(office: Clerk, **fields: Any) -> list[int]:
    return list(office.look_up(lambda it: diary_views.list_ids(it, DiaryFilter(**fields))))


def row(office: Clerk, entry_id: int) -> diary_views.DiaryRow:
    [found] = office.look_up(lambda it: diary_views.rows(it, [entry_id]))
    return found


def test_a_day_to_come_an_empty_line_and_an_unknown_grid_are_refused_with_what_to_do(
    office: Clerk,
) -> None:
    first = grid(office, "第一网格")
    tomorrow = office.today + timedelta(days=1)

    with pytest.raises(DomainError, match="还没有到"):
        write(office, on_date=tomorrow, grid_id=first)
    with pytest.raises(DomainError, match="还是空的"):
        write(office, met=(), seen="　 ", grid_id=first)
    with pytest.raises(DomainError, match="请选网格，或者写上走访的人、楼"):
        write(office, met=(), seen="灯不亮")
    with pytest.raises(DomainError, match="走访的人、楼不归哪一个网格，请在“网格”里选一个"):
        write(office)
    office.do("删网格", lambda s: setattr(s.get_one(Grid, first), "deleted_at", office.now))
    with pytest.raises(DomainError, match="第一网格已经删除，请改选别的网格"):
        write(office, grid_id=first)
    assert listed(office) == []


def test_the_grid_is_that_of_the_person_the_building_or_the_member(office: Clerk) -> None:
    first, second = grid(office, "第一网格"), grid(office, "第二网格")
    building = office.see(lambda s: s.scalars(select(Building.id)).one())
    sun = office.see(lambda s: s.scalars(select(GridMember.id)).one())
    ways: tuple[dict[str, Any], ...] = (
        {"met": (Met(resident_id=lan_of(office)),)},
        {"met": (Met(building_id=building, unit="2"),)},
        {"member_id": sun},
    )

    found = [office.see(lambda s, one=one: diary.input_of(s, write(office, **one))) for one in ways]
    chosen = write(office, met=(Met(resident_id=lan_of(office)),), grid_id=second)

    assert [entered.grid_id for entered, _ in found] == [first] * 3
    assert row(office, chosen).grid_name == "第二网格"


def test_what_was_met_is_read_back_in_words_and_found_by_pinyin(office: Clerk) -> None:
    building = office.see(lambda s: s.scalars(select(Building.id)).one())
    met = (Met(resident_id=lan_of(office)), Met(building_id=building, unit="2"), *WORDS)
    entry = write(office, met=met, seen="水管 100% 漏", way=RoundWay.HOME)
    other = write(office, seen="井盖松动", grid_id=grid(office, "第二网格"), met=())

    assert row(office, entry).met == "王秀兰 3-2-301、3 号楼 2 单元、小广场"
    assert row(office, entry).way == "入户"
    for text in ("wxl", "王秀兰", "3-2-301", "小广场", "水管", "100%", "wxl 漏"):
        assert listed(office, text=text) == [entry], text
    assert listed(office, text="0_%") == []
    assert listed(office) == [other, entry]


def test_the_list_goes_by_day_and_is_filtered_by_each_of_its_facts(office: Clerk) -> None:
    first, second = grid(office, "第一网格"), grid(office, "第二网格")
    gas = kind(office, "燃气", CategoryGroup.HAZARD)
    quarrel = kind(office, "矛盾纠纷")
    old = write(office, on_date=date(2026, 10, 31), grid_id=second)
    new = write(office, grid_id=first, category_id=quarrel, way=RoundWay.PHONE)
    middle = write(
        office, on_date=date(2026, 11, 2), grid_id=first, hazard_id=gas, outcome="当场解决"
    )

    assert listed(office) == [new, middle, old]
    assert listed(office, month=(2026, 11)) == [new, middle]
    assert listed(office, day=date(2026, 11, 2)) == [middle]
    assert listed(office, grid_id=second) == [old]
    assert listed(office, category_id=quarrel) == [new]
    assert listed(office, hazard_id=SOME) == listed(office, hazard_id=gas) == [middle]
    assert listed(office, open=True) == [new]
    counted = office.look_up(lambda it: diary_views.counts(it, DiaryFilter(month=(2026, 11))))
    assert (counted.by_way, counted.hazards, counted.open) == (
        {"巡查": 1, "入户": 0, "电话": 1},
        1,
        1,
    )
    months = office.look_up(lambda it: diary_views.months(it, today=office.today))
    assert months == [(2026, 11), (2026, 10)]


def test_a_finding_is_open_until_it_is_settled_and_what_was_solved_at_once_never_is(
    office: Clerk,
) -> None:
    first, gas = grid(office, "第一网格"), kind(office, "燃气", CategoryGroup.HAZARD)
    plain = write(office, grid_id=first)
    solved = write(office, grid_id=first, hazard_id=gas, outcome="当场解决")
    entry = write(office, grid_id=first, hazard_id=gas)

    def settle(key: int, version: int, on: date) -> None:
        office.do("销号", lambda s: diary.settle(s, key, version=version, on=on, now=office.now))

    assert not row(office, plain).open
    assert row(office, solved).settled_on == office.today
    with pytest.raises(DomainError, match="不用销号"):
        settle(plain, 1, office.today)
    with pytest.raises(DomainError, match="之间"):
        settle(entry, 1, office.today + timedelta(days=1))
    settle(entry, 1, office.today)
    assert not row(office, entry).open
    with pytest.raises(ChangedMeanwhile):
        settle(entry, 1, office.today)
    office.do("再查", lambda s: diary.reopen(s, entry, version=2))
    assert row(office, entry).open


def test_a_finding_that_became_a_request_is_settled_with_the_request(office: Clerk) -> None:
    entry = write(office, grid_id=grid(office, "第一网格"), category_id=kind(office, "公共设施"))
    asking = RequestInput(
        origin=Origin.MEMBER,
        category_id=kind(office, "公共设施"),
        title="井盖松动",
        person="王秀兰",
        grid_id=grid(office, "第一网格"),
        diary_entry_id=entry,
    )
    assert listed(office, open=True) == [entry]

    office.do("登记诉求", lambda s: requests.register(s, asking, now=office.now))

    assert listed(office, open=True) == []
    assert [one.state for one in row(office, entry).requests] == ["登记"]
    assert not row(office, entry).open

    asked = row(office, entry).requests[0].id
    office.do("删", lambda s: setattr(s.get_one(Request, asked), "deleted_at", office.now))
    assert listed(office, open=True) == [entry]
    assert row(office, entry).open


def test_a_second_editor_is_told_also_where_only_the_people_met_were_changed(
    office: Clerk,
) -> None:
    entry = write(office, grid_id=grid(office, "第一网格"))
    entered, version = office.see(lambda s: diary.input_of(s, entry))
    more = replace(entered, met=(*entered.met, Met(resident_id=lan_of(office))))

    office.do("改", lambda s: diary.update(s, entry, more, version=version, now=office.now))

    with pytest.raises(ChangedMeanwhile):
        office.do(
            "又改", lambda s: diary.update(s, entry, entered, version=version, now=office.now)
        )
    assert row(office, entry).met == "小广场、王秀兰 3-2-301"


def test_a_correction_keeps_the_rows_of_those_who_stay(office: Clerk) -> None:
    entry = write(office, grid_id=grid(office, "第一网格"), met=(*WORDS, Met(words="西门")))
    [kept, _] = office.see(lambda s: s.scalars(select(DiaryMet.id).order_by(DiaryMet.id)).all())
    entered, version = office.see(lambda s: diary.input_of(s, entry))
    changed = replace(entered, met=(*WORDS, Met(words="东门")))

    office.do("改", lambda s: diary.update(s, entry, changed, version=version, now=office.now))

    rows = office.see(lambda s: s.execute(select(DiaryMet.id, DiaryMet.words)).all())
    assert (kept, "小广场") in rows
    assert {words for _, words in rows} == {"小广场", "东门"}


def test_a_line_is_taken_back_with_all_it_brought_pictures_too(office: Clerk) -> None:
    first = grid(office, "第一网格")

    def with_picture(session: Any) -> None:
        entered = DiaryInput(on_date=office.today, met=WORDS, grid_id=first)
        key = diary.write(session, entered, now=office.now)
        diary_photos.set_photos(session, key, kept=(), added=[JPEG], now=office.now)

    office.do("记日记", with_picture)
    undone = office.undo_last()

    assert undone.kept == ()
    for model in (DiaryEntry, DiaryMet, DiaryPhoto):
        assert office.see(lambda s, one=model: s.scalars(select(one)).all()) == []


def test_pictures_are_kept_added_and_refused_where_they_are_too_many_or_too_large(
    office: Clerk,
) -> None:
    entry = write(office, grid_id=grid(office, "第一网格"))

    def put(*, kept: list[int], added: list[bytes]) -> None:
        office.do(
            "照片",
            lambda s: diary_photos.set_photos(s, entry, kept=kept, added=added, now=office.now),
        )

    put(kept=[], added=[JPEG, JPEG])
    [first, _] = office.see(lambda s: diary_photos.photos(s, entry))
    put(kept=[first.id], added=[JPEG + b"2"])
    assert [one.jpeg for one in office.see(lambda s: diary_photos.photos(s, entry))] == [
        JPEG,
        JPEG + b"2",
    ]
    assert row(office, entry).photos == 2
    with pytest.raises(DomainError, match="最多"):
        put(kept=[first.id], added=[JPEG] * photos.MOST_PHOTOS)
    with pytest.raises(DomainError, match="太大"):
        put(kept=[], added=[JPEG * 30_000])


def test_the_form_proposes_the_weather_of_the_day_and_who_writes_where(office: Clerk) -> None:
    first = grid(office, "第一网格")
    write(office, grid_id=first, weather="小雨")
    write(office, grid_id=first, weather="晴")
    sun = office.see(lambda s: s.scalars(select(GridMember.id)).one())
    office.database.act_as(Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({first})))

    proposed = office.look_up(lambda it: diary_grid.proposal(it, office.today, now=office.now))

    assert proposed == DiaryInput(
        on_date=office.today, weather="小雨", grid_id=first, member_id=sun, period="上午"
    )
    assert office.look_up(lambda it: members.own_member(it, it.actor)) == sun


def test_a_grid_member_sees_writes_and_finds_in_own_grids_only(office: Clerk) -> None:
    first, second = grid(office, "第一网格"), grid(office, "第二网格")
    lan = lan_of(office)
    own = write(office, grid_id=second, met=(Met(resident_id=lan),))
    write(office, grid_id=first, met=(Met(resident_id=lan),))
    office.database.act_as(Actor("吕梅", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({second})))

    assert listed(office) == [own]
    assert row(office, own).met == diary_met.ELSEWHERE
    assert listed(office, text="王秀兰") == []
    suggested = office.look_up(lambda it: diary_met.suggest(it, "wxl", today=office.today))
    assert [one.met for one in suggested] == [Met(words="wxl")]
    with pytest.raises(DomainError, match="不在您网格"):
        write(office, grid_id=first)
    assert write(office)

    both = frozenset({first, second})
    office.database.act_as(Actor("吕梅", GRID_MEMBER, DEFAULTS[GRID_MEMBER], both))
    with pytest.raises(DomainError, match="请在“网格”里选一个"):
        write(office)


def test_a_reader_may_not_write(office: Clerk) -> None:
    office.database.act_as(Actor("看的人", "只读", DEFAULTS["只读"]))

    with pytest.raises(DomainError, match="记日记和走访"):
        write(office, grid_id=grid(office, "第一网格"))


def test_suggestions_begin_with_the_building_then_people_and_end_with_the_words(
    office: Clerk,
) -> None:
    def suggest(text: str) -> list[str]:
        found = office.look_up(lambda it: diary_met.suggest(it, text, today=office.today))
        return [one.words for one in found]

    assert suggest("3-2") == ["3 号楼 2 单元", "王秀兰 3-2-301", "3-2"]
    assert suggest("3号楼") == ["3 号楼", "王秀兰 3-2-301", "3号楼"]
    assert suggest("wxl") == ["王秀兰 3-2-301", "wxl"]
    assert suggest("3-2-301") == ["王秀兰 3-2-301", "3-2-301"]
    assert suggest(" ") == []


def test_the_papers_have_names_whole_numbers_masked_and_the_people_for_the_journal(
    office: Clerk,
) -> None:
    first, lan = grid(office, "第一网格"), lan_of(office)
    told = "电话 13812340612 打不通"
    entry = write(office, grid_id=first, met=(Met(resident_id=lan),), seen=told, weather="晴")
    office.do(
        "照片",
        lambda s: diary_photos.set_photos(s, entry, kept=(), added=[JPEG], now=office.now),
    )
    printing = Printing("赵敏", office.now)
    whose: dict[str, Any] = {"grid_id": first, "member_id": None, "printing": printing}

    sheet, on_sheet = office.see(
        lambda s: diary_papers.day_sheet(s, on=office.today, rows=2, **whose)
    )
    plain, _ = office.see(lambda s: diary_papers.month(s, (2026, 11), with_photos=False, **whose))
    paper, in_month = office.see(
        lambda s: diary_papers.month(s, (2026, 11), with_photos=True, **whose)
    )

    assert on_sheet == in_month == [lan]
    assert (sheet.weather, sheet.grid, sheet.blank_rows) == ("晴", "第一网格", 2)
    assert sheet.categories[0] == "矛盾纠纷"
    [day] = paper.days
    for line in (sheet.lines[0], day.lines[0].line):
        assert line.met == "王秀兰 3-2-301"
        assert line.seen == "电话 138 **** 0612 打不通"
    assert paper.counts == [("巡查", 1)]
    assert day.lines[0].photos == (JPEG,)
    assert plain.days[0].lines[0].photos == ()
    assert (paper.filter_words, day.lines[0].grid) == ("第一网格", "")


def test_a_sheet_of_all_grids_says_so_unless_all_was_written_about_one(office: Clerk) -> None:
    first, second = grid(office, "第一网格"), grid(office, "第二网格")

    def head() -> tuple[str, str]:
        sheet, _ = office.see(
            lambda s: diary_papers.day_sheet(
                s,
                on=office.today,
                grid_id=None,
                member_id=None,
                rows=0,
                printing=Printing("赵敏", office.now),
            )
        )
        return sheet.grid, sheet.member

    assert head() == ("", "")
    write(office, grid_id=first)
    assert head() == ("第一网格", "")
    write(office, grid_id=second)
    assert head() == ("全部网格", "")
