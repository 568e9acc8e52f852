-- Every report with its group after some groups were joined, its group's size, and the risk that it hangs there by chance.
SELECT report, grp, risk, count(*) OVER (PARTITION BY grp) AS size FROM (
  SELECT m.report, coalesce(x.now, m.grp) AS grp, greatest(m.risk, coalesce(x.risk, 0.0D)) AS risk
  FROM {member} m LEFT JOIN {moves} x ON x.grp = m.grp
)
