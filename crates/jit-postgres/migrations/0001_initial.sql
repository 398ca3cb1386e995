-- Every row, key and reference names its workspace (R38).
-- Columns that end in `_key` are the lower-case form that is computed outside, in the order of its bytes:
-- neither depends on the locale of the database.

-- Trigrams find parts of texts.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE workspaces (
    workspace_id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL CHECK (version >= 1),
    slug text NOT NULL UNIQUE,
    setup jsonb NOT NULL
);

CREATE TABLE end_user_groups (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    description text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name_key)
);

CREATE TABLE policies (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    rate jsonb,
    quota jsonb,
    ip_rules jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name_key)
);

CREATE TABLE jit_settings (
    workspace_id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL CHECK (version >= 1),
    epoch bigint NOT NULL CHECK (epoch >= 1),
    method text NOT NULL
        CHECK (method IN ('auth_token', 'oauth2', 'jwt', 'oidc', 'introspection')),
    policy_id uuid,
    method_locked_since timestamptz,
    saved_by jsonb NOT NULL,
    saved_at timestamptz NOT NULL,
    FOREIGN KEY (workspace_id, policy_id) REFERENCES policies (workspace_id, id)
);

CREATE TABLE jit_settings_groups (
    workspace_id uuid NOT NULL,
    group_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, group_id),
    FOREIGN KEY (workspace_id) REFERENCES jit_settings (workspace_id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, group_id) REFERENCES end_user_groups (workspace_id, id)
);

CREATE TABLE idp_connections (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    slug text NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    state text NOT NULL CHECK (state IN ('inactive', 'active')),
    provider text NOT NULL
        CHECK (provider IN ('okta', 'google_workspace', 'entra_id', 'one_login', 'other')),
    -- What the provider says of itself, and its name in there; NULL until it is known.
    entity_id text,
    idp jsonb,
    metadata jsonb NOT NULL,
    saml jsonb NOT NULL,
    attributes jsonb NOT NULL,
    jit text NOT NULL CHECK (jit IN ('on', 'off')),
    -- The rules, or NULL: group sync is off.
    group_rules jsonb,
    enforced_domains jsonb NOT NULL,
    linking text NOT NULL CHECK (linking IN ('on', 'off')),
    console_roles jsonb NOT NULL,
    certificate_notices jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, slug),
    UNIQUE (workspace_id, entity_id),
    CHECK ((entity_id IS NULL) = (idp IS NULL))
);

