"""Who carries meals: volunteers who serve, by the name that the register has."""

from sqlalchemy.orm import Session

from app.services import volunteers
from app.storage.lookup import Source, Sql, lookup_of, query


def carriers(source: Source) -> dict[int, str]:
    """Volunteers who serve now, by name: for the choice of who carries."""
    there = [Sql("v.deleted_at IS NULL AND v.left_on IS NULL")]
    tables = "volunteer v LEFT JOIN resident r ON r.id = v.resident_id"
    name = "coalesce(r.name, v.name, '')"
    return dict(lookup_of(source).rows(query(f"v.id, {name}", tables, there, f"ORDER BY {name}")))


def name_of(session: Session, volunteer_id: int | None) -> str:
    """As the register calls him; '' for none."""
    return volunteers.name_of(session, volunteer_id) if volunteer_id is not None else ""
