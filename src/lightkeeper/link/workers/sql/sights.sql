-- What two reports at least have, near-equal pictures and scripts as one; the first of a report's identifiers keeps a key.
WITH each AS (
  SELECT s.report, s.kind, coalesce(f.component, s.token) AS token, min(s.source) AS source
  FROM {seen} s LEFT JOIN {families} f ON f.node = s.token GROUP BY 1, 2, 3
)
SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY token) AS reports_with FROM each) WHERE reports_with > 1
