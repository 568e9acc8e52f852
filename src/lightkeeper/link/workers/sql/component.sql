SELECT a AS node, b AS component FROM {edges} UNION ALL SELECT DISTINCT b, b FROM {edges}
