-- The members of each star with their groups, of stars that lie in more than one group.
SELECT * FROM (
  SELECT s.star, s.rank, s.turn, s.risk AS chance, s.pos, m.report, m.grp, m.risk, m.size,
    min(m.grp) OVER (PARTITION BY s.star) AS low, max(m.grp) OVER (PARTITION BY s.star) AS high
  FROM (SELECT star, rank, turn, risk, posexplode(members) AS (pos, report) FROM {stars}) s JOIN {member} m ON m.report = s.report
) WHERE low < high
