-- Ids are 16 bytes, moments are microseconds since 1970 in UTC, complex parts are JSON text.
-- Every row, key and reference names its workspace (R38).
-- Columns that end in `_key` are the lower-case form that is computed outside: NOCASE knows only ASCII.

CREATE TABLE workspaces (
    workspace_id BLOB NOT NULL PRIMARY KEY CHECK (length(workspace_id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    slug TEXT NOT NULL UNIQUE,
    setup TEXT NOT NULL CHECK (json_valid(setup))
) STRICT, WITHOUT ROWID;

CREATE TABLE end_user_groups (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    rate TEXT CHECK (json_valid(rate)),
    quota TEXT CHECK (json_valid(quota)),
    ip_rules TEXT NOT NULL CHECK (json_valid(ip_rules)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE jit_settings (
    workspace_id BLOB NOT NULL PRIMARY KEY CHECK (length(workspace_id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    method TEXT NOT NULL
        CHECK (method IN ('auth_token', 'oauth2', 'jwt', 'oidc', 'introspection')),
    policy_id BLOB,
    method_locked_since INTEGER,
    saved_by TEXT NOT NULL CHECK (json_valid(saved_by)),
    saved_at INTEGER NOT NULL,
    FOREIGN KEY (workspace_id, policy_id) REFERENCES policies (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE jit_settings_groups (
    workspace_id BLOB NOT NULL,
    group_id BLOB NOT NULL,
    PRIMARY KEY (workspace_id, group_id),
    FOREIGN KEY (workspace_id) REFERENCES jit_settings (workspace_id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, group_id) REFERENCES end_user_groups (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idp_connections (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('inactive', 'active')),
    provider TEXT NOT NULL
        CHECK (provider IN ('okta', 'google_workspace', 'entra_id', 'one_login', 'other')),
    -- What the provider says of itself, and its name in there; NULL until it is known.
    entity_id TEXT,
    idp TEXT CHECK (json_valid(idp)),
    metadata TEXT NOT NULL CHECK (json_valid(metadata)),
    saml TEXT NOT NULL CHECK (json_valid(saml)),
    attributes TEXT NOT NULL CHECK (json_valid(attributes)),
    jit TEXT NOT NULL CHECK (jit IN ('on', 'off')),
    -- The rules, or NULL: group sync is off.
    group_rules TEXT CHECK (json_valid(group_rules)),
    enforced_domains TEXT NOT NULL CHECK (json_valid(enforced_domains)),
    linking TEXT NOT NULL CHECK (linking IN ('on', 'off')),
    console_roles TEXT NOT NULL CHECK (json_valid(console_roles)),
    certificate_notices TEXT NOT NULL CHECK (json_valid(certificate_notices)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, slug),
    UNIQUE (workspace_id, entity_id),
    CHECK ((entity_id IS NULL) = (idp IS NULL))
) STRICT;

CREATE TABLE saml_keys (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    private BLOB NOT NULL,
    certificate TEXT NOT NULL CHECK (json_valid(certificate)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setup_links (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    connection_id BLOB NOT NULL CHECK (length(connection_id) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    created_by TEXT NOT NULL CHECK (json_valid(created_by)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    opened_at INTEGER,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    FOREIGN KEY (workspace_id, connection_id)
        REFERENCES idp_connections (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX setup_links_by_connection ON setup_links (workspace_id, connection_id, id);

-- The log of sign-ins: a row a response, for a time.
CREATE TABLE sign_in_attempts (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    at INTEGER NOT NULL,
    connection_id BLOB NOT NULL CHECK (length(connection_id) = 16),
    -- Why nobody signed in; NULL if somebody did.
    refusal TEXT,
    -- On the page that the person saw.
    reference TEXT,
    outcome TEXT NOT NULL CHECK (json_valid(outcome)),
    ip TEXT,
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, connection_id)
        REFERENCES idp_connections (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_attempts_by_connection
    ON sign_in_attempts (workspace_id, connection_id, id);
CREATE INDEX sign_in_attempts_by_reference ON sign_in_attempts (workspace_id, reference, id)
    WHERE reference IS NOT NULL;
-- Those that administrators look for, and the fewer ones.
CREATE INDEX sign_in_attempts_refused ON sign_in_attempts (workspace_id, id)
    WHERE refusal IS NOT NULL;
CREATE INDEX sign_in_attempts_refused_by_connection
    ON sign_in_attempts (workspace_id, connection_id, id) WHERE refusal IS NOT NULL;
CREATE INDEX sign_in_attempts_by_end ON sign_in_attempts (expires_at);

CREATE TABLE end_users (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    connection_id BLOB NOT NULL CHECK (length(connection_id) = 16),
    display_name TEXT NOT NULL,
    -- Name and address in lower case, for the search of the console.
    name_key TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    holds TEXT NOT NULL CHECK (json_valid(holds)),
    sessions_valid_from INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_signed_in_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX end_users_by_email ON end_users (workspace_id, email_key, id)
    WHERE email_key IS NOT NULL;

-- The identity: who is who, once (R13).
CREATE TABLE end_user_subjects (
    workspace_id BLOB NOT NULL,
    idp_entity_id TEXT NOT NULL,
    name_id TEXT NOT NULL,
    end_user_id BLOB NOT NULL,
    PRIMARY KEY (workspace_id, idp_entity_id, name_id),
    FOREIGN KEY (workspace_id, end_user_id)
        REFERENCES end_users (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX end_user_subjects_by_end_user ON end_user_subjects (workspace_id, end_user_id);

CREATE TABLE memberships (
    workspace_id BLOB NOT NULL,
    end_user_id BLOB NOT NULL,
    group_id BLOB NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('idp', 'scim', 'jit', 'manual')),
    PRIMARY KEY (workspace_id, end_user_id, group_id, source),
    FOREIGN KEY (workspace_id, end_user_id)
        REFERENCES end_users (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, group_id)
        REFERENCES end_user_groups (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_group ON memberships (workspace_id, group_id, end_user_id);

CREATE TABLE api_clients (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    owner_id BLOB NOT NULL,
    method TEXT NOT NULL
        CHECK (method IN ('auth_token', 'oauth2', 'jwt', 'oidc', 'introspection')),
    origin TEXT NOT NULL CHECK (origin IN ('jit')),
    name TEXT NOT NULL,
    policy_id BLOB,
    state TEXT NOT NULL CHECK (state IN ('active', 'awaiting_key', 'disabled')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, owner_id) REFERENCES end_users (workspace_id, id),
    FOREIGN KEY (workspace_id, policy_id) REFERENCES policies (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- One JIT client a person (R13).
CREATE UNIQUE INDEX api_clients_by_owner ON api_clients (workspace_id, owner_id, origin);
CREATE INDEX api_clients_by_policy ON api_clients (workspace_id, policy_id);

CREATE TABLE credentials (
    workspace_id BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    client_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    hint TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    ip_rules TEXT NOT NULL CHECK (json_valid(ip_rules)),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    FOREIGN KEY (workspace_id, client_id)
        REFERENCES api_clients (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX credentials_by_client ON credentials (workspace_id, client_id, position);

CREATE TABLE api_collections (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    slug TEXT NOT NULL,
    api_version TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    summary TEXT NOT NULL,
    owner TEXT NOT NULL,
    tags TEXT NOT NULL CHECK (json_valid(tags)),
    upstream TEXT NOT NULL,
    publication TEXT NOT NULL CHECK (publication IN ('draft', 'published', 'deleted')),
    audience TEXT NOT NULL CHECK (json_valid(audience)),
    operations TEXT NOT NULL CHECK (json_valid(operations)),
    document_version TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Last, because it is long and lists do not read it.
    document TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, slug)
) STRICT;

CREATE TABLE access_requests (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    client_id BLOB NOT NULL,
    requester_id BLOB NOT NULL CHECK (length(requester_id) = 16),
    collection_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('pending', 'approved', 'rejected', 'withdrawn', 'cancelled')),
    ended_at INTEGER,
    decided_by TEXT CHECK (json_valid(decided_by)),
    note TEXT,
    grant_id BLOB CHECK (length(grant_id) = 16),
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, client_id) REFERENCES api_clients (workspace_id, id),
    FOREIGN KEY (workspace_id, collection_id) REFERENCES api_collections (workspace_id, id),
    CHECK ((status = 'pending') = (ended_at IS NULL)),
    CHECK ((status IN ('approved', 'rejected')) = (decided_by IS NOT NULL)),
    CHECK ((status = 'approved') = (grant_id IS NOT NULL)),
    CHECK (note IS NULL OR decided_by IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- One pending request for a client and a collection (R20).
CREATE UNIQUE INDEX access_requests_pending_once
    ON access_requests (workspace_id, client_id, collection_id) WHERE status = 'pending';
CREATE INDEX access_requests_pending ON access_requests (workspace_id, id)
    WHERE status = 'pending';
CREATE INDEX access_requests_pending_by_collection
    ON access_requests (workspace_id, collection_id, id) WHERE status = 'pending';
CREATE INDEX access_requests_by_client ON access_requests (workspace_id, client_id, id);
CREATE INDEX access_requests_by_collection ON access_requests (workspace_id, collection_id, id);

CREATE TABLE grants (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    client_id BLOB NOT NULL,
    collection_id BLOB NOT NULL,
    request_id BLOB NOT NULL CHECK (length(request_id) = 16),
    granted_by TEXT NOT NULL CHECK (json_valid(granted_by)),
    granted_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_by TEXT CHECK (json_valid(revoked_by)),
    revoked_at INTEGER,
    revocation_reason TEXT,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, client_id) REFERENCES api_clients (workspace_id, id),
    FOREIGN KEY (workspace_id, collection_id) REFERENCES api_collections (workspace_id, id),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX grants_by_client ON grants (workspace_id, client_id, id);
CREATE INDEX grants_by_collection ON grants (workspace_id, collection_id, id);

CREATE TABLE administrators (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (json_valid(role)),
    -- A password, or a connection and the identity at its provider.
    password_hash TEXT,
    connection_id BLOB CHECK (length(connection_id) = 16),
    idp_entity_id TEXT,
    name_id TEXT,
    end_user_id BLOB CHECK (length(end_user_id) = 16),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CHECK ((password_hash IS NULL) = (connection_id IS NOT NULL)),
    CHECK ((connection_id IS NULL) = (idp_entity_id IS NULL)),
    CHECK ((connection_id IS NULL) = (name_id IS NULL))
) STRICT, WITHOUT ROWID;

-- Whoever has a password signs in with the address, everybody else with an identity.
CREATE UNIQUE INDEX administrators_by_email ON administrators (workspace_id, email_key)
    WHERE password_hash IS NOT NULL;
CREATE UNIQUE INDEX administrators_by_subject
    ON administrators (workspace_id, idp_entity_id, name_id) WHERE name_id IS NOT NULL;

CREATE TABLE api_tokens (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (json_valid(role)),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    hint TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    principal TEXT NOT NULL CHECK (principal IN ('end_user', 'administrator', 'setup_contact')),
    principal_id BLOB NOT NULL CHECK (length(principal_id) = 16),
    state TEXT NOT NULL CHECK (json_valid(state)),
    saml TEXT CHECK (json_valid(saml)),
    -- Out of `saml`, for logouts that begin at the provider.
    connection_id BLOB CHECK (length(connection_id) = 16),
    name_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- When it was, or will be, over: `expires_at`, or before that the moment in `state`.
    over_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    CHECK ((saml IS NULL) = (connection_id IS NULL)),
    CHECK ((saml IS NULL) = (name_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_principal ON sessions (workspace_id, principal, principal_id, id);
CREATE INDEX sessions_by_name_id ON sessions (workspace_id, connection_id, name_id, id)
    WHERE name_id IS NOT NULL;
CREATE INDEX sessions_by_end ON sessions (over_at);

CREATE TABLE authn_requests (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 1),
    connection_id BLOB NOT NULL CHECK (length(connection_id) = 16),
    purpose TEXT NOT NULL CHECK (purpose IN ('portal', 'console', 'test')),
    browser BLOB NOT NULL CHECK (length(browser) = 32),
    return_to TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX authn_requests_by_end ON authn_requests (expires_at);

-- A response counts once (R11).
CREATE TABLE accepted_assertions (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    idp_entity_id TEXT NOT NULL,
    assertion_id TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, idp_entity_id, assertion_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX accepted_assertions_by_end ON accepted_assertions (valid_until);

CREATE TABLE audit_events (
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (json_valid(actor)),
    ip TEXT,
    request_id TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    version_before INTEGER,
    version_after INTEGER,
    details TEXT NOT NULL CHECK (json_valid(details)),
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_events_by_target ON audit_events (workspace_id, target, id);
CREATE INDEX audit_events_by_action ON audit_events (workspace_id, action, id);

-- AUTOINCREMENT: a number is never used twice, whatever is deleted.
CREATE TABLE gateway_changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_id BLOB NOT NULL CHECK (length(workspace_id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('client', 'end_user', 'policy', 'collection')),
    id BLOB NOT NULL CHECK (length(id) = 16)
) STRICT;

CREATE INDEX gateway_changes_by_workspace ON gateway_changes (workspace_id, number);

-- What follows is the last line: the domain has no operation that does any of it.
-- REPLACE deletes without firing triggers on DELETE, hence the triggers on INSERT.

-- R4: a client authenticates in one way for life.
CREATE TRIGGER api_clients_keep_their_method
BEFORE UPDATE ON api_clients
WHEN NEW.method <> OLD.method OR NEW.id <> OLD.id OR NEW.workspace_id <> OLD.workspace_id
BEGIN
    SELECT RAISE(ABORT, 'the authentication method of an API client never changes (R4)');
END;

CREATE TRIGGER api_clients_are_not_replaced
BEFORE INSERT ON api_clients
WHEN EXISTS (
    SELECT 1 FROM api_clients c WHERE c.workspace_id = NEW.workspace_id AND c.id = NEW.id
) OR EXISTS (
    SELECT 1 FROM api_clients c WHERE c.workspace_id = NEW.workspace_id
        AND c.owner_id = NEW.owner_id AND c.origin = NEW.origin
)
BEGIN
    SELECT RAISE(ABORT, 'the authentication method of an API client never changes (R4)');
END;

-- R5: the method is locked from the first JIT client on, for ever.
CREATE TRIGGER jit_settings_keep_a_locked_method
BEFORE UPDATE ON jit_settings
WHEN OLD.method_locked_since IS NOT NULL AND (
    NEW.method <> OLD.method
    OR NEW.method_locked_since IS NOT OLD.method_locked_since
    OR NEW.workspace_id <> OLD.workspace_id
)
BEGIN
    SELECT RAISE(ABORT, 'the authentication method of the settings is locked (R5)');
END;

CREATE TRIGGER jit_settings_stay_when_locked
BEFORE DELETE ON jit_settings
WHEN OLD.method_locked_since IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the authentication method of the settings is locked (R5)');
END;

CREATE TRIGGER jit_settings_are_not_replaced
BEFORE INSERT ON jit_settings
WHEN EXISTS (
    SELECT 1 FROM jit_settings s
    WHERE s.workspace_id = NEW.workspace_id AND s.method_locked_since IS NOT NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the authentication method of the settings is locked (R5)');
END;

-- R35: what is written in the audit log stays.
CREATE TRIGGER audit_events_stay_as_they_are
BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only (R35)');
END;

CREATE TRIGGER audit_events_stay
BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only (R35)');
END;

CREATE TRIGGER audit_events_are_not_replaced
BEFORE INSERT ON audit_events
WHEN EXISTS (
    SELECT 1 FROM audit_events e WHERE e.workspace_id = NEW.workspace_id AND e.id = NEW.id
)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only (R35)');
END;

-- How large tables become, for the planner. Without it SQLite takes a workspace for ten rows, and walks
-- through all of it where an index would lead to one. The first number of each is the rows of the index,
-- the others how many of them share the first column, the first two, and so on.
ANALYZE workspaces;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('sign_in_attempts', 'sign_in_attempts', '5000000 5000000 1'),
    ('sign_in_attempts', 'sign_in_attempts_by_connection', '5000000 5000000 1000000 1'),
    ('sign_in_attempts', 'sign_in_attempts_by_reference', '5000000 5000000 1 1'),
    ('sign_in_attempts', 'sign_in_attempts_refused', '100000 100000 1'),
    ('sign_in_attempts', 'sign_in_attempts_refused_by_connection', '100000 100000 20000 1'),
    ('sign_in_attempts', 'sign_in_attempts_by_end', '5000000 1'),
    ('end_users', 'end_users', '1000000 1000000 1'),
    ('end_users', 'end_users_by_email', '1000000 1000000 2 1'),
    ('end_user_subjects', 'end_user_subjects', '1000000 1000000 500000 1'),
    ('end_user_subjects', 'end_user_subjects_by_end_user', '1000000 1000000 1'),
    ('memberships', 'memberships', '3000000 3000000 3 1 1'),
    ('memberships', 'memberships_by_group', '3000000 3000000 10000 1'),
    ('api_clients', 'api_clients', '1000000 1000000 1'),
    ('api_clients', 'api_clients_by_owner', '1000000 1000000 1 1'),
    ('api_clients', 'api_clients_by_policy', '1000000 1000000 100000'),
    ('credentials', 'credentials', '2000000 2000000 1'),
    ('credentials', 'sqlite_autoindex_credentials_2', '2000000 2000000 1'),
    ('credentials', 'credentials_by_client', '2000000 2000000 2 1'),
    ('access_requests', 'access_requests', '3000000 3000000 1'),
    ('access_requests', 'access_requests_pending_once', '1000 1000 2 1'),
    ('access_requests', 'access_requests_pending', '1000 1000 1'),
    ('access_requests', 'access_requests_pending_by_collection', '1000 1000 50 1'),
    ('access_requests', 'access_requests_by_client', '3000000 3000000 3 1'),
    ('access_requests', 'access_requests_by_collection', '3000000 3000000 30000 1'),
    ('grants', 'grants', '3000000 3000000 1'),
    ('grants', 'grants_by_client', '3000000 3000000 3 1'),
    ('grants', 'grants_by_collection', '3000000 3000000 30000 1'),
    ('sessions', 'sessions', '100000 100000 1'),
    ('sessions', 'sqlite_autoindex_sessions_2', '100000 100000 1'),
    ('sessions', 'sessions_by_principal', '100000 100000 100000 2 1'),
    ('sessions', 'sessions_by_name_id', '100000 100000 50000 2 1'),
    ('sessions', 'sessions_by_end', '100000 1'),
    ('authn_requests', 'authn_requests', '10000 10000 1'),
    ('authn_requests', 'authn_requests_by_end', '10000 1'),
    ('accepted_assertions', 'accepted_assertions', '100000 100000 50000 1'),
    ('accepted_assertions', 'accepted_assertions_by_end', '100000 1'),
    ('audit_events', 'audit_events', '5000000 5000000 1'),
    ('audit_events', 'audit_events_by_target', '5000000 5000000 5 1'),
    ('audit_events', 'audit_events_by_action', '5000000 5000000 100000 1'),
    ('gateway_changes', 'gateway_changes_by_workspace', '1000000 1000000 1');
ANALYZE sqlite_schema;
