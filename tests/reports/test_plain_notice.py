from app.reports.plain_notice import render, render_many
from tests.reports.papers import LONG_NAME, plain_notice
from tests.reports.reading import MM, characters, page_count, page_texts


def test_a_plain_notice_tells_everything_that_was_typed() -> None:
    (text,) = page_texts(render(plain_notice()))

    for words in (
        "关于开展2026年度高龄津贴复核工作的通知",
        "各位居民：",
        "附件：高龄津贴复核表",
        "（联系人：赵敏）",
        "联系电话：0411-84641234",
        "2026年11月21日",
    ):
        assert words in text


def test_a_long_text_goes_on_over_pages_within_the_margins() -> None:
    data = render(plain_notice(body="根据上级要求，社区决定开展环境整治，请予支持。\n" * 120))

    assert page_count(data) > 3
    assert "第 2 页" in page_texts(data)[1]
    for page in characters(data):
        assert min(c.x for c in page) / MM >= 24.9
        assert max(c.x_end for c in page) / MM <= 185.1
        assert max(c.bottom for c in page) / MM <= 297 - 10


def test_the_signature_never_stands_alone_in_halves() -> None:
    for lines in range(20, 40):
        data = render(plain_notice(body="短的一行。\n" * lines, attachments=(), remark=""))
        last = page_texts(data)[-1]
        assert "海湾街道望海社区居民委员会" in last
        assert "2026年11月21日" in last


def test_several_notices_each_begin_a_page_of_their_own() -> None:
    names = ("3 号楼各位居民", "4 号楼各位居民")
    seen: list[int] = []

    texts = page_texts(render_many([plain_notice(recipients=name) for name in names], seen.append))

    assert [name in text for name, text in zip(names, texts, strict=True)] == [True, True]
    assert seen == [0, 1]


def test_names_of_sixty_characters_and_rare_characters_come_back_whole() -> None:
    (text,) = page_texts(render(plain_notice(body=f"请李𬱖、{LONG_NAME}到社区。")))

    assert "李𬱖" in text
    assert LONG_NAME in text.replace("\n", "")


def test_brackets_and_numbers_typed_by_hand_are_not_doubled() -> None:
    (text,) = page_texts(
        render(plain_notice(attachments=("1.名单", "2.表"), remark="（联系人：赵敏（书记））"))
    )

    for words in ("附件：1.名单", "2.表", "（联系人：赵敏（书记））"):
        assert words in text
    assert "1.1." not in text
    assert "（（" not in text
