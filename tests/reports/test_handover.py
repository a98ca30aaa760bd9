from pathlib import Path

import pytest

from app.reports.handover import Matter, render
from app.reports.missing import MissingGlyph
from tests.reports.papers import handover
from tests.reports.reading import all_readings, page_count, page_texts


def squeezed(data: bytes) -> list[str]:
    return ["".join(text.split()) for text in page_texts(data)]


def test_one_page_tells_who_what_where_and_what_to_do(tmp_path: Path) -> None:
    data = render(handover())

    assert page_count(data) == 1
    for reading in all_readings(data, tmp_path):
        plain = "".join(reading.split())
        for words in (
            *(
                "资料交接清单",
                "移交人周立群",
                "接收人李𣲗",
                "2,586人",
                "志愿服务记录证明、荣誉证书",
            ),
            *("证明：待批", "2件，最早2026-11-18", "高龄津贴发放名单的公示", "2026-12-06期满"),
            *("E:\\邻里备份", "望海社证〔2026〕", "112号", "赵敏", "社工", "看恢复单第6组"),
            *("移交人签字：", "接收人签字：", "监交人签字：", "一式三份"),
        ):
            assert words in plain, words


def test_signatures_stand_once_and_never_alone_on_a_page() -> None:
    for count in range(12, 60, 3):
        matters = [Matter(what=f"公示{n}", count="在期", where="文书") for n in range(count)]
        pages = squeezed(render(handover(matters=matters)))

        assert ["移交人签字" in page for page in pages].count(True) == 1
        assert "移交人签字" in pages[-1]
        assert "看恢复单第6组" in pages[-1]
        assert f"第{len(pages)}页共{len(pages)}页" in pages[-1]


def test_where_there_is_nothing_the_paper_says_so_and_names_are_written_by_hand() -> None:
    (page,) = squeezed(render(handover(matters=(), books=(), receiver="", templates=())))

    for words in ("启用模板没有", "在程序里哪里找没有", "用到几号没有"):
        assert words in page
    assert "未登记" not in page


def test_a_name_that_cannot_be_printed_is_said() -> None:
    with pytest.raises(MissingGlyph, match="U\\+E000"):
        render(handover(receiver="李\ue000"))
