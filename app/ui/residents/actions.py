"""What can be done with one resident, with the ticked ones, and with the whole list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context
from app.models import EventKind, Resident
from app.services import cards, filters, privacy, resident_forms
from app.services.cards import ResidentCard
from app.services.filters import ResidentFilter
from app.storage.backup import back_up_before
from app.ui.kit import keys, messages
from app.ui.kit.signals import Area
from app.ui.people import print_menu, printing
from app.ui.people.erase_dialog import EraseDialog
from app.ui.people.paper_wish import PaperWish
from app.ui.people.privacy_dialog import PrivacyDialog
from app.ui.recent.history import HistoryDialog
from app.ui.recent.recycle_bin import RecycleBinDialog
from app.ui.residents.events import DepartureDialog
from app.ui.residents.export import export
from app.ui.residents.households import ChangeHouseholdDialog, HouseholdDialog
from app.ui.residents.merge import MergeDialog
from app.ui.residents.tags import TagDialog
from app.ui.residents.twins import TwinsDialog
from app.values.rights import Right


class Actions(QObject):
    """Opens the dialogs and announces what they changed. `parent` is the page."""

    person_wanted = Signal(int)
    """A dialog ended with somebody to be looked at."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._page = parent

    # -- menus

    def fill_card_menu(self, menu: QMenu, card: ResidentCard) -> None:
        """Everything that can be done with one person."""
        menu.addAction(f"经过…\t{keys.cap('details')}", lambda: self.history(card.id))
        if self._context.may(Right.PRIVACY):
            menu.addAction("个人信息：告知、同意、撤回…", lambda: self.privacy(card))
        if card.departure or card.standing.withdrawn_on:
            self._add_erasing(menu, card.id)
        if not self._context.may(Right.EDIT_PEOPLE):
            return
        if card.departure:
            menu.addSeparator()
            menu.addAction("移到回收站…", lambda: self.delete([card.id]))
            return
        menu.addAction("标签…", lambda: self.tags_of(card))
        menu.addSeparator()
        if card.household is not None:
            home = card.household.id
            menu.addAction("本户：换户主、分户、搬迁…", lambda: self.household(home))
        menu.addAction("换户…", lambda: self.change_household(card))
        menu.addAction("迁出…", lambda: self.depart(card, EventKind.MOVED_OUT))
        menu.addAction("登记死亡…", lambda: self.depart(card, EventKind.DIED))
        menu.addSeparator()
        menu.addAction("与另一条合并…", lambda: self.merge(card.id))
        menu.addAction("移到回收站…", lambda: self.delete([card.id]))

    def fill_table_menu(
        self, menu: QMenu, resident_id: int, open_person: Callable[[int], object]
    ) -> None:
        """The right mouse button: the same as the card's menu, and 打开."""
        may = self._context.may
        if may(Right.EDIT_PEOPLE) and may(Right.SEE_NUMBERS):
            menu.addAction(f"打开\t{keys.cap('open')}", lambda: open_person(resident_id))
        if may(Right.PRINT):
            papers = menu.addMenu(f"打印\t{keys.cap('print')}")
            if may(Right.SEE_NUMBERS):
                papers.addAction("本人信息单", lambda: self.print_sheets([resident_id]))
                papers.addSeparator()
            print_menu.fill(papers, self._context, PaperWish("", (resident_id,)))
        card = self._card(resident_id)
        if card is not None:
            self.fill_card_menu(menu, card)

    def fill_selection_menu(self, menu: QMenu, ids: Callable[[], Sequence[int]]) -> None:
        """For the ticked people."""
        chosen = list(ids())
        if len(chosen) == 2:
            menu.addAction("合并这两条…", lambda: self.merge(chosen[0], chosen[1]))
        if self._context.may(Right.PRIVACY):
            menu.addAction("登记已告知…", lambda: self.inform(chosen))
        menu.addAction("移到回收站…", lambda: self.delete(chosen))

    def fill_page_menu(self, menu: QMenu) -> None:
        """For the list as a whole."""
        if not self._context.may(Right.EDIT_PEOPLE):
            return
        menu.addAction("疑似重复的人…", self.twins)
        menu.addAction("回收站…", self.recycle_bin)

    def _add_erasing(self, menu: QMenu, resident_id: int) -> None:
        if self._context.may(Right.ERASE):
            menu.addAction("抹去个人信息…", lambda: self.erase(resident_id))

    # -- one person

    def privacy(self, card: ResidentCard) -> None:
        """The register of consent of one person; it announces by itself what it wrote."""
        with messages.domain_errors_shown(self._page):
            PrivacyDialog(self._context, card.id, card.name, self._page.window()).exec()

    def erase(self, resident_id: int) -> None:
        with messages.domain_errors_shown(self._page):
            self._run(EraseDialog(self._context, resident_id, parent=self._page.window()))

    def depart(self, card: ResidentCard, kind: EventKind) -> None:
        with messages.domain_errors_shown(self._page):
            dialog = DepartureDialog(self._context, card, kind, self._page.window())
            self._run(dialog)

    def household(self, household_id: int) -> None:
        with messages.domain_errors_shown(self._page):
            dialog = HouseholdDialog(self._context, household_id, self._page.window())
            self._run(dialog)
            if dialog.person_id is not None:
                self.person_wanted.emit(dialog.person_id)

    def change_household(self, card: ResidentCard) -> None:
        self._run(ChangeHouseholdDialog(self._context, card, self._page.window()))

    def history(self, resident_id: int) -> None:
        card = self._card(resident_id)
        if card is not None:
            HistoryDialog(self._context, Resident, card.id, card.name, self._page.window()).exec()

    def tags_of(self, card: ResidentCard) -> None:
        self._run(
            TagDialog(
                self._context, [card.id], card.name, current=card.tags, parent=self._page.window()
            )
        )

    def merge(self, keep_id: int, other_id: int | None = None) -> None:
        with messages.domain_errors_shown(self._page):
            dialog = MergeDialog(self._context, keep_id, other_id, self._page.window())
            self._run(dialog)
            if dialog.sentence:
                self.person_wanted.emit(dialog.kept_id)

    # -- several people

    def tags_of_many(self, ids: Sequence[int]) -> None:
        card = self._card(ids[0]) if len(ids) == 1 else None
        if card is not None:
            self.tags_of(card)
        elif ids:
            who = f"已选 {len(ids):,} 人"
            self._run(TagDialog(self._context, ids, who, parent=self._page.window()))

    def inform(self, ids: Sequence[int]) -> None:
        """These people got the 告知书; it is noted for all of them at once."""
        text = "今天把《个人信息采集告知书》交给了这些人。今天登记过的不重复登记。"
        title = f"登记已告知 {len(ids):,} 人？"
        if not messages.confirm(self._page, title, text, "登记"):
            return
        now = self._context.clock.now()
        with messages.domain_errors_shown(self._page):
            with self._context.database.transaction(f"登记告知 {len(ids):,} 人") as session:
                count = privacy.inform(session, ids, on=now.date(), now=now)
            self._announce(f"已登记告知 {count:,} 人")

    def delete(self, ids: Sequence[int]) -> None:
        """Into the recycle bin, after one question."""
        card = self._card(ids[0]) if ids else None
        if card is None:
            return
        who = card.name if len(ids) == 1 else f"{card.name} 等 {len(ids):,} 人"
        text = (
            f"{who}的资料移到回收站，保留 30 天，随时可以放回来。\n"
            "只是搬走或去世的，请用“迁出”或“登记死亡”：那样资料和经过都留着。"
        )
        if messages.confirm(
            self._page, f"把 {who} 移到回收站？", text, "移到回收站", destructive=True
        ):
            self._delete(ids, who)

    def print_sheets(self, ids: Sequence[int]) -> None:
        printing.preview_info_sheets(self._context, self._page, list(ids))

    def print_roster(self, ids: Sequence[int], words: str) -> None:
        printing.preview_roster(self._context, self._page, list(ids), words)

    def export(self, ids: Sequence[int], words: str) -> None:
        export(self._context, self._page, list(ids), words)

    # -- the list as a whole

    def recycle_bin(self) -> None:
        self._run(RecycleBinDialog(self._context, self._page.window()))

    def twins(self) -> None:
        dialog = TwinsDialog(self._context, self._page.window())
        dialog.exec()
        if dialog.pair is not None:
            self.merge(*dialog.pair)

    # -- how

    def _run(self, dialog: "Doing") -> None:
        """Open a dialog; announce what it says it did."""
        dialog.exec()
        if dialog.sentence:
            self._announce(dialog.sentence)

    def _announce(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.RESIDENTS)
        messages.notify(self._context.signals, sentence)

    def _delete(self, ids: Sequence[int], who: str) -> None:
        now = self._context.clock.now()
        with messages.domain_errors_shown(self._page):
            back_up_before(self._context.database, "批量删除前", rows=len(ids))
            with self._context.database.transaction(f"把 {who} 移到回收站") as session:
                said = [
                    line for one in ids for line in resident_forms.delete(session, one, now=now)
                ]
            self._announce(f"{who}已移到回收站。{''.join(said)}")

    def _card(self, resident_id: int) -> ResidentCard | None:
        found: ResidentCard | None = None
        with messages.domain_errors_shown(self._page), self._context.database.reading() as session:
            found = cards.card(session, resident_id, today=self._context.clock.today())
        return found

    def who(self, chosen: ResidentFilter, *, ticked: bool, best: int = 0) -> str:
        """How these people were chosen, for the head of a paper; `best` where a search found more
        people than are listed.
        """
        with self._context.database.lookup() as lookup:
            words = filters.sentence(lookup, chosen)
        if ticked:
            return f"{words}（勾选的人）"
        return f"{words}（只含最相符的 {best:,} 人）" if best else words


Doing = (
    DepartureDialog
    | HouseholdDialog
    | ChangeHouseholdDialog
    | TagDialog
    | MergeDialog
    | RecycleBinDialog
    | EraseDialog
)
