-- The groups of a doubtful pair of keys, each with the largest of them.
WITH holding AS (
  SELECT p.star, p.a, p.b, p.kind_a, p.kind_b, p.chance, m.grp, first(m.size) AS size, min(m.report) AS holder
  FROM (SELECT *, explode(members) AS report FROM {pairs} WHERE chance >= :PAIR_BAR AND chance < :PAIR_SEEN) p
  JOIN {member} m ON m.report = p.report GROUP BY 1, 2, 3, 4, 5, 6, 7
), ranked AS (SELECT *, row_number() OVER (PARTITION BY star ORDER BY size DESC, grp) AS place FROM holding)
SELECT x.grp AS big, y.grp AS small, x.size AS big_size, y.size AS small_size, pair_class(x.chance) AS row,
  x.a AS key, x.b AS other_key, x.kind_a AS kind, x.kind_b AS other_kind, x.holder AS report, y.holder AS other_report
FROM ranked x JOIN ranked y ON y.star = x.star AND x.place = 1 AND y.place > 1
