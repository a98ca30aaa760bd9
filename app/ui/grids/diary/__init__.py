"""The tab 平安日记."""
