"""Lists and labels in bulk, against the least that could put the same words at the same places."""

import random
from functools import cache

from app.reports import labels, listing
from app.reports.roster import COLUMNS
from bench.papers import DAY, OFFICE, TAGS, against_bare, roster_row
from bench.roster import people

REGISTER_ROWS = 50_000
LABELS = 1_000


@cache
def register() -> listing.Listing:
    choice = random.Random(7).choice
    found = enumerate(people(REGISTER_ROWS), start=1)
    return listing.Listing(
        office=OFFICE,
        title="望海社区居民登记簿",
        filter_words="全部在册居民",
        columns=COLUMNS,
        rows=[roster_row(number, person, choice(TAGS)) for number, person in found],
        count_words=f"共 {REGISTER_ROWS:,} 人",
        printed_on=DAY.date(),
        printed_by="赵敏",
        note=listing.PERSONAL,
    )


@cache
def address_labels() -> labels.Labels:
    street = "辽宁省大连市普兰店区海湾街道望海路 118 号"
    everyone = [
        labels.Label(f"{p.name}　收", street, f"{p.building} 号楼 {p.unit} 单元 {p.room}", "116200")
        for p in people(LABELS)
    ]
    return labels.Labels(office=OFFICE, sheet=labels.sheet_of("3x8"), labels=everyone)


BENCHMARKS = [
    against_bare(
        "register_pdf_50k", REGISTER_ROWS, 1.6, listing, lambda: listing.render(register())
    ),
    against_bare("labels_1000", LABELS, 1.6, labels, lambda: labels.render(address_labels())),
]
