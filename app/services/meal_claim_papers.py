"""What stands on the papers of a settlement: the table with every meal, each payer's own form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy.orm import Session

from app.models import Payer
from app.reports.meal_claim_form import Correction, FormLine, MealClaimForms, PayerForm
from app.reports.meal_settlement import MealSettlement, PayerRow, TierRow
from app.reports.table import Column
from app.services import (
    canteens,
    meal_claim_lines,
    meal_claim_units,
    meal_claim_views,
    meal_claims,
    papers,
)
from app.services.meal_claim_lines import ClaimLine
from app.services.meal_claim_units import Units
from app.services.meal_claim_views import ClaimView
from app.services.meal_claims import (
    FEE,
    MEALS,
    PAID,
    PAYER_KEYS,
    PEOPLE,
    PRICE,
    Matrix,
    Sums,
    TierLine,
)
from app.services.papers import Printing
from app.services.periods import month as month_of
from app.services.points_filter import first_of, month_words
from app.values.figures import figure
from app.values.money import in_capitals, yuan

_HEADINGS = {PEOPLE: "人数", MEALS: "餐次", PRICE: "餐费", FEE: "送餐费", PAID: "本人付"}
_DRAFT = "还没有制表签字，数字会变"


def settlement(
    session: Session, canteen_id: int, month: int, printing: Printing
) -> tuple[MealSettlement, list[int]]:
    """补贴结算表 with the list of every meal, and the residents on it; raises SeesSomeGrids."""
    found = meal_claims.matrix(session, canteen_id, month)
    claim = meal_claim_views.claim(session, canteen_id, month)
    names = {one.key: one.name for one in found.lines}
    lines = list(meal_claim_lines.all_lines(session, canteen_id, month))
    days = month_of(first_of(month))
    corrected = "、".join(f"{one % 100} 月" for one in found.corrected)
    paper = MealSettlement(
        office=papers.committee(session),
        canteen=canteens.name_of(session, canteen_id),
        month=month_words(month),
        days=f"{days.first:%Y-%m-%d} 至 {days.last:%Y-%m-%d}",
        headings=tuple(_heading(column) for column in found.columns),
        tiers=tuple(TierRow(one.name, one.gives, _figures(found, one.sums)) for one in found.lines),
        total=TierRow("合计", "", _figures(found, found.total)),
        difference=TierRow(
            f"{corrected}差额", "已提交月份的更正", _figures(found, found.difference)
        )
        if found.corrects
        else None,
        claims=tuple(_claims(found)),
        detail_columns=_detail_columns(found),
        details=list(_details(found, lines, names)),
        maker=claim.prepared_by if claim else "",
        signer=claim.signed_by if claim else "",
        draft=draft_words(claim, found),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return paper, people_of(lines)


def forms(
    session: Session,
    canteen_id: int,
    month: int,
    printing: Printing,
    payers: Sequence[Payer] = (),
) -> tuple[MealClaimForms, list[int]]:
    """Each payer's own form, of all or of some, and the residents whose corrections are on it."""
    found = meal_claims.matrix(session, canteen_id, month)
    claim = meal_claim_views.claim(session, canteen_id, month)
    place = canteens.canteen(session, canteen_id)
    corrections = _corrections(session, found)
    each = meal_claim_units.units(session, canteen_id, month)
    wanted = [one for one in found.payers if not payers or one in payers]
    paper = MealClaimForms(
        office=papers.committee(session),
        canteen=place.name if place else "",
        operator=place.operator if place else "",
        month=month_words(month),
        forms=tuple(payer_form(found, payer, corrections, each) for payer in wanted),
        maker=claim.prepared_by if claim else "",
        signer=claim.signed_by if claim else "",
        signed_on=claim.signed_on if claim else None,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return paper, people_of(corrections)


def payer_form(
    found: Matrix, payer: Payer, corrections: Sequence[ClaimLine], each: Units
) -> PayerForm:
    """One payer's page: the tiers that it bears a part of, its differences, what it is asked."""
    borne = [one for one in found.lines if one.sums.shares.of(payer)]
    difference = found.difference.shares.of(payer)
    claimed = found.claimed(payer)
    # Corrections that come to nothing for this payer are none of its business.
    theirs = [one for one in corrections if difference and one.shares.of(payer)]
    return PayerForm(
        payer=payer.label,
        lines=tuple(_form_line(one, payer, each.get((one.key, payer))) for one in borne),
        people=figure(sum(one.sums.people for one in borne)),
        meals=figure(sum(one.sums.meals for one in borne)),
        of_month=yuan(found.total.shares.of(payer)),
        corrections=tuple(_correction(one, payer) for one in theirs),
        difference=yuan(difference) if theirs else "",
        claimed=yuan(claimed),
        in_capitals=in_capitals(claimed),
    )


def draft_words(claim: ClaimView | None, found: Matrix) -> str:
    """What stands on a paper whose figures were not signed as they are."""
    return "" if claim and claim.prepared_on and claim.tells(found) else _DRAFT


def people_of(lines: Sequence[ClaimLine]) -> list[int]:
    """The residents of these lines, each once."""
    return list(dict.fromkeys(one.resident_id for one in lines if one.resident_id is not None))


def _heading(column: str) -> str:
    return _HEADINGS.get(column) or Payer.of(column).label


def _figures(found: Matrix, sums: Sums) -> tuple[str, ...]:
    return tuple(_text(column, sums.of(column)) for column in found.columns)


def _text(column: str, number: int) -> str:
    if column in (PEOPLE, MEALS):
        return figure(number) if number else "—"
    return "—" if column in PAYER_KEYS and not number else yuan(number)


def _claims(found: Matrix) -> Iterator[PayerRow]:
    for payer in found.payers:
        difference = found.difference.shares.of(payer)
        yield PayerRow(
            payer.label,
            yuan(found.total.shares.of(payer)),
            yuan(difference) if found.corrects else "—",
            yuan(found.claimed(payer)),
        )


# -- the list of meals


def _detail_columns(found: Matrix) -> tuple[Column, ...]:
    return (
        Column("日期", 12),
        Column("餐次", 11),
        Column("姓名", 20),
        Column("年龄", 9, "right"),
        Column("档次", 25),
        *(Column(_heading(one), 16, "right") for one in _money(found)),
        Column("单号", 22),
    )


def _details(
    found: Matrix, lines: Sequence[ClaimLine], names: dict[meal_claims.TierKey, str]
) -> Iterator[tuple[str, ...]]:
    money = _money(found)
    # Of thousands of lines, a few dozen amounts.
    amount = cache(yuan)
    for one in lines:
        key = meal_claims.TierKey(one.rule_id, one.rule_id is None and one.resident_id is None)
        yield (
            f"{one.on_date:%m-%d}",
            one.period.label,
            one.name,
            "" if one.age is None else str(one.age),
            names.get(key, ""),
            *(amount(_of(one, column)) if _told(one, column) else "" for column in money),
            f"{one.number} 冲 {one.reverses[2:]}" if one.reverses else one.number,
        )


def _money(found: Matrix) -> list[str]:
    return [column for column in found.columns if column not in (PEOPLE, MEALS)]


def _told(one: ClaimLine, column: str) -> bool:
    """What a payer does not bear is left white: there are thousands of lines."""
    return column not in PAYER_KEYS or bool(_of(one, column))


def _of(one: ClaimLine, column: str) -> int:
    return int(getattr(one.shares if column in PAYER_KEYS else one, column))


# -- a payer's form


def _form_line(line: TierLine, payer: Payer, each: int | None) -> FormLine:
    amount, sums = line.sums.shares.of(payer), line.sums
    return FormLine(
        tier=line.name,
        each=yuan(each) if each is not None else "",
        people=figure(sums.people) if sums.people else "—",
        meals=figure(sums.meals),
        amount=yuan(amount),
    )


def _corrections(session: Session, found: Matrix) -> list[ClaimLine]:
    if not found.corrects:
        return []
    all_of_it = meal_claim_lines.Figure(
        canteen_id=found.canteen_id, month=found.month, tier=None, column=MEALS, corrections=True
    )
    return meal_claim_lines.lines(session, meal_claim_lines.line_ids(session, all_of_it))


def _correction(one: ClaimLine, payer: Payer) -> Correction:
    words = f"撤销 {one.reverses}" if one.reverses else "补记"
    return Correction(
        on_date=one.on_date.isoformat(),
        number=one.number,
        name=one.name,
        words=words,
        amount=yuan(one.shares.of(payer)),
    )
