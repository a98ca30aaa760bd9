"""What every child would do anew is done before they are forked: tables are mapped, statements
put together, modules read."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import configure_mappers

import tests.conftest  # noqa: F401 - its offices share the statements
from app import models
from tests.faults import acts, canteen, council, counter  # noqa: F401 - the sweep finds them read

models.everything()
configure_mappers()
with TemporaryDirectory() as folder:
    acts.found(Path(folder) / "资料")
    acts.save(Path(folder) / "资料", lambda _: None)
