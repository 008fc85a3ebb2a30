-- Prints the tables that hold rows. Variable `bookkeeping`: regular expression of tables
-- (schema.name) that the schema migrations fill themselves and that do not count.
SELECT format('SELECT %L WHERE EXISTS (SELECT FROM ONLY %I.%I)',
  format('%I.%I', s.nspname, c.relname), s.nspname, c.relname)
FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace
WHERE c.relkind = 'r' AND s.nspname !~ '^pg_' AND s.nspname <> 'information_schema'
  AND format('%I.%I', s.nspname, c.relname) !~ ('^(' || :'bookkeeping' || ')$')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
    AND objid = c.oid AND deptype = 'e')
ORDER BY 1
\gexec
