"""Drafts of forms: everybody's own, listed, and told when their record was changed since."""

from app.models import Resident
from app.services import drafts
from app.values.rights import DEFAULTS, Actor
from tests.services.conftest import Clerk


def _keep(
    clerk: Clerk, key: str, title: str = "", resident: int | None = None, **fields: str
) -> None:
    record = (Resident.__tablename__, resident) if resident else None
    clerk.do(
        "保存草稿",
        lambda s: drafts.keep(s, key, fields, now=clerk.now, title=title, record=record),
    )


def test_a_draft_is_its_users_own(clerk: Clerk) -> None:
    _keep(clerk, "notice", "通知《停水》", title_="停水")
    clerk.database.act_as(Actor("赵敏", "社工", DEFAULTS["社工"]))
    assert clerk.see(lambda s: drafts.kept(s, "notice")) is None
    assert clerk.see(drafts.waiting) == []
    _keep(clerk, "notice", "通知《停电》")
    clerk.do("清除草稿", lambda s: drafts.drop(s, "notice"))
    clerk.database.act_as(Actor("王书记", "书记"))
    (draft,) = clerk.see(drafts.waiting)
    assert (draft.key, draft.title, draft.fields) == ("notice", "通知《停水》", {"title_": "停水"})


def test_a_record_changed_since_is_told_with_who_and_what(clerk: Clerk) -> None:
    lan = clerk.add("王秀兰")
    key = f"resident:{lan}"
    _keep(clerk, key, resident=lan, name="王秀兰")
    assert clerk.see(lambda s: drafts.kept(s, key)).changed_by == ""
    clerk.change(lan, phone="13812340612")
    # Typing on does not make the change known to who types.
    _keep(clerk, key, resident=lan, name="王秀蘭")
    draft = clerk.see(lambda s: drafts.kept(s, key))
    assert draft.changed_by == "11-21 09:30 王书记“修改居民 王秀兰 的电话”"
    assert draft.fields == {"name": "王秀蘭"}


def test_drafts_of_a_person_who_must_be_forgotten_go_with_him(clerk: Clerk) -> None:
    for key in ("resident:1", "resident:12", "resident:new"):
        _keep(clerk, key)
    clerk.do("抹去", lambda s: drafts.forget_people(s, {1}))
    assert {one.key for one in clerk.see(drafts.waiting)} == {"resident:12", "resident:new"}


def test_a_form_that_names_a_person_goes_with_him(clerk: Clerk) -> None:
    chosen = {"诉求人": {"resident_id": 1, "name": "王秀兰"}}
    met = {"走访": [{"resident_id": 12}, {"words": "小广场"}]}
    for key, fields in (("request:new", chosen), ("diary:new", met)):
        clerk.do("存", lambda s, k=key, f=fields: drafts.keep(s, k, f, now=clerk.now))
    clerk.do("抹去", lambda s: drafts.forget_people(s, {1, 2}))
    assert [one.key for one in clerk.see(drafts.waiting)] == ["diary:new"]
    clerk.do("抹去", lambda s: drafts.forget_people(s, {12}))
    assert clerk.see(drafts.waiting) == []


def test_a_draft_is_no_step_of_the_office(clerk: Clerk) -> None:
    from app.services import history

    before = clerk.see(history.recent)
    _keep(clerk, "notice")
    assert clerk.see(history.recent) == before
