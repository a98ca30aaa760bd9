"""The papers that the program can print, in the order in which they are offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.reports import (
    activity_sheet,
    ballot,
    body_roster,
    box_label,
    calibration,
    care_slip,
    certificate,
    day_sheet,
    delivery_sheet,
    diary_month,
    diary_sheet,
    donations,
    door_menu,
    door_notice,
    envelopes,
    food_day,
    fund_book,
    handover,
    happiness_bill,
    honor,
    info_sheet,
    invitation,
    joint_register,
    kitchen_sheet,
    labels,
    listing,
    matter_sheet,
    meal_claim_form,
    meal_notice,
    meal_receipt,
    meal_register,
    meal_settlement,
    meal_sign_in,
    meal_statement,
    meal_takings,
    meal_voucher_sheet,
    meeting_sheet,
    meeting_summary,
    minutes,
    notice,
    notice_board,
    opinion_card,
    organisation_plan,
    passbook,
    plain_notice,
    points_notice,
    points_register,
    points_statistics,
    price_list,
    privacy_notice,
    progress_sheet,
    receipt_form,
    receipt_sheet,
    recovery_sheet,
    redemption_register,
    refusal,
    request_answer,
    resolution_paper,
    roster,
    sample_label,
    shelf_label,
    sign_in,
    slip,
    star_list,
    stock_register,
    stocktake_sheet,
    subsidy_notice,
    tally_sheet,
    thanks,
    three_lists,
    topic_slip,
    visit_form,
    visit_list,
    volunteer_cards,
    voucher,
    week_menu,
)


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its key, its title, the class of its data, and the function that draws."""

    key: str
    title: str
    data: type
    render: Callable[[Any], bytes]


