from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.engine import Database
from tests.storage.offices import fresh_office


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = fresh_office(tmp_path)
    yield database
    database.close()
