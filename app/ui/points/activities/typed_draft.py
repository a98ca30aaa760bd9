"""What was typed for an activity and is not saved: kept while typing, there again next time."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.context import Context
from app.models import Quality
from app.ui.people.rows_draft import RowsDraft
from app.ui.points.activities.type_table import Typed

KIND = "attendance"


class TypedDraft(RowsDraft):
    """The draft of one activity."""

    def __init__(self, context: Context, activity_id: int, title: str) -> None:
        super().__init__(context, f"{KIND}:{activity_id}", title)

    @property
    def typed(self) -> dict[int, Typed]:
        """By line what stood there last time."""
        return {int(key): _typed(values) for key, values in self.kept.items()}

    def keep(self, typed: Mapping[int, Typed]) -> None:
        """Nothing left drops it."""
        rows = {str(key): asdict(one) for key, one in typed.items()}
        self.keep_rows(rows)


def _typed(values: Mapping[str, Any]) -> Typed:
    quality = values["quality"]
    return Typed(**{**values, "quality": Quality.of(quality) if quality else None})
