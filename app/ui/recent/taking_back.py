"""Taking steps back from a window: tried out first, asked, done as one, and told what stayed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.steps import REDO, UNDO_WHOLE, Step
from app.services.undo import undo_all
from app.services.undone import Undone
from app.storage.backup import back_up_before
from app.storage.engine import Database
from app.ui.kit.background import Progress
from app.ui.kit.messages import confirm, notify, run_with_progress, tell
from app.ui.kit.signals import Area

EVERYTHING = Area.RESIDENTS | Area.PAPERS | Area.OFFICE | Area.GRIDS | Area.REQUESTS | Area.POINTS
NAMED = 5
"""So many rows that would stay are named in the question; afterwards all are listed."""
RISKY = 500
"""Rows from which on a backup is made first."""
_UNDONE = "撤销："


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be taken back, and in which words."""

    steps: tuple[Step, ...]

    @property
    def verb(self) -> str:
        return self.steps[0].verb if len(self.steps) == 1 else "一起退回"

    @property
    def title(self) -> str:
        if len(self.steps) > 1:
            return f"把最近 {len(self.steps)} 步一起退回？"
        return "重做这一步？" if self.verb == REDO else "撤销这一步？"

    @property
    def sentence(self) -> str:
        """For the journal."""
        said = self.steps[0].sentence.removeprefix(_UNDONE)
        if len(self.steps) > 1:
            return f"撤销 {len(self.steps)} 步：{said} 等"
        return f"{REDO if self.verb == REDO else '撤销'}：{said}"

    @property
    def words(self) -> str:
        lines = [f"{one.at:%m-%d %H:%M}，{one.who}：{one.sentence}" for one in self.steps[:NAMED]]
        more = len(self.steps) - NAMED
        return "\n".join([*lines, *([f"还有 {more} 步"] if more > 0 else [])])


class _TriedOut(Exception):
    """Carries the outcome out of a transaction that must not be kept."""

    def __init__(self, outcome: Undone) -> None:
        super().__init__()
        self.outcome = outcome


def try_out(database: Database, wish: Wish) -> Undone:
    """What taking these steps back would do; nothing of it is kept. Raises DomainError."""
    try:
        with database.transaction(wish.sentence) as session:
            raise _TriedOut(undo_all(session, [one.target for one in wish.steps]))
    except _TriedOut as tried:
        return tried.outcome


def carry_out(context: Context, wish: Wish, progress: Progress, *, risky: bool) -> Undone:
    """All of the steps in one transaction, after a backup where much goes. Raises DomainError."""
    if risky:
        progress(0, 0, "正在备份…")
        back_up_before(context.database, "撤销前")
    progress(0, 0, "正在退回…")
    with context.database.transaction(wish.sentence) as session:
        return undo_all(session, [one.target for one in wish.steps])


def take_back(
    parent: QWidget,
    context: Context,
    steps: Sequence[Step],
    *,
    done: Callable[[Undone], object] | None = None,
) -> None:
    """Ask and do. `done` hears of it after everybody else has."""
    wish = Wish(tuple(steps))

    def ask(outcome: Undone) -> None:
        if outcome.restored == 0 and outcome.kept:
            tell(parent, _nothing_words(outcome), "这一步现在退不了")
        elif confirm(parent, wish.title, question(wish, outcome), wish.verb):
            risky = outcome.restored >= RISKY or any(one.verb == UNDO_WHOLE for one in steps)
            _carry_out(parent, context, wish, risky, done)

    run_with_progress(
        parent,
        context.background,
        "正在核对",
        lambda _progress: try_out(context.database, wish),
        done=ask,
        can_cancel=False,
    )


def _carry_out(
    parent: QWidget,
    context: Context,
    wish: Wish,
    risky: bool,
    done: Callable[[Undone], object] | None,
) -> None:
    def tell_all(outcome: Undone) -> None:
        context.signals.changed.emit(EVERYTHING)
        notify(context.signals, outcome_words(wish, outcome))
        if outcome.kept:
            # Loaded when something stayed, which is seldom.
            from app.ui.recent.kept import KeptDialog

            KeptDialog(outcome_words(wish, outcome), outcome.kept, parent.window()).exec()
        if done is not None:
            done(outcome)

    run_with_progress(
        parent,
        context.background,
        f"正在{wish.verb}",
        lambda progress: carry_out(context, wish, progress, risky=risky),
        done=tell_all,
        can_cancel=False,
    )


def question(wish: Wish, outcome: Undone) -> str:
    """The steps, how much comes back, and what would stay."""
    told = f"会恢复 {outcome.restored:,} 条记录。"
    if not outcome.kept:
        return f"{wish.words}\n\n{told}"
    stays = f"{len(outcome.kept):,} 条后来又改过，留着不动，做完一一列出："
    return "\n".join([wish.words, "", f"只{told}{stays}", *_named(outcome)])


def outcome_words(wish: Wish, outcome: Undone) -> str:
    """What was done, for the status line."""
    verb = "重做" if wish.verb == REDO else "撤销"
    said = f"已{verb}，恢复了 {outcome.restored:,} 条记录"
    return f"{said}；{len(outcome.kept):,} 条后来又改过，留着" if outcome.kept else said


def _nothing_words(outcome: Undone) -> str:
    said = f"涉及的 {len(outcome.kept):,} 条后来都又改过，什么也退不回去："
    return "\n".join([said, *_named(outcome)])


def _named(outcome: Undone) -> list[str]:
    lines = [one.sentence for one in outcome.kept[:NAMED]]
    more = len(outcome.kept) - NAMED
    return [*lines, *([f"还有 {more:,} 条"] if more > 0 else [])]
