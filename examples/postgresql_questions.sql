-- Questions to the tables in PostgreSQL. Before, in the folder of `sop export --to csv --raw`:  psql -f postgresql.sql

-- Text is found by its stem, in Indonesian.
CREATE INDEX ON kegiatan USING gin (to_tsvector('indonesian', coalesce(uraian, '')));

\echo steps about reports
SELECT sop_id, no, page, uraian FROM kegiatan
WHERE to_tsvector('indonesian', coalesce(uraian, '')) @@ plainto_tsquery('indonesian', 'melaporkan')
ORDER BY sop_id, no;

\echo work of each performer
SELECT nama, count(*) AS steps, sum(waktu_menit_max) FILTER (WHERE waktu_shared = 0) AS minutes
FROM kegiatan_pelaksana
JOIN pelaksana USING (sop_id, pelaksana_id)
JOIN kegiatan ON kegiatan.sop_id = kegiatan_pelaksana.sop_id AND kegiatan.no = kegiatan_no
GROUP BY nama ORDER BY steps DESC, nama LIMIT 5;

\echo steps that can be reached from the start of a SOP
WITH RECURSIVE reached (sop_id, node_id) AS (
    SELECT sop_id, node_id FROM flow_nodes WHERE kind = 'start'
    UNION
    SELECT reached.sop_id, to_node FROM reached
    JOIN flow_edges ON flow_edges.sop_id = reached.sop_id AND from_node = reached.node_id
)
SELECT sop_id, count(DISTINCT kegiatan_no) AS steps FROM reached JOIN flow_nodes USING (sop_id, node_id)
GROUP BY sop_id ORDER BY sop_id;
