"""Engines that link: in memory (the judge), on DuckDB and arrays (a year of the world), on Spark (past one machine)."""
