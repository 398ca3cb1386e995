use jit_testkit::broken::{
    Fault::{self, Hides, Leaks, PagesByOffset, Reverses},
    READS,
};

use crate::{uncaught, unfair};

/// Each read with a case that needs its answer, and the case that keeps workspaces apart (R38).
const READ: &[(&str, &str, &str)] = &[
    (
        "find_jit_settings",
        "settings_come_back_as_they_were_put",
        APART,
    ),
    (
        "find_connection",
        "a_connection_comes_back_as_it_was_put",
        APART,
    ),
    (
        "find_connection_by_slug",
        "a_connection_is_found_by_its_slug",
        APART,
    ),
    (
        "list_connections",
        "connections_are_listed_by_name",
        LISTED_APART,
    ),
    (
        "list_saml_keys",
        "a_saml_key_comes_back_as_it_was_put",
        LISTED_APART,
    ),
    (
        "find_setup_link",
        "a_setup_link_comes_back_as_it_was_put",
        APART,
    ),
    (
        "find_setup_link_by_hash",
        "setup_links_are_listed_newest_first",
        APART,
    ),
    (
        "list_setup_links",
        "setup_links_are_listed_newest_first",
        APART,
    ),
    (
        "find_sign_in_attempt",
        "a_sign_in_attempt_comes_back_with_every_outcome",
        APART,
    ),
    (
        "list_sign_in_attempts",
        "pages_of_attempts_join",
        LISTED_APART,
    ),
    (
        "find_end_user",
        "a_person_comes_back_as_they_were_put",
        APART,
    ),
    (
        "find_end_user_by_subject",
        "subjects_are_compared_byte_for_byte",
        APART,
    ),
    (
        "list_end_users_by_email",
        "people_of_one_address_are_listed_oldest_first",
        APART,
    ),
    ("count_end_users", "people_are_counted", LISTED_APART),
    ("list_end_users", "pages_of_people_join", LISTED_APART),
    ("find_group", "a_group_comes_back_as_it_was_put", APART),
    (
        "list_groups",
        "groups_are_listed_by_name_with_their_members",
        LISTED_APART,
    ),
    (
        "list_references_to_group",
        "references_to_a_group_are_counted_by_kind",
        APART,
    ),
    ("find_client", "a_client_comes_back_as_it_was_put", APART),
    ("find_client_of", "a_client_is_found_by_its_owner", APART),
    ("count_jit_clients", "jit_clients_are_counted", LISTED_APART),
    ("list_clients", "pages_of_clients_join", LISTED_APART),
    ("find_policy", "a_policy_comes_back_as_it_was_put", APART),
    (
        "list_policies",
        "policies_are_listed_by_name_with_their_clients",
        LISTED_APART,
    ),
    (
        "list_references_to_policy",
        "references_to_a_policy_are_counted_by_kind",
        APART,
    ),
    (
        "find_collection",
        "a_collection_comes_back_as_it_was_put",
        APART,
    ),
    (
        "find_collection_by_slug",
        "a_collection_is_read_with_its_document",
        APART,
    ),
    (
        "list_collections",
        "collections_are_listed_by_name_without_documents",
        LISTED_APART,
    ),
    (
        "find_access_request",
        "a_request_comes_back_in_every_state",
        APART,
    ),
    (
        "list_requests_of_client",
        "the_requests_of_a_client_are_listed_newest_first",
        APART,
    ),
    (
        "list_pending_requests_for",
        "only_pending_requests_for_that_collection_are_listed",
        APART,
    ),
    (
        "count_access_requests",
        "requests_are_found_by_each_part_of_the_filter",
        LISTED_APART,
    ),
    (
        "list_access_requests",
        "pages_of_requests_join",
        LISTED_APART,
    ),
    ("find_grant", "a_grant_comes_back_as_it_was_put", APART),
    (
        "list_grants_of_client",
        "the_grants_of_a_client_are_listed_newest_first",
        APART,
    ),
    ("list_grants", "pages_of_grants_join", LISTED_APART),
    (
        "find_administrator",
        "an_administrator_comes_back_in_every_role",
        APART,
    ),
    (
        "find_administrator_by_email",
        "addresses_are_found_in_any_letter_case_and_kept_as_written",
        APART,
    ),
    (
        "find_administrator_by_subject",
        "an_administrator_comes_back_with_every_way_to_sign_in",
        APART,
    ),
    (
        "list_administrators",
        "administrators_are_listed_oldest_first",
        LISTED_APART,
    ),
    (
        "find_api_token",
        "an_api_token_comes_back_in_every_role",
        APART,
    ),
    (
        "find_api_token_by_hash",
        "api_tokens_are_listed_oldest_first",
        APART,
    ),
    (
        "list_api_tokens",
        "api_tokens_are_listed_oldest_first",
        LISTED_APART,
    ),
    ("find_session", "a_session_comes_back_in_every_state", APART),
    (
        "list_sessions_of",
        "the_sessions_of_somebody_are_listed_newest_first",
        APART,
    ),
    (
        "list_sessions_by_name_id",
        "sessions_are_found_by_the_name_at_the_provider_byte_for_byte",
        APART,
    ),
    (
        "find_authn_request",
        "a_login_under_way_comes_back_as_it_was_put",
        APART,
    ),
    (
        "is_assertion_accepted",
        "an_assertion_is_accepted_once",
        APART,
    ),
    (
        "list_audit_events",
        "pages_of_the_audit_log_join",
        LISTED_APART,
    ),
    (
        "find_latest_gateway_change",
        "numbers_of_changes_grow",
        LOGGED_APART,
    ),
    (
        "list_gateway_changes",
        "a_gateway_reads_exactly_what_commits_have_changed",
        LOGGED_APART,
    ),
    (
        "list_calling_clients",
        "all_calling_clients_are_listed_in_order",
        LISTED_APART,
    ),
    (
        "find_calling_client",
        "a_calling_client_has_all_that_a_decision_needs",
        APART,
    ),
    ("list_routes", "every_collection_is_a_route", LISTED_APART),
];

