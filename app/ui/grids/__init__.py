"""The page 网格: a folder for each of its tabs."""
