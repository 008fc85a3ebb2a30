-- Prints what a database holds, one line per fact: kind, name, value, separated by tabs.
--
-- Two databases are equal when these lines are. Variables of psql:
--   snapshot      an exported snapshot to read in; unset for a snapshot of its own
--   state_tables  regular expression of tables (schema.name) whose content is state of the running
--                 system: their rows are counted, not compared
-- Rows are counted and summed by two independent 64-bit hashes each, so that the memory needed does
-- not grow with the table, and the order of rows does not matter while doubled rows do.
\set QUIET 1
\set ON_ERROR_STOP 1
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
\set own_schema 's.nspname !~ ''^pg_'' AND s.nspname <> ''information_schema'''
\set relations '(SELECT c.*, s.nspname, format(''%I.%I'', s.nspname, c.relname) AS name FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace WHERE ' :own_schema ' AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = ''pg_class''::regclass AND objid = c.oid AND deptype = ''e''))'
\set routines '(SELECT p.*, p.oid::regprocedure::text AS name FROM pg_proc AS p JOIN pg_namespace AS s ON s.oid = p.pronamespace WHERE ' :own_schema ' AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = ''pg_proc''::regclass AND objid = p.oid AND deptype = ''e''))'
\set types '(SELECT t.*, t.oid::regtype::text AS name FROM pg_type AS t JOIN pg_namespace AS s ON s.oid = t.typnamespace WHERE ' :own_schema ' AND t.typtype IN (''e'', ''d'', ''r'') AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = ''pg_type''::regclass AND objid = t.oid AND deptype = ''e''))'

BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
\if :{?snapshot}
SET TRANSACTION SNAPSHOT :'snapshot';
\endif
-- Text forms of values and names must not depend on who asks.
SET LOCAL search_path = pg_catalog;
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL timezone = 'UTC';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL extra_float_digits = 3;
SET LOCAL bytea_output = 'hex';
SET LOCAL lc_monetary = 'C';
SET LOCAL row_security = off;

SELECT 'database', 'encoding', pg_encoding_to_char(encoding)
FROM pg_database WHERE datname = current_database();
SELECT 'database', 'collation', concat_ws(' ', datcollate, datctype, datlocprovider)
FROM pg_database WHERE datname = current_database();

SELECT 'extension', quote_ident(extname), extversion FROM pg_extension ORDER BY 2;

WITH owned AS (
  SELECT format('schema %I', nspname) AS name, nspowner AS owner,
    coalesce(nspacl, acldefault('n', nspowner)) AS acl
  FROM pg_namespace AS s WHERE :own_schema
  UNION ALL
  SELECT concat(CASE relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END, name), relowner,
    coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
  FROM :relations AS r WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT concat('routine ', name), proowner, coalesce(proacl, acldefault('f', proowner))
  FROM :routines AS r
  UNION ALL
  SELECT concat('type ', name), typowner, coalesce(typacl, acldefault('T', typowner))
  FROM :types AS t
)
SELECT 'owner', name, quote_ident(pg_get_userbyid(owner)) FROM owned
UNION ALL
SELECT 'grant', name, concat(
  CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
  ' ', privilege_type, CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END)
FROM owned, aclexplode(acl)
UNION ALL
SELECT 'grant', format('table %s', name), format('%s %s (%I)',
  CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
  privilege_type, attname)
FROM :relations AS r JOIN pg_attribute AS a ON a.attrelid = r.oid, aclexplode(a.attacl)
ORDER BY 1, 2, 3;

SELECT 'default grant', concat_ws(' ', pg_get_userbyid(defaclrole), defaclobjtype, s.nspname),
  (SELECT string_agg(concat_ws(' ', grantee::regrole, privilege_type, is_grantable), ', '
    ORDER BY grantee::regrole::text, privilege_type) FROM aclexplode(defaclacl))
FROM pg_default_acl LEFT JOIN pg_namespace AS s ON s.oid = defaclnamespace
ORDER BY 2;

SELECT 'relation', name,
  concat_ws(' ', relkind, relpersistence, relrowsecurity, relforcerowsecurity, reloptions,
    pg_get_partkeydef(r.oid), pg_get_expr(relpartbound, r.oid))
FROM :relations AS r WHERE relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 2;

