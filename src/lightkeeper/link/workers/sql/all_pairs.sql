-- Every pair of keys from different identifiers of one report: who has it, and how many would by chance in one world.
SELECT *, by_chance(kind_a, with_a, kind_b, with_b, :reports, 1.0D) AS chance FROM (
  SELECT x.token AS a, y.token AS b, first(x.kind) AS kind_a, first(y.kind) AS kind_b, first(x.reports_with) AS with_a,
    first(y.reports_with) AS with_b, array_sort(collect_list(x.report)) AS members
  FROM {sights} x JOIN {sights} y ON x.report = y.report AND x.token < y.token AND x.source <> y.source
  GROUP BY x.token, y.token
)
