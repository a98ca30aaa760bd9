"""What was typed for a sign-in sheet and is not saved: kept while typing, there again next time."""

from collections.abc import Sequence

from app.context import Context
from app.errors import DomainError
from app.models import PayWay
from app.services import drafts
from app.services.meal_sheets import Ate
from app.ui.kit import messages

KIND = "meal_sheet"


class TypedDraft:
    """The draft of one sheet; rows that were added below are in it, too."""

    def __init__(self, context: Context, sheet_id: int) -> None:
        self._context, self._sheet_id = context, sheet_id
        with context.database.reading() as session:
            draft = drafts.kept(session, self._key)
        self._kept: list[list[str]] = list(draft.fields.get("rows", [])) if draft else []

    @property
    def ate(self) -> list[Ate]:
        """What stood there last time."""
        return [
            Ate(place=int(place), resident_id=int(who), set_letter=letter, pay_way=PayWay.of(way))
            for place, who, letter, way in self._kept
        ]

    def keep(self, ate: Sequence[Ate]) -> None:
        """Write it where it has changed; nothing left drops it. A fault of the file is told."""
        rows = [
            [str(one.place), str(one.resident_id), one.set_letter, one.pay_way.value] for one in ate
        ]
        if rows == self._kept:
            return
        try:
            self._write(rows)
        except DomainError as error:
            messages.warn(self._context.signals, f"草稿没有存上：{error}")
            return
        self._kept = rows

    def _write(self, rows: list[list[str]]) -> None:
        now, title = self._context.clock.now(), f"签到表 第 {self._sheet_id} 号"
        with self._context.database.transaction("保存草稿") as session:
            if rows:
                drafts.keep(session, self._key, {"rows": rows}, now=now, title=title)
            else:
                drafts.drop(session, self._key)

    @property
    def _key(self) -> str:
        return f"{KIND}:{self._sheet_id}"
