"""The tab 会议."""
