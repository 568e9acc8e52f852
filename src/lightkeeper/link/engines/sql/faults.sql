-- Whether anything in this piece breaks the contract of a report in a way that linking would stumble over.
SELECT (SELECT count(*) FROM report WHERE id IS NULL OR id = '' OR len(id) > 64)
     + (SELECT count(*) FROM identifier
        WHERE code IS NULL OR "value" IS NULL OR "value" = '' OR len("value") > 20000);
