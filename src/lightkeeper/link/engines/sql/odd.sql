-- What needs the full normal forms: other alphabets, links, local phone numbers, rare schemes.
SELECT DISTINCT kind, "value", coalesce(scheme, '') AS scheme FROM identifier
WHERE code < 7 AND NOT coalesce(plain AND CASE code
    WHEN 0 THEN true
    WHEN 2 THEN true
    WHEN 3 THEN regexp_full_match(regexp_replace(replace("value", ' ', ''), '^00', '+'), '{phone}')
    WHEN 4 THEN regexp_full_match(lower("value"), '[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+')
    WHEN 5 THEN lower(scheme) IN ('cashtag', 'iban') OR (lower(scheme) = 'paypal' AND NOT contains("value", '@'))
             OR (lower(scheme) = 'btc' AND starts_with(lower(replace("value", ' ', '')), 'bc1'))
    ELSE false END, false);
