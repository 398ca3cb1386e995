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
                a_removal_of_the_present_version_removes
                a_removal_of_any_other_version_is_refused
                changes_are_applied_in_order
            }
            atomicity {
                an_error_in_the_last_change_leaves_nothing_of_the_first
                an_error_in_the_last_change_brings_back_what_was_removed
                a_commit_whose_answer_was_lost_can_be_repeated_without_harm
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
