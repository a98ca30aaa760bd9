"""Templates: shipped ones, own ones, damaged ones, and which of them may be used."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.door import _give_templates
from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import CertificateTemplate
from app.services import certificates, fill_codes, forbidden, history, templates
from app.services.templates import TemplateInput
from app.storage.engine import Database
from tests.actors import actor
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


def test_only_templates_with_a_checked_basis_are_switched_on_at_first(issuer: Issuer) -> None:
    found = issuer.clerk.see(templates.templates)
    assert {one.title: one.enabled for one in found} == {
        "志愿服务记录证明": True,
        "监护相关情况说明": True,
        "居住情况证明": False,
        "社会实践参加证明": False,
        "荣誉证书": False,
        "党员服务群众证明": False,
    }
    for one in found:
        assert one.enabled == (one.basis_grade == "核") == bool(one.legal_basis)
        assert one.damaged == ""


def test_the_shipped_wording_certifies_nothing_of_the_list(issuer: Issuer) -> None:
    for one in issuer.clerk.see(templates.templates):
        asked = {code: "内容" for code in fill_codes.codes_in(one.body)}
        body = fill_codes.fill(one.body, {**fill_codes.SAMPLES, **asked})
        found = issuer.clerk.see(lambda s, t=one.title, b=body: forbidden.match(s, t, b))
        assert [item.name for item in found] == []


def test_seeding_again_changes_nothing_and_cannot_be_undone(issuer: Issuer) -> None:
    before = issuer.clerk.see(templates.templates)
    issuer.clerk.do("再放一次", templates.seed)
    assert issuer.clerk.see(templates.templates) == before
    seeding = next(line for line in issuer.clerk.see(history.recent) if line.sentence == "放入模板")
    assert not seeding.undoable


def test_a_file_without_templates_gets_them_when_it_is_opened(database: Database) -> None:
    _give_templates(database)
    _give_templates(database)
    with database.reading() as session:
        assert len(templates.templates(session)) == 6


def test_a_template_without_a_legal_basis_cannot_be_used(issuer: Issuer) -> None:
    residence = issuer.template("居住情况证明")
    with pytest.raises(DomainError, match="没有填法律依据，不能启用"):
        issuer.clerk.do("启用", lambda s: templates.set_enabled(s, residence.id, True))
    with pytest.raises(DomainError, match="不能用来开证明"):
        issuer.clerk.see(
            lambda s: certificates.blank(s, residence.id, None, today=issuer.clerk.today)
        )


def test_with_the_countys_own_basis_it_can_be_switched_on(issuer: Issuer) -> None:
    view = issuer.template("居住情况证明")
    entered = replace(view.entered, legal_basis="普兰店区公布的出具证明事项清单第 4 项")
    issuer.clerk.do("改", lambda s: templates.save(s, view.id, entered, view.version))
    issuer.clerk.do("启用", lambda s: templates.set_enabled(s, view.id, True))
    changed = issuer.template("居住情况证明")
    assert (changed.enabled, changed.basis_grade) == (True, "自填")
    # Without its basis it goes off by itself.
    issuer.clerk.do("改", lambda s: templates.save(s, view.id, view.entered, changed.version))
    assert not issuer.template("居住情况证明").enabled


def test_an_own_template_is_saved_changed_and_deleted(issuer: Issuer) -> None:
    key = issuer.own_template("兹证明｛姓名｝到场，{填：到场次数}次。")
    view = issuer.template("到场证明")
    assert view.body == "兹证明{姓名}到场，{填:到场次数}次。"
    assert (view.shipped, view.basis_grade, view.usable) == (False, "自填", True)
    issuer.clerk.do("删除", lambda s: templates.delete(s, key, now=issuer.clerk.now))
    assert len(issuer.clerk.see(templates.templates)) == 6
    issuer.clerk.undo_last()
    assert issuer.template("到场证明").id == key


def test_a_shipped_template_is_not_deleted_but_restored(issuer: Issuer) -> None:
    view = issuer.template()
    with pytest.raises(DomainError, match="停用"):
        issuer.clerk.do("删除", lambda s: templates.delete(s, view.id, now=issuer.clerk.now))
    changed = TemplateInput(title="志愿证明", body="兹证明{姓名}。", layout="blocks")
    issuer.clerk.do("改", lambda s: templates.save(s, view.id, changed, view.version))
    issuer.clerk.do("恢复", lambda s: templates.restore(s, view.id))
    again = issuer.template()
    assert (again.body, again.legal_basis, again.enabled) == (view.body, view.legal_basis, True)
    key = issuer.own_template()
    with pytest.raises(DomainError, match="没有原文"):
        issuer.clerk.do("恢复", lambda s: templates.restore(s, key))


def test_the_volunteer_record_cannot_lose_what_the_ministry_asks_for(issuer: Issuer) -> None:
    view = issuer.template()
    entered = TemplateInput(
        title=view.title, body="兹证明{姓名}服务{服务时长}小时。", layout="letter"
    )
    with pytest.raises(DomainError, match=r"\{服务内容\}、\{记录单位\}"):
        issuer.clerk.do("改", lambda s: templates.save(s, view.id, entered, view.version))
    assert issuer.template().body == view.body


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "标题"),
        ({"title": "\u200b"}, "标题"),
        ({"title": "{姓名}的证明"}, "“标题”里不能用填充码"),
        ({"purpose": "｛用途｝"}, "“用途”里不能用填充码"),
        ({"book_word": "居〔2026〕"}, "只能写汉字或字母"),
        ({"body": "\n"}, "正文"),
        ({"body": "兹证明{性名}"}, "{性名}"),
        ({"body": "兹证明{姓名"}, "没有成对"),
        ({"body": "字" * 20_001}, "最多 20,000"),
        ({"title": "长" * 61}, "“标题”太长"),
        ({"layout": "海报"}, "版式“海报”"),
        ({"approver": "街道"}, "街道"),
        ({"valid_days": 0}, "有效天数"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(
    issuer: Issuer, fields: dict[str, object], said: str
) -> None:
    entered = TemplateInput(**{"title": "到场证明", "body": "兹证明{姓名}。", **fields})
    with pytest.raises(DomainError) as refused:
        issuer.clerk.do("新增", lambda s: templates.save(s, None, entered))
    assert said in str(refused.value)
    assert len(issuer.clerk.see(templates.templates)) == 6


def test_who_may_not_change_templates_is_refused_by_the_service(issuer: Issuer) -> None:
    view = issuer.template()
    acts = (
        lambda s: templates.save(s, view.id, view.entered, view.version),
        lambda s: templates.set_enabled(s, view.id, False),
        lambda s: templates.restore(s, view.id),
    )
    issuer.clerk.database.act_as(actor("赵敏", "社工"))
    for act in acts:
        with pytest.raises(NotAllowed, match="修改模板和清单"):
            issuer.clerk.do("改", act)


def test_a_second_editor_is_told(issuer: Issuer) -> None:
    view = issuer.template()
    changed = TemplateInput(title=view.title, body=view.body + "\n特此证明。", layout="blocks")
    issuer.clerk.do("改", lambda s: templates.save(s, view.id, changed, view.version))
    with pytest.raises(ChangedMeanwhile):
        issuer.clerk.do("改", lambda s: templates.save(s, view.id, changed, view.version))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", "兹证明{姓名"),
        ("body", "兹证明{不存在的码}"),
        ("body", ""),
        ("title", ""),
        ("layout", "???"),
        ("approver", "\x00"),
    ],
)
def test_a_damaged_template_says_so_and_makes_no_paper(
    issuer: Issuer, column: str, value: str
) -> None:
    key = issuer.template().id
    issuer.clerk.do("损坏", lambda s: setattr(s.get_one(CertificateTemplate, key), column, value))
    view = next(one for one in issuer.clerk.see(templates.templates) if one.id == key)
    assert view.damaged
    assert not view.usable
    with pytest.raises(DomainError, match="已损坏"):
        issuer.clerk.see(lambda s: certificates.blank(s, key, None, today=issuer.clerk.today))
    issuer.clerk.do("恢复", lambda s: templates.restore(s, key))
    assert issuer.template().usable


def test_the_sample_has_sample_values_and_the_offices_own(issuer: Issuer) -> None:
    for view in issuer.clerk.see(templates.templates):
        paper = issuer.clerk.see(
            lambda s, v=view: templates.sample_paper(s, v.entered, issuer.clerk.today)
        )
        text = "".join(paper.paragraphs)
        assert paper.office == "海湾街道望海社区居民委员会"
        assert paper.holder == "王秀兰"
        assert "{" not in text
        assert (paper.mark, paper.number, paper.title) == ("草稿", "", view.title)
        assert bool(paper.blocks) == (view.layout == "blocks")
        days = view.valid_days
        assert paper.valid_until == (issuer.clerk.today + timedelta(days=days) if days else None)


def test_the_sample_of_a_body_with_a_wrong_code_names_it(issuer: Issuer) -> None:
    with pytest.raises(fill_codes.WrongCode) as refused:
        issuer.clerk.see(
            lambda s: templates.sample_paper(s, TemplateInput(body="{姓明}"), issuer.clerk.today)
        )
    assert refused.value.code == "姓明"
