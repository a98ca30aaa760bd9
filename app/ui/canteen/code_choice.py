"""A choice among codes: way, payment, period, kind of a dish."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from app.models.base import Worded
from app.ui.kit.segment_choice import SegmentChoice

Code = TypeVar("Code", bound=Worded)


class CodeChoice(SegmentChoice, Generic[Code]):
    """Codes side by side, chosen by their digits; always one of them."""

    def __init__(self, codes: Sequence[Code], value: Code) -> None:
        self._codes = {one.label: one for one in (*codes, value)}
        super().__init__(list(self._codes), value.label)

    @property
    def code(self) -> Code:
        return self._codes[str(self.value())]
