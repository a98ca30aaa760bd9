"""What the program says by itself a moment after it was opened.

公示 and requests that end today, a clock that went back, a folder that a cloud drive copies.
"""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QTimer

from app.context import Context
from app.errors import DomainError
from app.storage.lookup import query
from app.ui.kit.dialogs import Message
from app.ui.kit.memory import window_memory
from app.ui.main_window import MainWindow
from app.values.rights import Right

# The page is painted first, and the keys of the status line have been seen.
_DELAY_MS = 2500
# The end of summer time where there is one, a clock that is put right by some minutes.
_CLOCK_MAY_GO_BACK = timedelta(hours=2)
_TOLD = "提醒/同步文件夹"


def remind_later(context: Context, window: MainWindow) -> None:
    """Say it in the window; nothing where there is nothing, or no window any more."""
    QTimer.singleShot(_DELAY_MS, window, lambda: remind(context, window))


def remind(context: Context, window: MainWindow) -> None:
    """Say now what has to be thought of today."""
    try:
        late, words = clock_words(context), _due_words(context)
    except DomainError:
        # A file that cannot be read is told by whatever the user does next.
        return
    if words:
        window.status.say(words)
    if late:
        Message("请看一下电脑的时间", late, window).exec()
    synced = _cloud_words_once(context.database.file.parent)
    if synced:
        Message("资料在同步文件夹里", synced, window).exec()


def _due_words(context: Context) -> str:
    """What ends today or is late, and where it is dealt with."""
    # It knows the tables, which come after the first window.
    from app.services import due_today, meeting_due
    from app.services.settings import TOPIC_SCREEN_DAYS

    today = context.clock.today()
    with context.database.lookup() as lookup:
        told = [(due_today.publicity(lookup, today=today), "文书", "公示")]
        if context.may(Right.HANDLE_REQUESTS):
            told.append((due_today.requests(lookup, today=today), "网格", "诉求"))
        if context.may(Right.CARRY_OUT):
            told.append((due_today.resolutions(lookup, today=today), "议事", "决议"))
        if context.may(Right.RECORD_POINTS):
            told.append((due_today.activities(lookup, today=today), "积分超市", "活动"))
        if context.may(Right.SCREEN_TOPICS):
            days = context.settings[TOPIC_SCREEN_DAYS]
            told.append((due_today.topics(lookup, days=days, today=today), "议事", "提事"))
        if context.may(Right.RUN_MEETINGS):
            told.append((meeting_due.reminder(lookup, today=today), "议事", "会议"))
        # A person first: whoever did not open may lie behind the door.
        if context.may(Right.RUN_CANTEEN):
            told.insert(0, (due_today.care(lookup), "食堂", "送餐"))
            kitchen = due_today.kitchen(lookup, now=context.clock.now())
            told.append((kitchen, "食堂", "食品安全"))
        elif context.may(Right.LOG_ROUNDS):
            told.insert(0, (due_today.care(lookup, handed=True), "网格", "走访"))
    due = [one for one in told if one[0]]
    if len(due) == 1:
        [(words, page, tab)] = due
        return f"{words}，到「{page}－{tab}」处理"
    # The status line has room for one sentence.
    return "；".join(f"{words}（{page}）" for words, page, _ in due)


def clock_words(context: Context) -> str:
    """A sentence where the computer's clock stands well before what was saved last; or ''.

    An empty battery sets it back by years: ages, periods and dates on papers would be wrong.
    """
    now = context.clock.now()
    with context.database.lookup() as lookup:
        found = lookup.value(query("at", "operation", rest="ORDER BY id DESC LIMIT 1"))
    last = datetime.fromisoformat(found) if found else now
    if last - now < _CLOCK_MAY_GO_BACK:
        return ""
    return (
        f"电脑的时间可能不对：现在显示 {now:%Y-%m-%d %H:%M}，"
        f"而上一次保存是在 {last:%Y-%m-%d %H:%M}。"
        "请先把电脑的日期和时间调对，再登记和开证明；已经保存的资料没有受影响。"
    )


def _cloud_words_once(folder: Path) -> str:
    """Once for each folder; afterwards it stands in 设置 · 关于."""
    from app.storage.cloud import cloud_words

    words, memory = cloud_words(folder), window_memory()
    if not words or str(memory.value(_TOLD, "")) == str(folder):
        return ""
    memory.setValue(_TOLD, str(folder))
    return words
