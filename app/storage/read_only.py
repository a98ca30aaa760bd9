"""A backup that is only looked at: the same doors as the office's file, and none to write by."""

from typing import NoReturn

from app.storage.engine import Database
from app.storage.faults import StorageFault


class OnlyALook(StorageFault):
    def __init__(self) -> None:
        super().__init__(
            "这是备份，只能看，不能改。要用这一份，请关上这个窗口，在「备份与恢复」里点“恢复到这时”。"
        )


class ReadOnlyDatabase(Database):
    """Every transaction is refused in words; reading is that of the actor."""

    def _writer(self, sentence: str) -> NoReturn:
        raise OnlyALook
