"""菜谱: dishes, the menus of a week, what is sold out."""