PAPERS = (
    Paper("certificate", certificate.TITLE, certificate.Certificate, certificate.render),
    Paper("certificate_blocks", "分栏证明", certificate.Certificate, certificate.render),
    Paper("honor", honor.TITLE, certificate.Certificate, certificate.render),
    Paper("refusal", refusal.TITLE, refusal.Refusal, refusal.render),
    Paper(
        "request_answer", request_answer.TITLE, request_answer.RequestAnswer, request_answer.render
    ),
    Paper("info_sheet", info_sheet.TITLE, info_sheet.InfoSheet, info_sheet.render),
    Paper("roster", roster.TITLE, roster.Roster, roster.render),
    Paper("listing", listing.TITLE, listing.Listing, listing.render),
    Paper("meal_sign_in", meal_sign_in.TITLE, meal_sign_in.MealSignIn, meal_sign_in.render),
    Paper("meal_register", meal_register.TITLE, meal_register.MealRegister, meal_register.render),
    Paper("sign_in", sign_in.TITLE, sign_in.SignIn, sign_in.render),
    Paper(
        "activity_sheet", activity_sheet.TITLE, activity_sheet.ActivitySheet, activity_sheet.render
    ),
    Paper("body_roster", body_roster.TITLE, body_roster.BodyRoster, body_roster.render),
    Paper("meeting_sheet", meeting_sheet.TITLE, meeting_sheet.MeetingSheet, meeting_sheet.render),
    Paper("invitation", invitation.TITLE, invitation.Invitations, invitation.render),
    Paper("receipt_form", receipt_form.TITLE, receipt_form.ReceiptForm, receipt_form.render),
    Paper("visit_form", visit_form.TITLE, visit_form.VisitForms, visit_form.render),
    Paper("visit_list", visit_list.TITLE, visit_list.VisitList, visit_list.render),
    Paper("day_sheet", day_sheet.TITLE, day_sheet.DaySheet, day_sheet.render),
    Paper(
        "delivery_sheet", delivery_sheet.TITLE, delivery_sheet.DeliverySheets, delivery_sheet.render
    ),
    Paper("care_slip", care_slip.TITLE, care_slip.CareSlip, care_slip.render),
    Paper("kitchen_sheet", kitchen_sheet.TITLE, kitchen_sheet.KitchenSheet, kitchen_sheet.render),
    Paper("box_label", box_label.TITLE, box_label.BoxLabels, box_label.render),
    Paper("diary_sheet", diary_sheet.TITLE, diary_sheet.DiarySheet, diary_sheet.render),
    Paper("diary_month", diary_month.TITLE, diary_month.DiaryMonth, diary_month.render),
    Paper(
        "privacy_notice", privacy_notice.TITLE, privacy_notice.PrivacyNotice, privacy_notice.render
    ),
    Paper("labels", labels.TITLE, labels.Labels, labels.render),
    Paper("envelopes", envelopes.TITLE, envelopes.Envelopes, envelopes.render),
    Paper("notice", notice.TITLE, notice.Notice, notice.render),
    Paper("door_notice", door_notice.TITLE, door_notice.DoorNotice, door_notice.render),
    Paper("plain_notice", plain_notice.TITLE, plain_notice.PlainNotice, plain_notice.render),
    Paper(
        "happiness_bill", happiness_bill.TITLE, happiness_bill.HappinessBill, happiness_bill.render
    ),
    Paper(
        "resolution_paper",
        resolution_paper.TITLE,
        resolution_paper.ResolutionPaper,
        resolution_paper.render,
    ),
    Paper(
        "progress_sheet", progress_sheet.TITLE, progress_sheet.ProgressSheet, progress_sheet.render
    ),
    Paper("matter_sheet", matter_sheet.TITLE, matter_sheet.MatterSheet, matter_sheet.render),
    Paper("points_notice", points_notice.TITLE, points_notice.PointsNotice, points_notice.render),
    Paper(
        "points_statistics",
        points_statistics.TITLE,
        points_statistics.PointsStatistics,
        points_statistics.render,
    ),
    Paper("passbook", passbook.TITLE, passbook.Passbook, passbook.render),
    Paper(
        "points_register",
        points_register.TITLE,
        points_register.PointsRegister,
        points_register.render,
    ),
    Paper(
        "redemption_register",
        redemption_register.TITLE,
        redemption_register.RedemptionRegister,
        redemption_register.render,
    ),
    Paper("slip", slip.TITLE, slip.Slip, slip.render),
    Paper("voucher", voucher.TITLE, voucher.Voucher, voucher.render),
    Paper(
        "organisation_plan",
        organisation_plan.TITLE,
        organisation_plan.OrganisationPlan,
        organisation_plan.render,
    ),
    Paper("notice_board", notice_board.TITLE, notice_board.NoticeBoards, notice_board.render),
    Paper(
        "volunteer_cards",
        volunteer_cards.TITLE,
        volunteer_cards.VolunteerCards,
        volunteer_cards.render,
    ),
    Paper("star_list", star_list.TITLE, star_list.StarList, star_list.render),
    Paper("handover", handover.TITLE, handover.Handover, handover.render),
    Paper("calibration", calibration.TITLE, calibration.Calibration, calibration.render),
    Paper(
        "recovery_sheet", recovery_sheet.TITLE, recovery_sheet.RecoverySheet, recovery_sheet.render
    ),
    Paper(
        "joint_register", joint_register.TITLE, joint_register.JointRegister, joint_register.render
    ),
    Paper("three_lists", three_lists.TITLE, three_lists.ThreeList, three_lists.render),
    Paper("minutes", minutes.TITLE, minutes.Minutes, minutes.render),
    Paper(
        "meeting_summary",
        meeting_summary.TITLE,
        meeting_summary.MeetingSummary,
        meeting_summary.render,
    ),
    Paper("fund_book", fund_book.TITLE, fund_book.FundBook, fund_book.render),
    Paper("price_list", price_list.TITLE, price_list.PriceList, price_list.render),
    Paper("shelf_label", shelf_label.TITLE, shelf_label.ShelfLabels, shelf_label.render),
    Paper(
        "stock_register", stock_register.TITLE, stock_register.StockRegister, stock_register.render
    ),
    Paper(
        "stock_turnover",
        stock_register.TURNOVER_TITLE,
        stock_register.StockTurnover,
        stock_register.render_turnover,
    ),
    Paper(
        "stocktake_sheet",
        stocktake_sheet.TITLE,
        stocktake_sheet.StocktakeSheet,
        stocktake_sheet.render,
    ),
    Paper("receipt_sheet", receipt_sheet.TITLE, receipt_sheet.ReceiptSheet, receipt_sheet.render),
    Paper("donations", donations.TITLE, donations.Donations, donations.render),
    Paper("thanks", thanks.TITLE, thanks.Thanks, thanks.render),
    Paper(
        "subsidy_notice",
        subsidy_notice.TITLE,
        subsidy_notice.SubsidyNotice,
        subsidy_notice.render,
    ),
    Paper(
        "meal_settlement",
        meal_settlement.TITLE,
        meal_settlement.MealSettlement,
        meal_settlement.render,
    ),
    Paper(
        "meal_claim_form",
        meal_claim_form.TITLE,
        meal_claim_form.MealClaimForms,
        meal_claim_form.render,
    ),
    Paper("meal_receipt", meal_receipt.TITLE, meal_receipt.MealReceipt, meal_receipt.render),
    Paper("meal_statement", meal_statement.TITLE, meal_statement.Statement, meal_statement.render),
    Paper("meal_takings", meal_takings.TITLE, meal_takings.MealTakings, meal_takings.render),
    Paper(
        "meal_vouchers",
        meal_voucher_sheet.TITLE,
        meal_voucher_sheet.VoucherSheet,
        meal_voucher_sheet.render,
    ),
    Paper("week_menu", week_menu.TITLE, week_menu.WeekMenu, week_menu.render),
    Paper("door_menu", door_menu.TITLE, door_menu.DoorMenu, door_menu.render),
    Paper("food_day", food_day.TITLE, food_day.FoodDay, food_day.render),
    Paper("sample_label", sample_label.TITLE, sample_label.SampleLabels, sample_label.render),
    Paper("topic_slip", topic_slip.TITLE, topic_slip.TopicSlips, topic_slip.render),
    Paper("opinion_card", opinion_card.TITLE, opinion_card.OpinionCards, opinion_card.render),
    Paper("meal_prices", price_list.MEALS_TITLE, price_list.PriceList, price_list.render),
    Paper("meal_notice", meal_notice.TITLE, meal_notice.MealNotice, meal_notice.render),
    Paper("ballots", ballot.TITLE, ballot.Ballots, ballot.render),
    Paper("tally_sheet", tally_sheet.TITLE, tally_sheet.TallySheet, tally_sheet.render),
)


def paper(key: str) -> Paper:
    """The paper called `key`; KeyError if there is none."""
    return {entry.key: entry for entry in PAPERS}[key]
