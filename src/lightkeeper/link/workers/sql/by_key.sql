-- Groups that share a key which few groups have: each two of them, or of many each with the largest.
WITH shared AS (
  SELECT s.*, p.held, p.kin, count_if(s.size >= :ESTABLISHED) OVER (PARTITION BY s.token) > 1 AS public,
    row_number() OVER (PARTITION BY s.token ORDER BY s.size DESC, s.grp) AS place
  FROM {shown} s JOIN {spread} p ON p.token = s.token
  WHERE s.kind <> :NAME AND p.held BETWEEN 2 AND most_groups(s.kind)
)
SELECT x.grp AS big, y.grp AS small, x.size AS big_size, y.size AS small_size, key_class(x.kind, x.held, x.public, x.kin) AS row,
  x.token AS key, 0L AS other_key, x.kind AS kind, -1 AS other_kind, x.holder AS report, y.holder AS other_report
FROM shared x JOIN shared y ON x.token = y.token AND x.place < y.place AND (x.held <= :CROWD OR x.place = 1)
