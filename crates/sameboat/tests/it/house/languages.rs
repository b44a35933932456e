//! Every page in the made-up languages: what is not accented was never in a text file.

use scraper::{ElementRef, Html, Node};

use super::source::pattern;
use crate::promises::reading::crawl;
use crate::world::{Browser, Page, Who, World, selector};

/// What people or hosts wrote, names and codes: no language of ours.
const NOT_OURS: [&str; 5] = ["bdi", "[dir=auto]", "[lang=en]", "[data-words]", ".code"];
/// Attributes that people read or hear.
const READ: [&str; 4] = ["aria-label", "alt", "placeholder", "title"];

#[tokio::test]
async fn no_page_says_an_english_sentence_in_the_accented_language() {
    let world = World::new().await;
    for who in Who::ALL {
        let mut browser = who.browser(&world).await;
        browser.cookies.forge("__Host-l", "en-XA");
        let mut pages = crawl(&mut browser).await;
        pages.extend(mended(&mut browser).await);
        for page in pages.iter().filter(|page| page.body.starts_with("<!doctype")) {
            assert_eq!(page.attribute("html", "lang").as_deref(), Some("en-XA"), "{}", page.path);
            for text in readable(page) {
                assert!(is_accented(&text), "{} says “{text}”", page.path);
            }
        }
    }
}

/// Pages with sentences beside fields.
async fn mended(browser: &mut Browser) -> Vec<Page> {
    let mut pages = Vec::new();
    for address in ["/join", "/sign-in", "/sign-in/recovery", "/me/passphrase", "/me/leave"] {
        browser.open("/host").await;
        let once = browser.once();
        pages.push(browser.post(address, &[("once", &once)]).await.clone());
    }
    pages
}

#[tokio::test]
async fn every_page_can_run_from_right_to_left() {
    let world = World::new().await;
    let mut ana = Who::SignedIn.browser(&world).await;
    ana.cookies.forge("__Host-l", "ar-XB");
    for page in crawl(&mut ana).await.iter().filter(|page| page.body.starts_with("<!doctype")) {
        assert_eq!(page.attribute("html", "dir").as_deref(), Some("rtl"), "{}", page.path);
    }
}

fn is_accented(text: &str) -> bool {
    // The accented language leaves none of these as they are.
    let plain = pattern("[aeiouynAEIOU]");
    !plain.is_match(text)
}

/// All that can be read or heard on a page and is ours to say.
fn readable(page: &Page) -> Vec<String> {
    let html: Html = page.html();
    let mut all = Vec::new();
    for node in html.tree.nodes() {
        match node.value() {
            Node::Text(text) => {
                let parent = node.parent().and_then(ElementRef::wrap);
                if parent.is_some_and(|parent| is_ours(&parent)) {
                    all.push(text.trim().to_owned());
                }
            }
            Node::Element(element) => {
                let read = element.attrs().filter(|(name, _)| {
                    READ.contains(name) || name.starts_with("data-said") || name.ends_with("-title")
                });
                all.extend(read.map(|(_, value)| value.to_owned()));
            }
            _ => {}
        }
    }
    all
}

fn is_ours(element: &ElementRef<'_>) -> bool {
    let foreign = selector(&NOT_OURS.join(", "));
    let mut line = element.ancestors().filter_map(ElementRef::wrap).chain([*element]);
    let hidden = ["style", "script"].contains(&element.value().name());
    !hidden && !line.any(|one| foreign.matches(&one))
}
