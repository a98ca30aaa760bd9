"""Certificates: five hundred in one file, and one from the click to the eye."""

from functools import cache
from io import BytesIO
from unittest.mock import patch

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from app.reports import certificate
from app.reports.certificate import Certificate
from bench import papers
from bench.certificate_desk import Desk
from bench.harness import Benchmark, seconds
from bench.roster import Person, people

CERTIFICATES = 500
LIMIT = (
    "本证明依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）无偿出具，"
    "仅用于申报星级志愿者，自出具之日起 90 日内有效。"
)

Modules = tuple[float, float, float, list[tuple[int, int, int, int]]]
"""A QR code: its place, the size of a module, and its dark rectangles in modules."""


class Recorder(papers.Recorder):
    """Notes the QR codes as well, as (x, y, points per module, rectangles)."""

    codes: list[Modules]

    def shape(self, path: str, x: float, y: float, scale: float) -> None:
        super().shape(path, x, y, scale)
        rectangles = [tuple(map(int, part.split())) for part in path.split("re") if part.strip()]
        self.codes.append((x, y, scale, rectangles))


def certificate_of(number: int, person: Person) -> Certificate:
    """A certificate as the shipped template words it, with counterfoil and code."""
    mark = f"{person.number[:4]} **** **** {person.number[-4:]}"
    name, code = f"望海社证〔2026〕{number}号", f"{number:04d}-92QD"
    fact = (
        f"兹证明{person.name}，{person.sex}，居民身份证 {mark}，志愿者编号 WH{number:04d}，"
        f"2026年1月1日至2026年11月20日参加本社区组织的志愿服务 {number % 30 + 1} 次，"
        f"累计 {number % 90 / 2} 小时：助老陪伴，楼道清洁，巡逻值守。"
    )
    return Certificate(
        office=papers.OFFICE,
        title="志愿服务记录证明",
        number=name,
        paragraphs=(fact, LIMIT),
        holder=person.name,
        holder_document=mark,
        purpose="申报星级志愿者",
        recipient="海湾街道团工委",
        issued_on=papers.DAY.date(),
        handled_by="赵敏",
        approved_by="周立群",
        office_phone="0411-83000000",
        check_code=code,
        qr_text=f"{name}，{person.name}，2026年11月20日，校验码{code}",
    )


@cache
def batch() -> list[Certificate]:
    return [certificate_of(i, p) for i, p in enumerate(people(CERTIFICATES), start=1)]


@cache
def drawn() -> tuple[papers.Strings, list[Modules]]:
    """Every string and every code of the batch, noted once, outside the timing."""
    strings, codes = noted_of(batch())
    assert len(strings[0]) == len(codes) == CERTIFICATES
    return strings, codes


def noted_of(certificates: list[Certificate]) -> tuple[papers.Strings, list[Modules]]:
    Recorder.codes = []
    with patch.object(papers, "Recorder", Recorder):
        strings = papers.strings_of(certificate, lambda: certificate.render_many(certificates))
    return strings, Recorder.codes


def bare(strings: papers.Strings, codes: list[Modules]) -> bytes:
    """The same strings and modules by drawString and rect: no layout, no rules, no checks."""
    pages, paper = strings
    canvas = Canvas(BytesIO(), pagesize=paper, initialFontName=pages[0][0][2])
    for page, code in zip(pages, codes, strict=True):
        font = None
        for x, y, name, size, text in page:
            if font != (name, size):
                font = name, size
                canvas.setFont(name, size)
            canvas.drawString(x, y, text)
        draw_code(canvas, *code)
        canvas.showPage()
    return canvas.getpdfdata()


def draw_code(
    canvas: Canvas, x: float, y: float, scale: float, rectangles: list[tuple[int, int, int, int]]
) -> None:
    path = canvas.beginPath()
    for left, lower, width, height in rectangles:
        path.rect(x + left * scale, y + lower * scale, width * scale, height * scale)
    canvas.drawPath(path, stroke=0, fill=1)


def five_hundred() -> float:
    return seconds(lambda: certificate.render_many(batch()))


def five_hundred_bare() -> float:
    noted = drawn()
    return seconds(lambda: bare(*noted))


@cache
def desk() -> Desk:
    return Desk()


@cache
def one_drawn() -> tuple[papers.Strings, list[Modules], bytes]:
    """The strings, the code and the finished PDF of the paper that is clicked."""
    data = desk().data()
    return *noted_of([data]), certificate.render(data)


def one_click() -> float:
    return desk().click()


def one_click_floor() -> float:
    """The finished PDF's page made a picture, and the same strings and modules by bare calls."""
    strings, codes, pdf = one_drawn()
    width = desk().view._places[0].width()
    return seconds(lambda: (bare(strings, codes), picture(pdf, width)))


def picture(pdf: bytes, width: int) -> object:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    return page.render(scale=width / page.get_width())


BENCHMARKS: list[Benchmark] = [
    Benchmark("certificates_500", "s", CERTIFICATES, five_hundred, five_hundred_bare, at_most=1.8),
    Benchmark("certificate_one_click", "s", 1, one_click, one_click_floor, at_most=3.0, rounds=20),
]
