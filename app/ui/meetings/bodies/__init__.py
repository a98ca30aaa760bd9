"""The tab 组织."""
