"""The two registers and the seal book: columns, filters, lines by hand."""

from datetime import date, datetime, timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Resident
from app.services import history, registers, seals
from app.services.registers import RegisterFilter
from app.services.seals import SealInput
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


def _lines(issuer: Issuer, **chosen: object) -> list[str]:
    """The numbers of the papers that a filter lets through."""
    table = issuer.clerk.see(lambda s: registers.certificate_register(s, RegisterFilter(**chosen)))
    return [row[1].removesuffix("号").rpartition("〕")[2] for row in table.rows]


def test_the_register_has_the_columns_that_offices_keep(issuer: Issuer) -> None:
    issuer.printed(
        applicant="于翠兰",
        applicant_phone="13840910001",
        recipient="海湾街道团工委",
        verified_by="李娜",
        copies=2,
    )
    table = issuer.clerk.see(registers.certificate_register)
    assert dict(zip(table.headings, table.rows[0], strict=True)) == {
        "序号": "1",
        "编号": "望海社证〔2026〕1号",
        "日期": "2026-11-21",
        "申请人": "于翠兰（代 王秀兰）",
        "证件类型/尾号": "居民身份证 0023",
        "联系电话": "138 **** 0001",
        "事项类别": "志愿服务记录证明",
        "用途": "申报星级志愿者",
        "接收单位": "海湾街道团工委",
        "法律依据": "《志愿服务记录与证明出具办法（试行）》（民政部令第67号）第十四条、第十五条",
        "查验材料": "核对志愿服务记录和本人有效身份证件",
        "核实人": "李娜",
        "批准人": "周立群",
        "份数": "2",
        "经办人": "赵敏",
        "领取人": "",
        "状态": "有效，待领取",
        "作废原因": "",
        "备注": "",
    }
    full = issuer.clerk.see(lambda s: registers.certificate_register(s, masked=False))
    assert full.rows[0][5] == "13840910001"


def test_drafts_are_not_in_the_register_and_void_papers_stay(issuer: Issuer) -> None:
    issuer.save(issuer.draft())
    issuer.approved()
    key = issuer.printed()
    issuer.step("reprint", key)
    issuer.step("collect", key, by="王秀兰", relation="本人")
    void = issuer.numbered()
    issuer.step("void", void, reason="打错")
    rows = issuer.clerk.see(registers.certificate_register).rows
    assert [(row[15], row[16], row[17]) for row in rows] == [
        ("11-21 王秀兰（本人）", "有效，已领取，补打 1 次", ""),
        ("", "作废", "打错"),
    ]


def test_filters_choose_by_year_kind_state_day_and_words(issuer: Issuer) -> None:
    own = issuer.own_template()
    for name, day in (("甲一", datetime(2025, 5, 1)), ("甲二", datetime(2026, 5, 1))):
        issuer.number(issuer.approved(holder=name), now=day, day_checked=True)
    key = issuer.printed(template_id=own, holder="乙三", purpose="入学")
    issuer.step("reprint", key)
    void = issuer.numbered(holder="甲四")
    issuer.step("void", void, reason="打错")
    assert _lines(issuer) == ["1", "1", "2", "3"]
    assert _lines(issuer, year=2026) == ["1", "2", "3"]
    assert _lines(issuer, title="到场证明") == ["2"]
    assert _lines(issuer, state="作废") == ["3"]
    assert _lines(issuer, state="有效") == ["1", "1", "2"]
    assert _lines(issuer, state="补打过") == ["2"]
    assert _lines(issuer, text="甲 2026") == ["1", "3"]
    assert _lines(issuer, text="入学") == ["2"]
    assert _lines(issuer, text="%") == []
    assert _lines(issuer, since=date(2026, 5, 1), until=date(2026, 5, 1)) == ["1"]
    assert issuer.clerk.see(registers.years) == [2026, 2025]
    assert issuer.clerk.see(registers.titles) == ["到场证明", "志愿服务记录证明"]


def test_a_filter_says_itself_in_words() -> None:
    chosen = RegisterFilter(year=2026, title="荣誉证书", state="有效", text=" 王 ")
    assert chosen.sentence == "2026年，荣誉证书，有效，含“王”"
    assert RegisterFilter(since=date(2026, 1, 2)).sentence == "2026-01-02 起"
    assert RegisterFilter().sentence == "全部"


def test_rows_by_page_are_the_rows_of_the_whole(issuer: Issuer) -> None:
    for number in range(5):
        issuer.numbered(holder=f"第{number}人")
    ids = issuer.clerk.see(registers.certificate_ids)
    pages = [
        row
        for start in (0, 2, 4)
        for row in issuer.clerk.see(
            lambda s, a=start: registers.certificate_rows(s, ids[a : a + 2], first=a + 1)
        )
    ]
    assert pages == issuer.clerk.see(registers.certificate_register).rows


