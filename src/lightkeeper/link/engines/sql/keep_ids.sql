COPY (SELECT id, report FROM report) TO '{to}' (FORMAT parquet);
