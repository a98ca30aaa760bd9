"""Check codes: a paper of ours is recognised however it is typed, and nobody else's is."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Certificate, Setting
from app.services import check_codes, settings
from app.services.check_codes import ALPHABET, Verified
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


def _verify(issuer: Issuer, text: str, code: str = "") -> Verified:
    found: Verified = issuer.clerk.see(lambda s: check_codes.verify(s, text, code))
    return found


def test_a_code_is_eight_signs_that_nobody_mixes_up(issuer: Issuer) -> None:
    assert len(ALPHABET) == 32
    assert not set("01OI") & set(ALPHABET)
    seen = set()
    for _ in range(20):
        code = issuer.facts(issuer.numbered()).check_code
        assert len(code) == 9
        assert code[4] == "-"
        assert set(code) - {"-"} <= set(ALPHABET)
        seen.add(code)
    assert len(seen) == 20


@pytest.mark.parametrize(
    "number",
    [
        "望海社证〔2026〕1号",
        "望海社证[2026]1号",
        "望海社证（２０２６）１号",
        " 望海社证〔 2026 〕 1 号 ",
        "望海社证2026-1",
        "〔2026〕1",
        "2026-1",
        "2026年1号",
        "2026 1",
    ],
)
def test_a_number_is_known_however_it_is_typed(issuer: Issuer, number: str) -> None:
    code = issuer.facts(issuer.numbered()).check_code
    found = _verify(issuer, number, code)
    assert found.ok
    assert found.line
    assert (found.line.number, found.line.holder) == ("望海社证〔2026〕1号", "王秀兰")


def test_a_code_is_known_however_it_is_typed(issuer: Issuer) -> None:
    code = issuer.facts(issuer.numbered()).check_code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", " "), wide, f" {code}\n"):
        assert _verify(issuer, "2026-1", typed).ok, typed


def test_a_scanned_paper_is_known_from_one_field(issuer: Issuer) -> None:
    paper = issuer.paper(issuer.numbered())
    assert paper.qr_text == (
        f"望海社证〔2026〕1号|志愿服务记录证明|王*兰|2026-11-21|{paper.check_code}"
    )
    for scanned in (
        paper.qr_text,
        paper.qr_text + "\r\n",
        paper.qr_text.lower(),
        f"{paper.number} {paper.check_code}",
        # A scanner that types as a keyboard may lose everything that is not ASCII.
        f"2026|||2026-11-21|{paper.check_code}",
        f"???|?|?|2026-11-21|{paper.check_code}",
    ):
        assert _verify(issuer, scanned).ok, scanned


def test_a_qr_with_another_name_or_day_does_not_match(issuer: Issuer) -> None:
    paper = issuer.paper(issuer.numbered())
    for forged in (
        paper.qr_text.replace("王*兰", "李*国"),
        paper.qr_text.replace("2026-11-21", "2026-11-20"),
        paper.qr_text.replace("〕1号", "〕2号"),
    ):
        assert not _verify(issuer, forged).ok


def test_the_code_of_another_paper_does_not_match(issuer: Issuer) -> None:
    first, second = issuer.numbered(holder="甲"), issuer.numbered(holder="乙")
    found = _verify(issuer, "2026-1", issuer.facts(second).check_code)
    assert not found.ok
    assert "不符" in found.sentence
    assert found.line
    assert found.line.id == first


def test_a_register_line_changed_behind_the_programs_back_does_not_match(issuer: Issuer) -> None:
    key = issuer.numbered()
    code = issuer.facts(key).check_code
    issuer.clerk.do("改名", lambda s: setattr(s.get_one(Certificate, key), "holder", "李建国"))
    assert not _verify(issuer, "2026-1", code).ok


def test_a_void_paper_is_ours_and_worth_nothing(issuer: Issuer) -> None:
    key = issuer.numbered()
    issuer.step("void", key, reason="打错")
    found = _verify(issuer, "2026-1", issuer.facts(key).check_code)
    assert not found.ok
    assert "已经作废" in found.sentence


def test_a_paper_past_its_validity_is_ours_and_stale(issuer: Issuer) -> None:
    key = issuer.numbered(template_id=issuer.own_template(valid_days=30))
    code = issuer.facts(key).check_code
    for day, stale in ((date(2026, 12, 21), False), (date(2026, 12, 22), True)):
        found = issuer.clerk.see(lambda s, d=day: check_codes.verify(s, "2026-1", code, today=d))
        assert (found.ok, found.stale) == (True, stale)


def test_the_code_of_one_paper_does_not_pass_under_another_number(issuer: Issuer) -> None:
    facts = issuer.facts(issuer.numbered())
    for typed in ("99", "第99号", "望海社证 99"):
        found = issuer.clerk.see(lambda s, n=typed: check_codes.verify(s, n, facts.check_code))
        assert not found.ok, typed
        assert "不是本社区出具的" in found.sentence
    found = issuer.clerk.see(lambda s: check_codes.verify(s, "1", facts.check_code))
    assert found.ok


def test_a_missing_code_is_asked_for_and_nothing_is_wrong_yet(issuer: Issuer) -> None:
    issuer.numbered()
    assert _verify(issuer, "2026-1").incomplete
    assert _verify(issuer, "").incomplete
    assert not _verify(issuer, "2026-1", "ABCD-EFGH").incomplete
    assert check_codes.holds_code("望海社证〔2026〕1号|甲|乙|2026-11-21|7f3k-92qd")
    assert not check_codes.holds_code("望海社证〔2026〕1号")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "", "扫一下"),
        ("你好", "", "望海社证〔2026〕12号"),
        ("2026-99", "", "没有这个编号"),
        ("2026-99", "ABCD-EFGH", "没有这个编号和校验码"),
        ("2026-1", "", "还没有填校验码"),
        ("2026-1", "12", "8 位"),
        ("2026-1", "OOOO-1111", "没有 0、O、1、I"),
        ("2026-1", "ABCD-EFGH", "不符"),
        ("碧海社证〔2026〕1号", "ABCD-EFGH", "没有这个编号"),
        ("\x00|'; DROP TABLE|%", "%", "没有这个编号"),
    ],
)
def test_what_does_not_match_is_told_with_what_to_do(
    issuer: Issuer, text: str, code: str, said: str
) -> None:
    issuer.numbered()
    found = _verify(issuer, text, code)
    assert not found.ok
    assert said in found.sentence


def test_two_offices_give_different_codes_to_the_same_paper(clerk: Clerk) -> None:
    def code(session: Session) -> str:
        return check_codes.code(session, "望海社证〔2026〕1号", clerk.today, "王秀兰")

    first = clerk.do("给码", code)
    assert clerk.do("再给", code) == first
    key = clerk.see(lambda s: s.scalars(select(Setting).where(Setting.key == "check_key")).one())
    assert len(str(key.value)) == 64
    clerk.do("别的社区", lambda s: setattr(s.get_one(Setting, key.id), "value", "0" * 64))
    assert clerk.do("给码", code) != first


def test_an_office_may_print_papers_without_qr(issuer: Issuer) -> None:
    issuer.clerk.do("设置", lambda s: settings.change(s, settings.CHECK_QR, False))
    paper = issuer.paper(issuer.numbered())
    assert (paper.qr_text, bool(paper.check_code)) == ("", True)
