"""The parts of the report at the left: 完好, 3 处要看, 损坏; under each what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.health.examination import NOT_LOOKED, summary
from app.services.health.kinds import Check, Group, Level
from app.services.health.registry import BY_KEY, of_group
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_model import PagedTableModel

TONES = {Level.DAMAGED: "danger", Level.WRONG: "warn", Level.WANTING: "info", None: "ok"}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A part of the report, or a check that found something."""

    group: Group
    check: Check | None
    words: str
    tone: str


def _name(line: ReportLine) -> CellValue:
    if line.check is None:
        return Cell(line.group.value, bold=True)
    return Cell(f"　{line.check.title}")


def _result(line: ReportLine) -> CellValue:
    return (Chip(line.words, line.tone),)


COLUMNS = (
    Column("name", "查什么", _name, 170, weight=1),
    Column("result", "结果", _result, 130),
)


class CheckList(PagedTable):
    """Ids are keys: of a check, or the name of a part."""

    def __init__(self) -> None:
        self._lines: dict[str, ReportLine] = {}
        super().__init__(PagedTableModel(COLUMNS, self._fetch), name="体检结果")
        self.paper.personal = False

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Put up a report; the check that was chosen stays chosen, otherwise the worst is."""
        chosen = self.current_id()
        self._lines = _lines(counts)
        self.paged_model.set_ids(list(self._lines))
        if chosen not in BY_KEY or not self.select_id(chosen):
            self.select_id(_worst(self._lines))

    def chosen(self) -> ReportLine | None:
        """The line that is current."""
        return self._lines.get(self.current_id() or "")

    def _fetch(self, ids: Sequence[str]) -> list[ReportLine]:
        return [self._lines[one] for one in ids]


def _lines(counts: Mapping[str, int]) -> dict[str, ReportLine]:
    found: dict[str, ReportLine] = {}
    for group in Group:
        words, level = summary(group, counts)
        tone = "grey" if words == NOT_LOOKED else TONES[level]
        found[group.value] = ReportLine(group, None, words, tone)
        for check in of_group(group):
            count = counts.get(check.key, 0)
            if count:
                said = f"{count:,} {check.kind.value}"
                found[check.key] = ReportLine(group, check, said, TONES[check.level])
    return found


def _worst(lines: Mapping[str, ReportLine]) -> str:
    """The first check of the worst level; the first line where nothing was found."""
    for level in Level:
        for key in lines:
            if key in BY_KEY and BY_KEY[key].level is level:
                return key
    return next(iter(lines))
