"""The tab 提事."""
