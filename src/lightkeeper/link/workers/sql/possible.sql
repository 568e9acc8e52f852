-- For each group the best links that joined nothing, for an officer to look at.
WITH apart AS (
  SELECT least(x.grp, y.grp) AS one, greatest(x.grp, y.grp) AS other
  FROM {never} n JOIN {member} x ON x.report = n.a JOIN {member} y ON y.report = n.b
), still AS (
  SELECT s.*, row_number() OVER (PARTITION BY s.small, s.big ORDER BY s.score DESC, s.report, s.other_report, s.key) AS nth
  FROM {scored} s JOIN {member} x ON x.report = s.report JOIN {member} y ON y.report = s.other_report
  WHERE s.score > :SHOWN AND x.grp <> y.grp
    AND NOT EXISTS (SELECT 1 FROM apart a WHERE a.one = least(x.grp, y.grp) AND a.other = greatest(x.grp, y.grp))
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY small ORDER BY score DESC, big, report, other_report) AS place FROM still WHERE nth = 1
)
SELECT report AS a, other_report AS b, 2 AS rests_on, kind, other_kind, belief AS weight, rest FROM ranked WHERE place <= :MOST_SHOWN
