"""The kinds of work that may be interrupted, and how each is looked at afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from app import paths
from tests.faults import acts, aftermath, canteen, council, counter
from tests.faults.acts import PASSWORD
from tests.faults.aftermath import Look
from tests.faults.children import Act, Ended


class Kind(NamedTuple):
    act: Act
    look: Look
    seconds: float
    """how long it goes on, roughly"""


KINDS = {
    "saving": Kind(acts.save, aftermath.after_saving, 0.1),
    "rounds": Kind(acts.make_rounds, aftermath.after_making_rounds, 0.25),
    "counter": Kind(counter.serve_a_queue, counter.after_a_queue, 0.2),
    "lunch": Kind(canteen.serve_a_lunch, canteen.after_a_lunch, 0.15),
    "council": Kind(council.decide_matters, council.after_the_meeting, 0.2),
    "import": Kind(acts.import_roster, aftermath.after_importing, 0.1),
    "migration": Kind(acts.migrate, aftermath.after_migrating, 0.12),
    "backup": Kind(acts.back_up, aftermath.after_backing_up, 0.2),
    "restore": Kind(acts.restore, aftermath.after_restoring, 0.06),
    "password": Kind(acts.change_password, aftermath.after_changing_the_password, 0.06),
    "data key": Kind(acts.change_data_key, aftermath.after_changing_the_data_key, 0.16),
    "users": Kind(acts.change_users, aftermath.after_changing_users, 0.08),
    "first start": Kind(acts.begin_an_office, aftermath.after_beginning, 0.12),
}


def look_after(
    name: str, folder: Path, ended: Ended, desk_of: Callable[[str], None] | None = None
) -> None:
    """Start again after trouble: by the program itself where `desk_of` is given, then to look."""
    if name == "migration":
        acts.learn_a_step()
    password = PASSWORD
    if name == "password":
        password = aftermath.password_that_opens(folder, ended.said)
    if desk_of is not None:
        desk_of(password)
    if name == "first start" and not paths.database_file().exists():
        # Broken off before there was an office: it begins again.
        assert not ended.said
        return
    with aftermath.started(folder, password) as program:
        KINDS[name].look(program, ended.said)
