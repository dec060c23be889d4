"""What is kept: tables, queries and migrations. SQLAlchemy, no Flask.

All tables are imported together: they refer to one another by name.
"""

from a2p.store import access_tables, letter_tables, outcome_tables, region_tables, round_tables, tables

__all__ = ["access_tables", "letter_tables", "outcome_tables", "region_tables", "round_tables", "tables"]
