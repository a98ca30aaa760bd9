"""Foreign spreadsheets -> validated rows: pure functions, no database, no window."""
