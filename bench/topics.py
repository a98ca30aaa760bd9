"""Topics that ask for the same, while a title is typed beside 20,000 others."""

import sqlite3
from functools import cache

from app.services.topic_keys import pairs
from app.services.topic_similar import MOST, similar
from app.storage import connection
from app.storage.engine import Database
from bench import office
from bench.desk import KEY
from bench.harness import Benchmark, seconds
from bench.meetings_office import TOPICS, meetings_office, topic_title

# Every thing that is brought up, at one building after the other.
_TYPED = tuple(topic_title(number) for number in range(1, 41))


@cache
def _database() -> Database:
    return office.opened(meetings_office())


@cache
def _link() -> sqlite3.Connection:
    return connection.connect(meetings_office(), KEY, cache_mib=connection.READER_CACHE_MIB)


def _similar() -> None:
    for title in _TYPED:
        with _database().lookup() as lookup:
            assert len(similar(lookup, title)) == MOST


def _search() -> None:
    """The topics that have most of the words, by the index alone."""
    for title in _TYPED:
        words = sorted(pairs(title))
        marks = ", ".join("?" * len(words))
        asked = f"""SELECT topic_id FROM topic_key WHERE token IN ({marks})
            GROUP BY topic_id ORDER BY count(*) DESC LIMIT {MOST}"""
        assert len(_link().execute(asked, words).fetchall()) == MOST


BENCHMARKS = (
    Benchmark(
        "topics_similar",
        "s",
        TOPICS,
        lambda: seconds(_similar),
        lambda: seconds(_search),
        at_most=4.0,
    ),
)
