"""Numbers: no gap and no number twice, whatever races, stops or turns back in between."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Certificate as CertificateRow
from app.models import NumberBook, SealUse, Stage, Volunteer
from app.reports.certificate import from_snapshot, render
from app.reports.missing import MissingGlyph
from app.services import certificate_life, history, numbers, office, settings
from app.services.numbers import ClockWentBack
from app.storage.check import check_file
from app.storage.engine import Database
from tests.faults.amount import times
from tests.services.conftest import Clerk
from tests.services.issuing import Issuer
from tests.storage.offices import CLOCK, FILE_NAME, KEY, fresh_office

ROOT = Path(__file__).parents[2]
NOW = CLOCK.now()


@pytest.fixture
def issuer(clerk: Clerk) -> Issuer:
    return Issuer(clerk)


def test_numbers_run_from_one_in_the_order_in_which_they_are_given(issuer: Issuer) -> None:
    keys = [issuer.approved() for _ in range(3)]
    assert [issuer.number(key) for key in (keys[1], keys[2], keys[0])] == [
        "望海社证〔2026〕1号",
        "望海社证〔2026〕2号",
        "望海社证〔2026〕3号",
    ]
    assert issuer.clerk.see(lambda s: numbers.given(s, 2026)) == 3
    assert issuer.clerk.see(lambda s: numbers.gaps(s, 2026)) == []


def test_register_line_check_code_and_snapshot_come_with_the_number(issuer: Issuer) -> None:
    key = issuer.approved()
    assert issuer.row(key).snapshot is None
    number = issuer.number(key)
    row = issuer.row(key)
    kept = from_snapshot(row.snapshot or {})
    assert (row.stage, row.issued_on) == (Stage.NUMBERED, NOW.date())
    assert (kept.number, kept.check_code, kept.issued_on) == (number, row.check_code, NOW.date())
    assert kept.qr_text.endswith(kept.check_code)
    assert number in kept.qr_text


def test_each_year_begins_with_one_again_by_the_day_of_issue(issuer: Issuer) -> None:
    first, second = issuer.approved(), issuer.approved()
    assert issuer.number(first, now=datetime(2026, 12, 31, 23, 59)) == "望海社证〔2026〕1号"
    assert issuer.number(second, now=datetime(2027, 1, 1, 0, 0)) == "望海社证〔2027〕1号"


def test_where_each_kind_has_a_book_no_two_papers_bear_one_number(issuer: Issuer) -> None:
    issuer.clerk.do("设置", lambda s: settings.change(s, settings.ONE_BOOK, False))
    own = issuer.own_template(book_word="到")
    volunteer, present = issuer.approved(), issuer.approved(template_id=own)
    assert issuer.number(volunteer) == "望海社志证〔2026〕1号"
    assert issuer.number(present) == "望海社到证〔2026〕1号"
    assert issuer.number(issuer.approved()) == "望海社志证〔2026〕2号"


def test_the_word_before_the_number_is_the_offices_own(issuer: Issuer) -> None:
    issuer.clerk.do("设置", lambda s: settings.change(s, settings.SERIES_WORD, "普望证"))
    assert issuer.number(issuer.approved()) == "普望证〔2026〕1号"
    issuer.clerk.do("设置", lambda s: settings.change(s, settings.SERIES_WORD, ""))
    issuer.clerk.do("改名", lambda s: office.set_office(s, office.Office("碧海社区居委会")))
    assert issuer.number(issuer.approved()) == "碧海社证〔2026〕1号"


@pytest.mark.parametrize(
    "word", ["望海社证〔", "望海社证2026", "望海社证12号", "望 海", "A|B", "长" * 13]
)
def test_a_word_that_would_spoil_the_number_is_refused(issuer: Issuer, word: str) -> None:
    with pytest.raises(DomainError, match="证明编号的字"):
        issuer.clerk.do("设置", lambda s: settings.change(s, settings.SERIES_WORD, word))
    assert issuer.number(issuer.approved()) == "望海社证〔2026〕1号"


def test_a_number_that_failed_leaves_no_gap(issuer: Issuer) -> None:
    key = issuer.approved()

    def give_and_fail(session: object) -> None:
        certificate_life.give_number(session, key, now=NOW)
        raise DomainError("磁盘已满")

    for _ in range(3):
        with pytest.raises(DomainError, match="磁盘已满"):
            issuer.clerk.do("给号", give_and_fail)
    assert issuer.row(key).number is None
    assert issuer.number(key) == "望海社证〔2026〕1号"


def test_no_number_is_wasted_on_a_name_that_no_font_has(issuer: Issuer) -> None:
    key = issuer.save(issuer.draft(holder="王\ue5e5兰"))
    with pytest.raises(MissingGlyph, match="U\\+E5E5"):
        issuer.accept(key)
    good, bad = issuer.approved(holder="甲"), issuer.approved(holder="乙")

    def rename(session: Session) -> None:
        session.get_one(CertificateRow, bad).holder = "\ue5e5"
        session.scalars(select(Volunteer).where(Volunteer.name == "乙")).one().name = "\ue5e5"

    issuer.clerk.do("改名", rename)
    with pytest.raises(MissingGlyph):
        issuer.clerk.do(
            "批量给号", lambda s: certificate_life.give_numbers(s, [good, bad], now=NOW)
        )
    assert issuer.row(good).number is None
    assert issuer.number(good) == "望海社证〔2026〕1号"


def test_a_paper_gets_only_one_number(issuer: Issuer) -> None:
    key = issuer.numbered()
    with pytest.raises(DomainError, match="待打印"):
        issuer.number(key)
    assert issuer.number(issuer.approved()) == "望海社证〔2026〕2号"


def test_a_book_that_fell_behind_gives_no_number_twice(issuer: Issuer) -> None:
    issuer.numbered()
    issuer.numbered()
    issuer.clerk.do("损坏", lambda s: setattr(s.scalars(select(NumberBook)).one(), "last", 0))
    assert issuer.number(issuer.approved()) == "望海社证〔2026〕3号"


def test_the_file_itself_refuses_a_number_given_twice(issuer: Issuer) -> None:
    first, second = issuer.numbered(), issuer.numbered()
    with pytest.raises(IntegrityError):
        issuer.clerk.do("改号", lambda s: setattr(s.get_one(CertificateRow, second), "serial", 1))
    assert [issuer.row(key).serial for key in (first, second)] == [1, 2]


def test_a_clock_set_back_is_asked_about_and_then_counts_in_its_own_year(issuer: Issuer) -> None:
    issuer.numbered()
    key, past = issuer.approved(), datetime(2025, 3, 1, 9, 0)
    with pytest.raises(ClockWentBack, match=r"2025年3月1日.*2026年11月21日"):
        issuer.number(key, now=past)
    assert issuer.row(key).number is None
    assert issuer.number(key, now=past, day_checked=True) == "望海社证〔2025〕1号"
    assert issuer.number(issuer.approved()) == "望海社证〔2026〕2号"
    assert issuer.clerk.see(lambda s: numbers.gaps(s, 2025) + numbers.gaps(s, 2026)) == []


def test_a_day_on_which_no_paper_can_have_been_made_gives_no_number(issuer: Issuer) -> None:
    key = issuer.approved()
    issuer.at(datetime(1970, 1, 1, 8, 0))
    with pytest.raises(DomainError, match="1970年1月1日，一定不对"):
        issuer.number(key, day_checked=True)
    assert issuer.facts(key).number == ""


def test_a_paper_dated_by_a_fast_clock_stops_nobody_once_it_is_void(issuer: Issuer) -> None:
    wrong = issuer.approved()
    issuer.number(wrong, now=NOW + timedelta(days=400))
    key = issuer.approved()
    with pytest.raises(ClockWentBack):
        issuer.number(key)
    issuer.step("void", wrong, reason="电脑日期不对")
    assert issuer.number(key) == "望海社证〔2026〕1号"


def test_two_sessions_racing_for_numbers_get_different_ones(
    issuer: Issuer, office_folder: Path
) -> None:
    keys = [issuer.approved() for _ in range(12)]
    given: list[str] = []

    def work(mine: list[int]) -> None:
        with closing(Database.open(office_folder / FILE_NAME, KEY, clock=CLOCK)) as database:
            for key in mine:
                with database.transaction("给号") as session:
                    given.append(certificate_life.give_number(session, key, now=NOW))

    workers = [threading.Thread(target=work, args=(keys[start::2],)) for start in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(given) == sorted(f"望海社证〔2026〕{n}号" for n in range(1, 13))
    assert issuer.clerk.see(lambda s: numbers.gaps(s, 2026)) == []


def test_two_sessions_racing_for_one_paper_give_it_one_number(
    issuer: Issuer, office_folder: Path
) -> None:
    key = issuer.approved()
    said: list[str] = []

    def work() -> None:
        with closing(Database.open(office_folder / FILE_NAME, KEY, clock=CLOCK)) as database:
            try:
                with database.transaction("给号") as session:
                    said.append(certificate_life.give_number(session, key, now=NOW))
            except DomainError as error:
                said.append(str(error))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert "望海社证〔2026〕1号" in said
    assert any("现在是“待打印”" in words for words in said)
    assert issuer.clerk.see(lambda s: numbers.given(s, 2026)) == 1


ISSUE = """
import sys
from dataclasses import replace
from pathlib import Path
from app.services import certificate_life, certificates, templates
from app.storage.engine import Database
from tests.services.issuing import SERVICE
from tests.services.serving import has_served
from tests.storage.offices import CLOCK, KEY
database = Database.open(Path(sys.argv[1]) / "社区资料.linli", KEY, clock=CLOCK)
now = CLOCK.now()
print("ready", flush=True)
for _ in range(1_000_000):
    with database.transaction("开证明") as session:
        template = templates.templates(session)[0].id
        draft, _ = certificates.blank(session, template, None, today=now.date())
        draft = replace(draft, holder="王秀兰", holder_document="居民身份证 1")
        number = has_served(session, draft)
        draft = replace(draft, answers={**SERVICE, "志愿者编号": number})
        key = certificates.save_draft(session, None, draft, handled_by="赵敏", now=now)
        certificate_life.accept_preview(session, key, user="周立群", role="书记", now=now)
    with database.transaction("给号") as session:
        number = certificate_life.give_number(session, key, now=now)
    print(number, flush=True)
    with database.transaction("开始打印") as session:
        certificate_life.print_started(session, key, now=now)
    with database.transaction("印出来了") as session:
        certificate_life.print_done(session, key, now=now)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of Unix")
