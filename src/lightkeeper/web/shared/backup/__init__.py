"""Backup and restore: one sealed file that holds a site's whole data folder and its databases.

Consistent while the site is running: SQLite through its own backup interface, PostgreSQL through `pg_dump`, each
database as it was at one moment. The file is a gzipped tar inside an age envelope, so that `age -d | tar xz`
opens it should this program be gone. The manifest inside names every file with its SHA-256.
"""
