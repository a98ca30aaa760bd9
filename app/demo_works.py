"""What came of the staircase in the made-up community: work, money, evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import paths
from app.demo_bodies import Bodies
from app.demo_grids import Neighbour
from app.demo_papers import SECRETARY, Errand
from app.demo_topics import STAIRS, TOLD
from app.models import Resolution, Verdict
from app.services import (
    evaluations,
    fund_sources,
    fund_views,
    funds,
    project_life,
    projects,
    resolution_life,
)
from app.services.evaluations import EvaluationInput
from app.services.fund_sources import SourceInput
from app.services.funds import EntryInput
from app.services.progress import StepInput
from app.services.projects import ProjectInput

AGREED = 53
"""Days ago: the representatives decided."""
BUDGET, _LAMPS, _REST = 18_600_00, 12_960_00, 5_640_00


class Works:
    """Errands of the 落实, and of the 专项经费 that paid for it."""

    def __init__(self, bodies: Bodies, people: Sequence[Neighbour], today: date) -> None:
        """The first of `people` is who brought it up; they evaluate it."""
        self._bodies, self._today = bodies, today
        self._asker, *self._neighbours = people

    def grants(self) -> Iterator[Errand]:
        """What came in at the beginning of the year."""
        yield Errand(self._ago(TOLD + 2), "登记专项经费来源", self._sources, SECRETARY)

    def _sources(self, session: Session, now: datetime) -> None:
        for name in ("市级", "区级"):
            planned = SourceInput(year=now.year, name=name, planned=100_000_00)
            key = fund_sources.save(session, None, planned)
            came = EntryInput(
                source_id=key,
                amount=100_000_00,
                on_date=now.date(),
                words="拨入全年经费",
                handled_by="赵敏",
                approved_by=SECRETARY,
            )
            funds.grant(session, came, now=now)

    def errands(self) -> Iterator[Errand]:
        """Approved, done, paid, accepted, evaluated."""
        day = self._ago(AGREED - 20)
        proj = f"立项 {STAIRS}"
        yield Errand(day, proj, self._set_up, SECRETARY)
        steps: tuple[tuple[int, str, int, str], ...] = (
            (28, "现场查看，24 个单元共 216 盏灯要换。", 10, "楼道_灯不亮.jpg"),
            (22, "声控灯到货，先装 3 号楼。", 40, ""),
            (16, "3 至 5 号楼装完，6 号楼明天装。", 80, ""),
        )
        for ago, words, percent, photo in steps:
            act = self._step(words, percent, photo)
            yield Errand(self._ago(ago), f"登记进度 {STAIRS}", act)
        yield Errand(self._ago(21), "支出购灯款", self._pay(_LAMPS, "购买声控灯 216 盏", "0012345"))
        yield Errand(self._ago(13), f"办结 {STAIRS}", self._finish)
        yield Errand(self._ago(12), f"验收 {STAIRS}", self._accept, SECRETARY)
        yield Errand(self._ago(11), "支出施工费", self._pay(_REST, "支付施工费", "0012388"))
        yield Errand(self._ago(10), f"评议 {STAIRS}", self._judged)

    def _set_up(self, session: Session, now: datetime) -> None:
        row = resolution_of(session)
        entered = ProjectInput(
            name=STAIRS,
            year=now.year,
            resolution_id=row.id,
            topic_id=row.topic_id,
            grid_id=row.grid_id,
            lead_unit_id=self._bodies.units["金城物业公司"],
            owner="冯经理",
            since=now.date(),
            until=now.date() + timedelta(days=30),
            funded=True,
            budget=BUDGET,
            purpose="换装声控灯 216 盏",
            approval="海街党发〔2026〕31 号",
            approved_on=now.date(),
        )
        projects.add(session, entered, now=now)

    def _step(self, words: str, percent: int, photo: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            row = resolution_of(session)
            pictures = (_photo(photo),) if photo else ()
            entered = StepInput(on_date=now.date(), words=words, percent=percent, photos=pictures)
            resolution_life.step(session, row.id, entered, version=row.version, now=now)

        return act

    def _finish(self, session: Session, now: datetime) -> None:
        row = resolution_of(session)
        entered = StepInput(
            on_date=now.date(),
            words="24 个单元 216 盏声控灯全部装好，晚上都亮了。",
            percent=100,
            photos=(_photo("楼道_灯亮了.jpg"),),
        )
        resolution_life.finish(session, row.id, entered, version=row.version, now=now)

    def _accept(self, session: Session, now: datetime) -> None:
        done = StepInput(on_date=now.date(), words="全部装好，逐个单元试过。", percent=100)
        project = fund_views.projects(session, now.year)[0].id
        version = projects.get(session, project).version
        project_life.finish(session, project, done, version=version, now=now)
        project_life.accept(
            session,
            project,
            on_date=now.date(),
            accepted_by=self._bodies.representatives[0].name,
            version=projects.get(session, project).version,
            now=now,
        )

    def _judged(self, session: Session, now: datetime) -> None:
        said = ((self._asker, Verdict.GOOD, "灯亮了，上下楼踏实。"),)
        more = ((one, Verdict.GOOD, "") for one in self._neighbours[:5])
        for one, verdict, words in (*said, *more, (self._neighbours[5], Verdict.FAIR, "")):
            entered = EvaluationInput(
                resident_id=one.id, on_date=now.date(), verdict=verdict, words=words
            )
            row = resolution_of(session)
            evaluations.evaluate(session, row.id, entered, version=row.version)

    def _pay(self, amount: int, words: str, ticket: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            paid = EntryInput(
                source_id=fund_views.sources(session, now.year)[0].id,
                amount=amount,
                on_date=now.date(),
                words=words,
                project_id=fund_views.projects(session, now.year)[0].id,
                ticket=ticket,
                payee="光明灯具店" if "灯" in words else "金城物业公司",
                handled_by="赵敏",
                approved_by=SECRETARY,
            )
            funds.spend(session, paid, now=now)

        return act

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)


def resolution_of(session: Session) -> Resolution:
    """The decision about the staircase; the opinion before it has the same title."""
    latest = select(Resolution).where(Resolution.title == STAIRS).order_by(Resolution.id.desc())
    return session.scalars(latest.limit(1)).one()


def _photo(name: str) -> bytes:
    return (paths.resources() / "samples" / name).read_bytes()
