"""统计: meals by tier, period and trend, who stays away, opinions."""
