-- question  Which tables tell of a patient, row by row?
-- grain     table_name
-- column    table_name  varchar  the table
-- source    DuckDB's own catalog
select distinct table_name
from duckdb_columns()
where schema_name = 'main' and not internal and column_name = 'patient_id'
order by table_name
