-- What the index keeps. Portable between SQLite and PostgreSQL (BYTES is what each calls it); every table is asked by
-- its key alone. The names begin with link_, because a team's own database holds them beside its casebook.
CREATE TABLE IF NOT EXISTS link_report (number BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, suspect BIGINT NOT NULL, keys BYTES NOT NULL);
CREATE INDEX IF NOT EXISTS link_report_suspect ON link_report (suspect, number);
CREATE TABLE IF NOT EXISTS link_suspect (number BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, size BIGINT NOT NULL, seen BYTES NOT NULL);
CREATE TABLE IF NOT EXISTS link_shown (token BIGINT NOT NULL, suspect BIGINT NOT NULL, count BIGINT NOT NULL, report BIGINT NOT NULL, PRIMARY KEY (token, suspect));
CREATE TABLE IF NOT EXISTS link_common (token BIGINT PRIMARY KEY, suspects BIGINT NOT NULL, reports BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS link_band (band BIGINT NOT NULL, script BIGINT NOT NULL, PRIMARY KEY (band, script));
CREATE TABLE IF NOT EXISTS link_script (script BIGINT PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS link_image (number BIGINT PRIMARY KEY, token BIGINT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS link_told (number BIGINT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS link_known (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS link_decision (a TEXT NOT NULL, b TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (a, b));
CREATE INDEX IF NOT EXISTS link_decision_b ON link_decision (b, a);
