//! A page, as somebody reads it.

use axum::http::{HeaderMap, StatusCode};
use scraper::{ElementRef, Html, Selector};

/// An answer and what can be read in it.
#[derive(Clone, Default)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its address, without the question mark and what follows.
    pub path: String,
    /// Its body.
    pub body: String,
}

impl Page {
    /// The parsed page.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// All that can be read between the page's top and its foot, spaces made single.
    pub fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// Whether this can be read on the page.
    pub fn says(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The heading.
    pub fn heading(&self) -> String {
        self.texts("h1").join(" / ")
    }

    /// What people wrote, as the page shows it.
    pub fn words(&self) -> Vec<String> {
        self.texts("[data-words]")
    }

    /// The notice that says what was just done.
    pub fn notice(&self) -> String {
        self.texts(".notice[role=status]").join(" / ")
    }

    /// The sentences beside fields that need mending.
    pub fn issues(&self) -> Vec<String> {
        self.texts(".error")
    }

    /// The text of everything that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.html().select(&selector(css)).map(|element| text_of(&element)).collect()
    }

    /// Whether a selector finds anything.
    pub fn has(&self, css: &str) -> bool {
        self.html().select(&selector(css)).next().is_some()
    }

    /// An attribute of the first element that a selector finds.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let html = self.html();
        let first = html.select(&selector(css)).next()?;
        first.value().attr(name).map(str::to_owned)
    }

    /// The names of the fields that a selector finds.
    pub fn names(&self, css: &str) -> Vec<String> {
        let html = self.html();
        let fields = selector(css);
        let names = html.select(&fields).filter_map(|field| field.value().attr("name"));
        names.map(str::to_owned).collect()
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> String {
        let html = self.html();
        let field = html.select(&selector(&format!("[name='{name}']"))).next();
        let field = field.unwrap_or_else(|| panic!("no field {name} on {}", self.path));
        match field.value().name() {
            "textarea" => field.text().collect(),
            _ => field.value().attr("value").unwrap_or_default().to_owned(),
        }
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.has(&format!("input[name='{name}'][checked]"))
    }

    /// Where the links of the page lead.
    pub fn links(&self) -> Vec<String> {
        let html = self.html();
        let anchors = selector("a[href]");
        let links = html.select(&anchors).filter_map(|link| link.value().attr("href"));
        links.map(str::to_owned).collect()
    }
}

/// A selector that the test wrote.
pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// The text of an element, spaces made single.
pub fn text_of(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
