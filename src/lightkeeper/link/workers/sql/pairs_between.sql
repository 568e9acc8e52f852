-- Pairs whose reports are not in one group yet, with their chance among groups.
WITH still AS (
  SELECT star FROM (SELECT star, explode(members) AS report FROM {pairs}) p JOIN {member} m ON m.report = p.report
  GROUP BY star HAVING min(m.grp) < max(m.grp)
)
SELECT p.star, p.a, p.b, p.kind_a, p.kind_b, p.members, p.turn, by_chance(p.kind_a, x.held, p.kind_b, y.held, :groups, :worlds) AS chance
FROM {pairs} p LEFT SEMI JOIN still s ON s.star = p.star JOIN {spread} x ON x.token = p.a JOIN {spread} y ON y.token = p.b
