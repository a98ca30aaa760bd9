from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from app.errors import DomainError
from app.reports.envelopes import KINDS, EnvelopeKind, render
from app.reports.labels import Label
from app.reports.missing import MissingGlyph
from tests.reports.papers import LONG_NAME, OFFICE, STREET, envelopes, label
from tests.reports.reading import MM, all_readings, characters, page_count, page_texts

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)


@every_kind
def test_a_page_has_the_size_of_the_envelope(kind: EnvelopeKind, tmp_path: Path) -> None:
    path = tmp_path / "e.pdf"
    path.write_bytes(render(envelopes(kind=kind)))

    for page in pypdf.PdfReader(path).pages:
        assert float(page.mediabox.width) == pytest.approx(kind.width * MM, abs=0.01)
        assert float(page.mediabox.height) == pytest.approx(kind.height * MM, abs=0.01)


@every_kind
def test_postcode_at_the_upper_left_office_at_the_lower_right(kind: EnvelopeKind) -> None:
    page, _ = characters(render(envelopes(kind=kind)))

    figures = [c for c in page if c.size == 16 and c.text.isdigit() and c.top < 20 * MM]
    office = [c for c in page if c.text in "居民委员会" and c.top > kind.height * MM * 0.7]
    assert "".join(c.text for c in figures) == "116200"
    assert figures[-1].x_end < 70 * MM
    assert min(c.x for c in office) > kind.width * MM / 2


@every_kind
def test_the_longest_name_and_address_cover_nothing(kind: EnvelopeKind) -> None:
    letter = Label(f"{LONG_NAME}　收", STREET * 3, "12 号楼 3 单元 1204 室", "116200")

    (page,) = characters(render(envelopes(letter, kind=kind)))

    sizes = {c.baseline: c.size for c in page if "贴邮票处".find(c.text) < 0}
    for above, below in pairwise(sorted(sizes)):
        assert below - above >= 0.95 * sizes[below]
    assert all(c.x >= 0 and c.x_end <= kind.width * MM - 10 * MM for c in page)
    assert max(c.bottom for c in page) <= kind.height * MM - 5 * MM


def test_without_boxes_only_words_and_figures_are_drawn() -> None:
    (drawn,) = page_texts(render(envelopes(label())))
    (plain,) = page_texts(render(envelopes(label(), boxes=False)))

    assert "邮票" in drawn
    assert "邮票" not in plain
    assert "王秀兰" in plain


def test_each_person_gets_an_envelope_with_the_office_on_it(tmp_path: Path) -> None:
    data = envelopes(label("赵𬱖　收"), label("张𠊟　收"), label("李四　收"))

    assert page_count(render(data)) == 3
    for text in all_readings(render(data), tmp_path):
        assert text.count(OFFICE) == 3
        assert "赵𬱖" in text
        assert "张𠊟" in text


def test_an_office_without_postcode_prints_no_empty_one() -> None:
    (text,) = page_texts(render(envelopes(label(), office_postcode="")))

    assert "邮政编码" not in text


def test_nobody_gives_one_page_that_says_so() -> None:
    (text,) = page_texts(render(envelopes(letters=())))

    assert "没有要打印的信封" in text


def test_an_endless_address_is_told_by_name() -> None:
    with pytest.raises(DomainError, match="王秀兰 收 的姓名或地址太长"):
        render(envelopes(Label("王秀兰　收", STREET * 60)))


def test_all_unprintable_people_are_told_before_anything_is_drawn() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(envelopes(label(), label("张\ue863"), label("赵\U0003134b")))

    assert [place.text for place in caught.value.places] == ["张\ue863", "赵\U0003134b"]
