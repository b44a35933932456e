//! Names that are written alike: the one place where that is decided.

use unicode_normalization::UnicodeNormalization;

/// Whether two names are the same, or written alike: whatever their case, width, accents, signs
/// between words and look-alike letters (Unicode TS #39, skeleton).
pub fn written_alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let [a, b] = [a, b].map(folds);
    a.iter().zip(&b).any(|(a, b)| !a.is_empty() && a == b)
}

/// Two foldings, because letters that look alike differ with case: `I` and `l` are alike, `i` and `l` are not.
fn folds(name: &str) -> [String; 2] {
    let plain: String = name.nfkd().filter(|c| !is_accent(*c)).nfkc().collect();
    let letters: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
    let lower = letters.to_lowercase();
    [skeleton(&lower), skeleton(&letters).to_lowercase()]
}

fn skeleton(text: &str) -> String {
    unicode_security::confusable_detection::skeleton(text).collect()
}

/// Accents of Latin, Greek and Cyrillic, and the vowel signs that Arabic and Hebrew may leave out.
/// In other scripts such signs are part of the word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::written_alike;

    #[test]
    fn names_written_alike_are_caught() {
        for (one, other) in [
            ("Ramón P.", "RAMON P"),
            ("rosa", "Rоsa"),
            ("Jean-Luc", "jean luc"),
            ("Ａｎｎａ", "anna"),
            ("مُحَمَّد", "محمد"),
            ("Ilse", "lIse"),
            ("Ali", "AIi"),
            ("🌻", "🌻"),
        ] {
            assert!(written_alike(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn other_names_are_not_caught() {
        for (one, other) in
            [("Rosa", "Rosalind"), ("Ana", "Anne"), ("सीता", "सती"), ("…", "!"), ("🌻", "🌙")]
        {
            assert!(!written_alike(one, other), "{one} and {other}");
        }
    }
}
