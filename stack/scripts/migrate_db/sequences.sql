-- Prints where every sequence stands, one line each, separated by tabs: name, last value, whether it
-- was handed out, step, and the highest value of the column that it feeds (empty: none).
-- Sequences stand outside of transactions, so this can be read at any moment and only grows.
\set QUIET 1
\set ON_ERROR_STOP 1
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
SELECT format('SELECT %L, last_value, is_called, %s, %s FROM %I.%I',
  format('%I.%I', s.nspname, c.relname), seqincrement,
  CASE WHEN attname IS NULL THEN 'NULL' ELSE format('(SELECT %s(%I) FROM %s)',
    CASE WHEN seqincrement > 0 THEN 'max' ELSE 'min' END, attname, refobjid::regclass) END,
  s.nspname, c.relname)
FROM pg_sequence
JOIN pg_class AS c ON c.oid = seqrelid
JOIN pg_namespace AS s ON s.oid = c.relnamespace
LEFT JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = seqrelid
  AND deptype IN ('a', 'i') AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
LEFT JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
WHERE s.nspname !~ '^pg_'
ORDER BY 1
\gexec
