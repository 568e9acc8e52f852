-- How often names and scripts that are common meet, and would by chance.
SELECT CAST(size(members) AS BIGINT) AS met, chance FROM {pairs} WHERE tells_worlds(kind_a, with_a, kind_b, with_b, chance)
