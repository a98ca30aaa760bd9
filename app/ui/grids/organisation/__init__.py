"""组织: the two trees, who holds which post, and the plan of it."""
