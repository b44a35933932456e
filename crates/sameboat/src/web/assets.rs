//! Style, script, font and icons: embedded, compressed once, served for ever under one hash of
//! them all, so that modules and sheets can name each other plainly.

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
use crate::web::Answer;
use crate::web::route::{Route, get};

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
    brotli: Option<Vec<u8>>,
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
    let small = asset.brotli.as_ref().filter(|_| takes_brotli);
    let mut response: Response = small.unwrap_or(&asset.plain).clone().into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    out.insert(header::CACHE_CONTROL, forever);
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if small.is_some() {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
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
    let brotli = squeeze.then(|| compressed(&plain));
    Asset { kind, plain, brotli }
}

fn compressed(plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 9, 20);
        writer.write_all(plain).expect("writing to memory works");
    }
    out
}
