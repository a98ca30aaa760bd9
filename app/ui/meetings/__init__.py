"""The page 议事: topics, meetings, resolutions, bodies, 大党委, lists, the fund."""
