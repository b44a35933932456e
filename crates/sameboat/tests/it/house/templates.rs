//! Templates hold no words and no hole in the escaping.

use scraper::{Html, Node};

use super::source::{crate_folder, files, pattern, templates};

/// Attributes that people read or hear.
const READ: [&str; 5] = ["aria-label", "alt", "placeholder", "title", "content"];
/// Words that are no sentences: of the browser, not of people.
const TECHNICAL: [&str; 3] = ["width=device-width, initial-scale=1", "noindex", "light dark"];

#[test]
fn nothing_is_shown_unescaped() {
    let hole = pattern(r"\|\s*safe\b|\|\s*escape\(|autoescape|innerHTML");
    for file in templates() {
        assert!(!hole.is_match(&file.text), "{} has a hole in its escaping", file.path);
    }
}

#[test]
fn no_template_holds_bare_words() {
    // The block `shape` is a class, not a word.
    let tags =
        pattern(r"(?s)\{% block shape %\}\w+\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}");
    let letters = pattern(r"\p{L}{2,}");
    for file in templates() {
        let bare = tags.replace_all(&file.text, "");
        let html = Html::parse_fragment(&bare);
        for node in html.tree.nodes() {
            match node.value() {
                Node::Text(text) => {
                    assert!(!letters.is_match(text), "{} says “{}”", file.path, text.trim());
                }
                Node::Element(element) => {
                    let read = element.attrs().filter(|(name, _)| {
                        READ.contains(name)
                            || name.starts_with("data-said")
                            || name.ends_with("-title")
                    });
                    for (name, value) in read {
                        let refresh = value.starts_with("0;url=");
                        let words =
                            letters.is_match(value) && !TECHNICAL.contains(&value) && !refresh;
                        assert!(!words, "{}: {name} says “{value}”", file.path);
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn words_that_people_wrote_say_so_and_find_their_own_direction() {
    let tag = pattern(r"<[a-z]+[^>]*\bdata-words\b[^>]*>");
    for file in templates() {
        for found in tag.find_iter(&file.text) {
            let tag = found.as_str();
            assert!(tag.contains("dir=\"auto\""), "{}: {tag}", file.path);
            let is_passage =
                ["<p ", "<blockquote ", "<q "].iter().any(|name| tag.starts_with(name));
            assert!(is_passage, "{}: {tag}", file.path);
        }
    }
}

#[test]
fn every_class_in_a_template_stands_in_a_style() {
    let styled: String = files(&crate_folder().join("assets/css"), &["css"])
        .into_iter()
        .map(|css| css.text)
        .collect();
    let (tags, class) = (pattern(r"(?s)\{%.*?%\}|\{\{.*?\}\}"), pattern(r#"class="([^"]*)""#));
    for file in templates() {
        let bare = tags.replace_all(&file.text, " ");
        for found in class.captures_iter(&bare) {
            for name in found[1].split_whitespace() {
                let rule = pattern(&format!(r"\.{name}(?:[^\w-]|$)"));
                assert!(
                    rule.is_match(&styled),
                    "{} names “{name}”, which no style knows",
                    file.path
                );
            }
        }
    }
}

/// The script looks for it, and without script the page has to say that nothing is saved by itself.
#[test]
fn every_form_that_keeps_a_draft_says_what_becomes_of_the_words() {
    let all = templates();
    let says = |text: &str| text.contains("f::kept(");
    let part = all.iter().find(|file| file.path.ends_with("harvest_field.html"));
    assert!(says(&part.expect("a part of two forms").text));
    let drafting = all.iter().filter(|file| file.text.contains("data-draft="));
    let mut seen = 0;
    for file in drafting {
        let said = says(&file.text) || file.text.contains("meetings/pages/harvest_field.html");
        assert!(said, "{} says nothing of it", file.path);
        seen += 1;
    }
    assert!(seen > 5, "only {seen} forms keep a draft");
}

/// A browser that translates a page changes neither names nor what people write down or send on.
#[test]
fn names_and_secrets_are_not_translated() {
    let marked = pattern(
        r#"<bdi\b[^>]*>|<option\b[^>]*\bdir="auto"[^>]*>|<\w+\b[^>]*class="[^"]*\b(?:secret|seat)\b[^"]*"[^>]*>"#,
    );
    let named = pattern(
        r#"<(?:bdi|q|code|option)\b([^>]*)>\{\{[^}]*(?:\bname\.as_str\(\)|\bguest\.name\b|\baddress\b)"#,
    );
    let mut found = 0;
    for file in templates() {
        for tag in marked.find_iter(&file.text) {
            found += 1;
            assert!(tag.as_str().contains(r#"translate="no""#), "{}: {}", file.path, tag.as_str());
        }
        for tag in named.captures_iter(&file.text) {
            assert!(tag[1].contains(r#"translate="no""#), "{}: {}", file.path, &tag[0]);
        }
    }
    assert!(found > 60, "{found}");
}
