"""兑换篮: the articles that somebody wants, each once, in the order in which they came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import DomainError
from app.services.counter_person import CounterPerson
from app.services.goods import GoodsView
from app.services.redemption_slips import SlipLine


@dataclass(frozen=True, slots=True)
class BasketLine:
    """An article in the basket; `number` counts from 1."""

    number: int
    view: GoodsView
    quantity: int

    @property
    def points(self) -> int:
        return self.view.points * self.quantity

    @property
    def left(self) -> int:
        """What stands on the shelf afterwards."""
        return self.view.on_hand - self.quantity

    @property
    def slip_line(self) -> SlipLine:
        """As it will stand on the slip."""
        view = self.view
        return SlipLine(view.id, view.name, view.spec, view.unit, view.points, self.quantity)


class Lines:
    """Never changed: every step gives other lines."""

    def __init__(self, wanted: Sequence[tuple[GoodsView, int]] = ()) -> None:
        some = ((view, quantity) for view, quantity in wanted if quantity > 0)
        self._lines = [BasketLine(i, view, count) for i, (view, count) in enumerate(some, start=1)]

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[BasketLine]:
        return iter(self._lines)

    def __getitem__(self, place: int) -> BasketLine:
        return self._lines[place]

    @property
    def points(self) -> int:
        return sum(line.points for line in self)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self)

    @property
    def wanted(self) -> tuple[tuple[int, int], ...]:
        """(goods id, quantity), as they are booked and put aside."""
        return tuple((line.view.id, line.quantity) for line in self)

    def quantity_of(self, goods_id: int) -> int:
        return sum(line.quantity for line in self if line.view.id == goods_id)

    def place_of(self, goods_id: int) -> int:
        """Its line, counted from 0; behind the last where it is not there yet."""
        return next((i for i, one in enumerate(self) if one.view.id == goods_id), len(self))

    def with_quantity(self, view: GoodsView, quantity: int) -> "Lines":
        """So many of an article; 0 takes it out."""
        wanted = [(line.view, line.quantity) for line in self]
        place = self.place_of(view.id)
        wanted[place : place + 1] = [(view, quantity)]
        return Lines(wanted)

    def renewed(self, views: Mapping[int, GoodsView]) -> "Lines":
        """With what is known of the articles now; who is gone is left out."""
        kept = (line for line in self if line.view.id in views)
        return Lines([(views[line.view.id], line.quantity) for line in kept])


def became(before: Lines, now: Lines) -> str:
    """What became of articles while they lay in a basket: gone, or dearer; '' for nothing."""
    there, said = {line.view.id: line.view for line in now}, []
    for old in (line.view for line in before):
        view = there.get(old.id)
        if view is None:
            said.append(f"“{old.name}”已经删除，不在篮子里了")
        elif view.points != old.points:
            said.append(f"“{old.name}”由 {old.points} 分改成了 {view.points} 分")
    return f"{'；'.join(said)}。请和居民核对。" if said else ""


def check_there(person: CounterPerson, view: GoodsView, quantity: int) -> None:
    """Raises DomainError where there are not so many for this person."""
    there = person.may_have(view)
    if not view.on_shelf:
        raise DomainError(f"“{view.name}”已经下架，不能兑换。")
    if not there:
        aside = "，剩下的都已经预约给别人" if view.on_hand else ""
        raise DomainError(f"“{view.name}”缺货{aside}。")
    if quantity > there:
        raise DomainError(f"“{view.name}”只有 {there} {view.unit}，不能再加。")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the basket can go, in words; `excusable` where a reason lets it through."""

    words: str
    ok: bool
    excusable: bool = False


def verdict(person: CounterPerson | None, lines: Lines, against: str) -> Verdict:
    """Whether somebody may have these; `against` is what the shop's rules say, '' for nothing."""
    if person is None:
        return Verdict("", ok=False)
    if person.available.frozen:
        return Verdict("账户冻结，不能兑换", ok=False)
    if against:
        return Verdict(against, ok=False, excusable=True)
    if not lines:
        return Verdict("还没有商品", ok=False)
    missing = lines.points - person.available.points
    if missing > 0:
        return Verdict(f"差 {missing} 分", ok=False)
    for line in lines:
        if not line.view.on_shelf:
            return Verdict(f"{line.view.name}已经下架", ok=False)
        if line.quantity > person.may_have(line.view):
            return Verdict(f"{line.view.name}不够", ok=False)
    return Verdict(f"{lines.pieces} 件，积分够、库存够", ok=True)
