COPY (SELECT 'S-' || min(id) AS id, list(id ORDER BY id) AS reports
      FROM named JOIN grouped USING (number) GROUP BY root ORDER BY root)
TO '{to}' (FORMAT json);
