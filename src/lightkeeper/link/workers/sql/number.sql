-- Each report's place in the order of ids, counted from 0: its place in its part of the list, after all parts before.
SELECT s.id, s.place, s.here + p.before AS report
FROM (SELECT id, place, spark_partition_id() AS part, monotonically_increasing_id() & 8589934591 AS here FROM {sorted}) s
JOIN {parts} p ON p.part = s.part
