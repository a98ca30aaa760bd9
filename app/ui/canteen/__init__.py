"""食堂: meals at the counter, orders and deliveries, menus, claims, accounts."""
