-- Whether a node is tied to two others, or to one that is itself tied to another.
SELECT 1 FROM {edges} GROUP BY a HAVING count(*) > 1 UNION ALL SELECT 1 FROM {edges} x LEFT SEMI JOIN {edges} y ON x.b = y.a
