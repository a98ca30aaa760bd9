"""积分超市: the counter, volunteers and activities, the books, the stock."""
