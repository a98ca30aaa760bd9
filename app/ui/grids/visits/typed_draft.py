"""What was typed for a day sheet and is not saved: kept while typing, there again next time."""

from collections.abc import Mapping

from app.context import Context
from app.models import VisitResult
from app.ui.grids.visits.type_table import Typed
from app.ui.people.rows_draft import RowsDraft

KIND = "visit_sheet"


class TypedDraft(RowsDraft):
    """The draft of one sheet."""

    def __init__(self, context: Context, sheet_id: int) -> None:
        super().__init__(context, f"{KIND}:{sheet_id}", f"走访单 第 {sheet_id} 号")

    @property
    def typed(self) -> dict[int, Typed]:
        """By row what stood there last time."""
        return {
            int(key): Typed(VisitResult.of(result) if result else None, note)
            for key, (result, note) in self.kept.items()
        }

    def keep(self, typed: Mapping[int, Typed]) -> None:
        """Nothing left drops it."""
        rows = {
            str(key): [one.result.value if one.result else "", one.note]
            for key, one in typed.items()
            if one.result is not None or one.note
        }
        self.keep_rows(rows)
