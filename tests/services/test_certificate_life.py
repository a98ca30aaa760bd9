"""From preview to collection, void and correction: and what 撤销 must never take back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import Cancelled, DomainError
from app.models import Certificate as CertificateRow
from app.models import Stage
from app.reports.certificate import Certificate, render
from app.services import (
    certificate_life,
    certificates,
    events,
    history,
    merging,
    registers,
    templates,
)
from app.storage import journal
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


def _approver(issuer: Issuer, approver: str) -> int:
    return issuer.own_template(approver=approver)


def test_a_whole_life_is_walked_through_and_stands_in_the_journal(issuer: Issuer) -> None:
    key = issuer.printed()
    issuer.step("collect", key, by="于翠兰", relation="女儿")
    life = issuer.clerk.see(lambda s: certificates.life(s, key))
    assert [step.label for step in life.steps] == ["草稿", "预览", "批准", "给号", "打印", "领取"]
    assert all(step.done for step in life.steps)
    assert (life.facts.stage_label, life.facts.collected_by) == ("已领取", "于翠兰")
    assert life.actions == {"reprint", "correct", "void"}
    lines = issuer.clerk.see(lambda s: history.of_record(s, CertificateRow, key))
    assert len(lines) == 6
    assert lines[0].changes
    assert issuer.clerk.see(journal.verify_chain) == []


@pytest.mark.parametrize(
    ("approver", "role", "stage"),
    [
        ("书记", "书记", Stage.APPROVED),
        ("书记", "", Stage.APPROVED),
        ("书记", "社工", Stage.WAITING),
        ("书记", "主任", Stage.WAITING),
        ("主任", "主任", Stage.APPROVED),
        ("主任", "书记", Stage.APPROVED),
        ("主任", "社工", Stage.WAITING),
        ("居民代表会议", "书记", Stage.WAITING),
        ("不需批准", "社工", Stage.APPROVED),
    ],
)
def test_who_previews_may_be_the_one_who_approves(
    issuer: Issuer, approver: str, role: str, stage: Stage
) -> None:
    key = issuer.save(issuer.draft(_approver(issuer, approver)))
    assert issuer.accept(key, role=role) is stage


def test_a_waiting_paper_is_approved_by_whoever_may(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft())
    issuer.accept(key, user="赵敏", role="社工")
    assert issuer.facts(key).stage_label == "等书记批"
    with pytest.raises(DomainError, match="请书记登录"):
        issuer.step("approve", key, user="赵敏", role="社工")
    issuer.step("approve", key, user="周立群", role="书记")
    assert (issuer.facts(key).stage, issuer.facts(key).approved_by) == (Stage.APPROVED, "周立群")
    assert issuer.paper(key).approved_by == "周立群"


def test_a_meeting_approves_with_its_day_and_its_words(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft(_approver(issuer, "居民代表会议")))
    issuer.accept(key)
    assert issuer.facts(key).stage_label == "等会议同意"
    who = {"user": "周立群", "role": "书记"}
    for wrong in (
        {},
        {"meeting_on": date(2026, 11, 3)},
        {"meeting_on": date(2026, 11, 22), "meeting_note": "同意"},
    ):
        with pytest.raises(DomainError, match="会议"):
            issuer.step("approve", key, **who, **wrong)
    issuer.step("approve", key, **who, meeting_on=date(2026, 11, 3), meeting_note="28 人同意")
    facts = issuer.facts(key)
    assert facts.approved_by == "居民代表会议 2026-11-03"
    assert facts.approval_note == "28 人同意（周立群 登记）"


def test_what_is_sent_back_is_a_draft_again_with_the_reason(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft())
    issuer.accept(key, role="社工")
    with pytest.raises(DomainError, match="原因"):
        issuer.step("send_back", key, reason=" ", user="周立群")
    issuer.step("send_back", key, reason="时长与记录不符", user="周立群")
    facts = issuer.facts(key)
    assert (facts.stage, facts.note) == (Stage.DRAFT, "11-21 09:30 周立群 退回：时长与记录不符")
    assert issuer.accept(key) is Stage.APPROVED


def test_a_template_switched_off_meanwhile_gives_no_numbers(issuer: Issuer) -> None:
    draft, approved = issuer.save(issuer.draft()), issuer.approved()
    view = issuer.template()
    issuer.clerk.do("停用", lambda s: templates.set_enabled(s, view.id, False))
    for act in (lambda: issuer.accept(draft), lambda: issuer.number(approved)):
        with pytest.raises(DomainError, match="没有启用"):
            act()
    assert issuer.row(approved).number is None


def test_each_step_needs_the_one_before(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft())
    steps = (
        ("approve", {"user": "周立群", "role": "书记"}),
        ("give_number", {}),
        ("print_started", {}),
        ("print_done", {}),
        ("reprint", {}),
        ("collect", {"by": "王秀兰", "relation": "本人"}),
        ("void", {"reason": "打错"}),
        ("correct", {"reason": "打错", "handled_by": "赵敏"}),
    )
    for name, kwargs in steps:
        with pytest.raises(DomainError, match="现在是“草稿”"):
            issuer.step(name, key, **kwargs)
    assert issuer.row(key).stage is Stage.DRAFT


def test_a_paper_that_did_not_come_out_is_printed_again_as_the_first(issuer: Issuer) -> None:
    key = issuer.numbered()
    first = issuer.step("print_started", key)
    (line,) = issuer.clerk.see(certificate_life.unconfirmed)
    assert (line.id, line.stage_label) == (key, "待确认")
    issuer.clerk.do("没有印出", lambda s: certificate_life.print_failed(s, key))
    assert issuer.clerk.see(certificate_life.unconfirmed) == []
    second = issuer.step("print_started", key)
    assert render(first) == render(second)
    assert second.mark == ""
    issuer.step("print_done", key)
    assert issuer.facts(key).stage is Stage.PRINTED
    assert len(issuer.clerk.see(registers.seal_register).rows) == 1


def test_a_paper_without_a_place_for_the_seal_leaves_no_line_in_the_seal_book(
    issuer: Issuer,
) -> None:
    key = issuer.save(issuer.draft(issuer.own_template(seal_mark=False)))
    issuer.accept(key)
    issuer.number(key)
    issuer.step("print_started", key)
    issuer.step("print_done", key)
    issuer.step("reprint", key)
    assert issuer.clerk.see(registers.seal_register).rows == []


def test_a_reprint_is_the_same_paper_with_a_mark_and_is_counted(issuer: Issuer) -> None:
    key = issuer.printed()
    kept = issuer.paper(key)
    for count in (1, 2):
        again: Certificate = issuer.step("reprint", key)
        assert again.mark == f"补打 第{count}次"
        assert replace(again, mark="") == kept
    assert issuer.facts(key).reprints == 2
    sealed = [row[3] for row in issuer.clerk.see(registers.seal_register).rows]
    assert [one.rpartition("）")[2].strip() for one in sealed] == ["", "补打 第1次", "补打 第2次"]
    later = issuer.at(issuer.clerk.now + timedelta(days=400)).paper(key)
    assert render(later) == render(kept)


def test_whoever_collects_is_noted_with_what_he_is_to_the_holder(issuer: Issuer) -> None:
    key = issuer.printed()
    for by, relation in (("", "本人"), ("王秀兰", ""), ("长" * 61, "本人")):
        with pytest.raises(DomainError, match="领取人"):
            issuer.step("collect", key, by=by, relation=relation)
    issuer.step("collect", key, by="王秀兰", relation="本人")
    assert issuer.facts(key).stage is Stage.COLLECTED


def test_a_mistaken_collection_can_be_undone(issuer: Issuer) -> None:
    key = issuer.printed()
    issuer.step("collect", key, by="于翠兰", relation="女儿")
    assert issuer.clerk.undo_last().kept == ()
    facts = issuer.facts(key)
    assert (facts.stage, facts.collected_by) == (Stage.PRINTED, "")


@pytest.mark.parametrize("stage", ["numbered", "printed"])
def test_a_void_paper_keeps_its_number_and_is_marked(issuer: Issuer, stage: str) -> None:
    key = getattr(issuer, stage)()
    with pytest.raises(DomainError, match="作废的原因"):
        issuer.step("void", key, reason="")
    issuer.step("void", key, reason="姓名打错")
    paper = issuer.paper(key)
    assert (paper.mark, paper.number) == ("作废", "望海社证〔2026〕1号")
    life = issuer.clerk.see(lambda s: certificates.life(s, key))
    assert (life.facts.void_reason, life.actions) == ("姓名打错", frozenset())
    assert life.steps[-1].label == "作废"
    assert issuer.number(issuer.approved()) == "望海社证〔2026〕2号"


def test_a_correction_voids_the_old_paper_and_names_it_on_the_new_one(issuer: Issuer) -> None:
    old = issuer.printed()
    new = issuer.step("correct", old, reason="时长有误", handled_by="李娜")
    assert issuer.facts(old).void_reason == "更正：时长有误"
    draft, _, version = issuer.clerk.see(
        lambda s: certificates.draft_of(s, new, today=issuer.clerk.today)
    )
    changed = replace(draft, answers={**draft.answers, "起止日期": "2026年1月1日至2026年5月31日"})
    issuer.save(changed, new, version=version)
    issuer.accept(new)
    assert issuer.number(new) == "望海社证〔2026〕2号"
    paper = issuer.paper(new)
    assert ("服务时间", "32.5 小时") in paper.blocks[1][1]
    assert paper.paragraphs[-1] == "本件更正并代替 望海社证〔2026〕1号，原件作废。"
    life = issuer.clerk.see(lambda s: certificates.life(s, old))
    assert life.corrected_by == "望海社证〔2026〕2号"
    assert issuer.clerk.see(lambda s: certificates.life(s, new)).corrects == "望海社证〔2026〕1号"


def test_no_undo_takes_back_a_number_a_print_or_a_void(issuer: Issuer) -> None:
    key = issuer.printed()
    issuer.step("reprint", key)
    issuer.step("void", key, reason="打错")
    before = issuer.row(key)
    refused = 0
    for line in issuer.clerk.see(lambda s: history.recent(s, limit=100)):
        if "号" in line.sentence or not line.undoable:
            with pytest.raises(DomainError):
                issuer.clerk.do("撤销", lambda s, n=line.id: history.undo(s, n))
            refused += 1
        else:
            issuer.clerk.do("撤销", lambda s, n=line.id: history.undo(s, n))
    after = issuer.row(key)
    assert refused >= 5
    for column in ("number", "serial", "stage", "holder", "body", "check_code", "snapshot"):
        assert getattr(after, column) == getattr(before, column)
    assert issuer.number(issuer.approved()) == "望海社证〔2026〕2号"


def test_the_key_for_undo_passes_over_the_steps_of_a_paper_that_has_a_number(
    issuer: Issuer,
) -> None:
    lan = issuer.clerk.add("王秀兰")
    issuer.printed(resident_id=lan)
    offered = issuer.clerk.see(history.last_undoable)
    assert offered.sentence == "新增居民 王秀兰"


def test_the_key_for_undo_offers_the_last_step_of_a_paper_again_after_the_one_above_it(
    issuer: Issuer,
) -> None:
    key = issuer.save(issuer.draft())
    issuer.accept(key)
    assert issuer.clerk.undo_last().restored == 1
    assert issuer.facts(key).stage is Stage.DRAFT
    assert issuer.clerk.see(history.last_undoable).sentence == "开王秀兰的证明"


def test_a_mistaken_collection_is_offered_and_then_nothing_more_of_its_paper(
    issuer: Issuer,
) -> None:
    key = issuer.printed()
    issuer.step("collect", key, by="王秀兰", relation="本人")
    assert issuer.clerk.undo_last().restored == 1
    offered = issuer.clerk.see(history.last_undoable)
    assert offered is None or "王秀兰" not in offered.sentence


def test_an_edit_made_before_the_number_is_not_undone_after_it(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft(purpose="评优"))
    issuer.save(issuer.draft(purpose="申报星级"), key)
    edit = issuer.clerk.see(lambda s: history.recent(s, limit=1))[0]
    issuer.accept(key)
    issuer.number(key)
    undone = issuer.clerk.do("撤销", lambda s: history.undo(s, edit.id))
    assert (undone.restored, [one.reason for one in undone.kept]) == (0, ["后来又改过"])
    assert issuer.facts(key).purpose == issuer.paper(key).purpose == "申报星级"


def test_a_batch_has_one_number_and_one_line_each_in_the_order_given(issuer: Issuer) -> None:
    keys = [issuer.approved(holder=name) for name in ("甲", "乙", "丙")]
    given = issuer.clerk.do(
        "批量给号",
        lambda s: certificate_life.give_numbers(s, keys[::-1], now=issuer.clerk.now),
    )
    assert given == [f"望海社证〔2026〕{n}号" for n in (1, 2, 3)]
    rows = issuer.clerk.see(registers.certificate_register).rows
    assert [row[3] for row in rows] == ["丙", "乙", "甲"]


def test_a_batch_cancelled_in_the_middle_leaves_no_number(issuer: Issuer) -> None:
    keys = [issuer.approved(holder=name) for name in ("甲", "乙", "丙")]

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        issuer.clerk.do(
            "批量给号",
            lambda s: certificate_life.give_numbers(s, keys, now=issuer.clerk.now, tick=stop),
        )
    assert all(issuer.row(key).number is None for key in keys)
    assert issuer.number(keys[2]) == "望海社证〔2026〕1号"


def test_a_batch_with_one_paper_that_is_not_approved_numbers_none(issuer: Issuer) -> None:
    keys = [issuer.approved(), issuer.save(issuer.draft())]
    with pytest.raises(DomainError, match="现在是“草稿”"):
        issuer.clerk.do(
            "批量给号",
            lambda s: certificate_life.give_numbers(s, keys, now=issuer.clerk.now),
        )
    assert issuer.row(keys[0]).number is None


def test_papers_follow_a_merged_person_and_go_back_with_him(issuer: Issuer) -> None:
    clerk = issuer.clerk
    keep, other = clerk.add("王秀兰", phone="13840910001"), clerk.add("王秀蓝")
    key = issuer.numbered(resident_id=other, holder_document="居民身份证 1")
    preview = clerk.see(lambda s: merging.preview(s, keep, other))
    assert "1 份证明和告知单一并转过来" in preview.moves
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    merge = clerk.see(lambda s: history.recent(s, limit=1))[0]
    assert issuer.row(key).resident_id == keep
    assert issuer.paper(key).holder == "王秀蓝"
    # Though the paper went on meanwhile, only whose it is goes back.
    issuer.step("print_started", key)
    issuer.step("print_done", key)
    clerk.do("撤销", lambda s: history.undo(s, merge.id))
    assert issuer.row(key).resident_id == other
    assert issuer.row(key).stage is Stage.PRINTED


def test_papers_under_way_are_named_before_somebody_is_marked_as_gone(issuer: Issuer) -> None:
    clerk = issuer.clerk
    lan = clerk.add("王秀兰")
    typed = {"resident_id": lan, "holder_document": "居民身份证 1"}
    done = issuer.printed(**typed)
    issuer.step("collect", done, by="王秀兰", relation="本人")
    issuer.save(issuer.draft(**typed))
    issuer.numbered(**typed)
    told, *_ = clerk.see(lambda s: events.hangs_on(s, lan, today=clerk.today))
    assert told == "有没办完的证明：志愿服务记录证明（草稿）、志愿服务记录证明（待打印）"


def test_a_paper_without_a_number_tells_what_became_of_its_holder(issuer: Issuer) -> None:
    clerk, lan = issuer.clerk, issuer.clerk.add("王秀兰")
    early = issuer.numbered(resident_id=lan)
    draft = issuer.save(issuer.draft(resident_id=lan))
    assert clerk.see(lambda s: certificates.life(s, draft)).gone == ""
    clerk.do("死亡", lambda s: events.die(s, lan, on_date=clerk.today, now=clerk.now))
    assert clerk.see(lambda s: certificates.life(s, draft)).gone == "2026-11-21 死亡"
    assert clerk.see(lambda s: certificates.life(s, early)).gone == ""


def test_the_history_of_a_paper_speaks_chinese_and_hides_numbers(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft(applicant_phone="13840910001"))
    issuer.save(
        issuer.draft(
            applicant_phone="13840910002",
            holder_document="居民身份证 210214195604120031",
            purpose="评优",
        ),
        key,
    )
    issuer.accept(key)
    lines = issuer.clerk.see(lambda s: history.of_record(s, CertificateRow, key))
    said = "；".join(line.sentence for line in lines)
    assert "用途 申报星级志愿者 改为 评优" in said
    assert "状态 草稿 改为 待给号" in said
    assert "联系电话 ⋅⋅⋅0001 改为 ⋅⋅⋅0002" in said
    assert "证件 居民身份证 ⋅⋅⋅0023 改为 居民身份证 ⋅⋅⋅0031" in said
    assert "13840910001" not in said
    assert "195604120031" not in said


@pytest.mark.parametrize("damage", [{}, {"valid_until": "bald"}, {"valid_until": 7}])
def test_a_damaged_copy_is_said_when_it_is_printed_and_can_be_corrected(
    issuer: Issuer, damage: dict[str, object]
) -> None:
    key = issuer.numbered()
    issuer.clerk.do("损坏", lambda s: setattr(s.get_one(CertificateRow, key), "snapshot", damage))
    assert issuer.facts(key).valid_until is None
    with pytest.raises(DomainError, match="读不出来"):
        issuer.step("print_started", key)
    assert issuer.facts(key).stage is Stage.NUMBERED
    new = issuer.step("correct", key, reason="存下的原样坏了", handled_by="赵敏")
    assert issuer.accept(new) is Stage.APPROVED
    assert issuer.number(new) == "望海社证〔2026〕2号"
