//! Pages for people who are not signed in.
