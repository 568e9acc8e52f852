"""The casebook on a database: SQLite for one server, PostgreSQL in service."""
