"""What hangs on the board of a month's subsidies: sums by tier, names masked (domain.md 10.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.reports.meal_notice import MealNotice, NoticePerson, NoticeTier
from app.services import canteens, meal_claim_views, meal_claims, papers, settings
from app.services.meal_claim_papers import draft_words
from app.services.meal_claim_views import ClaimView
from app.services.meal_claims import PORTIONS, Matrix, Sums, of_the_month, within
from app.services.meal_shares import NOBODY
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.figures import figure
from app.values.masking import mask_name_public
from app.values.money import yuan
from app.values.pinyin import sort_key


def notice(session: Session, canteen_id: int, month: int, printing: Printing) -> MealNotice:
    """The list of a month; raises SeesSomeGrids for whoever does not see everybody."""
    found = meal_claims.matrix(session, canteen_id, month)
    claim = meal_claim_views.claim(session, canteen_id, month)
    place = canteens.canteen(session, canteen_id)
    return MealNotice(
        office=papers.committee(session),
        canteen=place.name if place else "",
        month=month_words(month),
        tiers=tuple(_tiers(found)),
        total=_tier("合计", "", _given(found)),
        people=tuple(people(session, canteen_id, month)),
        public=_public(session, claim),
        notes=f"补贴金额按档次汇总，不逐人列出。{_contact(session, place.phone if place else '')}",
        signer=claim.signed_by if claim else "",
        draft=draft_words(claim, found),
        printed_on=printing.at.date(),
    )


def people(source: Source, canteen_id: int, month: int) -> Iterator[NoticePerson]:
    """Who was subsidised, by pinyin; where two look alike behind the mask, with their building."""
    given = Sql("m.rule_id IS NOT NULL AND m.resident_id IS NOT NULL")
    asked = query(
        f"r.id, r.name, b.number, sum({PORTIONS})",
        """meal AS m JOIN resident AS r ON r.id = m.resident_id
        LEFT JOIN dwelling AS d ON d.id = r.dwelling_id
        LEFT JOIN building AS b ON b.id = d.building_id""",
        [*within(canteen_id, month), of_the_month(month), given],
        f"GROUP BY r.id, r.name, b.number HAVING sum({PORTIONS}) > 0",
    )
    rows = sorted(lookup_of(source).rows(asked), key=lambda row: (sort_key(row[1]), row[0]))
    alike = Counter(mask_name_public(row[1]) for row in rows)
    for _, name, building, meals in rows:
        masked = mask_name_public(name)
        where = f"（{building} 号楼）" if alike[masked] > 1 and building else ""
        yield NoticePerson(masked + where, figure(meals))


def _tiers(found: Matrix) -> Iterator[NoticeTier]:
    for line in found.lines:
        if line.key.rule_id is not None:
            yield _tier(line.name, line.gives, line.sums)


def _tier(name: str, gives: str, sums: Sums) -> NoticeTier:
    people = figure(sums.people) if sums.people else "—"
    return NoticeTier(name, gives, people, figure(sums.meals), yuan(sums.shares.total))


def _given(found: Matrix) -> Sums:
    """Of those with a tier; who ate at the full price is not made public."""
    paid = [one.sums for one in found.lines if one.key.rule_id is not None]
    return Sums(
        people=sum(one.people for one in paid),
        meals=sum(one.meals for one in paid),
        shares=sum((one.shares for one in paid), NOBODY),
    )


def _public(session: Session, claim: ClaimView | None) -> str:
    if claim is None or claim.posted_on is None or claim.public_until is None:
        return f"公示期 张贴之日起 {settings.value(session, settings.CLAIM_NOTICE_DAYS)} 天"
    return f"公示期 {claim.posted_on:%Y-%m-%d} 至 {claim.public_until:%Y-%m-%d}"


def _contact(session: Session, phone: str) -> str:
    known = phone or papers.public_phone(session)
    return f"有异议请在公示期内告诉社区{f'，电话 {known}' if known else ''}。"
