-- Links with their reasons; the words of a reason come from `link/explain` as a table.
COPY (
    SELECT least(x.id, y.id) AS a, greatest(x.id, y.id) AS b, round(l.weight + {total}, 3) AS weight,
           if(l.strength = 0, 'linked', 'possible') AS strength,
           list_concat([{'kind': h.kind, 'how': h.how, 'weight': round(l.weight, 3)}],
                       list_filter([{reasons}], r -> r.weight <> 0)) AS reasons
    FROM (SELECT * FROM link WHERE strength = {strength} AND least(a, b) >= {first} AND least(a, b) < {end}) l
    JOIN named x ON x.number = l.a JOIN named y ON y.number = l.b
    JOIN how h ON h.rests_on = l.rests_on AND h.one = l.kind AND h.other = l.other_kind
    ORDER BY least(l.a, l.b), greatest(l.a, l.b))
TO '{to}' (FORMAT json);
