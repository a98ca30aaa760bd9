from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.services import residents
from app.services.filters import ResidentFilter
from app.values.documents import check_document
from bench import office
from bench.queries import KINDS, POLYPHONIC, queries
from bench.roster import HEADINGS, people, write_workbook

TODAY = date(2026, 11, 21)


def test_the_program_finds_no_fault_with_the_numbers_of_made_up_people() -> None:
    checks = [(check_document(one.number, today=TODAY), one) for one in people(3000)]

    assert all(not check.faults for check, _ in checks)
    assert all(check.birth_date == one.birth_date for check, one in checks)
    assert all(check.sex == one.sex for check, one in checks)


def test_nobody_shares_a_number_or_a_phone() -> None:
    everybody = list(people(5000))

    assert len({one.number for one in everybody}) == len({one.phone for one in everybody}) == 5000


def test_the_workbook_holds_every_person_under_the_headings(tmp_path: Path) -> None:
    write_workbook(tmp_path / "roster.xlsx", 30)

    sheet = CalamineWorkbook.from_path(tmp_path / "roster.xlsx").get_sheet_by_index(0)
    rows = sheet.to_python()
    first = next(people(1))
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) == 31
    assert rows[1][5] == first.number
    assert rows[1][6] == first.birth_date


def test_every_kind_of_query_finds_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "FOLDER", tmp_path)
    database = office.opened(office.office(300))

    with database.lookup() as lookup:
        for kind, text in zip(KINDS, queries(300, 1), strict=True):
            found = residents.list_ids(lookup, ResidentFilter(text=text), today=TODAY)
            surnames = {row.name[0] for row in residents.rows(lookup, found.ids, today=TODAY)}
            assert surnames & set(POLYPHONIC), f"{kind}: {text}"
    database.close()


def test_no_query_follows_itself() -> None:
    texts = queries(1000, 10)

    assert len(texts) == 140
    assert all(one != other for one, other in pairwise(texts))
