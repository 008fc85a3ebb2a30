-- Prints what has to fit between two databases before one can be moved to the other, one line per
-- fact: kind and value, separated by a tab.
\set QUIET 1
\set ON_ERROR_STOP 1
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
SELECT 'major', current_setting('server_version_num')::int / 10000;
SELECT 'identity', concat_ws(' ', pg_postmaster_start_time(), current_database());
SELECT 'bytes', pg_database_size(current_database());
SELECT 'directory', current_setting('data_directory', true);
SELECT 'encoding', concat_ws(' ', pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider)
FROM pg_database WHERE datname = current_database();
SELECT 'role there', rolname FROM pg_roles;
SELECT DISTINCT 'role used', rolname FROM pg_shdepend JOIN pg_roles ON pg_roles.oid = refobjid
WHERE refclassid = 'pg_authid'::regclass
  AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database());
SELECT 'extension there', name FROM pg_available_extensions;
SELECT 'extension used', extname FROM pg_extension;
SELECT 'SELECT ''migration'', name FROM public.schema_migrations'
WHERE to_regclass('public.schema_migrations') IS NOT NULL
\gexec
