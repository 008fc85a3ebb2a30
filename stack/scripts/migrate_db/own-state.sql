-- What a database must not share with the one that it was copied from. The generation of the cache is
-- the name under which the servers keep entries: with that of an earlier copy they would find those
-- of the earlier copy again.
SELECT 'UPDATE public.cache_lease SET generation = gen_random_uuid()'
WHERE to_regclass('public.cache_lease') IS NOT NULL
\gexec
