"""Each folder of tests/data/imports holds a sheet and the JSON that its dry run prints."""

import json
from pathlib import Path

import pytest

from app.importing.dry_run import dry_run
from tests.importing.people import TODAY

FOLDERS = sorted((Path(__file__).parents[1] / "data" / "imports").iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_sample_is_read_as_expected(folder: Path) -> None:
    sample = next(folder.glob("sample.*"))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(dry_run(sample, TODAY))) == expected
