-- The sightings of values that two reports at least have, the value as a number; near-equal ones stay as they are.
SELECT k.id, k.source, k.kind, xxhash64(k.kind, k.value) AS value, CAST(NULL AS STRING) AS text
FROM seen k JOIN (SELECT kind, value FROM seen WHERE kind < 7 GROUP BY kind, value HAVING count(DISTINCT id) > 1) s
  ON s.kind = k.kind AND s.value = k.value
UNION ALL
SELECT id, source, kind, CAST(0 AS BIGINT), value FROM seen WHERE kind >= 7
