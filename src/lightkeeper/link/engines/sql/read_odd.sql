CREATE OR REPLACE TEMP TABLE odd AS
SELECT * FROM read_json($path, format = 'newline_delimited',
                        columns = {kind: 'VARCHAR', raw: 'VARCHAR', scheme: 'VARCHAR', code: 'TINYINT', form: 'VARCHAR'});
