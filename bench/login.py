"""From the typed password to the painted 居民 page, beside one derivation and that page."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import cache
from pathlib import Path

from bench.desk import KEY
from bench.harness import Benchmark

PEOPLE = 10_000
PASSWORD = "three quiet words"
_SALT = bytes(16)


def derive(password: str) -> bytes:
    """What every try at a password costs in an office."""
    from argon2.low_level import Type, hash_secret_raw

    from app.storage.slots import Cost

    cost = Cost()
    return hash_secret_raw(
        password.encode(),
        _SALT,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _timed(kind: str) -> float:
    file = _office()
    said = subprocess.run(
        [sys.executable, "-m", "bench.child", kind, str(file)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "LINLI_DATA": str(file.parent)},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    return float(json.loads(said.splitlines()[-1])["took"])


@cache
def _office() -> Path:
    """A copy with a key file and a user who has come in before, in a folder of its own."""
    from app.services import templates
    from app.services.user_keys import UserKeys
    from app.storage.key_list import sealed_list
    from app.storage.keyfile import KeyFile
    from app.storage.slots import Cost
    from app.storage.vault import Vault, keyfile_of
    from bench.office import copy_of, office, opened

    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    file = copy_of(office(PEOPLE), folder / "社区资料.linli")
    empty = sealed_list(KeyFile(file.read_bytes()[:16]), KEY)
    vault = Vault(keyfile_of(file), empty, cost=Cost(), now=time.time)
    vault.add_user(KEY, name="周立群", role="书记", password=PASSWORD)
    with closing(opened(file)) as database:
        with database.transaction("放入证明模板") as session:
            templates.seed(session)
        UserKeys(database, vault).bring_together()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return file


BENCHMARKS = (
    Benchmark(
        "login",
        "s",
        PEOPLE,
        lambda: _timed("login"),
        lambda: _timed("derived"),
        at_most=1.5,
        rounds=7,
    ),
)
