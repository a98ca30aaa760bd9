"""项目公示: a notice of kind 公示 in 文书, of one of the seven matters of 居务公开 (34)."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ProjectState
from app.reports.words import long_date
from app.services import notices, progress, projects, settings
from app.services.notice_kinds import CLOSING, PUBLICITY
from app.services.project_views import ProjectView, project
from app.services.publicity import AFFAIRS
from app.values.money import yuan


def publish(session: Session, project_id: int, *, version: int, now: datetime) -> int:
    """Write the 公示 of a project; gives its id. Raises DomainError where there is one.

    It hangs the days of a resolution's 公示, fifteen at least.
    """
    row = projects.get(session, project_id, version=version)
    if row.state is ProjectState.STOPPED:
        raise DomainError(f"{row.number} 已终止，不用公示。")
    if notices.kept(session, row.notice_id) is not None:
        raise DomainError("这个项目的公示已经写好，请到“文书 · 通知”里看。")
    one = project(session, project_id)
    text = replace(
        notices.blank(session, today=now.date(), kind_name=PUBLICITY),
        title=f"关于“{one.name}”项目的公示",
        body=_body(session, one),
        period_days=settings.value(session, settings.RESOLUTION_DAYS),
        affair=AFFAIRS[3],
    )
    row.notice_id = notices.add(session, text, now=now)
    session.flush()
    return row.notice_id


def _body(session: Session, one: ProjectView) -> str:
    steps = progress.of_project(session, one.id)
    facts = (
        ("对应需求", one.need),
        ("依据决议", one.resolution),
        ("牵头单位", one.lead_unit),
        ("责任人", one.owner),
        ("使用资源", "；".join(words for _, words in one.resources)),
        ("计划完成", long_date(one.until) if one.until else ""),
        ("预算", f"{yuan(one.budget)} 元" if one.budget else ""),
        ("已支出", f"{yuan(one.spent)} 元" if one.funded else ""),
        ("用途", one.purpose),
    )
    lines = [f"“{one.name}”（{one.number}）的情况公示如下：", "一、项目情况"]
    lines += [f"{name}：{words}。" for name, words in facts if words]
    lines.append("二、进展和成效")
    lines += [f"{long_date(step.on_date)}，{step.words}。" for step in steps] or ["还没有开工。"]
    lines.append(CLOSING)
    lines.append(f"本公示属居务公开（居民委员会组织法第三十四条）：{AFFAIRS[3]}。")
    return "\n".join(line.replace("。。", "。") for line in lines)
