-- One row an identifier. `plain` says that its normal form can be made here: ASCII, printable, of usual length.
CREATE OR REPLACE TEMP TABLE identifier AS
SELECT report, source, kind, scheme, "value",
       coalesce(regexp_full_match("value", '[ -~]{1,200}') AND NOT contains("value", '/'), false) AS plain,
       CASE kind WHEN 'handle' THEN 0 WHEN 'display_name' THEN 2 WHEN 'phone' THEN 3 WHEN 'email' THEN 4
                 WHEN 'payment' THEN 5 WHEN 'url' THEN 6 WHEN 'image_pdq' THEN 7 WHEN 'script' THEN 8 END AS code
FROM (SELECT report, unnest(range(len(suspect)))::TINYINT AS source, unnest(suspect, recursive := true) FROM report);
