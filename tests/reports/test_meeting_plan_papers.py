"""会议签到表 and 邀请函, read back from their PDFs."""

from app.reports import invitation, meeting_sheet
from tests.reports.meeting_plan_papers import invitations
from tests.reports.meeting_plan_papers import meeting_sheet as sheet
from tests.reports.reading import page_texts
from tests.reports.reading import text_by_pypdf as text_of


def test_everybody_stands_on_the_sheet_with_the_number_that_is_typed_back() -> None:
    told = text_of(meeting_sheet.render(sheet("王秀兰", "张𠊟"))).replace(" ", "")
    assert "1王秀兰居民代表3号楼138****0612" in told
    assert "2张𠊟居民代表" in told
    assert "应到61人，到会41人会议有效" in told


def test_whoever_listens_writes_himself_down_below_with_the_next_number() -> None:
    told = text_of(meeting_sheet.render(sheet("王秀兰", "张𠊟", blank_rows=2))).split()
    assert told.count("列席") == 2
    assert told[told.index("列席") - 1] == "3"


def test_sixty_one_people_fill_several_pages_each_with_its_heading() -> None:
    pages = page_texts(meeting_sheet.render(sheet(*(f"代表{n:02d}" for n in range(61)))))
    assert len(pages) > 1
    assert all("签名" in page for page in pages)


def test_an_assembly_signs_on_empty_rows_without_saying_that_they_listen() -> None:
    told = text_of(meeting_sheet.render(sheet(blank_rows=22))).split()
    assert "列席" not in told
    assert "22" in told


def test_two_invitations_share_a_page() -> None:
    pages = page_texts(invitation.render(invitations("郑警官", "张校长", "李𣲗")))
    assert len(pages) == 2
    first, second = (page.replace("\n", "") for page in pages)
    assert "郑警官：" in first
    assert "张校长：" in first
    assert "李𣲗：" in second
    assert "会议议程：通报上次决议落实情况；楼道照明改造。" in first


def test_a_long_agenda_ends_in_and_so_on() -> None:
    items = tuple(f"第{n}件事要说的话很长很长很长很长很长很长" for n in range(9))
    [page] = page_texts(invitation.render(invitations("郑警官", items=items)))
    plain = page.replace("\n", "")
    assert "第5件事" in plain
    assert "第6件事" not in plain
    assert "很长等。" in plain
    assert "2026年11月21日" in plain
