-- Every report once, in the order of ids, and where in the input it stands (the first place when it comes twice).
CREATE OR REPLACE TEMP TABLE named AS
SELECT id, place, (row_number() OVER ())::INTEGER - 1 AS number
FROM (SELECT id, min(place) AS place FROM ({all}) GROUP BY id ORDER BY id);
