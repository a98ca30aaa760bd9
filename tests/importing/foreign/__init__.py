"""Rosters as other offices keep them, each with what must be found in it."""
