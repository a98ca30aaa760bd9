"""What the clerks of the made-up office did with its list of people since it was imported."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import demo_notices
from app.demo_papers import Errand
from app.models import Resident, Tag
from app.services import cards, events, privacy, resident_forms, tags
from app.services.ages import years_later
from app.services.filters import AgeBand, ResidentFilter
from app.services.residents import list_ids
from app.storage.engine import Database

IMPORTED_BEFORE = timedelta(days=40)
"""So long before today, at least, the list was imported"""
_FOR_PAPERS, _GROWN_UP = 200, 20


class Diary:
    """What the clerks did since the import: each person is met once."""

    def __init__(self, database: Database, seed: int, today: date) -> None:
        self._database = database
        self._today = today
        self._chance = random.Random(seed)  # noqa: S311 - made up, and the same every time
        with database.lookup() as lookup:
            everybody = list(list_ids(lookup, today=today).ids)
            elderly = ResidentFilter(ages=(AgeBand(76, 90),))
            self._elders = list(list_ids(lookup, elderly, today=today).ids)
        self._chance.shuffle(everybody)
        self._chance.shuffle(self._elders)
        elders = set(self._elders)
        self._others = [one for one in everybody if one not in elders]

    def with_documents(self) -> list[tuple[int, str]]:
        """Grown-ups for whom papers are made out: whom nothing else happens to, with a document."""
        with self._database.reading() as session:
            chosen = select(Resident.id, Resident.name).where(
                Resident.id.in_(self._others[:_FOR_PAPERS]),
                Resident.document_number.is_not(None),
                Resident.birth_date < years_later(self._today, -_GROWN_UP),
            )
            found = [(key, name) for key, name in session.execute(chosen.order_by(Resident.id))]
        self._others = self._others[_FOR_PAPERS:]
        return found

    def entries(self) -> list[Errand]:
        """All entries in the order of their days."""
        made = [
            *(self._moved_out() for _ in range(26)),
            *(self._died() for _ in range(9)),
            *(self._moved_in() for _ in range(12)),
            *(self._new_phone() for _ in range(40)),
            *(self._tagged() for _ in range(10)),
            *(self._checked() for _ in range(60)),
            *(self._looked() for _ in range(8)),
            *(self._entered_twice() for _ in range(3)),
            self._deleted(),
            *self._notices(),
            *(self._withdrew() for _ in range(2)),
            *(self._asked() for _ in range(2)),
        ]
        return sorted(made, key=lambda entry: entry.day)

    def staying(self) -> set[int]:
        """Those to whom nothing happens."""
        return {*self._others, *self._elders}

    def _notices(self) -> list[Errand]:
        with self._database.reading() as session:
            written = list(demo_notices.written(session, self._today))
        return [self._notice(one) for one in written]

    def _notice(self, one: demo_notices.Written) -> Errand:
        return Errand(
            one.day,
            f"写{one.text.kind}《{one.text.title}》",
            lambda session, now: demo_notices.keep(session, one, now),
        )

    def _day(self) -> date:
        return self._today - timedelta(days=self._chance.randint(1, IMPORTED_BEFORE.days - 2))

    def _somebody(self) -> tuple[int, str]:
        return self._named(self._others.pop())

    def _named(self, resident_id: int) -> tuple[int, str]:
        with self._database.reading() as session:
            return resident_id, session.get_one(Resident, resident_id).name

    def _moved_out(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name} 迁出",
            lambda session, now: events.move_out(session, key, on_date=now.date(), now=now),
        )

    def _died(self) -> Errand:
        key, name = self._named(self._elders.pop())
        return Errand(
            self._day(),
            f"登记 {name} 死亡",
            lambda session, now: events.die(session, key, on_date=now.date(), now=now),
        )

    def _moved_in(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name} 迁入",
            lambda session, now: events.moved_in(
                session, key, on_date=max(now.date(), self._born(session, key)), now=now
            ),
        )

    def _born(self, session: Session, key: int) -> date:
        return session.get_one(Resident, key).birth_date or date.min

    def _new_phone(self) -> Errand:
        key, name = self._somebody()
        phone = f"139{self._chance.randrange(10**8):08d}"
        return Errand(
            self._day(),
            f"修改居民 {name} 的电话",
            lambda session, now: _change(session, key, now, phone=phone),
        )

    def _tagged(self) -> Errand:
        key, name = self._named(self._elders.pop())
        return Errand(
            self._day(),
            f"给 {name} 加敏感标签",
            lambda session, now: tags.give(
                session, [key], _tag(session, "半失能"), since=now.date(), source="走访"
            ),
        )

    def _withdrew(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name}：撤回同意",
            lambda session, now: privacy.withdraw(
                session, key, on=now.date(), reason="不愿再收到活动通知", now=now
            ),
        )

    def _asked(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name}：申请更正",
            lambda session, now: privacy.ask_correction(
                session, key, what="户籍地址少写了门牌号", on=now.date(), now=now
            ),
        )

    def _checked(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"核对居民 {name} 的资料",
            lambda session, now: resident_forms.mark_checked(session, key, today=now.date()),
        )

    def _looked(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"查看 {name} 的电话",
            lambda session, _: cards.reveal(session, key, "phone"),
        )

    def _entered_twice(self) -> Errand:
        """The same name and birth date without a number: a look-alike to be merged."""
        key, name = self._somebody()
        return Errand(
            self._day(), f"新增居民 {name}", lambda session, now: _enter_again(session, key, now)
        )

    def _deleted(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"删除居民 {name}",
            lambda session, now: resident_forms.delete(session, key, now=now),
        )


def _tag(session: Session, name: str) -> int:
    return session.scalars(select(Tag.id).where(Tag.name == name)).one()


def _change(session: Session, resident_id: int, now: datetime, *, phone: str) -> None:
    entered, version = resident_forms.input_of(session, resident_id)
    changed = replace(entered, phone=phone)
    resident_forms.update(session, resident_id, changed, version=version, now=now)


def _enter_again(session: Session, resident_id: int, now: datetime) -> None:
    entered, _ = resident_forms.input_of(session, resident_id)
    again = replace(
        entered,
        document_kind="none",
        document_number="",
        household_id=None,
        relation="",
        tag_ids=(),
    )
    resident_forms.add(session, again, now=now)
