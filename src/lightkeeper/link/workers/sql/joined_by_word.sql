SELECT a, b, 0 AS rests_on, -1 AS kind, -1 AS other_kind, :CONFIRMED AS weight, CAST(NULL AS MAP<TINYINT, DOUBLE>) AS rest FROM {joined}
