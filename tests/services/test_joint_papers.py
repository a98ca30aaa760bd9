"""The three lists on paper: what hangs on the wall names no resident, no column stands empty."""

from sqlalchemy import select

from app.models import Resident
from app.reports import three_lists as report
from app.services import joint_papers, three_lists
from app.services.papers import Printing
from app.services.three_lists import NeedInput, ResourceInput
from app.storage.engine import Database
from tests.reports.reading import text_by_pdfium
from tests.services.meeting_stage import UNITS, stage_on


def test_the_list_of_needs_names_no_resident_and_that_of_resources_no_empty_column(
    database: Database,
) -> None:
    stage = stage_on(database)
    printing = Printing(by="赵敏", at=stage.now)
    with database.reading() as session:
        name = session.scalars(select(Resident.name)).first()
    assert name is not None
    asked = NeedInput(words=f"{name}家门口没有扶手", raised_by=name)
    stage.do(three_lists.add_need, asked, today=stage.today)
    stage.do(
        three_lists.add_need, NeedInput(words="修路灯", raised_by="第三网格"), today=stage.today
    )
    offered = ResourceInput(words="电工上门", joint_unit_id=stage.units[UNITS[0][0]])
    stage.do(three_lists.add_resource, offered, today=stage.today)
    with database.reading() as session:
        needs = joint_papers.needs(session, three_lists.needs(session), printing)
        resources = joint_papers.resources(session, three_lists.resources(session), printing)
    on_wall = text_by_pdfium(report.render(needs))
    assert name not in on_wall
    assert f"{name[0]}*" in on_wall
    assert "第三网格" in on_wall
    assert "电话" not in text_by_pdfium(report.render(resources))
