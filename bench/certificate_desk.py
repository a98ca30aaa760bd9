"""An office of a few people with two numbered certificates, and the page 文书 on the screen."""

import gc
import time
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from app.context import Context, LiveSettings
from app.reports.certificate import Certificate
from app.services import (
    certificate_life,
    certificates,
    office,
    points_hours,
    templates,
    volunteers,
)
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.services.volunteer_input import VolunteerInput
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals
from app.ui.papers.page import PapersPage
from app.values.rights import SECRETARY, Actor
from bench.desk import CLOCK
from bench.office import FOLDER, empty_file, opened
from bench.painting import until_painted

NAMES = ("王秀兰", "于翠兰")
TYPED = {"起止日期": "2026年1月1日至2026年11月20日"}
_SERVED = (("助老陪伴", 48), ("楼道清洁", 25), ("巡逻值守", 12))
"""Half hours"""


class Desk:
    """The page with two papers in its list; `click` chooses the other one and waits for it."""

    def __init__(self) -> None:
        app = QApplication.instance() or QApplication([])
        theme.apply(app)
        FOLDER.mkdir(parents=True, exist_ok=True)
        database, signals = opened(empty_file(FOLDER / "certificates.linli")), AppSignals()
        database.act_as(Actor("周立群", SECRETARY))
        self.context = Context(
            database,
            signals,
            Background(app),
            LiveSettings(database, signals),
            CLOCK,
        )
        with database.transaction("两份证明") as session:
            self.papers = _fill(session)
        self.page = PapersPage(self.context)
        self.page.resize(1366, 728)
        until_painted(self.page, self.page.show)
        self.page.choices.choose_first()
        self.panel = self.page._current()
        self.list = self.panel.desk.list
        self.view = self.page.preview.view
        # As the program does when its window stands.
        gc.freeze()
        for _ in self.papers:
            self.click()

    def click(self) -> float:
        """Seconds from the press of the mouse until the other paper has been painted."""
        other = next(one for one in self.papers if one != self.list.current_id())
        row = self.list.model.index(self.list.model.row_of(other))
        place = self.list.view.visualRect(row).center()
        button = Qt.MouseButton.LeftButton
        begin = time.perf_counter()
        QTest.mouseClick(self.list.view.viewport(), button, pos=place)
        self._until_shown(other)
        return time.perf_counter() - begin

    def data(self) -> Certificate:
        """What is printed of the current paper."""
        with self.context.database.reading() as session:
            return certificates.paper(
                session, self.list.current_id(), today=self.context.clock.today()
            )

    def _until_shown(self, paper: int) -> None:
        """Until the sheet is on the desk, in a loop that sleeps as the program's own does."""
        loop = QEventLoop()
        self.panel.composed.connect(loop.quit)
        patience = QTimer(loop)
        patience.timeout.connect(loop.quit)
        patience.start(10_000)
        loop.exec()
        if not self.page.preview._title.endswith(self.papers[paper]):
            raise TimeoutError(f"{self.papers[paper]} was not shown")
        until_painted(self.view.viewport(), self.view.viewport().update)


def _fill(session: Session) -> dict[int, str]:
    """Ids and numbers of the certificates."""
    office.set_office(session, Office("望海社区", "海湾街道", phone="0411-83000000"))
    templates.seed(session)
    return dict(_certificate(session, name, CLOCK.today()) for name in NAMES)


def _certificate(session: Session, name: str, today: date) -> tuple[int, str]:
    entered = ResidentInput(name=name, document_kind="none", sex="女", address="3-2-301")
    person = add(session, entered, now=CLOCK.now())
    _serve(session, person, today)
    template = next(one for one in templates.templates(session) if one.usable)
    blank, asked = certificates.blank(session, template.id, person, today=today)
    answers = {one.code: TYPED[one.code] for one in asked if one.code in TYPED}
    draft = replace(
        blank, holder_document="居民身份证 210214196001181827", answers=answers, purpose="评星"
    )
    made = certificates.save_draft(session, None, draft, handled_by="赵敏", now=CLOCK.now())
    certificate_life.accept_preview(session, made, user="周立群", role="书记", now=CLOCK.now())
    return made, certificate_life.give_number(session, made, now=CLOCK.now())


def _serve(session: Session, resident_id: int, today: date) -> None:
    """What the paper says stands in the book of hours."""
    entered = VolunteerInput(resident_id=resident_id, registered_on=today, record_consent_on=today)
    volunteer_id = volunteers.add(session, entered, now=CLOCK.now())
    for week, (words, half_hours) in enumerate(_SERVED, start=1):
        points_hours.book_hours(
            session,
            volunteer_id,
            half_hours,
            on_date=today - timedelta(weeks=week),
            activity_id=None,
            claim_id=None,
            words=words,
            now=CLOCK.now(),
        )
