SELECT j.a, j.b, 1 AS rests_on, p.kind_a AS kind, p.kind_b AS other_kind, -ln(p.chance) AS weight, CAST(NULL AS MAP<TINYINT, DOUBLE>) AS rest
FROM {joined} j JOIN {stars} p ON p.star = j.star
