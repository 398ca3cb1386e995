/// Makes one test for each case of the [contract](crate::contract).
///
/// It takes the path of an async function without arguments that gives an empty store, as
/// `Arc<dyn Store>`, and a guard that cleans up when it is dropped.
#[macro_export]
macro_rules! store_contract {
    ($fresh_store:path) => {
        $crate::store_cases!(tests $fresh_store);
    };
}

/// The cases, listed once: the file, then its cases.
#[doc(hidden)]
#[macro_export]
macro_rules! store_cases {
    ($($how:tt)*) => {
        $crate::each_store_case! { [$($how)*]
            versions {
                a_first_put_inserts
                a_first_put_of_something_known_is_refused
                a_later_put_of_something_unknown_is_refused
                a_put_replaces_the_version_before
                a_stale_put_is_refused
                a_put_that_skips_a_version_is_refused
                a_guard_on_the_present_version_passes
                a_guard_on_any_other_version_is_refused
                a_guard_on_the_epoch_of_the_settings_holds_at_that_epoch
                a_removal_of_the_present_version_removes
                a_removal_of_any_other_version_is_refused
                changes_are_applied_in_order
            }
            atomicity {
                an_error_in_the_last_change_leaves_nothing_of_the_first
                an_error_in_the_last_change_brings_back_what_was_removed
                a_commit_whose_answer_was_lost_can_be_repeated_without_harm
                a_decision_whose_answer_was_lost_is_found_done
            }
            keys {
                a_workspace_slug_is_taken_once
                a_connection_slug_is_taken_once
                an_idp_entity_id_is_taken_once
                connections_without_a_provider_are_not_in_each_others_way
                a_subject_belongs_to_one_person
                a_group_name_is_taken_in_any_letter_case
                a_policy_name_is_taken_in_any_letter_case
                a_rename_to_a_taken_name_is_refused
                a_name_is_free_again_after_a_removal_or_a_change
                a_collection_slug_is_taken_once
                a_person_has_one_jit_client
                a_credential_hash_is_taken_once
                an_api_token_hash_is_taken_once
                a_session_hash_is_taken_once
                a_setup_link_hash_is_taken_once
                the_address_of_an_administrator_is_taken_in_any_letter_case
                the_address_is_a_key_only_of_administrators_with_a_password
                a_subject_belongs_to_one_administrator
                the_address_of_a_person_is_not_a_key
            }
            references {
                a_client_needs_its_owner
                a_client_needs_its_policy
                settings_need_their_policy
                settings_need_their_groups
                a_membership_needs_its_group
                a_request_needs_its_client_and_its_collection
                a_grant_needs_its_client_and_its_collection
                a_setup_link_needs_its_connection
                an_attempt_needs_its_connection
                a_policy_in_use_cannot_be_removed
                a_group_of_the_settings_cannot_be_removed
                an_owner_cannot_be_removed
                both_sides_of_a_request_stay
                a_removed_group_takes_its_memberships_with_it
                a_removed_connection_takes_its_links_and_attempts_with_it
                references_to_a_group_are_counted_by_kind
                references_to_a_policy_are_counted_by_kind
            }
            clients {
                the_method_of_a_client_never_changes
                a_client_is_made_with_any_method
                a_client_is_found_by_its_owner
                jit_clients_are_counted
                a_put_replaces_all_credentials
            }
            requests {
                a_client_has_one_pending_request_for_a_collection
                other_clients_and_other_collections_are_not_in_the_way
                one_may_ask_again_after_a_request_ended
                the_requests_of_a_client_are_listed_newest_first
                only_pending_requests_for_that_collection_are_listed
                the_grants_of_a_client_are_listed_newest_first
            }
            assertions {
                an_assertion_is_accepted_once
                an_assertion_is_accepted_once_in_a_commit
                another_provider_or_another_id_is_another_assertion
            }
            races {
                of_eight_first_logins_of_one_person_one_wins
                eight_first_logins_of_eight_people_all_win
                of_two_that_change_what_the_other_guards_one_wins
                a_save_and_the_lock_of_the_method_exclude_each_other
                of_eight_decisions_one_wins
                of_eight_requests_for_one_collection_one_wins
                of_eight_uses_of_one_assertion_one_wins
                of_eight_changes_of_one_version_one_wins
            }
            holds {
                holds_of_all_sources_converge_in_any_order
            }
            round_trip {
                settings_come_back_as_they_were_put
                a_connection_comes_back_as_it_was_put
                a_person_comes_back_as_they_were_put
                a_group_comes_back_as_it_was_put
                a_client_comes_back_as_it_was_put
                a_policy_comes_back_as_it_was_put
            }
            round_trip_access {
                a_collection_comes_back_as_it_was_put
                a_request_comes_back_in_every_state
                a_grant_comes_back_as_it_was_put
                an_administrator_comes_back_in_every_role
                an_administrator_comes_back_with_every_way_to_sign_in
                an_api_token_comes_back_in_every_role
                a_session_comes_back_in_every_state
                a_login_under_way_comes_back_as_it_was_put
                a_workspace_comes_back_in_every_stage
            }
            round_trip_saml {
                a_connection_comes_back_with_every_option
                a_saml_key_comes_back_as_it_was_put
                a_setup_link_comes_back_as_it_was_put
                a_sign_in_attempt_comes_back_with_every_outcome
            }
            sessions {
                the_sessions_of_somebody_are_listed_newest_first
                sessions_are_found_by_the_name_at_the_provider_byte_for_byte
                at_most_a_thousand_sessions_are_listed_the_newest_of_them
            }
            sign_in_log {
                attempts_are_found_by_each_part_of_the_filter
                a_filtered_page_of_attempts_is_full
            }
            text {
                text_beyond_ascii_comes_back
                the_longest_text_comes_back
                subjects_are_compared_byte_for_byte
                names_beyond_ascii_are_taken_in_any_letter_case
                addresses_are_found_in_any_letter_case_and_kept_as_written
                moments_come_back_to_the_microsecond
            }
            lists {
                connections_are_listed_by_name
                groups_are_listed_by_name_with_their_members
                policies_are_listed_by_name_with_their_clients
                collections_are_listed_by_name_without_documents
                a_collection_is_read_with_its_document
                a_connection_is_found_by_its_slug
                saml_keys_are_listed_newest_first
                setup_links_are_listed_newest_first
                administrators_are_listed_oldest_first
                api_tokens_are_listed_oldest_first
                people_of_one_address_are_listed_oldest_first
                people_are_counted
                a_store_answers_a_ping
            }
            paging {
                pages_of_people_join
                pages_of_clients_join
                pages_of_requests_join
                pages_of_grants_join
                pages_of_attempts_join
                pages_of_the_audit_log_join
                pages_of_people_stay_stable_while_rows_arrive
                pages_of_clients_stay_stable_while_rows_arrive
                pages_of_requests_stay_stable_while_rows_arrive
                pages_of_grants_stay_stable_while_rows_arrive
                pages_of_attempts_stay_stable_while_rows_arrive
                pages_of_the_audit_log_stay_stable_while_rows_arrive
                a_filtered_page_is_full
            }
            filters {
                people_are_found_by_a_part_of_name_or_address
                people_are_found_by_whether_they_may_act
                requests_are_found_by_each_part_of_the_filter
                grants_are_found_by_each_part_of_the_filter
                rows_carry_the_names_of_today
            }
            isolation {
                two_workspaces_may_hold_the_same
                every_list_is_of_one_workspace
                nothing_is_found_in_another_workspace
                a_commit_with_something_of_another_workspace_is_refused
                nothing_of_another_workspace_is_guarded_or_removed
                references_do_not_cross_workspaces
                each_workspace_has_its_own_changelog
            }
            audit {
                audit_events_are_part_of_the_commit_and_keep_their_order
                an_audit_event_comes_back_as_it_was_written
                every_action_is_read_again
                the_audit_log_is_found_by_each_part_of_the_filter
            }
            changelog {
                a_gateway_reads_exactly_what_commits_have_changed
                numbers_of_changes_grow
                a_long_changelog_is_read_in_parts
                changes_of_many_writers_are_all_there
                reading_on_from_what_is_settled_misses_no_change
            }
            gateway {
                a_calling_client_has_all_that_a_decision_needs
                a_calling_client_knows_whether_its_owner_may_act
                a_calling_client_has_only_grants_that_are_not_revoked
                all_calling_clients_are_listed_in_order
                many_calling_clients_are_read_in_parts
                an_unknown_calling_client_is_none
                every_collection_is_a_route
            }
            housekeeping {
                only_what_ended_is_forgotten
                forgetting_leaves_everything_else_alone
            }
        }
    };
}

/// Makes of the list what is asked for: tests, or an array.
#[doc(hidden)]
#[macro_export]
macro_rules! each_store_case {
    ([tests $fresh_store:path] $($file:ident { $($case:ident)* })*) => {$($(
        #[test]
        fn $case() {
            $crate::contract::block_on(async {
                let (store, _guard) = $fresh_store().await;
                $crate::contract::$file::$case(store).await;
            });
        }
    )*)*};
    ([array] $($file:ident { $($case:ident)* })*) => {
        &[$($($crate::contract::Case {
            name: stringify!($case),
            prove: |store| Box::pin($crate::contract::$file::$case(store)),
        },)*)*]
    };
}
