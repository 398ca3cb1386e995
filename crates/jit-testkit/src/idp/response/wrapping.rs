//! Signature wrapping: the signed element is kept for the verifier, a forged one stands where readers look.
//!
//! The eight forms are those of "On Breaking SAML: Be Whoever You Want to Be" (Somorovsky and others,
//! USENIX Security 2012), numbered as testing tools number them.

use super::{
    super::{
        dialect::Style,
        xml::{new_id, part},
    },
    Sign,
};

/// A form of signature wrapping. In each, the original keeps its valid signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrapping {
    /// A forged response, with the original one inside its signature.
    Xsw1,
    /// A forged response, with the original one before its signature.
    Xsw2,
    /// A forged assertion before the original one.
    Xsw3,
    /// A forged assertion around the original one.
    Xsw4,
    /// A forged assertion with the signature, the original one behind it.
    Xsw5,
    /// A forged assertion with the signature, and the original one inside that.
    Xsw6,
    /// A forged assertion in `Extensions`, before the original one.
    Xsw7,
    /// A forged assertion with the signature, and the original one in an `Object` of that.
    Xsw8,
}

impl Wrapping {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::Xsw1,
        Self::Xsw2,
        Self::Xsw3,
        Self::Xsw4,
        Self::Xsw5,
        Self::Xsw6,
        Self::Xsw7,
        Self::Xsw8,
    ];

    /// The element whose signature is abused.
    pub(super) fn signs(self) -> Sign {
        match self {
            Self::Xsw1 | Self::Xsw2 => Sign::Response,
            _ => Sign::Assertion,
        }
    }

    /// Wraps a signed message. The forged element has the second of the names instead of the first.
    pub(super) fn apply(self, message: &str, style: Style, names: [String; 2]) -> String {
        let Style {
            protocol: p,
            assertion: a,
            signature: s,
            ..
        } = style;
        let original = part(message, &format!("{a}Assertion"));
        let signature = part(message, &format!("{s}Signature"));
        let bare = original.replace(&signature, "");
        let whole = message.replace(&signature, "");
        let evil = forged(&bare, &names);
        let evil_with = |content: &str| append(&evil, content);
        let replaced = |by: &str| message.replace(&original, by);
        match self {
            Self::Xsw1 => {
                let evil = forged(&whole, &names);
                behind_issuer(&evil, a, &append(&signature, &whole))
            }
            Self::Xsw2 => {
                let evil = forged(&whole, &names);
                behind_issuer(&evil, a, &format!("{whole}{signature}"))
            }
            Self::Xsw3 => replaced(&format!("{evil}{original}")),
            Self::Xsw4 => replaced(&evil_with(&original)),
            Self::Xsw5 => replaced(&format!("{}{bare}", evil_with(&signature))),
            Self::Xsw6 => replaced(&evil_with(&append(&signature, &bare))),
            Self::Xsw7 => replaced(&format!("<{p}Extensions>{evil}</{p}Extensions>{original}")),
            Self::Xsw8 => {
                let object = format!("<{s}Object>{bare}</{s}Object>");
                replaced(&evil_with(&append(&signature, &object)))
            }
        }
    }
}

/// Another person, and other IDs.
fn forged(element: &str, [honest, evil]: &[String; 2]) -> String {
    let renamed = element.replace(&format!(">{honest}<"), &format!(">{evil}<"));
    let mut pieces = renamed.split(" ID=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |done, piece| {
        let rest = piece.find('"').map_or("", |end| &piece[end..]);
        format!("{done} ID=\"{}{rest}", new_id())
    })
}

/// Puts something before the end of an element.
fn append(element: &str, content: &str) -> String {
    let end = element.rfind("</").unwrap_or(element.len());
    format!("{}{content}{}", &element[..end], &element[end..])
}

fn behind_issuer(message: &str, prefix: &str, content: &str) -> String {
    let end = format!("</{prefix}Issuer>");
    message.replacen(&end, &format!("{end}{content}"), 1)
}
