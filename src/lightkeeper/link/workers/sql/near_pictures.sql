-- Pictures that differ in few of their 256 bits, each compared with each.
WITH bits AS (
  SELECT DISTINCT token,
    CAST(conv(substr(value, 1, 16), 16, -10) AS BIGINT) AS p, CAST(conv(substr(value, 17, 16), 16, -10) AS BIGINT) AS q,
    CAST(conv(substr(value, 33, 16), 16, -10) AS BIGINT) AS r, CAST(conv(substr(value, 49, 16), 16, -10) AS BIGINT) AS s
  FROM {seen} WHERE kind = :IMAGE
)
SELECT x.token AS a, y.token AS b FROM bits x JOIN bits y ON x.token > y.token
WHERE bit_count(x.p ^ y.p) + bit_count(x.q ^ y.q) + bit_count(x.r ^ y.r) + bit_count(x.s ^ y.s) <= :near
