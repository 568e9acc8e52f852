-- Of several doubtful pairs between the same two groups, the one that is least so.
SELECT * FROM {weighed} WHERE other_kind < 0
UNION ALL
SELECT * EXCEPT (nth) FROM (
  SELECT *, row_number() OVER (PARTITION BY big, small ORDER BY row, -round(other, 6), key, other_key) AS nth
  FROM {weighed} WHERE other_kind >= 0
) WHERE nth = 1
