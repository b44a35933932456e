//! Reading and writing cookies. All are `__Host-`, HttpOnly and SameSite=Lax: a link in a
//! message opens the page signed in, and a form of another site never arrives signed in.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The sign-in's secret: 32 bytes.
pub const SIGN_IN: &str = "__Host-s";
/// When this sign-in was last used, authenticated; renewed at each answer.
pub const IDLE: &str = "__Host-i";
/// Somebody who is not signed in: binds the forms they are shown to their browser.
pub const VISIT: &str = "__Host-v";
/// The host's leave to begin a group, from a start link.
pub const START: &str = "__Host-b";
/// The secret of an invitation, while its holder reads and answers.
pub const INVITED: &str = "__Host-j";
/// A browser in which somebody signed in before, on a device that only they use ([`super::known`]).
pub const KNOWN: &str = "__Host-k";
/// The language somebody chose.
pub const LANG: &str = "__Host-l";

/// Every cookie that the program gives to a browser; a test compares it with the names above.
const ALL: [&str; 7] = [SIGN_IN, IDLE, VISIT, START, INVITED, KNOWN, LANG];

/// Takes every cookie back, and asks the browser to forget whatever else it has of us (P13). Each
/// way out ends with this: signing out, leaving fast, leaving for good. Old browsers know no
/// `Clear-Site-Data`, so each cookie is named as well.
pub fn forget(headers: &mut HeaderMap) {
    for name in ALL {
        headers.append(header::SET_COOKIE, clear(name));
    }
    let everything = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    headers.insert("clear-site-data", everything);
}

/// The value of a cookie, if the browser sent it.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The bytes of a cookie, if it holds exactly `N`.
pub fn bytes<const N: usize>(headers: &HeaderMap, name: &str) -> Option<[u8; N]> {
    let decoded = URL_SAFE_NO_PAD.decode(value(headers, name)?).ok()?;
    decoded.try_into().ok()
}

/// Bytes as a cookie's value.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A `Set-Cookie` line. Without `max_age` (seconds) it ends with the browser.
pub fn set(name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::try_from(format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"))
        .expect("cookie values are base64 or fixed words")
}

/// A `Set-Cookie` line that takes a cookie back.
pub fn clear(name: &str) -> HeaderValue {
    set(name, "", Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cookie_is_missing_from_the_list_of_those_that_are_taken_back() {
        let lines = include_str!("cookies.rs").lines();
        let named = lines.filter(|line| line.starts_with("pub const ") && line.contains("__Host-"));
        assert_eq!(named.count(), ALL.len());
        let mut headers = HeaderMap::new();
        forget(&mut headers);
        let taken =
            headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        assert!(taken.zip(ALL).all(|(line, name)| line.starts_with(&format!("{name}=; "))));
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; __Host-s=AAAA; b=2"));
        assert_eq!(value(&headers, SIGN_IN), Some("AAAA"));
        assert_eq!(bytes::<3>(&headers, SIGN_IN), Some([0, 0, 0]));
        assert_eq!(bytes::<4>(&headers, SIGN_IN), None);
    }
}