def test_whole_numbers_that_were_seen_are_part_of_the_persons_history(issuer: Issuer) -> None:
    lan = issuer.clerk.add("王秀兰")
    keys = [issuer.numbered(resident_id=lan, holder_document="居民身份证 1"), issuer.numbered()]
    assert issuer.clerk.see(lambda s: registers.people(s, keys)) == [lan]
    issuer.clerk.do("查看完整电话", lambda s: registers.note_looked(s, [lan]))
    (line, *_) = issuer.clerk.see(lambda s: history.of_record(s, Resident, lan))
    assert (line.action, line.sentence) == (Action.LOOKED, "查看完整电话")


def test_a_printed_paper_writes_its_own_line_in_the_seal_book(issuer: Issuer) -> None:
    key = issuer.printed(applicant="于翠兰", applicant_phone="13840910001", copies=2)
    table = issuer.clerk.see(registers.seal_register)
    assert dict(zip(table.headings, table.rows[0], strict=True)) == {
        "序号": "1",
        "用印时间": "2026-11-21 09:30",
        "印章": "居民委员会公章",
        "用印内容": "望海社证〔2026〕1号 志愿服务记录证明（王秀兰）",
        "份数": "2",
        "签批人": "周立群",
        "经办人": "赵敏",
        "申请用印人": "于翠兰",
        "联系电话": "138 **** 0001",
        "备注": "",
    }
    (line,) = issuer.clerk.see(registers.seal_ids)
    for act in (
        lambda s: seals.input_of(s, line),
        lambda s: seals.remove(s, line, now=issuer.clerk.now),
    ):
        with pytest.raises(DomainError, match="自动登记"):
            issuer.clerk.do("改", act)
    assert issuer.facts(key).copies == 2


def _use(issuer: Issuer, **fields: object) -> SealInput:
    blank = issuer.clerk.see(lambda s: seals.blank(s, user="赵敏", now=issuer.clerk.now))
    values = {"content": "会议签到表", "approved_by": "周立群", "applicant": "李娜"}
    return SealInput(
        **{
            **{name: getattr(blank, name) for name in SealInput.__dataclass_fields__},
            **values,
            **fields,
        }
    )


def test_a_use_by_hand_is_added_corrected_and_thrown_away(issuer: Issuer) -> None:
    clerk = issuer.clerk
    key = clerk.do("登记用印", lambda s: seals.add(s, _use(issuer), now=clerk.now))
    entered, version = clerk.see(lambda s: seals.input_of(s, key))
    assert (entered.seal, entered.handled_by, entered.content) == (
        "居民委员会公章",
        "赵敏",
        "会议签到表",
    )
    changed = _use(issuer, copies=3)
    clerk.do("改", lambda s: seals.update(s, key, changed, version=version, now=clerk.now))
    assert clerk.see(registers.seal_register).rows[0][4] == "3"
    with pytest.raises(ChangedMeanwhile):
        clerk.do("改", lambda s: seals.update(s, key, changed, version=version, now=clerk.now))
    clerk.do("删除", lambda s: seals.remove(s, key, now=clerk.now))
    assert clerk.see(registers.seal_register).rows == []
    clerk.undo_last()
    assert len(clerk.see(registers.seal_register).rows) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"content": " "}, "用印内容"),
        ({"applicant": ""}, "申请用印人"),
        ({"approved_by": ""}, "签批人"),
        ({"content": "长" * 201}, "太长"),
        ({"copies": 0}, "份数"),
        ({"used_at": datetime(2026, 11, 22)}, "不能晚于今天"),
    ],
)
def test_what_is_wrong_with_a_use_is_said(
    issuer: Issuer, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        issuer.clerk.do(
            "登记用印", lambda s: seals.add(s, _use(issuer, **fields), now=issuer.clerk.now)
        )


def test_the_seal_book_is_filtered_by_year_day_and_words(issuer: Issuer) -> None:
    for day, content in (
        (datetime(2025, 12, 31, 23, 59), "年终盘点"),
        (datetime(2026, 1, 1), "月报"),
    ):
        issuer.clerk.do(
            "登记用印",
            lambda s, d=day, c=content: seals.add(
                s, _use(issuer, used_at=d, content=c), now=issuer.clerk.now
            ),
        )

    def found(**chosen: object) -> list[str]:
        table = issuer.clerk.see(lambda s: registers.seal_register(s, RegisterFilter(**chosen)))
        return [row[3] for row in table.rows]

    assert found() == ["年终盘点", "月报"]
    assert found(year=2025) == ["年终盘点"]
    assert found(since=date(2026, 1, 1)) == ["月报"]
    assert found(until=date(2025, 12, 31)) == ["年终盘点"]
    assert found(text="盘点") == ["年终盘点"]
    assert issuer.clerk.see(registers.seal_years) == [2026, 2025]
    later = issuer.clerk.now + timedelta(days=1)
    assert found(since=later.date()) == []
