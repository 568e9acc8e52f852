-- Scripts of which most words are the same, each compared with each.
WITH told AS (SELECT DISTINCT token, split(value, ' ') AS words FROM {seen} WHERE kind = :SCRIPT),
both AS (
  SELECT x.token AS a, y.token AS b, size(array_intersect(x.words, y.words)) AS same, size(x.words) + size(y.words) AS total
  FROM told x JOIN told y ON x.token > y.token
)
SELECT a, b FROM both WHERE same / (total - same) >= :alike
