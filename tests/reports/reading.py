"""Reads a PDF back with programs that had no part in writing it."""

import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
import pypdfium2

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


def characters(data: bytes) -> list[list[Character]]:
    """The visible characters of each page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [[_character(c, page.height) for c in page.chars] for page in document.pages]


def _character(raw: dict[str, Any], height: float) -> Character:
    return Character(
        text=raw["text"],
        x=raw["x0"],
        x_end=raw["x1"],
        top=raw["top"],
        bottom=raw["bottom"],
        baseline=round(height - raw["matrix"][5], 1),
        size=round(raw["size"], 2),
        font=raw["fontname"],
    )


def rows(page: list[Character]) -> dict[float, str]:
    """The text of each baseline, from left to right."""
    found: dict[float, list[Character]] = {}
    for character in page:
        found.setdefault(character.baseline, []).append(character)
    return {y: "".join(c.text for c in sorted(found[y], key=lambda c: c.x)) for y in sorted(found)}
