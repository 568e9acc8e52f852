-- Identifiers of many reports that keep no common company.
WITH beside AS (
  SELECT a, b, kind_a, kind_b, with_a, with_b, size(members) AS times FROM {pairs}
  WHERE is_company(size(members), with_a * with_b * :worlds / :reports)
), each AS (
  SELECT a AS token, kind_a AS kind, with_a AS reports, times FROM beside
  UNION ALL SELECT b, kind_b, with_b, times FROM beside
)
SELECT token FROM each GROUP BY token
HAVING is_hub(first(kind), first(reports), sum(times), sum(CASE WHEN times > 1 THEN times ELSE 0 END))
