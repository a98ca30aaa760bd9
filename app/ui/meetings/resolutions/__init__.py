"""The tab 决议."""