def test_a_kill_between_number_and_print_leaves_neither_gap_nor_two_papers(tmp_path: Path) -> None:
    database = fresh_office(tmp_path)
    with database.transaction("启用") as session:
        office.set_office(session, office.Office("望海社区", "海湾街道"))
        office.seed(session, today=CLOCK.today())
    database.close()
    told: list[str] = []
    for pause in (0.0, 0.02, 0.1, 0.25):
        told += _issue_and_kill(tmp_path, pause)
    with closing(Database.open(tmp_path / FILE_NAME, KEY, clock=CLOCK)) as database:
        with database.reading() as session:
            rows = session.scalars(
                select(CertificateRow)
                .where(CertificateRow.number.is_not(None))
                .order_by(CertificateRow.serial)
            ).all()
            assert [row.serial for row in rows] == list(range(1, len(rows) + 1))
            assert set(told) <= {row.number for row in rows}
            assert told
            assert len(told) == len(set(told))
            assert numbers.gaps(session, 2026) == []
            halfway = certificate_life.unconfirmed(session)
            sealed = set(session.scalars(select(SealUse.certificate_id)))
        for row in rows:
            assert render(from_snapshot(row.snapshot or {}))
            assert (row.id in sealed) == (row.stage is Stage.PRINTED)
        _go_on(database, [one.id for one in halfway])
    assert check_file(tmp_path / FILE_NAME, KEY).ok


