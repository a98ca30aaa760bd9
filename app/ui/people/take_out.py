"""带出去: masked as a rule; whole numbers with a reason, somebody's word, and a password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.files import ask_path, safe, write_whole
from app.ui.kit.memory import remember_folder
from app.ui.kit.sealing import Sealing, sealed
from app.values.stamp import Stamp

# Loaded with the first file that leaves: a page with its buttons appears without it.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.authorisation import Grant

ENDINGS = {Sealing.XLSX: ".xlsx", Sealing.ZIP: ".zip", Sealing.NONE: ".xlsx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOut:
    """How data leave the program; without a `stamp` with masked numbers."""

    stamp: Stamp | None = None
    grant: Grant | None = None
    """The word by which numbers are whole"""
    sealing: Sealing = Sealing.NONE
    password: str = field(default="", repr=False)
    """Never stored and never journaled"""

    @property
    def masked(self) -> bool:
        return self.stamp is None

    @property
    def ending(self) -> str:
        return ENDINGS[self.sealing]

    def sentence(self, what: str, *, file: bool = True) -> str:
        """How the journal names it: who allowed it, what for, and whether the file is locked."""
        if self.stamp is None:
            return what
        word = f"，{self.stamp.allowed_by} 授权" if self.stamp.allowed_by else ""
        locked = "，加密" if self.sealing is not Sealing.NONE else "，未加密"
        return f"{what}（完整号码，用途：{self.stamp.reason}{word}{locked if file else ''}）"


MASKED = TakeOut()


def take_out_file(
    context: Context,
    parent: QWidget,
    out: TakeOut,
    *,
    name: str,
    what: str,
    make: Callable[[Progress], bytes],
    note: Callable[[Session], object],
) -> None:
    """Ask where to, make the file in the background, and put it there.

    The clear file is only ever in memory; `note` has it on record before it is written.
    """
    today = context.clock.today()
    proposed = f"{name} {today:%Y-%m-%d}"
    file = ask_path(parent, f"{proposed}{out.ending}", caption="导出到", ending=out.ending)
    if file is None:
        return
    remember_folder(file)

    def work(progress: Progress) -> None:
        inside = safe(f"{proposed}.xlsx")
        data = sealed(make(progress), out.sealing, out.password, name=inside)
        progress.check()
        with context.database.transaction(out.sentence(what)) as session:
            note(session)
        write_whole(file, data)

    messages.run_with_progress(
        parent,
        context.background,
        what,
        work,
        done=lambda _: messages.notify(context.signals, f"已{what}，存到「{file.name}」"),
    )
