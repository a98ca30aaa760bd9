import pytest

from app.reports.flow import Strip, height, paginate


def strips(*heights: float) -> list[Strip]:
    return [Strip(value, lambda sheet, top: None) for value in heights]


def heights(pages: list) -> list[list[float]]:
    return [[strip.height for strip in page] for page in pages]


def test_what_fits_with_its_closing_stays_on_one_page() -> None:
    assert heights(paginate(strips(10, 10), 50, 100, 30)) == [[10, 10]]


def test_a_closing_that_does_not_fit_takes_two_lines_along() -> None:
    assert heights(paginate(strips(10, 10, 10, 10), 50, 100, 30)) == [[10, 10], [10, 10]]


def test_what_is_taller_than_the_first_page_waits_for_the_next() -> None:
    assert heights(paginate(strips(80, 10), 50, 100, 5)) == [[], [80, 10]]


def test_what_no_page_holds_is_not_put_off() -> None:
    assert heights(paginate(strips(10, 300, 10), 50, 100, 5)) == [[10], [300], [10]]


@pytest.mark.parametrize("count", range(60))
def test_no_strip_is_lost_and_every_page_holds_what_is_on_it(count: int) -> None:
    pages = paginate(strips(*[10] * count), 45, 95, 40)

    assert sum(map(len, pages)) == count
    assert height(pages[0]) <= 45
    assert all(height(page) <= 95 for page in pages[1:])
    assert height(pages[-1]) + 40 <= (95 if len(pages) > 1 else 45)
