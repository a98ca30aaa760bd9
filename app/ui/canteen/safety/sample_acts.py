"""What is done with samples that are kept: seen by another pair of eyes, destroyed, struck off."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import sample_keeping
from app.services.food_samples import SampleView
from app.ui.kit import messages
from app.ui.kit.signals import Area


def review(context: Context, parent: QWidget, title: str, ids: Sequence[int]) -> None:
    """审核: all samples of a meal that somebody else took."""
    with messages.domain_errors_shown(parent):
        words = f"审核留样 {title} {len(ids)} 样"
        with context.database.transaction(words) as session:
            sample_keeping.review(session, ids)
        told(context, words)


def destroy(context: Context, parent: QWidget, ids: Sequence[int]) -> None:
    """All whose hours are over, whichever meal they are of."""
    words = f"销毁到期的留样 {len(ids)} 份"
    asked = "保存时间已到，销毁后登记不能再改。"
    if not messages.confirm(parent, words, asked, "销毁", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(words) as session:
            sample_keeping.destroy(session, ids, now=context.clock.now())
        told(context, words)


def remove(context: Context, parent: QWidget, title: str, sample: SampleView) -> None:
    """A line in the register that is wrong, after a question."""
    asked = f"{sample.name}的留样登记将被删除；记错的量和时间可以改，不用删。"
    if not messages.confirm(parent, "删除留样登记", asked, "删除", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        words = f"删除留样登记 {title} {sample.name}"
        with context.database.transaction(words) as session:
            sample_keeping.remove(session, sample.id, version=sample.version)
        told(context, words)


def again_words(count: int) -> str:
    """What becomes of reviewed samples that were changed."""
    return f"；改过的 {count} 样请同事重新审核，保存到的时间不提前" if count else ""


def told(context: Context, words: str, more: str = "") -> None:
    """Everybody reads anew, and sees what was done."""
    context.signals.changed.emit(Area.CANTEEN)
    messages.notify(context.signals, f"已{words}{more}")
