"""What hangs on the board of a month's subsidies: sums by tier, names masked (domain.md 10.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.reports.meal_notice import MealNotice, NoticePerson, NoticeTier
from app.services import canteens, meal_claim_views, meal_claims, papers, settings
from app.services.meal_claim_views import ClaimView
from app.services.meal_claims import Matrix, of_the_month, within
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
    total = found.total
    return MealNotice(
        office=papers.committee(session),
        canteen=place.name if place else "",
        month=month_words(month),
        tiers=tuple(_tiers(found)),
        people=tuple(people(session, canteen_id, month)),
        sums=(
            f"{figure(total.people)} 人 {figure(total.meals)} 餐，"
            f"补贴合计 {yuan(total.shares.total)} 元"
        ),
        public=_public(session, claim),
        notes=f"补贴金额按档次汇总，不逐人列出。{_contact(session, place.phone if place else '')}",
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def people(source: Source, canteen_id: int, month: int) -> Iterator[NoticePerson]:
    """Who was subsidised, by pinyin; where two look alike behind the mask, with their building."""
    given = Sql("m.rule_id IS NOT NULL AND m.resident_id IS NOT NULL")
    asked = query(
        "r.id, r.name, b.number, sum(m.quantity)",
        """meal AS m JOIN resident AS r ON r.id = m.resident_id
        LEFT JOIN dwelling AS d ON d.id = r.dwelling_id
        LEFT JOIN building AS b ON b.id = d.building_id""",
        [*within(canteen_id, month), of_the_month(month), given],
        "GROUP BY r.id, r.name, b.number HAVING sum(m.quantity) > 0",
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
            count = f"{figure(line.sums.people)} 人 " if line.sums.people else ""
            words = f"{count}{figure(line.sums.meals)} 餐，补贴 {yuan(line.sums.shares.total)} 元"
            yield NoticeTier(f"{line.name}（{line.gives}）", words)


def _public(session: Session, claim: ClaimView | None) -> str:
    if claim is None or claim.posted_on is None or claim.public_until is None:
        return f"公示期 张贴之日起 {settings.value(session, settings.CLAIM_NOTICE_DAYS)} 天"
    return f"公示期 {claim.posted_on:%Y-%m-%d} 至 {claim.public_until:%Y-%m-%d}"


def _contact(session: Session, phone: str) -> str:
    known = phone or settings.value(session, settings.SUPERVISION_PHONE)
    known = known or settings.value(session, settings.OFFICE_PHONE)
    return f"有异议请在公示期内告诉社区{f'，电话 {known}' if known else ''}。"