CREATE TABLE saml_keys (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    private bytea NOT NULL,
    certificate jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE setup_links (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    connection_id uuid NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    created_by jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    opened_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    FOREIGN KEY (workspace_id, connection_id)
        REFERENCES idp_connections (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX setup_links_by_connection ON setup_links (workspace_id, connection_id, id);

-- The log of sign-ins: a row a response, for a time.
CREATE TABLE sign_in_attempts (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    at timestamptz NOT NULL,
    connection_id uuid NOT NULL,
    -- Why nobody signed in; NULL if somebody did.
    refusal text,
    -- On the page that the person saw.
    reference text,
    outcome jsonb NOT NULL,
    ip text,
    evidence jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, connection_id)
        REFERENCES idp_connections (workspace_id, id) ON DELETE CASCADE
);

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
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    connection_id uuid NOT NULL,
    display_name text NOT NULL,
    -- Name and address in lower case, for the search of the console.
    name_key text COLLATE "C" NOT NULL,
    email text,
    email_key text COLLATE "C",
    holds jsonb NOT NULL,
    sessions_valid_from timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    last_signed_in_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CHECK ((email IS NULL) = (email_key IS NULL))
);

-- For the search of the console: parts of names and addresses, and their beginnings.
CREATE INDEX end_users_by_part
    ON end_users USING gin (name_key gin_trgm_ops, email_key gin_trgm_ops);
CREATE INDEX end_users_by_name ON end_users (workspace_id, name_key);
CREATE INDEX end_users_held ON end_users (workspace_id, id) WHERE holds <> '[]';

CREATE INDEX end_users_by_email ON end_users (workspace_id, email_key, id)
    WHERE email_key IS NOT NULL;

-- The identity: who is who, once (R13).
CREATE TABLE end_user_subjects (
    workspace_id uuid NOT NULL,
    idp_entity_id text NOT NULL,
    name_id text NOT NULL,
    end_user_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, idp_entity_id, name_id),
    FOREIGN KEY (workspace_id, end_user_id)
        REFERENCES end_users (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX end_user_subjects_by_end_user ON end_user_subjects (workspace_id, end_user_id);

CREATE TABLE memberships (
    workspace_id uuid NOT NULL,
    end_user_id uuid NOT NULL,
    group_id uuid NOT NULL,
    source text NOT NULL CHECK (source IN ('idp', 'scim', 'jit', 'manual')),
    PRIMARY KEY (workspace_id, end_user_id, group_id, source),
    FOREIGN KEY (workspace_id, end_user_id)
        REFERENCES end_users (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, group_id)
        REFERENCES end_user_groups (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX memberships_by_group ON memberships (workspace_id, group_id, end_user_id);

CREATE TABLE api_clients (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    owner_id uuid NOT NULL,
    method text NOT NULL
        CHECK (method IN ('auth_token', 'oauth2', 'jwt', 'oidc', 'introspection')),
    origin text NOT NULL CHECK (origin IN ('jit')),
    name text NOT NULL,
    policy_id uuid,
    state text NOT NULL CHECK (state IN ('active', 'awaiting_key', 'disabled')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, owner_id) REFERENCES end_users (workspace_id, id),
    FOREIGN KEY (workspace_id, policy_id) REFERENCES policies (workspace_id, id)
);

-- One JIT client a person (R13).
CREATE UNIQUE INDEX api_clients_by_owner ON api_clients (workspace_id, owner_id, origin);
CREATE INDEX api_clients_by_policy ON api_clients (workspace_id, policy_id);

CREATE TABLE credentials (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    client_id uuid NOT NULL,
    position bigint NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    hint text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    ip_rules jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    FOREIGN KEY (workspace_id, client_id)
        REFERENCES api_clients (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX credentials_by_client ON credentials (workspace_id, client_id, position);

CREATE TABLE api_collections (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    slug text NOT NULL,
    api_version text NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    summary text NOT NULL,
    owner text NOT NULL,
    tags jsonb NOT NULL,
    upstream text NOT NULL,
    publication text NOT NULL CHECK (publication IN ('draft', 'published', 'deleted')),
    audience jsonb NOT NULL,
    operations jsonb NOT NULL,
    document_version text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Last, because it is long and lists do not read it.
    document text NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, slug)
);

CREATE TABLE access_requests (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    client_id uuid NOT NULL,
    requester_id uuid NOT NULL,
    collection_id uuid NOT NULL,
    reason text NOT NULL,
    requested_at timestamptz NOT NULL,
    status text NOT NULL
        CHECK (status IN ('pending', 'approved', 'rejected', 'withdrawn', 'cancelled')),
    ended_at timestamptz,
    decided_by jsonb,
    note text,
    grant_id uuid,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, client_id) REFERENCES api_clients (workspace_id, id),
    FOREIGN KEY (workspace_id, collection_id) REFERENCES api_collections (workspace_id, id),
    CHECK ((status = 'pending') = (ended_at IS NULL)),
    CHECK ((status IN ('approved', 'rejected')) = (decided_by IS NOT NULL)),
    CHECK ((status = 'approved') = (grant_id IS NOT NULL)),
    CHECK (note IS NULL OR decided_by IS NOT NULL)
);

-- One pending request for a client and a collection (R20).
CREATE UNIQUE INDEX access_requests_pending_once
    ON access_requests (workspace_id, client_id, collection_id) WHERE status = 'pending';
CREATE INDEX access_requests_by_status ON access_requests (workspace_id, status, id);
CREATE INDEX access_requests_pending_by_collection
    ON access_requests (workspace_id, collection_id, id) WHERE status = 'pending';
CREATE INDEX access_requests_by_client ON access_requests (workspace_id, client_id, id);
CREATE INDEX access_requests_by_collection ON access_requests (workspace_id, collection_id, id);

CREATE TABLE grants (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    client_id uuid NOT NULL,
    collection_id uuid NOT NULL,
    request_id uuid NOT NULL,
    granted_by jsonb NOT NULL,
    granted_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_by jsonb,
    revoked_at timestamptz,
    revocation_reason text,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, client_id) REFERENCES api_clients (workspace_id, id),
    FOREIGN KEY (workspace_id, collection_id) REFERENCES api_collections (workspace_id, id),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
);

CREATE INDEX grants_by_client ON grants (workspace_id, client_id, id);
CREATE INDEX grants_by_collection ON grants (workspace_id, collection_id, id);

CREATE TABLE administrators (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    email text NOT NULL,
    email_key text COLLATE "C" NOT NULL,
    name text NOT NULL,
    role jsonb NOT NULL,
    -- A password, or a connection and the identity at its provider.
    password_hash text,
    connection_id uuid,
    idp_entity_id text,
    name_id text,
    end_user_id uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CHECK ((password_hash IS NULL) = (connection_id IS NOT NULL)),
    CHECK ((connection_id IS NULL) = (idp_entity_id IS NULL)),
    CHECK ((connection_id IS NULL) = (name_id IS NULL))
);

-- Whoever has a password signs in with the address, everybody else with an identity.
CREATE UNIQUE INDEX administrators_by_email ON administrators (workspace_id, email_key)
    WHERE password_hash IS NOT NULL;
CREATE UNIQUE INDEX administrators_by_subject
    ON administrators (workspace_id, idp_entity_id, name_id) WHERE name_id IS NOT NULL;

CREATE TABLE api_tokens (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    name text NOT NULL,
    role jsonb NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    hint text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash)
);

CREATE TABLE sessions (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    principal text NOT NULL CHECK (principal IN ('end_user', 'administrator', 'setup_contact')),
    principal_id uuid NOT NULL,
    state jsonb NOT NULL,
    saml jsonb,
    -- Out of `saml`, for logouts that begin at the provider.
    connection_id uuid,
    name_id text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- When it was, or will be, over: `expires_at`, or before that the moment in `state`.
    over_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    CHECK ((saml IS NULL) = (connection_id IS NULL)),
    CHECK ((saml IS NULL) = (name_id IS NULL))
);

CREATE INDEX sessions_by_principal ON sessions (workspace_id, principal, principal_id, id);
CREATE INDEX sessions_by_name_id ON sessions (workspace_id, connection_id, name_id, id)
    WHERE name_id IS NOT NULL;
CREATE INDEX sessions_by_end ON sessions (over_at);

CREATE TABLE authn_requests (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    connection_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('portal', 'console', 'test')),
    browser bytea NOT NULL CHECK (length(browser) = 32),
    return_to text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE INDEX authn_requests_by_end ON authn_requests (expires_at);

-- A response counts once (R11).
CREATE TABLE accepted_assertions (
    workspace_id uuid NOT NULL,
    idp_entity_id text NOT NULL,
    assertion_id text NOT NULL,
    valid_until timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, idp_entity_id, assertion_id)
);

CREATE INDEX accepted_assertions_by_end ON accepted_assertions (valid_until);

CREATE TABLE audit_events (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    ip text,
    request_id text,
    action text COLLATE "C" NOT NULL,
    target text NOT NULL,
    version_before bigint,
    version_after bigint,
    details jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE INDEX audit_events_by_target ON audit_events (workspace_id, target, id);
CREATE INDEX audit_events_by_action ON audit_events (workspace_id, action, id);

-- The order of numbers is not the order of commits; `written_at` tells how far they are settled.
CREATE TABLE gateway_changes (
    workspace_id uuid NOT NULL,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY (CACHE 1),
    kind text NOT NULL CHECK (kind IN ('client', 'end_user', 'policy', 'collection')),
    id uuid NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- What follows is the last line: the domain has no operation that does any of it.
-- `restrict_violation` is what the store takes for a conflict.

-- R4: a client authenticates in one way for life.
CREATE FUNCTION refuse_another_method() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the authentication method of an API client never changes (R4)'
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER api_clients_keep_their_method
BEFORE UPDATE ON api_clients FOR EACH ROW
WHEN (NEW.method <> OLD.method OR NEW.id <> OLD.id OR NEW.workspace_id <> OLD.workspace_id)
EXECUTE FUNCTION refuse_another_method();

-- R5: the method is locked from the first JIT client on, for ever.
CREATE FUNCTION refuse_to_unlock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the authentication method of the settings is locked (R5)'
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER jit_settings_keep_a_locked_method
BEFORE UPDATE ON jit_settings FOR EACH ROW
WHEN (OLD.method_locked_since IS NOT NULL AND (
    NEW.method <> OLD.method
    OR NEW.method_locked_since IS DISTINCT FROM OLD.method_locked_since
    OR NEW.workspace_id <> OLD.workspace_id
))
EXECUTE FUNCTION refuse_to_unlock();

CREATE TRIGGER jit_settings_stay_when_locked
BEFORE DELETE ON jit_settings FOR EACH ROW
WHEN (OLD.method_locked_since IS NOT NULL)
EXECUTE FUNCTION refuse_to_unlock();

CREATE TRIGGER jit_settings_are_not_emptied
BEFORE TRUNCATE ON jit_settings FOR EACH STATEMENT
EXECUTE FUNCTION refuse_to_unlock();

-- R35: what is written in the audit log stays.
CREATE FUNCTION refuse_to_rewrite_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only (R35)' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_events_stay_as_they_are
BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW
EXECUTE FUNCTION refuse_to_rewrite_the_log();

CREATE TRIGGER audit_events_are_not_emptied
BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT
EXECUTE FUNCTION refuse_to_rewrite_the_log();
