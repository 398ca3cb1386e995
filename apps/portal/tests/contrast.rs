//! The colours of the style sheet are readable, in both themes.

use std::collections::HashMap;

const CSS: &str = include_str!("../assets/app.css");

/// Foreground, background, least ratio.
const PAIRS: [(&str, &str, f64); 27] = [
    ("text", "bg", 4.5),
    ("text", "surface", 4.5),
    ("text", "surface-2", 4.5),
    ("text-2", "bg", 4.5),
    ("text-2", "surface", 4.5),
    ("text-2", "surface-2", 4.5),
    ("text-2", "surface-3", 4.5),
    ("text-3", "bg", 4.5),
    ("text-3", "surface", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    ("accent-text", "surface", 4.5),
    ("accent-text", "bg", 4.5),
    ("accent-text", "surface-2", 4.5),
    ("accent-text", "accent-soft", 4.5),
    ("ok", "ok-soft", 4.5),
    ("warn", "warn-soft", 4.5),
    ("bad", "bad-soft", 4.5),
    ("bad", "surface", 4.5),
    ("info", "info-soft", 4.5),
    ("info", "bg", 4.5),
    ("border-strong", "surface", 3.0),
    ("focus", "bg", 3.0),
    ("focus", "surface", 3.0),
    ("s1", "surface", 3.0),
    ("s2", "surface", 3.0),
    ("s3", "surface", 3.0),
];

#[test]
fn every_pair_of_tokens_has_enough_contrast() {
    let tokens = tokens();
    for (theme, name) in ["light", "dark"].iter().enumerate() {
        for (front, back, least) in PAIRS {
            let ratio = contrast(tokens[front][theme], tokens[back][theme]);
            assert!(ratio >= least, "{front} on {back}, {name}: {ratio:.2}");
        }
    }
}

/// `--name: light-dark(#rrggbb, #rrggbb);`
fn tokens() -> HashMap<&'static str, [u32; 2]> {
    CSS.split("--")
        .filter_map(|part| {
            let (name, rest) = part.split_once(": light-dark(#")?;
            let (light, rest) = rest.split_once(", #")?;
            let (dark, _) = rest.split_once(')')?;
            let parse = |hex| u32::from_str_radix(hex, 16).ok();
            Some((name, [parse(light)?, parse(dark)?]))
        })
        .collect()
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: u32) -> f64 {
    let channel = |shift: u32| {
        let value = f64::from((colour >> shift) & 0xff) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}
