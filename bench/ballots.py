"""The vote of 3,000 owners: what came back summed by people and area, and their ballots printed."""

import sqlite3
from functools import cache
from io import BytesIO
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from app.reports import ballot
from app.reports.ballot import Ballots, Slip
from app.services import ballot_views, meeting_rules, turnouts, vote_ground, voting
from app.services.meeting_views import meeting
from app.storage import connection
from app.storage.engine import Database
from app.values.areas import square_metres
from bench import office, papers
from bench.certificates import Modules, Recorder, draw_code
from bench.desk import KEY
from bench.harness import Benchmark, seconds
from bench.meetings_office import OWNERS, OWNERS_ITEM, OWNERS_MEETING, meetings_office
from bench.roster import Person, people

_TIMES = 20
"""One tally is too short a time for the clock"""


@cache
def _database() -> Database:
    return office.opened(meetings_office())


@cache
def _link() -> sqlite3.Connection:
    return connection.connect(meetings_office(), KEY, cache_mib=connection.READER_CACHE_MIB)


def _tally() -> None:
    """The sums of the ballots, the electorate, and the verdict with its words."""
    with _database().lookup() as lookup:
        item = vote_ground.item_of(lookup, OWNERS_ITEM)
        row = meeting(lookup, item.meeting_id)
        rule = meeting_rules.rule_of(lookup, row, item.matter)
        people, area = turnouts.expected(lookup, row, rule)
        found = ballot_views.tally(lookup, OWNERS_ITEM)
    voting.outcome(rule, voting.Turnout(people, people, area, area), found.count)


_BALLOTS = """SELECT b.choice, count(DISTINCT b.id), sum(u.area) FROM ballot AS b
    JOIN owner_unit AS u ON u.owner_id = b.owner_id AND u.deleted_at IS NULL
    WHERE b.agenda_item_id = ? GROUP BY b.choice"""
_OWNERS = "SELECT count(*) FROM owner WHERE body_id = ? AND deleted_at IS NULL"
_AREA = """SELECT sum(u.area) FROM owner_unit AS u JOIN owner AS o ON o.id = u.owner_id
    WHERE o.body_id = ? AND o.deleted_at IS NULL AND u.deleted_at IS NULL"""


def _sums() -> None:
    link = _link()
    link.execute(_BALLOTS, (OWNERS_ITEM,)).fetchall()
    link.execute(_OWNERS, (OWNERS_MEETING,)).fetchall()
    link.execute(_AREA, (OWNERS_MEETING,)).fetchall()


def _slip(number: int, person: Person) -> Slip:
    return Slip(
        number=number,
        name=person.name,
        place=f"{person.building} 号楼 {person.unit}-{person.room}",
        area=f"专有面积 {square_metres(4_200 + number * 37 % 9_800)}",
        code=ballot_views.code_of(OWNERS_ITEM, number),
    )


@cache
def _ballots() -> Ballots:
    return Ballots(
        office=papers.OFFICE,
        meeting="海景花园业主大会　2026年11月21日",
        item="电梯大修使用维修资金",
        words="使用维修资金 86,000 元大修 3 号楼两部电梯，12 月 15 日前完工，费用公示 15 天。",
        whose="业主",
        slips=[_slip(number, one) for number, one in enumerate(people(OWNERS), start=1)],
    )


@cache
def _drawn() -> tuple[papers.Strings, list[list[Modules]]]:
    """Every string and every code, page by page, noted once, outside the timing."""
    Recorder.codes = []
    with patch.object(papers, "Recorder", Recorder):
        strings = papers.strings_of(ballot, lambda: ballot.render(_ballots()))
    count = _ballots().layout.count
    codes = Recorder.codes
    return strings, [codes[at : at + count] for at in range(0, len(codes), count)]


def _bare() -> float:
    (pages, paper), codes = _drawn()

    def work() -> None:
        canvas = Canvas(BytesIO(), pagesize=paper, initialFontName=pages[0][0][2])
        for page, drawn in zip(pages, codes, strict=True):
            font = None
            for x, y, name, size, text in page:
                if font != (name, size):
                    font = name, size
                    canvas.setFont(name, size)
                canvas.drawString(x, y, text)
            for one in drawn:
                draw_code(canvas, *one)
            canvas.showPage()
        canvas.getpdfdata()

    return seconds(work)


BENCHMARKS = (
    Benchmark(
        "tally_owners_3000",
        "s",
        OWNERS,
        lambda: seconds(lambda: [_tally() for _ in range(_TIMES)]),
        lambda: seconds(lambda: [_sums() for _ in range(_TIMES)]),
        at_most=3.0,
    ),
    Benchmark(
        "ballots_pdf_3000",
        "s",
        OWNERS,
        lambda: seconds(lambda: ballot.render(_ballots())),
        _bare,
        at_most=1.8,
        rounds=3,
    ),
)
