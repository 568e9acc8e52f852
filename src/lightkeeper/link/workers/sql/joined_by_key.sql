SELECT j.a, j.b, 2 AS rests_on, s.kind, s.other_kind, s.belief AS weight, s.rest FROM {joined} j JOIN {stars} s ON s.star = j.star
