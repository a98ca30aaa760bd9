"""The tab 活动: planned, called for, attended, handed on for review."""
