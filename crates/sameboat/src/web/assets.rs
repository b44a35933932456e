//! Style, script, font and icons: embedded, compressed when first asked for, served for ever under
//! one hash of them all, so that modules and sheets can name each other plainly.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::access::Access;
use crate::error::Refusal;
use crate::web::live::ByItself;
use crate::web::route::{Route, get};
use crate::web::{Answer, headers};

#[derive(RustEmbed)]
#[folder = "assets/"]
#[include = "css/*"]
#[include = "js/*"]
#[include = "font/*.woff2"]
#[include = "icons/tab.svg"]
struct Files;

struct Asset {
    kind: &'static str,
    plain: Vec<u8>,
    /// Whether it gets smaller.
    squeeze: bool,
    small: OnceLock<Vec<u8>>,
}

impl Asset {
    fn small(&self) -> &[u8] {
        self.small.get_or_init(|| compressed(&self.plain))
    }
}

struct Shelf {
    hash: String,
    by_name: BTreeMap<String, Asset>,
}

/// The route that serves them.
pub fn routes() -> Vec<Route> {
    vec![get("/assets/{hash}/{folder}/{file}", Access::Anyone, serve)]
}

/// The address of an asset, say `css/style.css`.
pub fn address(name: &str) -> String {
    let shelf = shelf();
    debug_assert!(shelf.by_name.contains_key(name), "templates name assets that exist");
    format!("/assets/{}/{name}", shelf.hash)
}

async fn serve(
    Path((hash, folder, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answer {
    let shelf = shelf();
    let asset = shelf.by_name.get(&format!("{folder}/{file}"));
    let asset = asset.filter(|_| hash == shelf.hash).ok_or(Refusal::NotFound)?;
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|coding| coding.trim() == "br"));
    let small = asset.squeeze && takes_brotli;
    let bytes: &'static [u8] = if small { asset.small() } else { &asset.plain };
    let mut response: Response = bytes.into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    out.insert(header::CACHE_CONTROL, forever);
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(headers::FILES));
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if small {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    // The page says that somebody is there. Whoever keeps this for many must keep no cookie with it.
    response.extensions_mut().insert(ByItself);
    Ok(response)
}

fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(fill)
}

fn fill() -> Shelf {
    let mut by_name = BTreeMap::new();
    for name in Files::iter().filter(|name| !name.starts_with("css/")) {
        by_name.insert(name.to_string(), asset(&name, read(&name)));
    }
    // The browser that asks to save data gets the sheet that names no font.
    by_name.insert("css/style.css".to_owned(), asset("style.css", sheet(|_| true)));
    by_name.insert("css/plain.css".to_owned(), asset("plain.css", sheet(|file| file != "font")));
    let mut hasher = DefaultHasher::new();
    by_name.values().for_each(|asset: &Asset| asset.plain.hash(&mut hasher));
    Shelf { hash: format!("{:016x}", hasher.finish()), by_name }
}

fn sheet(wanted: impl Fn(&str) -> bool) -> Vec<u8> {
    let order = read("css/order.txt");
    let order = String::from_utf8_lossy(&order);
    let files = order.lines().map(str::trim).filter(|file| !file.is_empty() && wanted(file));
    files.flat_map(|file| read(&format!("css/{file}.css"))).collect()
}

fn read(name: &str) -> Vec<u8> {
    Files::get(name).expect("an embedded file is there").data.into_owned()
}

fn asset(name: &str, plain: Vec<u8>) -> Asset {
    let (kind, squeeze) = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => ("text/css; charset=utf-8", true),
        Some("js") => ("text/javascript; charset=utf-8", true),
        Some("svg") => ("image/svg+xml", true),
        Some("woff2") => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    };
    Asset { kind, plain, squeeze, small: OnceLock::new() }
}

/// As small as brotli makes it: it is done once, and fetched over slow lines ever after.
fn compressed(plain: &[u8]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(plain).expect("writing to memory works");
    writer.into_inner()
}
