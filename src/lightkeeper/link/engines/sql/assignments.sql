COPY (SELECT one.id AS report_id, 'S-' || first.id AS suspect_id
      FROM named one JOIN grouped ON grouped.number = one.number JOIN named first ON first.number = grouped.root
      ORDER BY one.number)
TO '{to}' (HEADER);
