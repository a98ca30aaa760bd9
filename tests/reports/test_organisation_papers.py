"""组织架构图 and 网格公示牌: one sheet that can be read, and all that the law wants on a board."""

from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from PIL import Image

from app.reports import notice_board, organisation_plan
from app.reports.missing import MissingGlyph
from app.reports.notice_board import BoardPerson
from app.reports.organisation_plan import A3, A4, TooLargeForPaper
from tests.reports import papers
from tests.reports.reading import characters, page_count, page_texts, text_by_pdfium

MM = 72 / 25.4


def _plan(grids: int, buildings: int, paper: str = A4) -> bytes:
    return organisation_plan.render(papers.organisation_plan(grids, buildings, paper=paper))


@pytest.mark.parametrize(
    ("grids", "buildings", "paper"), [(1, 2, A4), (5, 4, A4), (8, 3, A4), (12, 4, A3), (40, 4, A3)]
)
def test_the_plan_is_one_page_in_type_that_can_be_read(
    grids: int, buildings: int, paper: str
) -> None:
    data = _plan(grids, buildings, paper)
    (page,) = characters(data)
    width = 297 if paper == A4 else 420
    assert min(c.size for c in page) >= 7
    assert all(c.x > 20 and c.x_end < width * MM - 20 for c in page)
    assert min(c.top for c in page) > 20
    text = text_by_pdfium(data)
    assert all(f"第{number}网格党支部" in text for number in range(1, grids + 1))
    assert text.count("3 号楼") == grids * buildings


def test_nothing_of_the_plan_lies_over_something_else() -> None:
    (page,) = characters(_plan(8, 3))
    lines: dict[float, list[tuple[float, float]]] = {}
    for one in page:
        lines.setdefault(one.baseline, []).append((one.x, one.x_end))
    for spans in lines.values():
        spans.sort()
        assert all(a[1] <= b[0] + 0.6 for a, b in pairwise(spans))


def test_what_has_no_room_is_said_shorter_and_told() -> None:
    full, crowded = papers.organisation_plan(5, 4), papers.organisation_plan(12, 4)
    assert organisation_plan.left_out(full) == ""
    assert organisation_plan.left_out(crowded) == "楼栋只写了楼长；用 A3 能写得更全。"
    assert "宋桂珍、田树林" in text_by_pdfium(organisation_plan.render(full))
    assert "2 单元长" in text_by_pdfium(organisation_plan.render(full))
    assert "宋桂珍" not in text_by_pdfium(organisation_plan.render(crowded))
    assert organisation_plan.left_out(papers.organisation_plan(12, 4, paper=A3)) == ""


def test_what_a_sheet_cannot_hold_is_refused_with_the_way_out() -> None:
    with pytest.raises(TooLargeForPaper, match=r"一张 A4 放不下 40 个网格、400 栋楼.*请改用 A3"):
        _plan(40, 10)
    with pytest.raises(TooLargeForPaper, match="请在“人员”里打印清单"):
        _plan(80, 10, A3)


def test_a_plan_without_grids_says_so() -> None:
    assert "还没有划分网格" in text_by_pdfium(_plan(0, 0))


def test_long_and_rare_names_are_whole_on_the_plan() -> None:
    seat = organisation_plan.Seat(label="书记", names=papers.LONG_NAME)
    text = text_by_pdfium(
        organisation_plan.render(papers.organisation_plan(3, 1, committee_seats=(seat,)))
    )
    assert papers.LONG_NAME in text.replace("\n", "")
    assert "李𣲗" in text
    with pytest.raises(MissingGlyph):
        organisation_plan.render(papers.organisation_plan(committee="\ue000党委"))


# -- the boards


@pytest.mark.parametrize("paper", [A4, A3])
def test_a_board_has_what_the_rules_ask_for(paper: str) -> None:
    data = notice_board.render(papers.notice_boards(paper=paper))
    text = text_by_pdfium(data)
    for words in (
        "第三网格公示牌",
        "东至望海路",
        "网格长",
        "周立群",
        "13840910001",
        "专职网格员",
        "13840910002",
        "监督电话",
        "0411-84641234",
        "3 号楼、4 号楼、沿街商铺，262 户",
        *notice_board.DUTIES,
    ):
        assert words in text
    box = pypdf.PdfReader(BytesIO(data)).pages[0].mediabox
    assert round(float(box.width) / MM) == (297 if paper == A4 else 420)


def test_permits_fines_and_force_are_no_duties_of_a_grid() -> None:
    assert len(notice_board.DUTIES) == 7
    forbidden = ("许可", "处罚", "强制")
    assert not any(word in duty for duty in notice_board.DUTIES for word in forbidden)


def test_every_grid_has_a_page_and_the_duties_that_its_office_wrote() -> None:
    own = papers.board(grid="第五网格", duties=("每天巡查一次", "记平安日记"))
    texts = page_texts(notice_board.render(papers.notice_boards(papers.board(), own)))
    assert len(texts) == 2
    assert "每天巡查一次" in texts[1]
    assert notice_board.DUTIES[1] not in texts[1]


def _people(count: int) -> tuple[BoardPerson, ...]:
    return tuple(
        BoardPerson(role="网格信息员", name=f"信息员{chr(0x4E00 + number)}", phone="13840910003")
        for number in range(count)
    )


def test_more_people_than_have_a_place_stand_in_a_line_and_a_crowd_is_counted() -> None:
    few = text_by_pdfium(notice_board.render(papers.notice_boards(papers.board(people=_people(9)))))
    assert "还有：" in few
    assert all(one.name in few.replace("\n", "") for one in _people(9))
    many = text_by_pdfium(
        notice_board.render(papers.notice_boards(papers.board(people=_people(60))))
    )
    assert "等 54 人" in many


def test_a_board_takes_long_names_long_duties_nobody_and_a_damaged_picture() -> None:
    jpeg = BytesIO()
    Image.new("RGB", (40, 50), "#9bb7d4").save(jpeg, "JPEG")
    people = (
        BoardPerson(role="网格长", name=papers.LONG_NAME, jpeg=jpeg.getvalue()),
        BoardPerson(role="专职网格员", name="李𣲗", jpeg=b"\xff\xd8 no picture"),
    )
    long = papers.board(people=people, duties=("长" * 300,) * 9, area="望" * 200)
    nobody = papers.board(people=(), area="", households=None, buildings="")
    data = notice_board.render(papers.notice_boards(long, nobody, supervision_phone=""))
    first, second = page_texts(data)
    assert papers.LONG_NAME in first.replace("\n", "")
    assert "照片" in first
    assert "网格员还没有任命" in second
    assert "（还没有填写）" in second
    assert page_count(data) == 2
    for page in characters(data):
        assert all(c.x > 20 and c.x_end < 297 * MM - 20 for c in page)
