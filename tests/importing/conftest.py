"""Lets the shared checks of people.py say what differed."""

import pytest

pytest.register_assert_rewrite("tests.importing.people")
