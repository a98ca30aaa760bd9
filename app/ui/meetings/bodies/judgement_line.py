"""The votes on one member: three figures, and the result that most of them say."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import DomainError
from app.models import Grade
from app.services import appraisals
from app.services.appraisals import Judgement
from app.ui.kit import theme
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import row, small
from app.ui.kit.segment_choice import SegmentChoice
from app.values.text import compact

_GRADES = {grade.label: grade for grade in Grade}
_WIDTH = 52


class JudgementLine(QWidget):
    """`stops` are the parts that Enter walks along."""

    changed = Signal()

    def __init__(self, member_id: int, name: str, known: Judgement | None = None) -> None:
        super().__init__()
        self.member_id, self._name = member_id, name
        self._chosen = known is not None
        self.edits = [self._edit(grade.label) for grade in Grade]
        self.grade = SegmentChoice([grade.label for grade in Grade])
        if known is not None:
            self._show(known)
        parts: list[QWidget] = []
        for grade, edit in zip(Grade, self.edits, strict=True):
            parts += [small(grade.label), edit]
            edit.textChanged.connect(self._typed)
        self.setLayout(row(*parts, 10, small("结果"), self.grade, None, spacing=6))
        self.stops: Sequence[QWidget] = (*self.edits, self.grade)
        self.setFocusProxy(self.edits[0])
        self.grade.chosen.connect(self._choose)

    def judgement(self) -> Judgement | None:
        """What was typed, None for an empty line; raises DomainError for words."""
        typed = [compact(edit.text()) for edit in self.edits]
        if not any(typed):
            return None
        if not all(one.isdecimal() for one in typed if one):
            raise DomainError(f"{self._name}的票数要写成数字，如 46。")
        competent, barely, incompetent = (int(one or 0) for one in typed)
        return Judgement(
            member_id=self.member_id,
            competent=competent,
            barely=barely,
            incompetent=incompetent,
            grade=_GRADES.get(str(self.grade.value())),
        )

    def value(self) -> list[Any]:
        """What a draft keeps."""
        return [*(edit.text() for edit in self.edits), self.grade.value(), self._chosen]

    def set_value(self, kept: Sequence[Any]) -> None:
        """The line of a draft."""
        *texts, grade, chosen = kept
        for edit, text in zip(self.edits, texts, strict=True):
            edit.setText(text)
        self._chosen = bool(chosen)
        self.grade.set_value(grade)

    # -- inside

    def _edit(self, words: str) -> QLineEdit:
        edit = line_edit(name=f"{self._name} {words}票", limit=5)
        edit.setFixedWidth(theme.current().px(_WIDTH))
        return edit

    def _show(self, known: Judgement) -> None:
        votes = (known.competent, known.barely, known.incompetent)
        for edit, count in zip(self.edits, votes, strict=True):
            edit.setText(str(count))
        self.grade.set_value(known.grade.label if known.grade else "")

    def _choose(self, _word: object) -> None:
        self._chosen = True

    def _typed(self, _text: str) -> None:
        """The result follows the votes until somebody chooses another one."""
        try:
            one = self.judgement()
        except DomainError:
            one = None
        if not self._chosen:
            self.grade.set_value(appraisals.proposed(one).label if one and one.votes else "")
        self.changed.emit()
