"""What was typed for a sign-in sheet and is not saved: kept while typing, there again next time."""

from collections.abc import Sequence

from app.context import Context
from app.models import PayWay
from app.services.meal_sheets import Ate
from app.ui.people.rows_draft import RowsDraft

KIND = "meal_sheet"


class TypedDraft(RowsDraft):
    """The draft of one sheet; rows that were added below are in it, too."""

    def __init__(self, context: Context, sheet_id: int) -> None:
        super().__init__(context, f"{KIND}:{sheet_id}", f"签到表 第 {sheet_id} 号")

    @property
    def ate(self) -> list[Ate]:
        """What stood there last time."""
        return [
            Ate(place=int(place), resident_id=int(who), set_letter=letter, pay_way=PayWay.of(way))
            for place, who, letter, way in self.kept
        ]

    def keep(self, ate: Sequence[Ate]) -> None:
        """Nothing left drops it."""
        rows = [
            [str(one.place), str(one.resident_id), one.set_letter, one.pay_way.value] for one in ate
        ]
        self.keep_rows(rows)