def _issue_and_kill(folder: Path, pause: float) -> list[str]:
    with subprocess.Popen(
        [sys.executable, "-c", ISSUE, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        first = child.stdout.readline()
        time.sleep(pause)
        os.kill(child.pid, signal.SIGKILL)
        rest = first + child.stdout.read()
    return [line for line in rest.split("\n")[:-1] if line]


def _go_on(database: Database, halfway: list[int]) -> None:
    """After the crash the clerk says that nothing came out, and prints under the same number."""
    for key in halfway:
        with database.transaction("没有印出") as session:
            certificate_life.print_failed(session, key)
        with database.transaction("再打印") as session:
            assert certificate_life.print_started(session, key, now=NOW).mark == ""
            certificate_life.print_done(session, key, now=NOW)


class Book(RuleBasedStateMachine):
    """Whatever is done in whatever order: numbers are 1, 2, 3 ... in every year."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        database = fresh_office(Path(self.folder.name))
        with database.transaction("启用") as session:
            office.set_office(session, office.Office("望海社区"))
            office.seed(session, today=CLOCK.today())
        self.issuer = Issuer(Clerk(database, NOW))
        self.given: list[str] = []

    @rule(day=st.sampled_from([datetime(2025, 12, 31), NOW, datetime(2027, 1, 1)]))
    def issue(self, day: datetime) -> None:
        key = self.issuer.approved()
        self.given.append(self.issuer.number(key, now=day, day_checked=True))

    @rule()
    def fail(self) -> None:
        key = self.issuer.approved()

        def act(session: object) -> None:
            certificate_life.give_number(session, key, now=NOW, day_checked=True)
            raise DomainError("没有纸")

        with pytest.raises(DomainError, match="没有纸"):
            self.issuer.clerk.do("给号", act)

    @rule(which=st.integers(0, 5))
    def void(self, which: int) -> None:
        keys = self.issuer.clerk.see(
            lambda s: s.scalars(
                select(CertificateRow.id).where(CertificateRow.stage == Stage.NUMBERED)
            ).all()
        )
        if which < len(keys):
            self.issuer.step("void", keys[which], reason="打错")

    @rule()
    def undo(self) -> None:
        if self.issuer.clerk.see(history.last_undoable):
            self.issuer.clerk.undo_last()

    @invariant()
    def no_gap_and_none_twice(self) -> None:
        if not hasattr(self, "given"):
            return
        assert len(set(self.given)) == len(self.given)
        rows = self.issuer.clerk.see(
            lambda s: s.execute(
                select(CertificateRow.number, CertificateRow.year, CertificateRow.serial).where(
                    CertificateRow.number.is_not(None)
                )
            ).all()
        )
        assert {row.number for row in rows} == set(self.given)
        for year in (2025, 2026, 2027):
            serials = sorted(row.serial for row in rows if row.year == year)
            assert serials == list(range(1, len(serials) + 1))

    def teardown(self) -> None:
        if hasattr(self, "issuer"):
            self.issuer.clerk.database.close()
            self.folder.cleanup()


TestBook = Book.TestCase
TestBook.settings = hypothesis_settings(
    max_examples=times(8, 300),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
