"""月结: the seven steps of a month, the proof that its books agree, the list for the board."""
