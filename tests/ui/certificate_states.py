"""Certificates in every stage of their life; the page 文书 brought into its states with them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Certificate, Stage
from app.services import (
    certificate_life,
    certificate_lists,
    certificates,
    forbidden,
    residents,
    templates,
)
from app.services.certificates import CertificateDraft
from app.ui.papers.certificates.dialogs import (
    CollectDialog,
    MeetingDialog,
    ReasonDialog,
    SettleDialog,
)
from app.ui.papers.certificates.forbidden_stop import ForbiddenStop
from app.ui.papers.certificates.panel import CertificatePanel
from app.ui.papers.page import PapersPage
from app.ui.recent.history import HistoryDialog
from tests.services.serving import has_served
from tests.ui.people_office import TODAY

LONGEST_MS = 8000
NOW = datetime(2026, 11, 20, 9, 6)
SERVICE = {"起止日期": "2026年1月1日至2026年11月20日"}
VOLUNTEER, GUARDIAN = "志愿服务记录证明", "监护相关情况说明"


def certificates_of(page: PapersPage) -> CertificatePanel:
    """The panel of the certificates, with the first kind chosen."""
    page.choices.choose_first()
    panel = page._current()
    assert isinstance(panel, CertificatePanel)
    return panel


def draft_of(session: Session, person: int, title: str = VOLUNTEER) -> CertificateDraft:
    """A filled draft for somebody of the roster."""
    template = next(one for one in templates.templates(session) if one.title == title)
    blank, asked = certificates.blank(session, template.id, person, today=TODAY)
    has_served(session, blank)
    answers = {one.code: SERVICE.get(one.code, "王建国同意由其子女照料") for one in asked}
    return replace(
        blank,
        answers=answers,
        purpose="申报星级志愿者",
        recipient="海湾街道团工委",
        verification="志愿时长账 18 次，逐条有活动",
        verified_by="李娜",
    )


def paper(session: Session, person: int, upto: Stage, at: datetime, title: str = VOLUNTEER) -> int:
    """A paper that went as far as a stage, step after step at this hour."""
    made = certificates.save_draft(
        session, None, draft_of(session, person, title), handled_by="赵敏", now=at
    )
    if upto is Stage.DRAFT:
        return made
    role = "社工" if upto is Stage.WAITING else "书记"
    certificate_life.accept_preview(session, made, user="周立群", role=role, now=at)
    if upto in (Stage.WAITING, Stage.APPROVED):
        return made
    certificate_life.give_number(session, made, now=at)
    if upto is Stage.NUMBERED:
        return made
    certificate_life.print_started(session, made, now=at)
    if upto is Stage.PRINTING:
        return made
    certificate_life.print_done(session, made, now=at)
    if upto is Stage.COLLECTED:
        certificate_life.collect(session, made, by="王秀兰", relation="本人", now=at)
    if upto is Stage.VOID:
        certificate_life.void(session, made, reason="姓名写错", now=at)
    return made


def fill(context: Context) -> None:
    """A paper of every stage that the made-up office lacks; nothing where nobody lives."""
    with context.database.transaction("准备证明") as session:
        people = residents.list_ids(session, today=TODAY).ids
        every = [one for band in certificate_lists.bands(session, today=TODAY) for one in band.ids]
        have = [line.stage for line in certificate_lists.rows(session, every)]
        for number, stage in enumerate(Stage if people else ()):
            # Two that can be printed: what waits together can be done together.
            for twin in range(2 if stage is Stage.APPROVED else 1):
                if stage not in have:
                    title = GUARDIAN if stage is Stage.WAITING else VOLUNTEER
                    paper(session, people[20 + 2 * number + twin], stage, NOW, title)


def desk(page: PapersPage, stage: Stage = Stage.PRINTED) -> None:
    """The desk with a paper of a stage chosen."""
    panel = certificates_of(page)
    fill(panel.context)
    panel.desk.refresh()
    with panel.context.database.reading() as session:
        every = [one for band in certificate_lists.bands(session, today=TODAY) for one in band.ids]
        lines = certificate_lists.rows(session, every)
    found = next((line.id for line in lines if line.stage is stage), None)
    if found is not None:
        panel.desk.select(found)
        panel.compose()
        wait(panel)


def form(page: PapersPage) -> None:
    """A certificate that is being filled in."""
    panel = certificates_of(page)
    panel.new()
    with panel.context.database.reading() as session:
        people = residents.list_ids(session, today=TODAY).ids
    if people:
        panel.form.holder.show_people(people[20:21])
        panel.form.fields.put({"起止日期": "2026-11-20至2026-01-01", "purpose": "申报星级志愿者"})
        panel.form.fields.tell_faults()
        panel.compose()
        wait(panel)
    panel.form._dirty = False


def form_empty(page: PapersPage) -> None:
    """A form for which nobody was chosen yet."""
    certificates_of(page).new()


def form_of_several(page: PapersPage) -> None:
    panel = certificates_of(page)
    panel.new()
    with panel.context.database.reading() as session:
        panel.form.holder.show_people(residents.list_ids(session, today=TODAY).ids[:5])
    panel.form._dirty = False


def form_outside(page: PapersPage) -> None:
    """Somebody who is not in the roster."""
    panel = certificates_of(page)
    panel.new()
    panel.form.holder.show_outsider("欧阳子墨", "居民身份证 210214199003072231")
    panel.form._dirty = False


def refusal(page: PapersPage) -> None:
    page.choices.choose("refusal")
    panel = page._current()
    panel.applicant.setText("王秀兰")
    panel.matter.setText("亲属关系证明")
    panel.compose()
    wait(panel)


def stop(stage: object) -> QWidget:
    items = forbidden.national()
    return ForbiddenStop((items[7], items[10]), "书记")


STATES = {
    "草稿": lambda it: desk(it, Stage.DRAFT),
    "待批": lambda it: desk(it, Stage.WAITING),
    "待打印": lambda it: desk(it, Stage.APPROVED),
    "待确认": lambda it: desk(it, Stage.PRINTING),
    "待领取": desk,
    "已领取": lambda it: desk(it, Stage.COLLECTED),
    "已作废": lambda it: desk(it, Stage.VOID),
    "填写": form,
    "填写 还没选人": form_empty,
    "填写 几个人": form_of_several,
    "填写 不在名册": form_outside,
    "不予出具": refusal,
}


def history(stage: Stage) -> Callable[[Any], QWidget]:
    """经过 of the last paper of a stage."""

    def build(office: Any) -> QWidget:
        context = office.context()
        fill(context)
        with context.database.reading() as session:
            bands = certificate_lists.bands(session, today=TODAY)
            every = certificate_lists.rows(session, [one for band in bands for one in band.ids])
        found = next(line for line in every if line.stage is stage)
        return HistoryDialog(context, Certificate, found.id, found.number or found.title)

    return build


DIALOGS = {
    "证明的经过": history(Stage.COLLECTED),
    "登记领取": lambda _: CollectDialog("望海社证〔2026〕112号　志愿服务记录证明", "王秀兰", NOW),
    "作废证明": lambda _: ReasonDialog(
        "作废 望海社证〔2026〕112号",
        "编号留着不再使用，登记簿上注明作废和原因。已经发出去的那张请收回。",
        "作废",
        hint="为什么作废",
        danger=True,
    ),
    "会议批准": lambda _: MeetingDialog(TODAY),
    "一起确认印出": lambda _: SettleDialog(12),
    "不得出具": stop,
}


def wait(panel: QWidget) -> None:
    """Until the paper is on the desk, or the reason why there is none."""
    loop = QEventLoop()
    panel.composed.connect(loop.quit)
    panel.waiting.connect(loop.quit)
    QTimer.singleShot(LONGEST_MS, loop.quit)
    loop.exec()
