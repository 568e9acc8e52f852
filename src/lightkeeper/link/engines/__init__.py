"""Engines: in memory (the judge), DuckDB and arrays (a year of the world), Spark (past one machine)."""