const APART: &str = "nothing_is_found_in_another_workspace";
const LISTED_APART: &str = "every_list_is_of_one_workspace";
const LOGGED_APART: &str = "each_workspace_has_its_own_changelog";

const LISTS: &[(&str, &str)] = &[
    ("list_connections", "connections_are_listed_by_name"),
    ("list_saml_keys", "saml_keys_are_listed_newest_first"),
    ("list_setup_links", "setup_links_are_listed_newest_first"),
    ("list_sign_in_attempts", "pages_of_attempts_join"),
    (
        "list_end_users_by_email",
        "people_of_one_address_are_listed_oldest_first",
    ),
    ("list_end_users", "pages_of_people_join"),
    (
        "list_groups",
        "groups_are_listed_by_name_with_their_members",
    ),
    (
        "list_references_to_group",
        "references_to_a_group_are_counted_by_kind",
    ),
    ("list_clients", "pages_of_clients_join"),
    (
        "list_policies",
        "policies_are_listed_by_name_with_their_clients",
    ),
    (
        "list_references_to_policy",
        "references_to_a_policy_are_counted_by_kind",
    ),
    (
        "list_collections",
        "collections_are_listed_by_name_without_documents",
    ),
    (
        "list_requests_of_client",
        "the_requests_of_a_client_are_listed_newest_first",
    ),
    ("list_access_requests", "pages_of_requests_join"),
    (
        "list_grants_of_client",
        "the_grants_of_a_client_are_listed_newest_first",
    ),
    ("list_grants", "pages_of_grants_join"),
    (
        "list_administrators",
        "administrators_are_listed_oldest_first",
    ),
    ("list_api_tokens", "api_tokens_are_listed_oldest_first"),
    (
        "list_sessions_of",
        "the_sessions_of_somebody_are_listed_newest_first",
    ),
    (
        "list_sessions_by_name_id",
        "sessions_are_found_by_the_name_at_the_provider_byte_for_byte",
    ),
    ("list_audit_events", "pages_of_the_audit_log_join"),
    ("list_gateway_changes", "numbers_of_changes_grow"),
    (
        "list_calling_clients",
        "all_calling_clients_are_listed_in_order",
    ),
];

const PAGES: &[(&str, &str)] = &[
    (
        "list_end_users",
        "pages_of_people_stay_stable_while_rows_arrive",
    ),
    (
        "list_clients",
        "pages_of_clients_stay_stable_while_rows_arrive",
    ),
    (
        "list_access_requests",
        "pages_of_requests_stay_stable_while_rows_arrive",
    ),
    (
        "list_grants",
        "pages_of_grants_stay_stable_while_rows_arrive",
    ),
    (
        "list_sign_in_attempts",
        "pages_of_attempts_stay_stable_while_rows_arrive",
    ),
    (
        "list_audit_events",
        "pages_of_the_audit_log_stay_stable_while_rows_arrive",
    ),
];

fn table(faults: impl IntoIterator<Item = (Fault, &'static str)>) -> Vec<(Fault, &'static str)> {
    faults.into_iter().collect()
}

#[tokio::test]
async fn each_read_that_finds_nothing_is_caught_by_the_case_that_needs_it() {
    let table = table(READ.iter().map(|(read, needs, _)| (Hides(read), *needs)));
    assert_eq!(uncaught(&table).await, Vec::<String>::new());
    assert_eq!(unfair(&table).await, Vec::<String>::new());
}

/// R38: there is no read that may answer with what another workspace has.
#[tokio::test]
async fn each_read_that_leaks_is_caught_by_a_case_about_isolation() {
    let table = table(READ.iter().map(|(read, _, apart)| (Leaks(read), *apart)));
    assert_eq!(uncaught(&table).await, Vec::<String>::new());
    assert_eq!(unfair(&table).await, Vec::<String>::new());
}

#[test]
fn the_table_has_every_read() {
    let listed: Vec<_> = READ.iter().map(|(read, ..)| *read).collect();
    assert_eq!(listed, READS);
}

#[tokio::test]
async fn each_list_in_the_wrong_order_is_caught() {
    let table = table(LISTS.iter().map(|(read, case)| (Reverses(read), *case)));
    assert_eq!(uncaught(&table).await, Vec::<String>::new());
    assert_eq!(unfair(&table).await, Vec::<String>::new());
}

#[tokio::test]
async fn each_list_that_counts_rows_is_caught_while_rows_arrive() {
    let table = table(
        PAGES
            .iter()
            .map(|(read, case)| (PagesByOffset(read), *case)),
    );
    assert_eq!(uncaught(&table).await, Vec::<String>::new());
    assert_eq!(unfair(&table).await, Vec::<String>::new());
}
