"""走访: who is due, the day sheet and its way back, what was found, and who was not at home."""
