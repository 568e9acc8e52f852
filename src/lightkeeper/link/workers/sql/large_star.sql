-- Each node's larger neighbours are tied to its smallest one.
SELECT DISTINCT v AS a, least(u, smallest) AS b FROM (
  SELECT u, v, min(v) OVER (PARTITION BY u) AS smallest FROM (SELECT a AS u, b AS v FROM {edges} UNION ALL SELECT b, a FROM {edges})
) WHERE v > u
