"""The fields of one sample under the list: what was kept, how much, where, how cold, when."""

from datetime import date, datetime, time, timedelta

from app.errors import DomainError
from app.services.sample_keeping import SampleInput
from app.ui.canteen.safety.entry_line import EntryLine
from app.ui.canteen.safety.sample_lines import SampleRow
from app.ui.kit.forms import line_edit
from app.ui.people.time_line import TimeLine
from app.values.degrees import degrees, read_degrees
from app.values.text import compact
from app.values.times import minute_of


class SampleEntry(EntryLine):
    """`name` is typed for what is on no menu only."""

    def __init__(self) -> None:
        self.name = line_edit(limit=20)
        self.grams, self.warm = line_edit(limit=6), line_edit(limit=6)
        self.fridge = line_edit(hint="如 1 号柜", limit=10)
        self.at = TimeLine(hint="现在")
        super().__init__(
            (
                ("食品", self.name, "", 0),
                ("留样", self.grams, "克", 60),
                ("冷藏柜", self.fridge, "", 100),
                ("温度", self.warm, "℃", 60),
                ("时间", self.at, "", 70),
            )
        )

    def show_row(self, line: SampleRow | None, usual: SampleInput) -> None:
        """What is known of it, else what is usual; a sample that was destroyed stays as it is."""
        self.setEnabled(line is not None)
        gone = line is not None and line.gone
        for edit in self.edits:
            edit.setReadOnly(gone)
        if line is None:
            return
        self.name.setText(line.name)
        self.name.setReadOnly(gone or line.dish_id is not None)
        shown = line.typed or line.sample or usual
        self.grams.setText(str(shown.grams))
        self.fridge.setText(shown.fridge)
        self.warm.setText(degrees(shown.temperature))
        at = shown.taken_at
        self.at.set_value(minute_of(at) if at else None)

    def entered(
        self, line: SampleRow, *, day: date, today: date, by: str, least: int
    ) -> SampleInput:
        """What stands there of `day`; DomainError says what cannot be."""
        grams = compact(self.grams.text()).removesuffix("克")
        if not grams.isdecimal():
            raise DomainError(f"留样量请写克数，如 {least}。")
        if self.at.is_wrong:
            raise DomainError("留样时间请写几点几分，如 10:40；空着就是保存的时候。")
        before = line.typed or line.sample
        return SampleInput(
            name=self.name.text() if line.dish_id is None else line.name,
            grams=int(grams),
            taken_by=before.taken_by if before else by,
            dish_id=line.dish_id,
            taken_at=self._moment(day, today),
            fridge=self.fridge.text(),
            temperature=read_degrees(self.warm.text()),
            note=before.note if before else "",
        )

    def _moment(self, day: date, today: date) -> datetime | None:
        """Of a day that is past somebody must say when; that it is not now is known."""
        minutes = self.at.value()
        if minutes is not None:
            return datetime.combine(day, time()) + timedelta(minutes=minutes)
        if day < today:
            raise DomainError("补记以前的留样，请填当时的时间，如 10:40。")
        return None
