"""设置 · 议事: by what is voted, and what meetings, 大党委 and the fund keep to."""
