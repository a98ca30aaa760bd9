"""What holds for all papers of the catalogue; a new paper joins by an example in papers.py."""

import hashlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from app.reports.catalogue import PAPERS, Paper, paper
from tests.reports.papers import EXAMPLES, OFFICE
from tests.reports.reading import all_readings, characters, fonts_of

every_paper = pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)


@cache
def drawn(kind: Paper) -> bytes:
    """Drawn once for all that is asked of it."""
    return kind.render(EXAMPLES[kind.key])


def test_every_paper_has_an_example_of_its_data() -> None:
    assert {kind.key: kind.data for kind in PAPERS} == {k: type(v) for k, v in EXAMPLES.items()}
    assert paper("notice").title == "通知"


@every_paper
def test_the_same_data_gives_the_same_bytes(kind: Paper) -> None:
    assert kind.render(EXAMPLES[kind.key]) == drawn(kind)


def test_another_process_gives_the_same_bytes_too() -> None:
    code = (
        "import hashlib; from app.reports.catalogue import PAPERS; "
        "from tests.reports.papers import EXAMPLES; "
        "print([hashlib.sha256(p.render(EXAMPLES[p.key])).hexdigest() for p in PAPERS])"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    here = [hashlib.sha256(drawn(kind)).hexdigest() for kind in PAPERS]

    assert there.decode().strip() == str(here)


@every_paper
def test_every_font_is_embedded_cut_down_and_can_be_copied_from(kind: Paper) -> None:
    fonts = fonts_of(drawn(kind))

    assert fonts
    for font in fonts:
        assert font["/Subtype"] == "/Type0"
        assert font["/BaseFont"].startswith("/AAAAAA+")
        assert "/ToUnicode" in font
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert len(descriptor["/FontFile2"].get_data()) < 400_000


@every_paper
def test_the_office_can_be_read_out_of_the_paper_by_every_reader(
    kind: Paper, tmp_path: Path
) -> None:
    for reading in all_readings(drawn(kind), tmp_path):
        assert OFFICE in reading


@every_paper
def test_nothing_is_drawn_outside_the_paper(kind: Paper) -> None:
    for page in characters(drawn(kind)):
        assert page
        assert all(c.x > 20 and c.top > 20 for c in page)


@every_paper
def test_the_file_tells_nothing_about_the_computer(kind: Paper) -> None:
    data = drawn(kind)

    assert str(Path.cwd()).encode() not in data
    assert b"resources" not in data
