"""柜台: who stands there, what is taken, what remains."""
