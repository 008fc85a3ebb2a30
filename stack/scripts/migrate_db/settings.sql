-- Gives database `next` what belongs to database `current` itself and is in no dump of its content:
-- owner, privileges on the database, connection limit, settings. Variables of psql: current, next.
\set QUIET 1
\set ON_ERROR_STOP 1
\pset format unaligned
\pset tuples_only on
SELECT format('ALTER DATABASE %I OWNER TO %I', :'next', pg_get_userbyid(datdba))
FROM pg_database WHERE datname = :'current'
\gexec
SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', :'next', datconnlimit)
FROM pg_database WHERE datname = :'current'
\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'next')
\gexec
SELECT format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, :'next',
  CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
  CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
WHERE datname = :'current'
\gexec
-- Lists of names are stored quoted already; every other value is one literal.
SELECT format('ALTER %s SET %I TO %s',
  CASE setrole WHEN 0 THEN format('DATABASE %I', :'next')
    ELSE format('ROLE %I IN DATABASE %I', pg_get_userbyid(setrole), :'next') END,
  split_part(setting, '=', 1),
  CASE WHEN lower(split_part(setting, '=', 1)) IN ('search_path', 'temp_tablespaces',
      'session_preload_libraries', 'local_preload_libraries')
    THEN substr(setting, strpos(setting, '=') + 1)
    ELSE quote_literal(substr(setting, strpos(setting, '=') + 1)) END)
FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase, unnest(setconfig) AS setting
WHERE datname = :'current'
\gexec
