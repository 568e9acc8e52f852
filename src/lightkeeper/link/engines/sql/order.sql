-- Every report once, in the order of ids: the first place in the input of each.
SELECT min(place) AS place FROM name GROUP BY id ORDER BY id
