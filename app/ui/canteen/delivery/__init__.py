"""送餐: the board of a day, routes with their stops, who did not answer."""
