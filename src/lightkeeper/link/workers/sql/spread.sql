-- How many groups have each key, their share of those that show its kind, and how many more have a handle's stem.
WITH has AS (SELECT token, kind, count(*) AS held FROM {shown} GROUP BY token, kind),
showing AS (SELECT kind, count(*) AS showing FROM {known} GROUP BY kind),
kin AS (
  SELECT t.handle AS token, max(s.held - h.held) AS kin
  FROM {stems} t JOIN has h ON h.token = t.handle JOIN has s ON s.token = t.stem GROUP BY t.handle
)
SELECT h.token, h.kind, h.held, share_of_groups(h.held, s.showing, :worlds) AS share, greatest(0L, coalesce(k.kin, 0L)) AS kin
FROM has h JOIN showing s ON s.kind = h.kind LEFT JOIN kin k ON k.token = h.token
