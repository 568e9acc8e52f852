-- What each group shows: how many of its reports have a key, and the first of them.
SELECT m.grp, first(m.size) AS size, s.token, s.kind, count(*) AS times, min(s.report) AS holder
FROM {sights} s JOIN {member} m ON m.report = s.report GROUP BY m.grp, s.token, s.kind
