"""What taking a step back comes to, and who may do it."""

from dataclasses import dataclass

from app.values.rights import Actor, Right


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that was not taken back, and why; `by` names the step that changed it since."""

    table_label: str
    name: str
    reason: str
    by: str = ""

    @property
    def sentence(self) -> str:
        who = f"{self.table_label} {self.name}".strip()
        return f"{who}：{self.reason}{f'（{self.by}）' if self.by else ''}"


@dataclass(frozen=True, slots=True)
class Undone:
    restored: int
    kept: tuple[Kept, ...]

    @property
    def sentence(self) -> str:
        said = f"已撤销，恢复了 {self.restored:,} 条记录"
        if not self.kept:
            return f"{said}。"
        return f"{said}；{len(self.kept):,} 条后来又改过，保持现状。"


def may_undo(actor: Actor, user_name: str) -> bool:
    """Whoever did it may take it back; what others did, those with the right to."""
    return actor.name == user_name or actor.may(Right.UNDO_OTHERS)
