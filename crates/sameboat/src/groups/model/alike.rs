//! Names that are written alike: the one place where that is decided.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Whether two names are the same, or written alike: whatever their case, width, accents, signs
/// between words and look-alike letters (Unicode TS #39, skeleton), and however Latin letters that a
/// keyboard lacks are replaced: `Łukasz` and `Lukasz`, `Strauß` and `Strauss`, `Müller` and `Mueller`.
pub fn written_alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let [a, b] = [a, b].map(folds);
    a.iter().any(|a| b.iter().any(|b| a.iter().zip(b).any(|(a, b)| !a.is_empty() && a == b)))
}

/// Without accents, and with umlauts spelled out; each in two foldings, because letters that look
/// alike differ with case: `I` and `l` are alike, `i` and `l` are not.
fn folds(name: &str) -> [[String; 2]; 2] {
    let composed: String = name.nfkc().collect();
    let spelled: String = composed.chars().flat_map(spelled_out).collect();
    [composed, spelled].map(|name| {
        let plain: String = name.nfkd().filter(|c| !is_accent(*c)).nfkc().collect();
        let letters = plain.chars().filter(|c| c.is_alphanumeric() && !is_apostrophe(*c));
        let letters: String = letters.map(basic).collect();
        let lower = letters.to_lowercase();
        [skeleton(&lower), skeleton(&letters).to_lowercase()]
    })
}

/// An umlaut, or a letter of the same kind, as people write it who have none on their keyboard.
fn spelled_out(c: char) -> Vec<char> {
    let spelled = match c {
        'ä' | 'æ' => "ae",
        'Ä' | 'Æ' => "Ae",
        'ö' | 'ø' | 'œ' => "oe",
        'Ö' | 'Ø' | 'Œ' => "Oe",
        'ü' => "ue",
        'Ü' => "Ue",
        'å' => "aa",
        'Å' => "Aa",
        other => return vec![other],
    };
    spelled.chars().collect()
}

/// A Latin letter that is no accented one (ł, ø, đ, ß, ħ, ı …) in letters of ASCII; others as they
/// are.
fn basic(c: char) -> String {
    let latin = matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a722}'..='\u{a787}');
    match deunicode_char(c).filter(|_| latin) {
        Some(letters) => letters.to_owned(),
        None => c.to_string(),
    }
}

/// Apostrophes that Unicode calls letters: in Ukrainian, Hawaiian and Arabic names in Latin letters
/// they stand where others write an apostrophe, or nothing.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b0}'..='\u{2ff}' | '\u{a78b}' | '\u{a78c}')
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
            ("Łukasz", "Lukasz"),
            ("ŁUKASZ", "lukasz"),
            ("Søren", "Soren"),
            ("Søren", "Soeren"),
            ("Đorđe", "Dorde"),
            ("Strauß", "Strauss"),
            ("STRAUẞ", "strauss"),
            ("Ħal", "Hal"),
            ("Işıl", "Isil"),
            ("Müller", "Mueller"),
            ("Müller", "Muller"),
            ("Åse", "Aase"),
            ("Þóra", "Thora"),
            ("Мар\u{2bc}яна", "Мар'яна"),
            ("Мар\u{2019}яна", "Маряна"),
            ("Ka\u{2bb}ahumanu", "Kaahumanu"),
            ("\u{2bf}Ali", "Ali"),
        ] {
            assert!(written_alike(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn other_names_are_not_caught() {
        for (one, other) in [
            ("Rosa", "Rosalind"),
            ("Ana", "Anne"),
            ("सीता", "सती"),
            ("…", "!"),
            ("🌻", "🌙"),
            ("Uwe", "Ue"),
            ("Ida", "Ada"),
        ] {
            assert!(!written_alike(one, other), "{one} and {other}");
        }
    }
}
