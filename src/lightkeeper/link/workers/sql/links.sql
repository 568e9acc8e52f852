-- Links between ids, the smaller one first.
SELECT least(x.id, y.id) AS a, greatest(x.id, y.id) AS b, CAST(l.rests_on AS INT) AS rests_on, CAST(l.kind AS INT) AS kind,
  CAST(l.other_kind AS INT) AS other_kind, l.weight, l.rest, l.strength
FROM {links} l JOIN {numbers} x ON x.report = l.a JOIN {numbers} y ON y.report = l.b
