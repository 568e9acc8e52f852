-- The pairs that two reports at least have, and more than chance alone would give; the rarest of them join.
SELECT monotonically_increasing_id() AS star, a, b, kind_a, kind_b, members, turn(members) AS turn, chance * :worlds AS chance
FROM {pairs} p
WHERE size(members) > 1 AND (chance * :worlds < :PAIR_SEEN OR size(members) > :PAIR_MORE * (chance * :worlds))
  AND NOT EXISTS (SELECT 1 FROM {hubs} h WHERE h.token = p.a) AND NOT EXISTS (SELECT 1 FROM {hubs} h WHERE h.token = p.b)
