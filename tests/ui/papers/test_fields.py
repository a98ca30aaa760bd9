"""What is typed into the fields of a certificate, and what stands on the paper."""

from datetime import date

import pytest

from app.services.certificates import Asked
from app.ui.kit import theme
from app.ui.kit.tokens import Mode
from app.ui.papers.certificates.asked_fields import DraftFields, control_for
from app.ui.papers.certificates.fields import CountLine, DayLine, PeriodLine, TextArea

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "answer"), [("18", "18"), ("18次", "18"), ("0", ""), ("21", ""), ("两", "")]
)
def test_a_count_stays_within_its_bounds(qtbot, typed, answer):
    line = CountLine(most=20)
    qtbot.addWidget(line)
    line.setText(typed)

    assert line.answer() == answer


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("kept", ["2026年1月1日至2026年11月20日", "2026-01-01至2026-11-20"])
def test_a_period_is_shown_as_typed_dates_and_printed_as_a_sentence(qapp, qtbot, mode, kept):
    theme.apply(qapp, mode)
    line = PeriodLine(TODAY)
    qtbot.addWidget(line)
    line.set_value(kept)

    assert (line.since.text(), line.until.text()) == ("2026-01-01", "2026-11-20")
    assert line.answer() == "2026年1月1日至2026年11月20日"
    assert line.fault() == ""


@pytest.mark.parametrize(
    ("since", "until"), [("2026-11-20", "2026-01-01"), ("2026-01-01", ""), ("2026-01-01", "什么")]
)
def test_a_period_with_a_fault_has_no_answer_that_could_be_printed(qtbot, since, until):
    line = PeriodLine(TODAY)
    qtbot.addWidget(line)
    line.since.setText(since)
    line.until.setText(until)

    assert line.fault()


def test_a_date_stands_on_the_paper_without_zeros(qtbot):
    line = DayLine(TODAY)
    qtbot.addWidget(line)
    line.setText("2026.1.5")

    assert line.answer() == "2026年1月5日"


def test_what_was_typed_wrong_is_kept_to_be_put_right(qtbot):
    fields = DraftFields((), TODAY)
    qtbot.addWidget(fields)
    fields.put({"copies": "三", "purpose": "申报 <b>星级</b> & 志愿者"})

    assert fields.tell_faults()
    assert fields.typed()["copies"] == "三"
    assert fields.standard()["purpose"] == "申报 <b>星级</b> & 志愿者"


def test_a_text_keeps_its_lines(qtbot):
    area = TextArea()
    qtbot.addWidget(area)
    area.setPlainText("助老陪伴\n楼道清洁\n")

    assert area.answer() == "助老陪伴\n楼道清洁"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("起止日期", PeriodLine),
        ("出生日期", DayLine),
        ("填:接收人数", TextArea),
    ],
)
def test_each_question_has_the_line_that_understands_it(qtbot, code, kind):
    asked = Asked(code, code, "", long=code.startswith("填:"))
    control = control_for(asked, TODAY)
    qtbot.addWidget(control)

    assert isinstance(control, kind)
