//! Writing for oneself: pages, troubles, a main goal, drafts; and that nobody else reads them.

mod drafts;
mod full;
mod private;
mod writing;

use axum::http::StatusCode;

use crate::world::Browser;

/// Writes a page of this kind and keeps it.
pub async fn keep(browser: &mut Browser, kind: &str, words: &str) {
    browser.open(&format!("/notebook/new?kind={kind}")).await;
    browser.fill([("words", words)]).press("Keep it").await;
    assert_eq!(browser.page.notice(), "Kept, for you alone.");
}

/// Types words into the form that is shown, without pressing anything: what the page then sends by
/// itself.
pub async fn only_type(browser: &mut Browser, words: &str) {
    let mut sending = browser.fill([("words", words)]).ready(":root", "Keep it");
    sending.action = "/notebook/draft".to_owned();
    let request = browser.form(&sending);
    assert_eq!(browser.answer(request).await.status, StatusCode::NO_CONTENT);
}

/// The addresses of the pages that an open notebook shows, newest first.
pub fn leaves(browser: &Browser) -> Vec<String> {
    let is_leaf = |link: &String| link.len() == "/notebook/".len() + 32;
    browser.page.links().into_iter().filter(is_leaf).collect()
}
