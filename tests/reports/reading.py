"""Reads a PDF back with programs that had no part in writing it."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
from pdfminer.layout import LTChar, LTContainer

MM = 72 / 25.4


def text_by_pdfium(data: bytes) -> str:
    return "\n".join(page_texts(data))


def text_by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def text_by_poppler(data: bytes, folder: Path) -> str | None:
    """None where poppler is not installed: it is no part of the program."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    path = folder / "paper.pdf"
    path.write_bytes(data)
    done = subprocess.run([program, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def all_readings(data: bytes, folder: Path) -> list[str]:
    readings = [text_by_pdfium(data), text_by_pypdf(data), text_by_poppler(data, folder)]
    return [reading for reading in readings if reading is not None]


def page_count(data: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        return [text.replace("\r\n", "\n") for text in texts]
    finally:
        document.close()


def fonts_of(data: bytes) -> list[dict[str, Any]]:
    """Every font of the document, as plain dictionaries."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for name, reference in page["/Resources"]["/Font"].items():
            found[name] = reference.get_object()
    return list(found.values())


@dataclass(frozen=True)
class Character:
    """One character on a page; lengths in points, y of the baseline from the top."""

    text: str
    x: float
    x_end: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str


@lru_cache(maxsize=8)
def characters(data: bytes) -> list[list[Character]]:
    """The visible characters of each page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        # The bare layout: nobody here needs the colours and the words of each mark.
        return [
            [_character(one, page.height) for one in _marks(page.layout)] for page in document.pages
        ]


def _marks(container: LTContainer[Any]) -> Iterator[LTChar]:
    for one in container:
        if isinstance(one, LTChar):
            yield one
        elif isinstance(one, LTContainer):
            yield from _marks(one)


def _character(raw: LTChar, height: float) -> Character:
    return Character(
        text=raw.get_text(),
        x=raw.x0,
        x_end=raw.x1,
        top=height - raw.y1,
        bottom=height - raw.y0,
        baseline=round(height - raw.matrix[5], 1),
        size=round(raw.size, 2),
        font=raw.fontname,
    )


def rows(page: list[Character]) -> dict[float, str]:
    """The text of each baseline, from left to right."""
    found: dict[float, list[Character]] = {}
    for character in page:
        found.setdefault(character.baseline, []).append(character)
    return {y: "".join(c.text for c in sorted(found[y], key=lambda c: c.x)) for y in sorted(found)}
