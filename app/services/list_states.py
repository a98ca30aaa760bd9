"""How a need or a resource stands: it follows the projects that take it up, here alone."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ListState, Need, Project, ProjectResource, ProjectState, Resource
from app.services.project_views import OVER


def follow(
    session: Session, *, needs: Iterable[int | None] = (), resources: Iterable[int] = ()
) -> None:
    """Put down how these stand now: 待对接, 已对接, 已落实; what was withdrawn stays so."""
    for key in {one for one in needs if one is not None}:
        need = session.get(Need, key)
        if need is not None:
            used = select(Project.state).where(Project.need_id == key)
            _stand(need, _states(session, used))
    for key in set(resources):
        resource = session.get(Resource, key)
        if resource is not None:
            used = (
                select(Project.state)
                .join(ProjectResource, ProjectResource.project_id == Project.id)
                .where(ProjectResource.resource_id == key)
            )
            _stand(resource, _states(session, used))
    session.flush()


def check_free(session: Session, resource: Resource | None) -> None:
    """Raise DomainError for a resource that is gone or was withdrawn."""
    if resource is None or resource.deleted_at is not None:
        raise DomainError("这项资源已经删除，请刷新后再选。")
    if resource.state is ListState.WITHDRAWN:
        raise DomainError(f"{resource.number} {resource.words[:20]} 已经撤回，不能再用。")


def _states(session: Session, used: Select[ProjectState]) -> set[ProjectState]:
    alive = used.where(Project.deleted_at.is_(None), Project.state != ProjectState.STOPPED)
    return set(session.scalars(alive))


def _stand(row: Need | Resource, states: set[ProjectState]) -> None:
    if row.state is ListState.WITHDRAWN:
        return
    done = bool(states) and states <= set(OVER)
    stands = ListState.DONE if done else ListState.MATCHED if states else ListState.OPEN
    if row.state is not stands:
        row.state = stands
