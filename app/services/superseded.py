"""Steps that no longer matter to Ctrl+Z: the papers they touched have all gone further since."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Base, Change
from app.services.undo import DATA

Row = tuple[str, int]


class PaperTrail:
    """Told of operations from the newest on. A paper is undone as a whole or not at all, so of
    several steps of one paper only the last can be taken back.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._papers: dict[int, frozenset[Row]] = {}
        self._mixed: frozenset[int] = frozenset()
        self._later: set[Row] = set()

    def read(self, operation_ids: Sequence[int]) -> None:
        """Look up what these operations changed, in one go."""
        tables = paper_tables()
        found: defaultdict[int, set[Row]] = defaultdict(set)
        for one, table, first, last in self._session.execute(
            select(Change.operation_id, Change.table_name, Change.row_id, Change.last_row_id).where(
                Change.operation_id.in_(operation_ids),
                Change.table_name.in_(tables),
                Change.action.in_(DATA),
            )
        ):
            found[one].update((table, row) for row in range(first, last + 1))
        self._papers = {one: frozenset(rows) for one, rows in found.items()}
        self._mixed = frozenset(
            self._session.scalars(
                select(Change.operation_id).where(
                    Change.operation_id.in_(operation_ids),
                    Change.table_name.not_in(tables),
                    Change.action.in_(DATA),
                )
            )
        )

    def is_superseded(self, operation_id: int) -> bool:
        """Whether taking it back would restore nothing at all."""
        rows = self._papers.get(operation_id)
        return rows is not None and operation_id not in self._mixed and rows <= self._later

    def pass_by(self, operation_id: int) -> None:
        """A standing operation: what is older cannot be taken back under it."""
        self._later |= self._papers.get(operation_id, frozenset())


@cache
def paper_tables() -> tuple[str, ...]:
    """Tables whose rows are undone as a whole."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return tuple(sorted(one.__tablename__ for one in models if one.__papers__))
