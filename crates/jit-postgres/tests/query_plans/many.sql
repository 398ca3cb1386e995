-- Two workspaces with 10,000 people each: a client, two credentials, three requests and grants, a session,
-- five attempts to sign in and ten lines of the audit log a person. Without triggers and references, which is
-- faster.
SET session_replication_role = replica;

CREATE TEMPORARY TABLE someone AS
SELECT w.id AS workspace_id, gen_random_uuid() AS id, n
FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 2)) w, generate_series(1, 10000) n;

CREATE TEMPORARY TABLE something AS
SELECT w.workspace_id, gen_random_uuid() AS id, n
FROM (SELECT DISTINCT workspace_id FROM someone) w, generate_series(0, 49) n;

INSERT INTO end_users
SELECT workspace_id, id, 1, gen_random_uuid(), 'Person ' || n, 'person ' || n, n || '@x', n || '@x', '[]',
    now(), now(), now()
FROM someone;
INSERT INTO end_user_subjects SELECT workspace_id, 'idp', 'name ' || n, id FROM someone;
INSERT INTO memberships
SELECT s.workspace_id, s.id, g.id, 'idp'
FROM someone s JOIN something g ON g.workspace_id = s.workspace_id AND g.n IN (s.n % 50, (s.n + 7) % 50);
INSERT INTO api_clients
SELECT workspace_id, id, 1, id, 'auth_token', 'jit', 'Client ' || n, NULL, 'active', now() FROM someone;
INSERT INTO credentials
SELECT workspace_id, gen_random_uuid(), id, k, 'key', sha256((id::text || k)::bytea), 'hint', now(), NULL,
    NULL, '[]'
FROM someone, generate_series(1, 2) k;
INSERT INTO api_collections
SELECT workspace_id, id, 1, 'api-' || n, 'v1', 'API ' || n, 'api ' || n, '', '', '[]', '', 'published',
    '"everyone"', '[]', '', now(), now(), ''
FROM something;
INSERT INTO access_requests
SELECT s.workspace_id, gen_random_uuid(), 1, s.id, s.id, c.id, 'reason', now(), 'withdrawn', now(), NULL,
    NULL, NULL
FROM someone s JOIN something c ON c.workspace_id = s.workspace_id AND c.n IN (s.n % 50, (s.n + 7) % 50);
INSERT INTO access_requests
SELECT s.workspace_id, gen_random_uuid(), 1, s.id, s.id, c.id, 'reason', now(), 'pending', NULL, NULL,
    NULL, NULL
FROM someone s JOIN something c ON c.workspace_id = s.workspace_id AND c.n = s.n % 50 WHERE s.n % 20 = 0;
INSERT INTO grants
SELECT workspace_id, gen_random_uuid(), 1, client_id, collection_id, id, '{}', now(), NULL, NULL, NULL, NULL
FROM access_requests;
INSERT INTO sessions
SELECT workspace_id, id, 1, sha256(id::text::bytea), 'end_user', id, '{}', '{}', workspace_id, 'name ' || n,
    now(), now(), now() + n * INTERVAL '1 second'
FROM someone;
INSERT INTO authn_requests
SELECT workspace_id, id, 1, id, 'portal', sha256(id::text::bytea), NULL, now(), now() + n * INTERVAL '1 second'
FROM someone;
INSERT INTO accepted_assertions
SELECT workspace_id, 'idp', n::text, now() + n * INTERVAL '1 second' FROM someone;
INSERT INTO sign_in_attempts
SELECT s.workspace_id, gen_random_uuid(), 1, now(), c.id, CASE WHEN s.n % 50 = 0 THEN 'signature_invalid' END,
    'reference ' || s.id || k, '{}', NULL, '{}', now() + s.n * INTERVAL '1 second'
FROM someone s JOIN something c ON c.workspace_id = s.workspace_id AND c.n = s.n % 5, generate_series(1, 5) k;
INSERT INTO audit_events
SELECT workspace_id, gen_random_uuid(), now(), '{}', NULL, NULL, 'subject.verb' || n % 20, id::text, NULL,
    NULL, '{}'
FROM someone, generate_series(1, 10) k;
INSERT INTO gateway_changes (workspace_id, kind, id, written_at)
SELECT workspace_id, 'client', id, now() FROM someone ORDER BY n;

SET session_replication_role = DEFAULT;
ANALYZE;
