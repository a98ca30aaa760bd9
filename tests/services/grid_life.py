"""One row of each table of the grids about somebody, as the services would leave them."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.models import (
    Base,
    Category,
    CategoryGroup,
    DiaryEntry,
    DiaryMet,
    DiaryPhoto,
    GridMember,
    Level,
    Origin,
    Post,
    PostKind,
    Request,
    RequestExtension,
    RequestPhoto,
    RequestState,
    RequestStep,
    Resident,
    RoundWay,
    StepKind,
    Visit,
    VisitAlarm,
    VisitDeferral,
    VisitResult,
    VisitSheet,
    VisitSheetRow,
)
from tests.services.conftest import Clerk

JPEG = b"\xff\xd8\xff\xe0rounds"


def put(session: Session, model: type[Base], **values: Any) -> Any:
    row = model(**values)
    session.add(row)
    session.flush()
    return row


def member(clerk: Clerk, name: str, **values: Any) -> int:
    def write(session: Session) -> int:
        return int(put(session, GridMember, name=name, **values).id)

    return int(clerk.do(f"登记 {name}", write))


def post(clerk: Clerk, member_id: int, kind: PostKind, **values: Any) -> int:
    values.setdefault("since", clerk.today)

    def write(session: Session) -> int:
        return int(put(session, Post, member_id=member_id, kind=kind, **values).id)

    return int(clerk.do("任职", write))


def category(
    clerk: Clerk, name: str = "公共设施", group: CategoryGroup = CategoryGroup.MATTER
) -> int:
    """A kind of this name, a new one where the office has none."""

    def write(session: Session) -> int:
        known = session.query(Category).filter_by(group=group, name=name).one_or_none()
        return int((known or put(session, Category, group=group, name=name)).id)

    return int(clerk.do("类别", write))


def request(clerk: Clerk, category_id: int, **values: Any) -> int:
    """A request that is being handled unless `state` says otherwise."""
    values.setdefault("number", 20260001)
    values.setdefault("title", "楼道灯不亮")
    values.setdefault("origin", Origin.RESIDENT)
    values.setdefault("state", RequestState.HANDLING)
    values.setdefault("due_on", clerk.today)

    def write(session: Session) -> int:
        row = put(
            session,
            Request,
            category_id=category_id,
            came_on=clerk.today,
            came_at=clerk.now,
            registered_by="赵敏",
            **values,
        )
        put(
            session,
            RequestStep,
            request_id=row.id,
            at=clerk.now,
            kind=StepKind.REGISTERED,
            level=Level.MEMBER,
            state=RequestState.REGISTERED,
            words=values.get("body"),
            user_name="赵敏",
        )
        put(
            session,
            RequestExtension,
            request_id=row.id,
            until=clerk.today,
            reason="等配件",
            asked_by="赵敏",
            asked_at=clerk.now,
            granted=True,
        )
        put(session, RequestPhoto, request_id=row.id, taken_at=clerk.now, jpeg=JPEG)
        return int(row.id)

    return int(clerk.do("登记诉求", write))


def visit(clerk: Clerk, resident_id: int, **values: Any) -> int:
    values.setdefault("result", VisitResult.FINE)
    values.setdefault("on_date", clerk.today)

    def write(session: Session) -> int:
        row = put(
            session, Visit, resident_id=resident_id, entered_at=clerk.now, visitor="孙丽", **values
        )
        return int(row.id)

    return int(clerk.do("走访", write))


def missed(clerk: Clerk, resident_id: int, **values: Any) -> int:
    """Nobody at home: a visit, its alarm, a deferral, and a line of a day sheet."""
    key = visit(clerk, resident_id, result=VisitResult.NOT_HOME, note="敲门没人", **values)

    def write(session: Session) -> None:
        put(
            session,
            VisitAlarm,
            resident_id=resident_id,
            visit_id=key,
            raised_on=clerk.today,
            answer="在女儿家",
        )
        put(
            session,
            VisitDeferral,
            resident_id=resident_id,
            due_on=clerk.today + timedelta(days=3),
            reason="住院",
            decided_on=clerk.today,
        )
        sheet = put(session, VisitSheet, on_date=clerk.today, printed_at=clerk.now, **values)
        put(
            session,
            VisitSheetRow,
            sheet_id=sheet.id,
            place=1,
            resident_id=resident_id,
            visit_id=key,
            printed={"name": session.get_one(Resident, resident_id).name},
        )

    clerk.do("没人在家", write)
    return key


def diary(clerk: Clerk, *resident_ids: int, seen: str = "都好", **values: Any) -> int:
    values.setdefault("on_date", clerk.today)

    def write(session: Session) -> int:
        row = put(
            session,
            DiaryEntry,
            way=RoundWay.HOME,
            seen=seen,
            written_at=clerk.now,
            **values,
        )
        for one in resident_ids:
            put(session, DiaryMet, entry_id=row.id, resident_id=one)
        put(session, DiaryPhoto, entry_id=row.id, taken_at=clerk.now, jpeg=JPEG)
        return int(row.id)

    return int(clerk.do("写日记", write))
