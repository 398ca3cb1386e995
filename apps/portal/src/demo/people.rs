//! The people of Acme, as its identity provider knows them.

use jit_testkit::idp::Person;

/// Everybody who can sign in. Nobody has a password: the provider of the demo asks only who one is.
pub fn people() -> Vec<Person> {
    vec![
        Person::new("Dana Okafor", "dana.okafor@acme.example").with_groups(["Engineering"]),
        Person::new("Tomás Silva", "tomas.silva@acme.example")
            .with_groups(["Engineering", "Mobile"]),
        Person::new("Priya Raman", "priya.raman@acme.example").with_groups(["Finance"]),
        Person::new("Mei Lin", "mei.lin@acme.example").with_groups(["Operations", "Finance"]),
        Person::new("Jonas Weber", "jonas.weber@acme.example")
            .with_groups(["Partners"])
            .with_persistent_id("0f6e2c1a-partner-eu-7"),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn five_people_are_told_apart_and_differ_in_their_groups() {
        let people = super::people();
        let ids: BTreeSet<_> = people.iter().map(|person| &person.name_id).collect();
        let groups: BTreeSet<_> = people.iter().map(|person| &person.groups).collect();
        assert_eq!((ids.len(), groups.len()), (5, 5));
        assert!(people.iter().all(|p| p.email.ends_with("@acme.example")));
    }
}
