//! All the ways in which a program might write words down without meaning to.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The same words in every spelling, none twice.
pub fn spellings(words: &str) -> Vec<Vec<u8>> {
    let lower = words.to_lowercase();
    let mut all = Vec::new();
    for words in [words, &lower, &words.to_uppercase()] {
        all.push(words.as_bytes().to_vec());
        all.push(words.encode_utf16().flat_map(u16::to_le_bytes).collect());
        all.push(words.encode_utf16().flat_map(u16::to_be_bytes).collect());
        all.push(words.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect());
        all.extend(in_base64(words.as_bytes()));
        let spelt = [percent(words, "%20"), percent(words, "+"), json(words), plain_json(words)];
        all.extend(spelt.map(String::into_bytes));
        all.push(words.replace('\n', "\r\n").into_bytes());
        all.extend(
            [html(words, "&#39;", "&quot;"), html(words, "&#x27;", "&#34;")]
                .map(String::into_bytes),
        );
    }
    all.sort();
    all.dedup();
    all
}

/// Without the characters at either end that neighbours change, for each of the three places
/// where words may begin.
fn in_base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for before in 0..3 {
        let text = [&vec![0; before][..], bytes].concat();
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            let coded = engine.encode(&text).into_bytes();
            let end = text.len() / 3 * 4;
            let begin = [0, 2, 3][before];
            all.push(coded[begin..end].to_vec());
        }
    }
    all
}

fn percent(words: &str, space: &str) -> String {
    let spell = |byte: u8| match byte {
        b' ' => space.to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) => {
            (byte as char).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    words.bytes().map(spell).collect()
}

fn json(words: &str) -> String {
    let spell = |unit: u16| match char::from_u32(unit.into()) {
        Some(c @ ('"' | '\\')) => format!("\\{c}"),
        Some('\n') => "\\n".to_owned(),
        Some(c) if c.is_ascii() => c.to_string(),
        _ => format!("\\u{unit:04x}"),
    };
    words.encode_utf16().map(spell).collect()
}

/// As most programs write it: only what must be is escaped.
fn plain_json(words: &str) -> String {
    let quoted = serde_json::to_string(words).expect("text is JSON");
    quoted.trim_matches('"').to_owned()
}

fn html(words: &str, single: &str, double: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    words.replace('\'', single).replace('"', double)
}
