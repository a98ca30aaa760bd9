"""Papers that the shop shows to everybody: prices, shelf labels, donors and their thanks."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.models import Action, Goods, StockReceipt
from app.reports.donations import Donation, Donations
from app.reports.labels import LabelSheet
from app.reports.price_list import PricedGoods, PriceList
from app.reports.shelf_label import ShelfLabel, ShelfLabels
from app.reports.thanks import Thanks
from app.services import donation_notice, goods, receipt_views, receipts
from app.services.goods import GoodsView
from app.services.papers import Printing, committee, public_phone
from app.services.receipt_views import ReceiptFilter
from app.services.redemption_slips import shop_name
from app.storage import journal

_OTHERS = "其他"
_NOTE = "以柜台当日库存为准。兑换只扣积分，不减少志愿服务时长。"


def price_list(session: Session, goods_ids: Sequence[int], *, today: date) -> PriceList:
    """价目表 of these articles, by kind; those without a kind last."""
    chosen = _chosen(session, goods_ids, today)
    kinds = sorted({one.kind for one in chosen}, key=lambda kind: (not kind, kind))
    named = len(kinds) > 1
    return PriceList(
        office=committee(session),
        shop=shop_name(session),
        groups=[
            (
                (kind or _OTHERS) if named else "",
                [_priced(one) for one in chosen if one.kind == kind],
            )
            for kind in kinds
        ],
        note=_NOTE,
        day=today,
    )


def shelf_labels(
    session: Session,
    goods_ids: Sequence[int],
    sheet: LabelSheet,
    *,
    start: int = 0,
    outline: bool = False,
    today: date,
) -> ShelfLabels:
    """货架标签 of these articles in this order."""
    return ShelfLabels(
        office=committee(session),
        sheet=sheet,
        labels=[_label(one) for one in _chosen(session, goods_ids, today)],
        sign=shop_name(session),
        start=start,
        outline=outline,
    )


def donations(session: Session, chosen: ReceiptFilter, printing: Printing) -> Donations:
    """爱心捐赠公示 of the gifts among some receipts; raises DomainError where there are none."""
    given = donation_notice.given(session, chosen)
    return Donations(
        office=committee(session),
        shop=shop_name(session),
        period=donation_notice.days_of(given),
        public=donation_notice.public_words(session, given),
        objections=_objections(session),
        lines=[
            Donation(
                on_date=f"{one.on_date:%Y-%m-%d}",
                giver=donation_notice.giver_of(one),
                goods=one.words,
                pieces=one.pieces,
            )
            for one in given
        ],
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def note_donations_printed(session: Session, chosen: ReceiptFilter) -> None:
    """Journal that these gifts were made public."""
    ids = [one.id for one in donation_notice.given(session, chosen)]
    journal.record_look(session, Action.PRINTED, StockReceipt, sorted(ids))


def thanks(session: Session, receipt_id: int, *, today: date) -> Thanks:
    """感谢信 for a donation, with what of it still stands."""
    found = receipt_views.receipt(session, receipt_id)
    return Thanks(
        office=committee(session),
        shop=shop_name(session),
        giver=found.giver,
        given_on=found.on_date,
        goods=[one.words for one in found.standing],
        pieces=found.pieces,
        day=today,
    )


def note_thanks_printed(session: Session, receipt_id: int, *, today: date) -> None:
    """Journal it, and write down that the donor was thanked."""
    receipts.note_thanked(session, receipt_id, on=today)
    journal.record_look(session, Action.PRINTED, StockReceipt, [receipt_id])


def note_goods_printed(session: Session, goods_ids: Sequence[int]) -> None:
    """Journal that a paper with these articles was printed or saved."""
    journal.record_look(session, Action.PRINTED, Goods, goods_ids)


def _objections(session: Session) -> str:
    phone = public_phone(session)
    return f"有异议请在公示期内告诉社区{f'，电话 {phone}' if phone else ''}。"


def _chosen(session: Session, goods_ids: Sequence[int], today: date) -> list[GoodsView]:
    known = goods.some(session, goods_ids, today)
    return [known[one] for one in goods_ids if one in known]


def _priced(one: GoodsView) -> PricedGoods:
    return PricedGoods(one.name, one.spec, str(one.points), f"分/{one.unit}", one.limit_words)


def _label(one: GoodsView) -> ShelfLabel:
    return ShelfLabel(
        name=one.name,
        spec=one.spec,
        unit=one.unit,
        points=one.points,
        number=one.number,
        code=one.label_code,
        shelf=one.shelf,
    )
