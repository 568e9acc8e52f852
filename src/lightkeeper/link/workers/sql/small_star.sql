-- Each node and its smaller neighbours are tied to the smallest of them.
WITH least AS (SELECT a, b, min(b) OVER (PARTITION BY a) AS smallest FROM {edges})
SELECT a, smallest AS b FROM least UNION SELECT b, smallest FROM least WHERE b <> smallest
