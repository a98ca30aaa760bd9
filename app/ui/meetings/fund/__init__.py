"""The tab 经费."""
