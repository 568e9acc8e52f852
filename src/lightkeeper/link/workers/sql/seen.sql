-- The keys of the first report of every id, each value as a number.
SELECT n.report, k.source, k.kind, xxhash64(k.kind, k.value) AS token, CASE WHEN k.kind >= :IMAGE THEN k.value END AS value
FROM {keys} k JOIN {numbers} n ON n.id = k.id AND n.place = k.place WHERE k.kind >= 0
