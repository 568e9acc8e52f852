-- The keys of the first report of every id.
SELECT k.id, k.source, k.kind, k.value FROM keys k JOIN first f ON f.id = k.id AND f.place = k.place WHERE k.kind >= 0
