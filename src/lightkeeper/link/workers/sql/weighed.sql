-- What all other keys of the smaller group say about the larger one, by kind and in all.
WITH told AS (
  SELECT c.big, c.small, c.key, c.other_key, s.kind, CASE
      WHEN b.times IS NULL THEN disagreement(k.seen, k.once) ELSE agreement(b.times, k.seen, k.once, p.share) END AS weight
  FROM {found} c JOIN {shown} s ON s.grp = c.small JOIN {known} k ON k.grp = c.big AND k.kind = s.kind
    JOIN {spread} p ON p.token = s.token LEFT JOIN {shown} b ON b.grp = c.big AND b.token = s.token
  WHERE s.kind <> :STEM AND s.token <> c.key AND (c.other_kind < 0 OR s.token <> c.other_key)
    AND (s.kind <> :HANDLE OR (c.kind <> :STEM AND c.other_kind <> :STEM))
), by_kind AS (
  SELECT big, small, key, other_key, kind, sum(weight) AS weight FROM told GROUP BY big, small, key, other_key, kind
), rest AS (
  SELECT big, small, key, other_key, sum(weight) AS other,
    map_from_entries(collect_list(named_struct('kind', kind, 'weight', weight))) AS rest
  FROM by_kind GROUP BY big, small, key, other_key
)
SELECT c.*, coalesce(r.other, 0.0D) AS other, r.rest,
  CAST(c.big_size >= :ESTABLISHED AS INT) + CAST(c.small_size >= :ESTABLISHED AS INT) AS established
FROM {found} c LEFT JOIN rest r ON r.big = c.big AND r.small = c.small AND r.key = c.key AND r.other_key = c.other_key
