"""Work of which only the newest counts: figures and papers that follow what is chosen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.errors import DomainError
from app.ui.kit.background import Background, Job, Work


class LatestJob:
    """A newer wish overtakes an older one: of that nothing is told any more."""

    def __init__(self, background: Background, owner: QObject) -> None:
        self._background, self._owner = background, owner
        self._job: Job | None = None

    def start(
        self, work: Work, *, done: Callable[[Any], object], failed: Callable[[str], object]
    ) -> None:
        """Run `work`; what speaks against it (a DomainError) is told as its sentence."""
        self.stop()
        job = self._job = self._background.start(
            work,
            done=lambda result: done(result) if self._ends(job) else None,
            failed=lambda error: self._fail(job, error, failed),
            owner=self._owner,
        )

    def stop(self) -> None:
        """Nothing is wished for any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _fail(self, job: Job, error: Exception, failed: Callable[[str], object]) -> None:
        if not isinstance(error, DomainError):
            raise error
        if self._ends(job):
            failed(str(error))

    def _ends(self, job: Job) -> bool:
        """Whether it is the one that is waited for, which is over with this."""
        newest = job is self._job
        if newest:
            self._job = None
        return newest
