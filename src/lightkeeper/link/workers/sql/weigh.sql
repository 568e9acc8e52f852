-- The functions of weigh.py, number for number.
CREATE OR REPLACE TEMPORARY FUNCTION by_chance(kind_a INT, with_a BIGINT, kind_b INT, with_b BIGINT, reports BIGINT, worlds DOUBLE) RETURNS DOUBLE
RETURN (with_a / (reports + element_at(array({RARE}), kind_a + 1))) * (with_b / (reports + element_at(array({RARE}), kind_b + 1))) * reports * worlds;

CREATE OR REPLACE TEMPORARY FUNCTION tells_worlds(kind_a INT, with_a BIGINT, kind_b INT, with_b BIGINT, chance DOUBLE) RETURNS BOOLEAN
RETURN chance >= {MET} AND least(with_a, with_b) >= {COMMON} AND least(kind_a, kind_b) = {NAME} AND greatest(kind_a, kind_b) = {SCRIPT};

CREATE OR REPLACE TEMPORARY FUNCTION is_company(together BIGINT, chance DOUBLE) RETURNS BOOLEAN
RETURN chance < {COMPANY} OR together > {PAIR_MORE} * chance;

CREATE OR REPLACE TEMPORARY FUNCTION is_hub(kind INT, reports BIGINT, company BIGINT, loyal BIGINT) RETURNS BOOLEAN
RETURN kind < {IMAGE} AND kind <> {NAME} AND reports >= {HUB_SIZE} AND loyal < {HUB_LOYALTY} * company;

CREATE OR REPLACE TEMPORARY FUNCTION turn(members ARRAY<BIGINT>) RETURNS BIGINT
RETURN shiftleft(members[0], 32) + aggregate(members, 0L, (mixed, one) -> (mixed * 31 + one) & 4294967295L);

CREATE OR REPLACE TEMPORARY FUNCTION key_class(kind INT, held BIGINT, public BOOLEAN, kin BIGINT) RETURNS INT
RETURN ((kind * 4 + CASE WHEN held <= 2 THEN 0 WHEN held = 3 THEN 1 WHEN held <= 5 THEN 2 ELSE 3 END) * 5
  + CASE WHEN kind <> {HANDLE} OR kin < 1 THEN 0 WHEN kin < 2 THEN 1 WHEN kin < 4 THEN 2 WHEN kin < 10 THEN 3 ELSE 4 END) * 2 + CAST(public AS INT);

CREATE OR REPLACE TEMPORARY FUNCTION most_groups(kind INT) RETURNS INT
RETURN CASE WHEN kind IN ({CROWDING}) THEN {CROWDED} ELSE {CROWD} END;

CREATE OR REPLACE TEMPORARY FUNCTION pair_class(chance DOUBLE) RETURNS INT
RETURN {PAIR_CLASS} + CASE WHEN chance < 0.1D THEN 0 WHEN chance < 0.316D THEN 1 WHEN chance < 1.0D THEN 2 ELSE 3 END;

CREATE OR REPLACE TEMPORARY FUNCTION share_of_groups(held BIGINT, showing BIGINT, worlds DOUBLE) RETURNS DOUBLE
RETURN least({MOST_SHARE}, (held + 1) / (showing + {TYPICAL}) * worlds);

CREATE OR REPLACE TEMPORARY FUNCTION agreement(times BIGINT, seen BIGINT, once BIGINT, share DOUBLE) RETURNS DOUBLE
RETURN greatest(0.0D, ln((1.0D - (once + 0.5D) / (seen + 1.0D)) * times / seen / share));

CREATE OR REPLACE TEMPORARY FUNCTION disagreement(seen BIGINT, once BIGINT) RETURNS DOUBLE
RETURN ln((once + 0.5D) / (seen + 1.0D));

CREATE OR REPLACE TEMPORARY FUNCTION standing(established INT) RETURNS DOUBLE
RETURN CASE established WHEN 0 THEN -0.7D WHEN 1 THEN 0.0D ELSE -1.4D END;

CREATE OR REPLACE TEMPORARY FUNCTION bar(smaller BIGINT) RETURNS DOUBLE
RETURN {BAR} + CASE WHEN smaller >= {ESTABLISHED} THEN ln(smaller) ELSE 0.0D END;

CREATE OR REPLACE TEMPORARY FUNCTION can_join(kind INT, other_kind INT) RETURNS BOOLEAN
RETURN kind IN ({JOINING}) OR other_kind >= 0
