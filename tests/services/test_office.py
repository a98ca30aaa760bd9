"""The office's own things: data, users, settings, tags, grids, drafts, layouts."""

from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.services import drafts, grids, import_layouts, office, settings, tags, users
from app.services.grids import GridInput
from app.services.office import Office
from app.services.settings import (
    COMMUNITY_NAME,
    MASK_SECONDS,
    SENSITIVE_TAGS,
    SETTINGS,
)
from app.storage.engine import Database
from app.values.codes import DEFAULT_TAGS
from tests.services.conftest import Clerk

DAY = date(2026, 11, 21)


def test_a_new_office_has_its_data_a_user_and_the_usual_tags(database: Database) -> None:
    data = Office("望海社区", "海湾街道", "210214", "望海路 18 号", "0411-83120000")
    with database.transaction("启用") as session:
        office.start(session, data, user="赵敏", role="书记", slot="a", today=DAY)
        office.start(session, data, user="李娜", role="社工", slot="b", today=DAY)
    with database.reading() as session:
        assert office.office(session) == data
        assert [(one.name, one.role) for one in users.users(session)] == [
            ("赵敏", "书记"),
            ("李娜", "社工"),
        ]
        names = [tag.name for tag in tags.tags(session, enabled_only=False)]
        assert names == list(DEFAULT_TAGS.names)
        shown = {tag.group for tag in tags.tags(session)}
        assert "综治" not in shown


def test_two_users_cannot_have_one_name(clerk: Clerk) -> None:
    clerk.do("加使用人", lambda s: users.add(s, name="赵敏", role="社工", slot="a"))
    for name in ("赵敏", " "):
        with pytest.raises(DomainError):
            clerk.do("加", lambda s, n=name: users.add(s, name=n, role="社工", slot="b"))


@pytest.mark.parametrize(
    "data", [Office(""), Office("望海社区", region_code="普兰店"), Office("长" * 61)]
)
def test_an_office_needs_a_name_and_a_code_of_digits(clerk: Clerk, data: Office) -> None:
    with pytest.raises(DomainError):
        clerk.do("改", lambda s: office.set_office(s, data))
    assert clerk.see(office.office).community_name == "望海社区"


def test_settings_have_defaults_and_keep_what_is_set(clerk: Clerk) -> None:
    assert clerk.look_up(settings.load)[MASK_SECONDS] == 60
    clerk.do("设置", lambda s: settings.change(s, MASK_SECONDS, 30))
    clerk.do("设置", lambda s: settings.change(s, SENSITIVE_TAGS, True))
    loaded = clerk.look_up(settings.load)
    assert (loaded[MASK_SECONDS], loaded[SENSITIVE_TAGS]) == (30, True)
    clerk.undo_last()
    assert clerk.look_up(settings.load)[SENSITIVE_TAGS] is False


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [(MASK_SECONDS, 5), (MASK_SECONDS, "30"), (COMMUNITY_NAME, "长" * 61)],
)
def test_what_cannot_be_set_is_refused(clerk: Clerk, setting: object, wrong: object) -> None:
    with pytest.raises(DomainError):
        clerk.do("设置", lambda s: settings.change(s, setting, wrong))


def test_every_setting_is_declared_once_and_in_words() -> None:
    assert len({one.key for one in SETTINGS}) == len(SETTINGS)
    assert all(one.label and one.group for one in SETTINGS)


def test_a_tag_is_given_once_counted_and_ended(clerk: Clerk) -> None:
    lan, old = clerk.add("王秀兰"), clerk.add("刘德厚")
    tag = clerk.tag_id("独居老人")

    def people() -> int:
        return next(one.people for one in clerk.see(tags.tags) if one.id == tag)

    assert clerk.do("标签", lambda s: tags.give(s, [lan, old], tag, since=clerk.today)) == 2
    assert clerk.do("标签", lambda s: tags.give(s, [lan, lan], tag)) == 0
    assert people() == 2
    assert clerk.do("去标签", lambda s: tags.end(s, [lan], tag, until=clerk.today)) == 1
    assert people() == 1
    assert clerk.find("djlr") == [old]


