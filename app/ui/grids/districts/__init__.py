"""网格楼栋: the tree of grids and buildings, one grid's facts, and who carries how much."""
