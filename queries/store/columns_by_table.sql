-- question  Which tables and columns does this store have?
-- grain     table_name, column_name
-- column    table_name   varchar  the table
-- column    column_name  varchar  the column
-- column    definition   varchar  its type, whether it may be missing, and its default, as in create table
-- source    DuckDB's own catalog
select
    table_name,
    column_name,
    lower(data_type)
    || case when is_nullable then '' else ' not null' end
    || case when column_default is null then '' else ' default ' || lower(column_default) end as definition
from duckdb_columns()
where schema_name = 'main' and not internal and database_name = current_database()
order by table_name, column_index
