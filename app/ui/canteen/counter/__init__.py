"""柜台: who comes to eat, what it costs, what was logged."""
