-- The identifiers of the reports in one piece of a file, each with the number of its report.
CREATE OR REPLACE TEMP TABLE report AS
SELECT row_number() OVER ()::INTEGER - 1 AS report, id, suspect[1:{most}] AS suspect
FROM read_json($path, format = 'newline_delimited',
     columns = {id: 'VARCHAR',
                 suspect: 'STRUCT(kind VARCHAR, "value" VARCHAR, platform VARCHAR, scheme VARCHAR)[]'});
