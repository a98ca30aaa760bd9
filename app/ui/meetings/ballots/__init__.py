"""表决票: issued, printed, and typed back by number or code."""
