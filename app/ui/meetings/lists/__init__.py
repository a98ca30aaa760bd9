"""The tab 清单."""
