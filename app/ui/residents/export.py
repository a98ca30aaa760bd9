"""导出: the people on the screen as a spreadsheet, masked unless somebody says why not."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.services import exports, privacy
from app.ui.kit.background import Progress
from app.ui.kit.spreadsheet import make_xlsx
from app.ui.people.take_out import take_out_file
from app.ui.people.take_out_dialog import TakeOutDialog


def _withdrawn_tick(
    context: Context, dialog: TakeOutDialog, ids: Sequence[int]
) -> Callable[[], set[int]]:
    """Who withdrew consent is left out unless the tick is taken off; who stays behind."""
    with context.database.reading() as session:
        withdrawn = privacy.withdrawn_among(session, ids)
    tick = QCheckBox(f"不含撤回同意的 {len(withdrawn):,} 人")
    tick.setChecked(True)
    if withdrawn:
        dialog.body.addWidget(tick)
        QWidget.setTabOrder(dialog.full, tick)
    return lambda: withdrawn if tick.isChecked() else set()


def export(context: Context, parent: QWidget, ids: Sequence[int], who: str) -> None:
    """Ask, choose a file, and write it in the background; `who` says in words who they are."""
    dialog = TakeOutDialog(context, f"导出 {len(ids):,} 人", who, parent=parent.window())
    staying = _withdrawn_tick(context, dialog, ids)
    if not ids or not dialog.exec():
        return
    ids = [one for one in ids if one not in staying()]
    what = f"导出 {len(ids):,} 人"
    out, today = dialog.out, context.clock.today()
    above = ("居民", f"{who}　共 {len(ids):,} 人　{today:%Y-%m-%d} 导出")

    def make(progress: Progress) -> bytes:
        # A reader's eyes: who may not see a tag does not take it out either.
        with context.database.lookup() as lookup:
            return make_xlsx(
                exports.HEADINGS,
                exports.lines(lookup, ids, today=today, grant=out.grant),
                count=len(ids),
                progress=progress,
                above=above,
                stamp=out.stamp,
            )

    take_out_file(
        context,
        parent,
        out,
        name=f"居民 {len(ids)} 人",
        what=f"{what}（脱敏）" if out.masked else what,
        make=make,
        note=lambda session: exports.note_exported(session, ids),
    )
