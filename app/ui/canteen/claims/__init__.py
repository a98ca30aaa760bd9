"""结算: a month by tier and payer, the meals behind any figure, the claim to each payer."""
