"""可以回到的时候: the table of moments, newest first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from app.clock import Clock
from app.storage.counts import COUNTED, Counted
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip
from app.ui.kit.labels import box, row, rule, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.backup.moments import Moment, day_words

_TONES = {"已核验": ("ok", "check"), "文件不全": ("danger", "alert-circle-outline")}
# An office has a million points in the pockets of its people before it has ten thousand people.
_WIDE = {"points": 94}


class MomentTable(Card):
    """`chosen` follows the current row."""

    chosen = Signal(object)
    """Moment or None"""

    def __init__(self, clock: Clock) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self._clock = clock
        self._moments: Sequence[Moment] = ()
        model = PagedTableModel(self._columns(), self._fetch)
        self.table = PagedTable(model, name="备份")
        self.table.paper.personal = False
        kept = small("两天内全留，再往前留 12 天、10 周、9 个月")
        head = row(title("可以回到的时候"), kept, None, spacing=10, margins=(14, 8, 14, 6))
        self.body.addWidget(box(head))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(rule())
        self.body.addWidget(TableFoot(self.table, unit="份"))
        self.table.current_changed.connect(lambda _: self.chosen.emit(self.current()))

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """The same moment stays chosen, else the newest."""
        before = self.current()
        self._moments = moments
        self.table.set_empty(
            EmptyState("archive-outline", "还没有备份", "有改动以后，每半小时和退出时自动备份一次")
        )
        self.table.paged_model.set_ids(range(len(moments)))
        if moments:
            same = [
                n for n, one in enumerate(moments) if before and one.info.same == before.info.same
            ]
            self.table.select_row(same[0] if same else 0)
        self.chosen.emit(self.current())

    def current(self) -> Moment | None:
        number = self.table.current_id()
        known = number is not None and number < len(self._moments)
        return self._moments[number] if known else None

    def _fetch(self, ids: Sequence[int]) -> list[Moment]:
        return [self._moments[one] for one in ids]

    def _columns(self) -> list[Column]:
        today = self._clock.today()
        return [
            Column("at", "时间", lambda one: day_words(one.info.at, today), 150, bold=True),
            Column("places", "放在", lambda one: one.places, 76),
            Column("reason", "因为", lambda one: one.info.reason, 104, weight=1),
            *(
                Column(
                    one.key,
                    one.label,
                    _figure(one),
                    _WIDE.get(one.key, 78),
                    align="right",
                    large_mode=not one.gives_way,
                )
                for one in COUNTED
                if one.column
            ),
            Column("now", "比现在", lambda one: one.against_now, 120, weight=1, align="right"),
            Column("state", "核验", lambda one: [_chip(one.state)], 112),
        ]


def _figure(one: Counted) -> Callable[[Moment], str]:
    """A figure that an older program did not count is left open."""

    def text(moment: Moment) -> str:
        value = moment.info.counts.values.get(one.key)
        return "—" if value is None else f"{value:,}"

    return text


def _chip(state: str) -> Chip:
    tone, icon = _TONES.get(state, ("warn", "alert-outline"))
    return Chip(state, tone, icon)
