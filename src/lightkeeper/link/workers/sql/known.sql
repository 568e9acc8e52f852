-- How well each group is known by each kind: sightings, and keys seen once.
SELECT grp, kind, sum(times) AS seen, count_if(times = 1) AS once FROM {shown} GROUP BY grp, kind
