"""The steps, one module each: `upgrade(op)` with Alembic's Operations."""
