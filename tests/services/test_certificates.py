"""Certificates before they have a number: what is asked, checked, filled in, stopped."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import Certificate as CertificateRow
from app.models import Stage
from app.reports.certificate import render
from app.services import certificates, forbidden, history, resident_forms, settings, templates
from app.services.forbidden import ForbiddenMatch
from tests.services.conftest import Clerk, id_number
from tests.services.issuing import SERVICE, Issuer
from tests.services.serving import CONTENT, HOURS, TIMES

BORN = date(1956, 4, 12)
NUMBER = id_number(BORN, man=False)


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


@pytest.fixture
def lan(issuer: Issuer) -> int:
    return issuer.clerk.add(
        "王秀兰",
        sex="女",
        birth_date=BORN,
        document_number=NUMBER,
        phone="13840910001",
        address="3-2-501",
        new_household=True,
    )


def test_a_record_fills_what_it_knows_and_the_rest_is_asked(issuer: Issuer, lan: int) -> None:
    key = issuer.own_template("{姓名}，{性别}，{民族}，住{现住址}，{出生日期}生，{填:到场次数}次。")
    draft, asked = issuer.clerk.see(
        lambda s: certificates.blank(s, key, lan, today=issuer.clerk.today)
    )
    assert (draft.holder, draft.applicant, draft.applicant_phone) == (
        "王秀兰",
        "王秀兰",
        "13840910001",
    )
    assert draft.holder_document == f"居民身份证 {NUMBER}"
    assert [(one.code, one.label) for one in asked] == [
        ("民族", "民族"),
        ("填:到场次数", "到场次数"),
    ]
    answers = {"民族": "满族", "填:到场次数": "3"}
    paper = issuer.paper(issuer.save(replace(draft, answers=answers)))
    assert paper.paragraphs == (
        "王秀兰，女，满族，住望海社区 3 号楼 2 单元 501，1956年4月12日生，3次。",
    )
    assert (paper.mark, paper.number) == ("草稿", "")


def test_somebody_who_is_not_in_the_file_is_typed(issuer: Issuer) -> None:
    key = issuer.own_template("{姓名}，{性别}，{证件类型}{证件号码}。")
    draft, asked = issuer.clerk.see(
        lambda s: certificates.blank(s, key, None, today=issuer.clerk.today)
    )
    assert (draft.holder, [one.code for one in asked]) == ("", ["性别"])
    typed = replace(draft, holder="李雷", holder_document="护照 E12345678", answers={"性别": "男"})
    assert issuer.paper(issuer.save(typed)).paragraphs == ("李雷，男，护照E12345678。",)


def test_the_volunteer_record_asks_whose_and_of_when_and_has_the_rest_from_the_book(
    issuer: Issuer,
) -> None:
    _, asked = issuer.clerk.see(
        lambda s: certificates.blank(s, issuer.template().id, None, today=issuer.clerk.today)
    )
    assert {one.code for one in asked} == {"起止日期", "志愿者编号"}
    paper = issuer.paper(issuer.save(issuer.draft()))
    said = {label: value for _, rows in paper.blocks for label, value in rows}
    assert (said["服务时间"], said["服务次数"]) == (f"{HOURS} 小时", f"{TIMES} 次")
    assert said["服务内容"] == CONTENT
    assert said["名称"] == "海湾街道望海社区居民委员会"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"holder": " "}, "开给谁"),
        ({"holder": "长" * 61}, "“姓名”有 61 个字"),
        ({"holder_document": ""}, "请填写证件"),
        ({"purpose": ""}, "请填写用途"),
        ({"copies": 0}, "份数"),
        ({"copies": 21}, "份数"),
        ({"answers": {**SERVICE, "志愿者编号": "9999"}}, "没有编号是“9999”的志愿者"),
        ({"answers": {"志愿者编号": "0126", "起止日期": "去年"}}, "请填“起止日期”"),
        ({"answers": {**SERVICE, "志愿者编号": "字" * 20_000}}, "填写的内容太长"),
        ({"note": "长" * 201}, "“备注”"),
    ],
)
def test_what_is_missing_or_too_much_is_said_and_nothing_is_kept(
    issuer: Issuer, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(DomainError) as refused:
        issuer.save(replace(issuer.draft(), **fields))
    assert said in str(refused.value)
    assert issuer.clerk.see(lambda s: s.query(CertificateRow).count()) == 0


def test_long_names_signs_of_code_and_control_characters_are_printed(issuer: Issuer) -> None:
    name = "阿卜杜勒·" * 12
    content = "A<b>&amp; {姓名} “甲”\x00\x07\n第二段\u200b"
    template = issuer.own_template("{姓名}：{填:事实}")
    key = issuer.save(issuer.draft(template, holder=name, answers={"填:事实": content}))
    paper = issuer.paper(key)
    assert paper.holder == name
    assert "A<b>&amp; ｛姓名｝ “甲”" in "".join(paper.paragraphs)
    assert all(line.isprintable() for line in paper.paragraphs)
    assert render(paper).startswith(b"%PDF")


def test_a_body_of_twenty_pages_keeps_every_word_through_number_and_reprint(
    issuer: Issuer,
) -> None:
    content = "\n".join(f"第{n}条，" + "服务" * 150 for n in range(1, 41))
    key = issuer.numbered(
        template_id=issuer.own_template("{姓名}：{填:事实}"), answers={"填:事实": content}
    )
    issuer.step("print_started", key)
    issuer.step("print_done", key)
    paper = issuer.step("reprint", key)
    assert len(paper.paragraphs) == 40
    assert len("".join(paper.paragraphs)) > 12_000


def test_a_draft_is_edited_and_follows_its_template_until_it_is_accepted(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft())
    view = issuer.template()
    issuer.clerk.do(
        "改",
        lambda s: templates.save(
            s,
            view.id,
            replace(view.entered, body=view.body + "\n特此证明。"),
            view.version,
        ),
    )
    draft, asked, version = issuer.clerk.see(
        lambda s: certificates.draft_of(s, key, today=issuer.clerk.today)
    )
    assert draft.answers["服务时长"] == HOURS
    assert {one.code for one in asked} >= set(SERVICE)
    issuer.save(replace(draft, purpose="评优"), key, version=version)
    paper = issuer.paper(key)
    assert paper.purpose == "评优"
    assert paper.paragraphs[-1] == "特此证明。"
    with pytest.raises(ChangedMeanwhile):
        issuer.save(draft, key, version=version)


def test_an_accepted_paper_is_not_edited(issuer: Issuer) -> None:
    key = issuer.approved()
    with pytest.raises(DomainError, match="不是草稿"):
        issuer.save(issuer.draft(), key)


def test_what_a_community_must_not_certify_is_stopped_with_the_items(issuer: Issuer) -> None:
    key = issuer.own_template("兹证明{姓名}：{填:事实}。")
    draft = issuer.draft(key, answers={"填:事实": "未婚，无收入来源"})
    with pytest.raises(ForbiddenMatch, match="民发〔2020〕20号") as stopped:
        issuer.save(draft)
    assert [one.number for one in stopped.value.items] == [8, 17]
    assert issuer.clerk.see(lambda s: s.query(CertificateRow).count()) == 0


def test_a_title_of_the_list_is_stopped_as_well(issuer: Issuer) -> None:
    key = issuer.own_template("兹有{姓名}。", title="无犯罪记录证明")
    with pytest.raises(ForbiddenMatch):
        issuer.save(issuer.draft(key))


def test_only_the_secretary_overrides_and_only_with_a_reason(issuer: Issuer) -> None:
    key = issuer.own_template("兹证明{姓名}{填:事实}。")
    draft = issuer.draft(key, answers={"填:事实": "未婚"})
    with pytest.raises(ForbiddenMatch):
        issuer.save(draft, override_reason=" ", role="书记")
    with pytest.raises(DomainError, match="书记"):
        issuer.save(draft, override_reason="涉外公证要求", role="社工")
    made = issuer.save(draft, override_reason="涉外公证要求", role="书记")
    assert issuer.facts(made).override_reason == "涉外公证要求"
    assert issuer.accept(made) is Stage.APPROVED
    assert issuer.number(made)
    opened = next(
        line
        for line in issuer.clerk.see(history.recent)
        if line.sentence == f"开{draft.holder}的证明"
    )
    assert opened.details == {"override": ["婚姻状况证明"], "reason": "涉外公证要求"}


def test_a_name_or_purpose_that_sounds_forbidden_stops_nothing(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft(holder="王健在", purpose="申请低收入家庭认定"))
    assert issuer.accept(key) is Stage.APPROVED


def test_a_list_that_grew_meanwhile_stops_a_draft_at_its_next_step(issuer: Issuer) -> None:
    key, other = issuer.save(issuer.draft()), issuer.approved()
    issuer.clerk.do(
        "增列", lambda s: forbidden.add(s, level="本社区", name="楼道", keywords="楼道清洁")
    )
    with pytest.raises(ForbiddenMatch):
        issuer.accept(key)
    with pytest.raises(ForbiddenMatch):
        issuer.number(other)
    assert issuer.row(other).number is None


def test_a_draft_thrown_away_comes_back_with_undo(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft())
    issuer.clerk.do("删除草稿", lambda s: certificates.delete_draft(s, key))
    with pytest.raises(DomainError, match="已经被删除"):
        issuer.paper(key)
    issuer.clerk.undo_last()
    assert issuer.paper(key).holder == "王秀兰"


def test_a_numbered_paper_is_not_thrown_away(issuer: Issuer) -> None:
    key = issuer.numbered()
    with pytest.raises(DomainError, match="作废"):
        issuer.clerk.do("删除", lambda s: certificates.delete_draft(s, key))
    assert issuer.row(key).number == "望海社证〔2026〕1号"


def test_the_middle_of_numbers_is_hidden_on_papers_where_the_office_says_so(
    issuer: Issuer, lan: int
) -> None:
    issuer.clerk.do("设置", lambda s: settings.change(s, settings.MASK_ON_PAPER, True))
    paper = issuer.paper(issuer.save(issuer.draft(resident_id=lan)))
    assert NUMBER not in "".join(paper.paragraphs)
    assert paper.holder_document.endswith(f" {NUMBER[:4]} **** **** {NUMBER[-4:]}")


def test_a_validity_counts_from_the_day_of_issue(issuer: Issuer) -> None:
    key = issuer.own_template("{姓名}，有效期至{有效期至}，{出具日期}。", valid_days=90)
    made = issuer.save(issuer.draft(key))
    issuer.accept(made)
    later = issuer.clerk.now + timedelta(days=3)
    issuer.at(later).number(made)
    paper = issuer.paper(made)
    assert paper.issued_on == later.date()
    assert paper.valid_until == later.date() + timedelta(days=90)
    assert paper.paragraphs == ("王秀兰，有效期至2027年2月22日，2026年11月24日。",)


def test_a_batch_keeps_all_or_nothing_and_names_whose_is_wrong(issuer: Issuer) -> None:
    drafts = [issuer.draft(holder=name) for name in ("甲", "乙")]
    wrong = replace(drafts[0], holder="丙", copies=0)
    with pytest.raises(DomainError, match="丙：份数"):
        issuer.clerk.do(
            "批量",
            lambda s: certificates.save_drafts(
                s, [*drafts, wrong], handled_by="赵敏", now=issuer.clerk.now
            ),
        )
    assert issuer.clerk.see(lambda s: s.query(CertificateRow).count()) == 0
    told: list[tuple[int, int]] = []
    made = issuer.clerk.do(
        "批量",
        lambda s: certificates.save_drafts(
            s,
            drafts,
            handled_by="赵敏",
            now=issuer.clerk.now,
            tick=lambda done, total: told.append((done, total)),
        ),
    )
    assert [issuer.paper(key).holder for key in made] == ["甲", "乙"]
    assert told == [(1, 2), (2, 2)]


def test_papers_of_a_person_are_found_and_stay_after_he_is_deleted(
    issuer: Issuer, lan: int
) -> None:
    key = issuer.numbered(resident_id=lan)
    issuer.clerk.do("删除居民", lambda s: resident_forms.delete(s, lan, now=issuer.clerk.now))
    row = issuer.row(key)
    assert (row.resident_id, row.holder, row.number) == (lan, "王秀兰", "望海社证〔2026〕1号")
    assert issuer.paper(key).holder == "王秀兰"
