"""The tab 大党委."""
