-- Rows number $from to $to of people and what belongs to them; $workspace and $connection stand for ids.
-- Ids are in the order of numbers, as the ids of the product are in the order of creation.
INSERT INTO end_users (
    workspace_id, id, version, connection_id, display_name, name_key, email, email_key,
    holds, sessions_valid_from, created_at, last_signed_in_at)
SELECT '$workspace', scale_id('a', n), 1, '$connection', name, lower(name), email, email,
    CASE WHEN n % 5000 = 7
        THEN '[{"source":"admin","reason":"left","since":"2026-01-01T00:00:00Z"}]'::jsonb ELSE '[]' END,
    '2026-01-01', '2026-01-01', '2026-01-01'
FROM (
    SELECT n, scale_name(n) AS name, 'person' || n || '@acme.example' AS email
    FROM generate_series($from, $to) n
) people;

INSERT INTO end_user_subjects
SELECT '$workspace', 'https://idp.example', 'person' || n, scale_id('a', n) FROM generate_series($from, $to) n;

INSERT INTO api_clients
SELECT '$workspace', scale_id('c', n), 1, scale_id('a', n), 'auth_token', 'jit', 'Client ' || n, NULL,
    'active', '2026-01-01'
FROM generate_series($from, $to) n;

INSERT INTO access_requests
SELECT '$workspace', scale_id('e', n * 16 + k), 1, scale_id('c', n), scale_id('a', n),
    scale_id('b', (n * 7 + k * 97) % 1000), 'we need it', '2026-01-01', 'approved', '2026-01-02',
    '{"kind":"administrator","id":"adm_00000000000070008000000000000001"}', NULL, scale_id('f', n * 16 + k)
FROM generate_series($from, $to) n, generate_series(1, $grants) k;

INSERT INTO access_requests
SELECT '$workspace', scale_id('e', n * 16), 1, scale_id('c', n), scale_id('a', n),
    scale_id('b', (n * 7) % 1000), 'we need it', '2026-01-01',
    CASE WHEN n % 300 = 0 THEN 'pending' ELSE 'rejected' END,
    CASE WHEN n % 300 = 0 THEN NULL ELSE '2026-01-02'::timestamptz END,
    CASE WHEN n % 300 = 0 THEN NULL
        ELSE '{"kind":"administrator","id":"adm_00000000000070008000000000000001"}'::jsonb END, NULL, NULL
FROM generate_series($from, $to) n WHERE n % 100 = 0;

INSERT INTO grants
SELECT '$workspace', scale_id('f', n * 16 + k), 1, scale_id('c', n), scale_id('b', (n * 7 + k * 97) % 1000),
    scale_id('e', n * 16 + k), '{"kind":"administrator","id":"adm_00000000000070008000000000000001"}',
    '2026-01-02', NULL, NULL, NULL, NULL
FROM generate_series($from, $to) n, generate_series(1, $grants) k;

INSERT INTO audit_events
SELECT '$workspace', scale_id('d', n * 2 + k), '2026-01-01', '{"kind":"system"}', NULL, NULL,
    CASE WHEN n % 20000 = 0 THEN 'policy.changed' WHEN k = 0 THEN 'end_user.created' ELSE 'end_user.signed_in' END,
    'usr_' || replace(scale_id('a', n)::text, '-', ''), NULL, 1, '{}'
FROM generate_series($from, $to) n, generate_series(0, 1) k;
