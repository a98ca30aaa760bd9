"""The 本人信息单 gives what every ledger keeps of somebody, as 个人信息保护法 45 asks."""

import re
from datetime import date, datetime
from typing import Any

import pytest

from app.models import (
    Attendee,
    AttendWay,
    Base,
    Capacity,
    Diner,
    Meeting,
    StarAward,
    StarState,
    Topic,
    TopicOrigin,
)
from app.reports.info_sheet import InfoSheet, render_many
from app.services import cards, info_ledgers, papers
from app.services.info_ledgers import NOT_LISTED
from app.services.papers import Printing
from app.storage.engine import Database
from app.storage.lookup import Lookup
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.actors import actor
from tests.reports.reading import text_by_pdfium
from tests.services import canteen_stage, grid_life, meeting_stage, points_stage, serving
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer

ELSEWHERE = {
    # On the sheet by its other parts: the household, tags, events, consent.
    *("household", "resident_tag", "resident_event", "privacy_event"),
    # 走访 and 诉求 of 登记事项.
    *("visit", "request", "visit_deferral", "visit_sheet_row"),
    # Where a meal goes, when it does not, and whom somebody is not: settings of what is listed.
    *("route_stop", "order_pause", "distinct_pair"),
}


def sheet(clerk: Clerk, resident_id: int) -> InfoSheet:
    printing = Printing(by="周立群", at=datetime(2026, 11, 21, 9, 30))
    [data] = clerk.see(lambda s: papers.info_sheets(s, [resident_id], printing))
    assert isinstance(data, InfoSheet)
    return data


def said(clerk: Clerk, resident_id: int) -> dict[str, str]:
    return dict(sheet(clerk, resident_id).ledgers)


def test_somebody_in_no_ledger_has_no_empty_lines(clerk: Clerk) -> None:
    assert said(clerk, clerk.add("王秀兰")) == {}


def test_volunteer_hours_stars_and_points_are_on_the_sheet(database: Database) -> None:
    stage = points_stage.stage_on(database)
    stage.earn(stage.wang, 120)
    serves, day = stage.volunteers["wang"], date(2026, 3, 2)

    def write(session: Any) -> None:
        serving.serve(session, serves, 25, day, "楼道清洁")
        grid_life.put(
            session,
            StarAward,
            volunteer_id=serves,
            stars=3,
            half_hours=25,
            state=StarState.CONFIRMED,
            proposed_on=day,
        )

    stage.do(write)
    found = said(stage.clerk, stage.people["wang"])
    assert found["志愿者"] == "编号 0132，2025-10-17 登记，服务时长 12.5 小时，三星"
    assert found["积分"] == "个人账户 120 分，记账 1 行"
    assert "志愿者" not in said(stage.clerk, stage.people["li"])


def test_meals_card_diet_and_the_familys_phone_are_on_the_sheet(database: Database) -> None:
    stage = canteen_stage.stage_on(database)
    chen = stage.people["chen"]
    stage.log("chen")
    stage.account("chen", fen=50_00)
    stage.do(
        lambda s: s.add(
            Diner(
                resident_id=chen,
                diet="低盐、软食",
                avoids="花生",
                contact="陈丽",
                contact_relation="女儿",
                contact_phone="13912340000",
            )
        )
    )
    found = said(stage.clerk, chen)
    assert found["用餐"] == "共 1 份，2026-11-21 至 2026-11-21；餐卡余额 50.00 元，记账 1 行"
    assert found["饮食"] == "饮食要求 低盐、软食，忌口 花生，家属 陈丽（女儿） 13912340000"
    text = "".join(text_by_pdfium(render_many([sheet(stage.clerk, chen)])).split())
    assert "各本账上的记录" in text
    assert "家属陈丽（女儿）13912340000" in text
    assert "逐笔的记录和原文可以当场要求查阅" in text


def test_topics_seats_and_meetings_attended_are_on_the_sheet(database: Database) -> None:
    stage = meeting_stage.stage_on(database)
    li = stage.people["li"]
    kind = grid_life.category(stage.clerk)
    stage.put(
        Topic,
        number=1,
        came_on=stage.today,
        origin=TopicOrigin.FORUM,
        resident_id=li,
        category_id=kind,
        title="楼道灯不亮",
        registered_at=stage.now,
    )
    ((seat,),) = stage.ask(f"SELECT id FROM body_member WHERE resident_id = {li} LIMIT 1")
    meeting = stage.put(
        Meeting, body_id=stage.council, number=1, title="会", on_date=stage.today, starts=540
    )
    stage.put(
        Attendee,
        meeting_id=meeting,
        capacity=Capacity.MEMBER,
        body_member_id=seat,
        name="李建国",
        way=AttendWay.TYPED,
        came_at=stage.now,
    )
    told = said(stage.clerk, li)["议事"].split("；")
    assert told[0] == "提出议题 1 件，最近 2026-11-21"
    assert any(one.endswith("居民代表（2026-01-08 起）") for one in told)
    assert told[-1] == "到会 1 次"


def test_certificates_photo_and_the_diary_are_on_the_sheet(clerk: Clerk) -> None:
    wang = clerk.add("王秀兰")
    issuer = Issuer(clerk)
    number = issuer.number(issuer.approved(resident_id=wang))
    clerk.do("照片", lambda s: cards.set_photo(s, wang, b"\xff\xd8\xff\xe0"))
    grid_life.diary(clerk, wang)
    found = said(clerk, wang)
    assert found["证明"] == f"《志愿服务记录证明》{number}（2026-11-21）"
    assert found["照片"] == "有 1 张"
    assert found["网格"] == "平安日记提到 1 次，最近 2026-11-21"


def test_what_the_printing_user_may_not_see_is_said_to_be_missing(clerk: Clerk) -> None:
    wang = clerk.add("王秀兰")
    clerk.database.act_as(actor("食堂", "食堂"))
    assert said(clerk, wang) == {
        **dict.fromkeys(("志愿者", "积分", "网格", "议事"), NOT_LISTED),
    }
    clerk.database.act_as(
        Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({1}), user_id=1)
    )
    found = clerk.see(lambda s: info_ledgers.of_people(s, [wang]))[wang]
    assert dict(found)["议事"] == NOT_LISTED


def test_no_table_that_names_a_resident_is_forgotten() -> None:
    asks = [ask for ledger in info_ledgers._LEDGERS for ask in ledger.asks]
    read = set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(f"FROM {one.source}" for one in asks)))
    names = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.target_fullname == "resident.id" for key in table.foreign_keys)
    }
    assert names - read == ELSEWHERE


@pytest.mark.parametrize("count", [1, 40])
def test_many_people_take_as_many_selects_as_one(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    ids = [clerk.add(f"居民{i}") for i in range(count)]
    asked: list[str] = []
    plain = Lookup.rows

    def counted(self: Lookup, sql: Any) -> Any:
        asked.append(sql.text)
        return plain(self, sql)

    monkeypatch.setattr(Lookup, "rows", counted)
    clerk.see(lambda s: info_ledgers.of_people(s, ids))
    assert len(asked) == sum(len(one.asks) for one in info_ledgers._LEDGERS)