def test_a_hidden_tag_finds_nobody(clerk: Clerk) -> None:
    lan = clerk.add("王秀兰", tag_ids=(clerk.tag_id("独居老人"),))
    for enabled, found in ((False, []), (True, [lan])):
        clerk.do("停用", lambda s, on=enabled: tags.set_enabled(s, clerk.tag_id("独居老人"), on))
        assert clerk.find("独居老人") == found


def test_sensitive_tags_are_shown_only_where_the_office_says_so(clerk: Clerk) -> None:
    def shown() -> bool:
        return any(tag.group == tags.SENSITIVE_GROUP for tag in clerk.see(tags.tags))

    assert not shown()
    clerk.do("设置", lambda s: settings.change(s, SENSITIVE_TAGS, True))
    assert shown()
    clerk.do("设置", lambda s: settings.change(s, SENSITIVE_TAGS, False))
    assert not shown()


def test_tags_of_ones_own_need_a_new_name(clerk: Clerk) -> None:
    clerk.do("加标签", lambda s: tags.add(s, name="楼道长", group="参与", tone="green"))
    for name in ("楼道长", "独居老人", ""):
        with pytest.raises(DomainError):
            clerk.do("加标签", lambda s, n=name: tags.add(s, name=n))


def test_a_line_of_a_tag_cannot_end_before_it_began(clerk: Clerk) -> None:
    clerk.add("王秀兰", tag_ids=(clerk.tag_id("优抚对象"),))
    days = {"since": date(2026, 5, 1), "until": date(2026, 4, 1)}
    with pytest.raises(DomainError):
        clerk.do("改", lambda s: tags.edit(s, 1, **days, source="", level=""))
    clerk.do("改", lambda s: tags.edit(s, 1, since=None, until=None, source="", level="二级"))
    ids = clerk.find("优抚对象")
    assert len(ids) == 1


def test_grids_are_named_counted_renamed_and_removed_when_empty(clerk: Clerk) -> None:
    third = clerk.do("加网格", lambda s: grids.add(s, number=3, name="第三网格"))
    clerk.do("加网格", lambda s: grids.add(s, number=1, name="第一网格"))
    lan = clerk.add("王秀兰", grid_id=third, new_household=True)
    views = clerk.see(grids.grids)
    assert [(one.name, one.people, one.households) for one in views] == [
        ("第一网格", 0, 0),
        ("第三网格", 1, 1),
    ]
    version = views[1].version
    renamed = GridInput(number=3, name="望海一片区")
    clerk.do("改名", lambda s: grids.update(s, third, renamed, version=version))
    with pytest.raises(ChangedMeanwhile):
        clerk.do("改名", lambda s: grids.update(s, third, renamed, version=version))
    with pytest.raises(grids.GridInUse, match="还有 1 人"):
        clerk.do("删除", lambda s: grids.remove(s, third, now=clerk.now))
    clerk.change(lan, grid_id=1 if third != 1 else 2)
    clerk.do("删除", lambda s: grids.remove(s, third, now=clerk.now))
    assert list(clerk.see(grids.names).values()) == ["第一网格"]
    with pytest.raises(DomainError, match="已经有"):
        clerk.do("加网格", lambda s: grids.add(s, number=1, name="另一个"))


def test_a_draft_survives_until_it_is_dropped(clerk: Clerk) -> None:
    assert clerk.see(lambda s: drafts.kept(s, "resident:new")) is None
    for name in ("曲", "曲晓燕"):
        clerk.do(
            "草稿", lambda s, n=name: drafts.keep(s, "resident:new", {"name": n}, now=clerk.now)
        )
    kept = clerk.see(lambda s: drafts.kept(s, "resident:new"))
    assert (kept.fields, kept.saved_at) == ({"name": "曲晓燕"}, clerk.now)
    clerk.do("草稿", lambda s: drafts.drop(s, "resident:new"))
    assert clerk.see(lambda s: drafts.kept(s, "resident:new")) is None


def test_columns_put_right_once_are_remembered(clerk: Clerk) -> None:
    for columns in ({"A": "name"}, {"A": "name", "B": "sex"}):
        clerk.do(
            "记住", lambda s, c=columns: import_layouts.remember_layout(s, "f1", c, now=clerk.now)
        )
    assert clerk.see(lambda s: import_layouts.find_layout(s, "f1")) == {"A": "name", "B": "sex"}
    assert clerk.see(lambda s: import_layouts.find_layout(s, "f2")) is None
