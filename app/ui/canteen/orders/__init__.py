"""订餐: what somebody gets every week, and what is to be cooked and carried on a day."""
