"""Key and day of the offices in build/bench; imports next to nothing, a measured child reads it."""

from datetime import datetime

from app.clock import FixedClock

KEY = bytes(range(32))
CLOCK = FixedClock(datetime(2026, 11, 21, 9, 30))
