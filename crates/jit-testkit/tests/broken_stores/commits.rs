use jit_testkit::broken::Fault::{
    self, AppliesInReverse, ChangesMethods, CrossesWorkspaces, FoldsAsciiOnly, ForgetsGuards,
    ForgetsKeysOf, ForgetsReferencesOf, ForgetsReplays, ForgetsTheEpoch, IgnoresVersions,
    KeepsWhatGoesWithIt, KeepsWhatIsRemoved, LogsRefusedCommits, LosesAnAuditEvent,
    LosesTheLastChange, RefusesAsUnavailable, RefusesWhatItApplied, RemovesWhatIsInUse,
    RoundsMoments, SwallowsRefusals, TearsCommits,
};

use crate::{uncaught, unfair};

/// A fault may have several lines: each case that is about it catches it alone.
const FAULTS: &[(Fault, &str)] = &[
    (ForgetsGuards, "a_guard_on_any_other_version_is_refused"),
    (
        ForgetsGuards,
        "of_two_that_change_what_the_other_guards_one_wins",
    ),
    (
        ForgetsTheEpoch,
        "a_guard_on_the_epoch_of_the_settings_holds_at_that_epoch",
    ),
    (ForgetsReplays, "an_assertion_is_accepted_once"),
    (ForgetsReplays, "of_eight_uses_of_one_assertion_one_wins"),
    (IgnoresVersions, "a_stale_put_is_refused"),
    (IgnoresVersions, "a_put_that_skips_a_version_is_refused"),
    (
        IgnoresVersions,
        "a_save_and_the_lock_of_the_method_exclude_each_other",
    ),
    (IgnoresVersions, "of_eight_decisions_one_wins"),
    (IgnoresVersions, "of_eight_changes_of_one_version_one_wins"),
    (
        IgnoresVersions,
        "holds_of_all_sources_converge_in_any_order",
    ),
    (
        IgnoresVersions,
        "a_decision_whose_answer_was_lost_is_found_done",
    ),
    (
        TearsCommits,
        "an_error_in_the_last_change_leaves_nothing_of_the_first",
    ),
    (
        TearsCommits,
        "an_error_in_the_last_change_brings_back_what_was_removed",
    ),
    (SwallowsRefusals, "a_stale_put_is_refused"),
    (
        SwallowsRefusals,
        "of_eight_first_logins_of_one_person_one_wins",
    ),
    (
        SwallowsRefusals,
        "a_decision_whose_answer_was_lost_is_found_done",
    ),
    (RefusesAsUnavailable, "a_stale_put_is_refused"),
    (RefusesWhatItApplied, "a_first_put_inserts"),
    (AppliesInReverse, "changes_are_applied_in_order"),
    (LosesTheLastChange, "a_first_put_inserts"),
    (
        KeepsWhatIsRemoved,
        "a_removal_of_the_present_version_removes",
    ),
    (
        LosesAnAuditEvent,
        "audit_events_are_part_of_the_commit_and_keep_their_order",
    ),
    (
        LogsRefusedCommits,
        "an_error_in_the_last_change_leaves_nothing_of_the_first",
    ),
    (ChangesMethods, "the_method_of_a_client_never_changes"),
    (RemovesWhatIsInUse, "a_policy_in_use_cannot_be_removed"),
    (
        RemovesWhatIsInUse,
        "a_group_of_the_settings_cannot_be_removed",
    ),
    (RemovesWhatIsInUse, "an_owner_cannot_be_removed"),
    (RemovesWhatIsInUse, "both_sides_of_a_request_stay"),
    (
        KeepsWhatGoesWithIt,
        "a_removed_group_takes_its_memberships_with_it",
    ),
    (
        KeepsWhatGoesWithIt,
        "a_removed_connection_takes_its_links_and_attempts_with_it",
    ),
    (RoundsMoments, "moments_come_back_to_the_microsecond"),
    (RoundsMoments, "a_person_comes_back_as_they_were_put"),
    (
        FoldsAsciiOnly,
        "names_beyond_ascii_are_taken_in_any_letter_case",
    ),
    (
        CrossesWorkspaces,
        "a_commit_with_something_of_another_workspace_is_refused",
    ),
    (
        CrossesWorkspaces,
        "nothing_of_another_workspace_is_guarded_or_removed",
    ),
    (ForgetsKeysOf("Workspace"), "a_workspace_slug_is_taken_once"),
    (
        ForgetsKeysOf("IdpConnection"),
        "a_connection_slug_is_taken_once",
    ),
    (
        ForgetsKeysOf("IdpConnection"),
        "an_idp_entity_id_is_taken_once",
    ),
    (ForgetsKeysOf("EndUser"), "a_subject_belongs_to_one_person"),
    (
        ForgetsKeysOf("EndUser"),
        "of_eight_first_logins_of_one_person_one_wins",
    ),
    (
        ForgetsKeysOf("EndUserGroup"),
        "a_group_name_is_taken_in_any_letter_case",
    ),
    (
        ForgetsKeysOf("EndUserGroup"),
        "a_rename_to_a_taken_name_is_refused",
    ),
    (ForgetsKeysOf("ApiClient"), "a_person_has_one_jit_client"),
    (
        ForgetsKeysOf("ApiClient"),
        "a_credential_hash_is_taken_once",
    ),
    (
        ForgetsKeysOf("Policy"),
        "a_policy_name_is_taken_in_any_letter_case",
    ),
    (
        ForgetsKeysOf("ApiCollection"),
        "a_collection_slug_is_taken_once",
    ),
    (
        ForgetsKeysOf("AccessRequest"),
        "a_client_has_one_pending_request_for_a_collection",
    ),
    (
        ForgetsKeysOf("AccessRequest"),
        "of_eight_requests_for_one_collection_one_wins",
    ),
    (
        ForgetsKeysOf("Administrator"),
        "the_address_of_an_administrator_is_taken_in_any_letter_case",
    ),
    (
        ForgetsKeysOf("Administrator"),
        "the_address_is_a_key_only_of_administrators_with_a_password",
    ),
    (
        ForgetsKeysOf("Administrator"),
        "a_subject_belongs_to_one_administrator",
    ),
    (
        ForgetsKeysOf("IdpConnection"),
        "connections_without_a_provider_are_not_in_each_others_way",
    ),
    (
        ForgetsKeysOf("SetupLink"),
        "a_setup_link_hash_is_taken_once",
    ),
    (ForgetsKeysOf("ApiToken"), "an_api_token_hash_is_taken_once"),
    (ForgetsKeysOf("Session"), "a_session_hash_is_taken_once"),
    (
        ForgetsReferencesOf("JitSettings"),
        "settings_need_their_policy",
    ),
    (
        ForgetsReferencesOf("JitSettings"),
        "settings_need_their_groups",
    ),
    (
        ForgetsReferencesOf("EndUser"),
        "a_membership_needs_its_group",
    ),
    (ForgetsReferencesOf("ApiClient"), "a_client_needs_its_owner"),
    (
        ForgetsReferencesOf("ApiClient"),
        "a_client_needs_its_policy",
    ),
    (
        ForgetsReferencesOf("ApiClient"),
        "references_do_not_cross_workspaces",
    ),
    (
        ForgetsReferencesOf("AccessRequest"),
        "a_request_needs_its_client_and_its_collection",
    ),
    (
        ForgetsReferencesOf("Grant"),
        "a_grant_needs_its_client_and_its_collection",
    ),
    (
        ForgetsReferencesOf("SetupLink"),
        "a_setup_link_needs_its_connection",
    ),
    (
        ForgetsReferencesOf("SignInAttempt"),
        "an_attempt_needs_its_connection",
    ),
    (
        ForgetsReferencesOf("SetupLink"),
        "references_do_not_cross_workspaces",
    ),
    (
        ForgetsReferencesOf("SignInAttempt"),
        "references_do_not_cross_workspaces",
    ),
];

#[tokio::test]
async fn each_fault_of_a_commit_is_caught_by_the_case_that_is_about_it() {
    assert_eq!(uncaught(FAULTS).await, Vec::<String>::new());
    assert_eq!(unfair(FAULTS).await, Vec::<String>::new());
}
