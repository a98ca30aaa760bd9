"""Encrypted offices of any size, made once and kept in build/bench."""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import Base, Building, Dwelling, Grid, Household, Resident, ResidentTag, Tag
from app.services import places, search_keys
from app.storage import journal
from app.storage.engine import Database
from app.storage.office_file import create_database
from app.values import pinyin
from bench.desk import CLOCK, KEY
from bench.harness import BUILD
from bench.roster import Person, people

FOLDER = BUILD / "bench"
APP = Path(__file__).parents[1] / "app"
TAGS = ("独居老人", "低保", "残疾", "退役军人", "80 岁以上")
GRIDS = 5


def office(count: int) -> Path:
    """A file with `count` residents; made anew when tables or search rules have changed."""
    file = FOLDER / f"office-{count}-{_fingerprint()}.linli"
    if not file.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob(f"office-{count}-*"):
            old.unlink()
        half_made = empty_file(file.with_suffix(".part"))
        database = opened(half_made)
        with database.transaction(f"建立 {count} 人的资料") as session:
            _fill(session, list(people(count)))
        database.close()
        half_made.rename(file)
    return file


def copy_of(file: Path, target: Path) -> Path:
    """For a measurement that writes."""
    return Path(shutil.copy(file, target))


def opened(file: Path) -> Database:
    return Database.open(file, KEY, clock=CLOCK, user_name="测量")


def empty_file(file: Path) -> Path:
    """A new file with all tables and no rows, in place of one that was there."""
    for name in (file, *file.parent.glob(f"{file.name}-*")):
        name.unlink(missing_ok=True)
    create_database(file, KEY, clock=CLOCK).close()
    return file


def _fingerprint() -> str:
    sources = [*(APP / "models").glob("*.py"), *(APP / "services").glob("search*.py")]
    sources += [Path(__file__), Path(__file__).with_name("roster.py")]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _fill(session: Session, everybody: Sequence[Person]) -> None:
    """Rows as an import leaves them, in few bulk inserts; ids are numbered here."""
    buildings = _numbered(person.building for person in everybody)
    flats = _numbered((person.building, person.unit, person.room) for person in everybody)
    households = _numbered(person.household for person in everybody)
    _insert(session, Grid, [{"number": n, "name": f"第 {n} 网格"} for n in range(1, GRIDS + 1)])
    _insert(session, Building, [{"number": name} for name in buildings])
    _insert(session, Tag, [{"name": name, "group": "民政", "tone": "info"} for name in TAGS])
    _insert(
        session,
        Dwelling,
        [
            {
                "building_id": buildings[flat[0]],
                "unit": flat[1],
                "room": flat[2],
                "place_order": places.place_order(*flat),
            }
            for flat in flats
        ],
    )
    homes = {person.household: flats[_flat(person)] for person in everybody}
    rows = [{"number": name, "dwelling_id": homes[name]} for name in households]
    _insert(session, Household, rows)
    _insert(
        session,
        Resident,
        [_resident(one, flats[_flat(one)], households[one.household]) for one in everybody],
    )
    tagged = range(1, len(everybody) + 1, 7)
    rows = [{"resident_id": one, "tag_id": one % len(TAGS) + 1} for one in tagged]
    _insert(session, ResidentTag, rows)
    search_keys.rebuild(session)


def _resident(person: Person, dwelling_id: int, household_id: int) -> dict[str, Any]:
    return {
        "name": person.name,
        "name_order": pinyin.sort_key(person.name),
        "sex": person.sex,
        "birth_date": person.birth_date,
        "document_kind": "id_card",
        "document_number": person.number,
        "ethnic_group": person.ethnic_group,
        "political_status": person.political_status,
        "phone": person.phone,
        "dwelling_id": dwelling_id,
        "household_id": household_id,
        "relation": person.relation,
        "residence_status": person.residence_status,
        "grid_id": int(person.building) % GRIDS + 1,
    }


def _flat(person: Person) -> tuple[str, str, str]:
    return person.building, person.unit, person.room


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values), start=1)}


def _insert(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    session.execute(insert(model), rows)
    journal.record_created(session, model, range(1, len(rows) + 1))
