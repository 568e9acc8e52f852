-- The group that suits each group best, if the evidence is above the bar; the strongest are joined first.
SELECT monotonically_increasing_id() AS star, -score AS rank, shiftleft(report, 32) + other_report AS turn,
  least(1.0D, exp(-score)) AS risk, array(report, other_report) AS members, *
FROM (
  SELECT *, row_number() OVER (PARTITION BY small ORDER BY score DESC, big, key, other_key) AS nth
  FROM {scored} WHERE score > bar(small_size)
) WHERE nth = 1