SELECT 'column', format('%s.%I', name, attname),
  replace(concat_ws(' ', row_number() OVER (PARTITION BY r.oid ORDER BY attnum),
    format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
    pg_get_expr(adbin, adrelid), attidentity, attgenerated,
    nullif(attcollation, 0)::regcollation), E'\n', ' ')
FROM :relations AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND attnum > 0
  AND NOT attisdropped
LEFT JOIN pg_attrdef ON adrelid = r.oid AND adnum = attnum
WHERE relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 2;

SELECT 'constraint', format('%s.%I', name, conname),
  replace(pg_get_constraintdef(o.oid), E'\n', ' ')
    || CASE WHEN convalidated THEN '' ELSE ' (rows not checked)' END
FROM :relations AS r JOIN pg_constraint AS o ON o.conrelid = r.oid ORDER BY 2;

SELECT 'index', x.indexrelid::regclass,
  replace(pg_get_indexdef(x.indexrelid), E'\n', ' ')
    || CASE WHEN indisvalid AND indisready THEN '' ELSE ' (invalid)' END
FROM :relations AS r JOIN pg_index AS x ON x.indrelid = r.oid ORDER BY 2;

SELECT 'trigger', format('%s.%I', name, tgname),
  replace(concat_ws(' ', pg_get_triggerdef(g.oid), tgenabled), E'\n', ' ')
FROM :relations AS r JOIN pg_trigger AS g ON tgrelid = r.oid AND NOT tgisinternal ORDER BY 2;

SELECT 'rule', format('%s.%I', name, rulename),
  replace(pg_get_ruledef(u.oid), E'\n', ' ')
FROM :relations AS r JOIN pg_rewrite AS u ON ev_class = r.oid ORDER BY 2;

SELECT 'policy', format('%I.%I.%I', schemaname, tablename, policyname),
  replace(concat_ws(' ', permissive, roles, cmd, qual, with_check), E'\n', ' ')
FROM pg_policies ORDER BY 2;

SELECT 'routine', name, CASE WHEN prokind IN ('f', 'p') THEN md5(pg_get_functiondef(r.oid)) END
FROM :routines AS r ORDER BY 2;

SELECT 'type', name, concat_ws(' ', typtype,
  (SELECT string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder)
    FROM pg_enum WHERE enumtypid = t.oid),
  nullif(typbasetype, 0)::regtype, typdefault, CASE WHEN typnotnull THEN 'not null' END,
  (SELECT string_agg(pg_get_constraintdef(o.oid), ',' ORDER BY conname)
    FROM pg_constraint AS o WHERE contypid = t.oid))
FROM :types AS t ORDER BY 2;

SELECT 'sequence', name, concat_ws(' ', seqtypid::regtype, 'start', seqstart, 'step', seqincrement,
  'from', seqmin, 'to', seqmax, 'cache', seqcache, CASE WHEN seqcycle THEN 'cycle' END,
  (SELECT concat('of ', refobjid::regclass, '.', quote_ident(attname)) FROM pg_depend
    JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
    WHERE classid = 'pg_class'::regclass AND objid = r.oid AND deptype IN ('a', 'i')
      AND refclassid = 'pg_class'::regclass AND refobjsubid > 0 LIMIT 1))
FROM :relations AS r JOIN pg_sequence ON seqrelid = r.oid ORDER BY 2;

-- `(x.*)` is the whole row also where a column has the name of the alias.
SELECT CASE WHEN name ~ ('^(' || :'state_tables' || ')$')
  THEN format('SELECT %L, %L, count(*) || '' not compared'' FROM ONLY %s', 'rows', name, name)
  ELSE format('SELECT %L, %L, concat_ws('' '', count(*),
      coalesce(sum(hashtextextended((x.*)::text, 0)::numeric), 0),
      coalesce(sum(hashtextextended((x.*)::text, 42)::numeric), 0)) FROM ONLY %s AS x',
    'rows', name, name) END
FROM :relations AS r WHERE relkind = 'r' ORDER BY name
\gexec

SELECT format('SELECT %L, %L, concat_ws('' '', count(DISTINCT loid), count(*),
    coalesce(sum(hashtextextended(concat_ws('' '', loid, pageno, encode(data, ''hex'')), 0)::numeric), 0))
  FROM pg_largeobject HAVING count(*) > 0', 'rows', 'large objects')
WHERE has_table_privilege('pg_largeobject', 'SELECT')
\gexec
COMMIT;
