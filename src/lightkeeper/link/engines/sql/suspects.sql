-- The suspects whose first report's number lies between two numbers: a list of all at once would not fit.
COPY (SELECT 'S-' || min(id) AS id, list(id ORDER BY id) AS reports
      FROM named JOIN grouped USING (number) WHERE root >= {first} AND root < {end} GROUP BY root ORDER BY root)
TO '{to}' (FORMAT json);
