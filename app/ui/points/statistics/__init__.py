"""统计: points and hours by type, team, age and month, on the screen, as a workbook, on paper."""
