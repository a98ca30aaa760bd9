"""志愿服务记录证明: hours come from the book of hours and from nowhere else."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Activity, ClaimOrigin, PointsClaim, PointsItem, Volunteer
from app.services import certificate_preview, certificates, points_accounts, points_items
from app.services.service_record import period_of
from tests.services.conftest import Clerk, id_number
from tests.services.issuing import Issuer
from tests.services.serving import CONTENT, HOURS, TIMES, serve, volunteer

TODAY = date(2026, 11, 21)
ON = date(2026, 3, 1)


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


@pytest.fixture
def person(clerk: Clerk) -> int:
    return clerk.add("李建国", document_number=id_number(date(1960, 1, 18)))


def told(issuer: Issuer, paper: int) -> dict[str, str]:
    return {label: value for _, rows in issuer.paper(paper).blocks for label, value in rows}


def activity(session: Session, *, ours: bool) -> int:
    points_items.seed(session, today=ON)
    item = session.scalars(select(PointsItem.id)).first()
    row = Activity(name="清雪", item_id=item, on_date=ON, starts=480, ends=600, ours=ours)
    session.add(row)
    session.flush()
    return row.id


def test_a_period_has_its_own_hours_and_none_that_were_met_by_a_counter_entry(
    issuer: Issuer, person: int
) -> None:
    def fill(session: Session) -> None:
        key = volunteer(session, 5, resident_id=person)
        serve(session, key, 4, date(2025, 12, 31), "去年的巡逻")
        serve(session, key, 4, ON, "巡逻")
        wrong = serve(session, key, 9, ON, "记错的")
        serve(session, key, -9, ON, "冲正", reverses_id=wrong)

    issuer.clerk.do("记时长", fill)
    said = told(issuer, issuer.save(issuer.draft(resident_id=person)))
    assert (said["服务时间"], said["服务次数"]) == ("2 小时", "1 次")
    assert (said["服务内容"], said["志愿者编号"]) == ("巡逻 2 小时", "0005")


def test_each_matter_says_where_it_was_and_who_led_it(issuer: Issuer, person: int) -> None:
    def fill(session: Session) -> None:
        key = volunteer(session, 5, resident_id=person)
        account = points_accounts.ensure_account(session, volunteer_id=key, today=TODAY)
        points_items.seed(session, today=ON)
        item = session.scalars(select(PointsItem.id)).first()
        for place, organiser in (("3 号楼", ""), ("5 号楼", "铁军环卫队"), ("3 号楼", "")):
            claim = PointsClaim(
                account_id=account,
                item_id=item,
                on_date=ON,
                points=0,
                origin=ClaimOrigin.BY_HAND,
                place=place,
                organiser=organiser or None,
                leader="赵敏",
                entered_at=issuer.clerk.now,
            )
            session.add(claim)
            session.flush()
            serve(session, key, 4, ON, "巡逻", claim_id=claim.id)
        serve(session, key, 2, ON, "助老")

    issuer.clerk.do("记时长", fill)
    said = told(issuer, issuer.save(issuer.draft(resident_id=person)))
    where = "3 号楼、5 号楼，铁军环卫队组织，负责人 赵敏"
    assert said["服务内容"] == f"巡逻 6 小时（{where}），助老 1 小时"


def test_hours_that_somebody_types_into_the_answers_are_not_printed(issuer: Issuer) -> None:
    draft = issuer.draft()
    forged = {**draft.answers, "服务时长": "900", "服务次数": "400", "服务内容": "样样都做"}
    said = told(issuer, issuer.save(replace(draft, answers=forged)))
    assert said["服务时间"] == "42.5 小时"


def test_a_book_that_was_corrected_after_the_draft_stops_the_number(
    issuer: Issuer, person: int
) -> None:
    def fill(session: Session) -> None:
        key = volunteer(session, 5, resident_id=person)
        serve(session, key, 4, ON, "巡逻")
        serve(session, key, 6, ON, "巡逻")

    issuer.clerk.do("记时长", fill)
    key = issuer.approved(resident_id=person)
    issuer.clerk.do("冲正", lambda s: serve(s, 1, -6, ON, "冲正", reverses_id=2))
    with pytest.raises(DomainError, match="时长账在起草以后改过"):
        issuer.number(key)
    issuer.step("send_back", key, reason="时长改了", user="周立群")
    draft, _, version = issuer.clerk.see(lambda s: certificates.draft_of(s, key, today=TODAY))
    issuer.save(draft, key, version=version)
    issuer.accept(key)
    issuer.number(key)
    assert told(issuer, key)["服务时间"] == "2 小时"


def test_the_codes_of_hours_fill_a_letter_of_the_office_as_well(issuer: Issuer) -> None:
    template = issuer.own_template("{姓名}服务{服务时长}小时，共{服务次数}次：{服务内容}。")
    _, asked = issuer.clerk.see(lambda s: certificates.blank(s, template, None, today=TODAY))
    assert [one.code for one in asked] == ["起止日期", "志愿者编号"]
    draft = issuer.draft()
    key = issuer.save(replace(draft, template_id=template))
    assert issuer.paper(key).paragraphs == (f"王秀兰服务{HOURS}小时，共{TIMES}次：{CONTENT}。",)


def test_what_another_body_called_for_is_not_certified(issuer: Issuer, person: int) -> None:
    def fill(session: Session) -> None:
        key = volunteer(session, 5, resident_id=person)
        serve(session, key, 6, ON, "街道的清雪", activity_id=activity(session, ours=False))

    issuer.clerk.do("记时长", fill)
    with pytest.raises(DomainError, match="由那个单位证明"):
        issuer.save(issuer.draft(resident_id=person))
    own = Volunteer.resident_id == person

    def own_hours(session: Session) -> None:
        key = session.scalars(select(Volunteer.id).where(own)).one()
        serve(session, key, 3, ON, "清雪", activity_id=activity(session, ours=True))

    issuer.clerk.do("记时长", own_hours)
    said = told(issuer, issuer.save(issuer.draft(resident_id=person)))
    assert said["服务时间"] == "1.5 小时"


def test_who_is_no_volunteer_or_has_somebody_elses_number_gets_no_record(
    issuer: Issuer, person: int
) -> None:
    draft = issuer.draft()
    with pytest.raises(DomainError, match="李建国没有登记为志愿者"):
        issuer.save(replace(draft, holder="李建国", resident_id=person))
    with pytest.raises(DomainError, match="志愿者 0126 不是赵四"):
        issuer.save(replace(draft, holder="赵四"))


def test_the_preview_has_gaps_until_it_is_known_whose_hours_and_of_when(issuer: Issuer) -> None:
    draft = issuer.draft()

    def blocks(answers: dict[str, str]) -> dict[str, str]:
        paper = issuer.clerk.see(
            lambda s: certificate_preview.preview(
                s, replace(draft, answers=answers), handled_by="赵敏", today=TODAY
            )
        )
        return {label: value for _, rows in paper.blocks for label, value in rows}

    assert blocks({})["服务时间"] == f"{certificate_preview.GAP} 小时"
    assert blocks(dict(draft.answers))["服务时间"] == "42.5 小时"


@pytest.mark.parametrize(
    "words", ["", "2026年1月1日", "2026年11月20日至2026年1月1日", "2026年1月1日至2027年1月1日"]
)
def test_a_period_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(DomainError, match="起止日期"):
        period_of(words, today=TODAY)
