//! Every page in the made-up languages: what is not accented was never in a text file.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Node};

use super::source::{crate_folder, files, pattern};
use crate::promises::reading::crawl;
use crate::world::{Browser, GroupAnswers, Page, Scene, Who, World, selector};

/// What people or hosts wrote, names and codes: no language of ours.
const NOT_OURS: [&str; 8] =
    ["bdi", "[dir=auto]", "[lang=en]", "[data-words]", ".code", ".seat", ".chair", ".middle"];
/// Attributes that people read or hear.
const READ: [&str; 4] = ["aria-label", "alt", "placeholder", "title"];

#[tokio::test]
async fn no_page_says_an_english_sentence_in_the_accented_language() {
    let world = World::new().await;
    let (scene, names) = (Scene::new(&world).await, names());
    for who in Who::ALL {
        let mut browser = scene.browser(who).await;
        browser.cookies.forge("__Host-l", "en-XA");
        let mut pages = crawl(&scene, &mut browser).await;
        pages.extend(mended(&mut browser).await);
        for page in pages.iter().filter(|page| page.body.starts_with("<!doctype")) {
            assert_eq!(page.attribute("html", "lang").as_deref(), Some("en-XA"), "{}", page.path);
            for text in readable(page) {
                assert!(is_accented(&text, &names), "{} says “{text}”", page.path);
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
    let scene = Scene::new(&world).await;
    let mut ana = scene.browser(Who::SignedIn).await;
    ana.cookies.forge("__Host-l", "ar-XB");
    for page in
        crawl(&scene, &mut ana).await.iter().filter(|page| page.body.starts_with("<!doctype"))
    {
        assert_eq!(page.attribute("html", "dir").as_deref(), Some("rtl"), "{}", page.path);
    }
}

/// Whether a text came through a text file: the accented language leaves no plain vowel, n or y.
/// Addresses, numbers, code words and names of places are parts that a sentence is given.
fn is_accented(text: &str, names: &BTreeSet<String>) -> bool {
    text.split_whitespace().all(|word| {
        let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
        let given = inside.contains(['.', '/', '@', ':'])
            || inside.contains(|c: char| c.is_ascii_digit())
            || inside.len() > 1 && inside.chars().all(|c| c.is_ascii_uppercase())
            || names.contains(inside);
        given || !word.contains(['a', 'e', 'i', 'o', 'u', 'n', 'y', 'A', 'E', 'I', 'O', 'U'])
    })
}

/// Names in the lists of services, and what the group is called outside, which stands in titles:
/// they are what they are in every language.
fn names() -> BTreeSet<String> {
    let name = pattern(r"\b[A-Z]\w+");
    let lists = files(&crate_folder().join("data"), &["json", "toml"]);
    let names = lists.iter().flat_map(|list| name.find_iter(&list.text));
    let outside = GroupAnswers::default().outside.split_whitespace();
    names.map(|found| found.as_str()).chain(outside).map(str::to_owned).collect()
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
