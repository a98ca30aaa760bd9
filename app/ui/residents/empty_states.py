"""What the list says when it is empty: nobody yet, nobody found, nobody passes the filters."""

from collections.abc import Callable

from app.services import search
from app.ui.kit.states import EmptyState

Action = tuple[str, Callable[[], object]]


def nobody_yet(
    import_file: Callable[[], object] | None, add: Callable[[], object] | None
) -> EmptyState:
    """A new office; None for what the user may not do."""
    offered = (("从 Excel 导入", import_file), ("新增居民", add))
    actions = tuple((words, act) for words, act in offered if act is not None)
    detail = "把手头的 Excel 花名册拖到这里，也可以：" if import_file else ""
    return EmptyState("account-group-outline", "还没有居民资料", detail, actions)


def nobody_left() -> EmptyState:
    """Nobody has moved out or died yet."""
    return EmptyState("account-arrow-right-outline", "没有迁出或去世的人")


def nobody_found(
    text: str,
    *,
    add: Callable[[], object] | None,
    clear_filters: Callable[[], object] | None,
    gone: int,
    show_gone: Callable[[], object],
) -> EmptyState:
    """The text finds nobody; `gone` people who left would be found."""
    text = text.strip()
    actions: list[Action] = []
    if gone:
        actions.append((f"看已离开的 {gone} 人", show_gone))
    if clear_filters is not None:
        actions.append(("清除筛选", clear_filters))
    if add is not None and search.looks_like_name(text):
        actions.append((f"按此姓名新增「{text}」", add))
    detail = "筛选条件还在起作用" if clear_filters is not None else "换个字、拼音或尾号再试"
    sentence = f"没有找到「{_short(text)}」" if text else "没有符合筛选的人"
    return EmptyState("account-search-outline", sentence, detail, tuple(actions))


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
