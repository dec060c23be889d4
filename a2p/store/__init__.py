"""What is kept: tables, queries and migrations. SQLAlchemy, no Flask."""
