-- Every report once, at its first place in the input.
SELECT id, min(place) AS place FROM {keys} GROUP BY id
