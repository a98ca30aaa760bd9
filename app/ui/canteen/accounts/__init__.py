"""账户: what people have paid in or owe for meals, vouchers, and the months of that book."""
