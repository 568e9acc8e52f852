-- The normal forms of plain identifiers, exactly as `link/forms` makes them, and those of the odd ones, made there,
-- as hashes and lengths: what is too short or nobody's own is dropped by the caller, because a filter here would
-- make DuckDB compute each form once more. A code is the place of the kind in KeyKind; {leet} undoes leetspeak.
CREATE OR REPLACE TEMP TABLE form AS
WITH handle AS MATERIALIZED (
    SELECT report, source, regexp_replace(lower("value"), '[^a-z0-9]', '', 'g') AS v
    FROM identifier WHERE code = 0 AND plain),
email AS MATERIALIZED (
    SELECT report, source, replace(split_part(split_part(v, '@', 1), '+', 1), '.', '') AS box,
           regexp_replace(box, '[^a-z0-9]', '', 'g') AS letters, split_part(v, '@', 2) AS host
    FROM (SELECT report, source, lower("value") AS v FROM identifier WHERE code = 4 AND plain)
    WHERE regexp_full_match(v, '[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+')),
mailbox AS MATERIALIZED (
    SELECT * FROM email WHERE box <> '' AND translate(letters, {leet}) NOT IN (SELECT name FROM public)),
payment AS MATERIALIZED (
    SELECT report, source, lower(scheme) AS scheme, lower("value") AS v,
           regexp_replace(v, '[^a-z0-9]', '', 'g') AS bare
    FROM identifier WHERE code = 5 AND plain),
every AS (
    SELECT report, source, 0 AS code, translate(v, {leet}) AS form FROM handle
    UNION ALL
    SELECT report, source, 1, translate(rtrim(v, '0123456789'), {leet}) FROM handle
    UNION ALL
    SELECT report, source, 1, translate(rtrim(letters, '0123456789'), {leet}) FROM mailbox
    UNION ALL
    SELECT report, source, 2, trim(regexp_replace(lower("value"), '[^a-z0-9]+', ' ', 'g'))
    FROM identifier WHERE code = 2 AND plain
    UNION ALL
    SELECT report, source, 3, regexp_replace(replace("value", ' ', ''), '^00', '+') AS number
    FROM identifier WHERE code = 3 AND plain AND regexp_full_match(number, '{phone}')
    UNION ALL
    SELECT report, source, 4, box || '@' || if(host = 'googlemail.com', 'gmail.com', host) FROM mailbox
    UNION ALL
    SELECT report, source, 5, scheme || ':' || translate(bare, {leet}) FROM payment
    WHERE bare <> '' AND (scheme = 'cashtag' OR (scheme = 'paypal' AND NOT contains(v, '@')))
    UNION ALL
    SELECT report, source, 5, scheme || ':' || bare FROM payment
    WHERE bare <> '' AND (scheme = 'iban' OR (scheme = 'btc' AND starts_with(replace(v, ' ', ''), 'bc1')))
    UNION ALL
    SELECT i.report, i.source, o.code, o.form FROM identifier i
    JOIN odd o ON i.kind = o.kind AND i."value" = o.raw AND coalesce(i.scheme, '') = o.scheme
    WHERE i.code < 7)
SELECT report, source, code::TINYINT AS code, hash(form) AS form, len(form)::SMALLINT AS length FROM every;
