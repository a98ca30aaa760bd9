"""诉求: the board of requests, the same as a table, the form, and every step of their life."""
