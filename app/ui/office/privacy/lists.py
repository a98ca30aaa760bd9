"""The lists of the tab 隐私: one table, and what can be done with the ticked lines of each."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Certificate, Refusal
from app.services import erasing_contacts, erasing_papers, privacy, privacy_lists, retention
from app.services.privacy_lists import PrivacyLine, PrivacyList
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.labels import column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.office.privacy.keep_dialog import KeepDialog
from app.ui.people.erase_dialog import EraseDialog
from app.ui.people.paper_wish import PaperWish
from app.ui.people.privacy_dialog import PrivacyDialog
from app.values.rights import Right

_HINTS = {
    PrivacyList.DUE: "保存期满的人、存根和联系人：抹去，或写明理由继续保存。",
    PrivacyList.CORRECTIONS: "居民要求更正的，双击办理。",
    PrivacyList.NO_GUARDIAN: "不满 14 周岁，还没有监护人同意。",
    PrivacyList.NOT_INFORMED: "还没有给过《个人信息采集告知书》。",
    PrivacyList.WITHDRAWN: "撤回了同意：只为法定职责保存，信封、标签、导出和公示默认不用。",
    PrivacyList.ERASED: "只剩编号，不能恢复。",
}


_GONE = PrivacyLine(("", 0), "（已删除）", "", None)


def _day(line: PrivacyLine) -> Cell:
    words = "" if line.day is None else f"{line.day:%Y-%m-%d}"
    return Cell(words, tone="danger" if line.late else "")


COLUMNS = (
    Column("name", "姓名或编号", lambda line: line.name, 150, weight=2, bold=True),
    Column("what", "事项", lambda line: line.what, 130, weight=1),
    Column("day", "日期", _day, 110),
    Column("note", "说明", lambda line: Cell(line.note, tone="text2"), 150, weight=3),
)


class PrivacyLists(QWidget):
    """Opens on what is due; the names carry the numbers of lines."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: dict[int, PrivacyLine] = {}
        # Of a list of people: a whole community is read as it is scrolled.
        self._ids: Sequence[int] = ()
        self._which = PrivacyList.DUE
        self.segments = Segments([(one, one.value, _HINTS[one]) for one in PrivacyList])
        self.segments.chosen.connect(self.show_list)
        self.model = PagedTableModel(COLUMNS, self._rows, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="隐私清单")
        self.table.opened.connect(lambda number: self.open_line(number))
        self.table.paper.people = self._on_paper
        self._hint = small(wrap=True)
        foot = TableFoot(self.table, unit="条")
        self._buttons = self._make_buttons(foot)
        # After the foot, which shows every action while lines are ticked.
        self.table.ticks_changed.connect(lambda _: self._offer())
        card = TableCard(self.table, foot)
        self.setLayout(column(row(self.segments, None), self._hint, (card, 1), spacing=8))
        self.show_list(self._which)

    def refresh(self) -> None:
        self.show_list(self._which)

    def show_list(self, which: PrivacyList) -> None:
        """Read a list anew and show it."""
        self._which = which
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            counted = privacy_lists.counts(session, today=today)
            self._read(session, today)
        for one in PrivacyList:
            self.segments.set_words(one, f"{one.value} {counted[one]:,}")
        self.segments.show_value(which)
        self.table.paper.title = f"隐私：{which.value}"
        self.table.set_empty(EmptyState("shield-account-outline", f"没有{which.value}的"))
        self._hint.setText(_HINTS[which])
        self.model.set_ids(range(len(self._ids) or len(self._lines)))
        self._offer()

    def _on_paper(self, numbers: Sequence[int]) -> list[int]:
        """Whose lines these are; a paper has nobody."""
        if len(self._ids):
            return [self._ids[one] for one in numbers]
        found = (self._lines[one].resident_id for one in numbers)
        return [one for one in found if one is not None]

    def _read(self, session: Session, today: date) -> None:
        self._lines, self._ids = {}, ()
        if self._which in privacy_lists.PEOPLE:
            self._ids = privacy_lists.people(session, self._which, today=today)
        else:
            found = privacy_lists.lines(session, self._which, today=today)
            self._lines = dict(enumerate(found))

    def open_line(self, number: int) -> None:
        """The register of the person; a paper has none."""
        [line] = self._rows([number])
        if line.resident_id is None or not self._context.may(Right.PRIVACY):
            return
        with messages.domain_errors_shown(self):
            PrivacyDialog(self._context, line.resident_id, line.name, self.window()).exec()
        self.refresh()

    # -- what is done with the ticked lines

    def erase(self) -> None:
        """People one by one, each with the name typed; papers together, and contacts."""
        papers = [line for line in self._ticked() if line.matter in retention.PAPERS]
        contacts = [line for line in self._ticked() if line.matter in retention.CONTACTS]
        people = [line for line in self._ticked() if line.matter in retention.ERASABLE]
        if papers:
            self._erase_papers(papers)
        if contacts:
            self._erase_contacts(contacts)
        for line in people:
            if not self._erase_person(line):
                break
        self._done()

    def keep(self) -> None:
        """Longer, with a reason."""
        lines = [line for line in self._ticked() if line.matter in retention.ERASABLE]
        if not lines:
            messages.tell(self, "“继续保存”只用于迁出、死亡和撤回同意的人。", "没有要保存的人")
            return
        who = lines[0].name if len(lines) == 1 else f"{lines[0].name} 等 {len(lines)} 人"
        ids = [line.resident_id for line in lines if line.resident_id is not None]
        dialog = KeepDialog(self._context, ids, who, self.window())
        if dialog.exec():
            self._done(dialog.sentence)

    def print_notices(self) -> None:
        """The 告知书 of these people, on the page 文书; printed, they count as informed."""
        words = f"{self._which.value}（勾选的人）"
        wish = PaperWish("privacy_notice", tuple(self._people()), words)
        self._context.signals.page_requested.emit("papers", wish)

    def inform(self) -> None:
        """They got the notice already."""
        ids, now = self._people(), self._context.clock.now()
        text = "今天把《个人信息采集告知书》交给了这些人。"
        if not messages.confirm(self, f"登记已告知 {len(ids):,} 人？", text, "登记"):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"登记告知 {len(ids):,} 人") as session:
                privacy.inform(session, ids, on=now.date(), now=now)
            self._done(f"已登记告知 {len(ids):,} 人")

    # -- how

    def _make_buttons(self, foot: TableFoot) -> dict[Button, frozenset[PrivacyList]]:
        may = self._context.may
        due = frozenset({PrivacyList.DUE})
        inform = frozenset({PrivacyList.NOT_INFORMED, PrivacyList.NO_GUARDIAN})
        offered: list[tuple[bool, str, Callable[[], None], frozenset[PrivacyList]]] = [
            (may(Right.PRINT), "印告知书…", self.print_notices, inform),
            (may(Right.PRIVACY), "登记已告知…", self.inform, inform),
            (may(Right.PRIVACY), "继续保存…", self.keep, due),
            (may(Right.ERASE), "抹去…", self.erase, due | {PrivacyList.WITHDRAWN}),
        ]
        made: dict[Button, frozenset[PrivacyList]] = {}
        for allowed, words, act, lists in offered:
            if allowed:
                button = Button(words, size="small")
                button.clicked.connect(act)
                foot.add(button)
                made[button] = lists
        return made

    def _offer(self) -> None:
        """What the shown list is for, while lines are ticked."""
        ticked = bool(self.model.ticked_in_order())
        for button, lists in self._buttons.items():
            button.setVisible(ticked and self._which in lists)

    def _erase_papers(self, papers: Sequence[PrivacyLine]) -> None:
        text = (
            f"{len(papers)} 份存根里的姓名、证件和内容抹去，编号、日期和种类留着。不能恢复，"
            "撤销也不行。"
        )
        title = f"抹去 {len(papers)} 份存根？"
        if not messages.confirm(self, title, text, "抹去", destructive=True):
            return
        today = self._context.clock.today()
        with messages.domain_errors_shown(self):
            for line in papers:
                model = Certificate if line.matter == "证明" else Refusal
                with self._context.database.transaction("抹去一份到期的存根") as session:
                    erasing_papers.erase_paper(session, model, line.key[1], today=today)
            self._context.signals.changed.emit(Area.PAPERS)

    def _erase_contacts(self, contacts: Sequence[PrivacyLine]) -> None:
        text = (
            f"{len(contacts)} 张入库单上的联系人和电话抹去，谁捐了什么、买了什么都留着。不能恢复，"
            "撤销也不行。"
        )
        title = f"抹去 {len(contacts)} 张入库单的联系人？"
        if not messages.confirm(self, title, text, "抹去", destructive=True):
            return
        today = self._context.clock.today()
        with messages.domain_errors_shown(self):
            for line in contacts:
                with self._context.database.transaction("抹去一张入库单的联系人") as session:
                    erasing_contacts.erase_contact(session, line.key[1], today=today)
            self._context.signals.changed.emit(Area.POINTS)

    def _erase_person(self, line: PrivacyLine) -> bool:
        reason = f"{line.what}，{line.note}" if line.matter else "撤回同意"
        done = 0
        with messages.domain_errors_shown(self):
            dialog = EraseDialog(
                self._context, line.resident_id or 0, reason=reason, parent=self.window()
            )
            done = dialog.exec()
        return bool(done)

    def _ticked(self) -> list[PrivacyLine]:
        return self._rows(self.model.ticked_in_order())

    def _people(self) -> list[int]:
        if self._ids:
            return [self._ids[number] for number in self.model.ticked_in_order()]
        return [line.resident_id for line in self._ticked() if line.resident_id is not None]

    def _done(self, words: str = "") -> None:
        self._context.signals.changed.emit(Area.RESIDENTS | Area.OFFICE)
        if words:
            messages.notify(self._context.signals, words)
        self.model.tick_all(on=False)
        self.refresh()

    def _rows(self, numbers: Sequence[int]) -> list[PrivacyLine]:
        if not self._ids:
            return [self._lines[number] for number in numbers]
        ids, today = [self._ids[number] for number in numbers], self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = privacy_lists.people_lines(lookup, ids, today=today)
        by_id = {line.resident_id: line for line in found}
        return [by_id.get(one, _GONE) for one in ids]
