//! A form on a page, and exactly the fields that a browser would send with it (HTML, 4.10.21).

use scraper::{ElementRef, Html};

use super::page::{Page, selector, text_of};

/// What a person did to a field.
#[derive(Clone)]
pub enum Done {
    /// Typed into it or chose it.
    Typed(String, String),
    /// Ticked or unticked it.
    Ticked(String, bool),
}

impl Done {
    fn field(&self) -> &str {
        match self {
            Done::Typed(name, _) | Done::Ticked(name, _) => name,
        }
    }
}

/// A request that a form makes.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Whether it is sent as POST.
    pub post: bool,
    /// Where it goes.
    pub action: String,
    /// The fields, in the order of the page.
    pub fields: Vec<(String, String)>,
}

/// What pressing a button sends, after these things were done to its form.
///
/// `within` is a selector of the part of the page where the button is.
pub fn press(html: &Html, within: &str, button: &str, done: &[Done]) -> Sending {
    let parts = selector(within);
    let buttons = selector("button, input[type=submit]");
    let mut found: Vec<(ElementRef<'_>, ElementRef<'_>)> = html
        .select(&parts)
        .flat_map(|part| part.select(&buttons).collect::<Vec<_>>())
        .filter(|found| submits(found) && says(found) == button)
        .map(|found| (found, owner(html, &found).expect("a button that belongs to no form")))
        .collect();
    found.dedup_by_key(|(_, form)| form.id());
    assert!(!found.is_empty(), "nobody can press “{button}” in {within}: there is {:?}", all(html));
    assert!(found.len() == 1, "“{button}” stands in {} forms; say where", found.len());
    let (button, form) = found.remove(0);
    send(html, form, button, done)
}

fn all(html: &Html) -> Vec<String> {
    html.select(&selector("button, input[type=submit]")).map(|b| says(&b)).collect()
}

fn submits(button: &ElementRef<'_>) -> bool {
    let kind = button.value().attr("type").unwrap_or("submit");
    kind == "submit" && button.value().attr("disabled").is_none()
}

fn says(button: &ElementRef<'_>) -> String {
    match button.value().attr("value") {
        Some(value) if button.value().name() == "input" => value.to_owned(),
        _ => text_of(button),
    }
}

/// The form that a field or button belongs to.
fn owner<'a>(html: &'a Html, element: &ElementRef<'a>) -> Option<ElementRef<'a>> {
    match element.value().attr("form") {
        Some(id) => html.select(&selector(&format!("form[id='{id}']"))).next(),
        None => {
            element.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "form")
        }
    }
}

/// Where words can be typed on a page: the address to which a form sends them, and the field. A
/// form that keeps a draft stands here once more, with the draft's address and no field.
pub fn where_words_go(page: &Page) -> Vec<(String, String)> {
    const NO_WORDS: [&str; 7] =
        ["hidden", "checkbox", "radio", "select", "date", "submit", "button"];
    let html = page.html();
    let parts = selector("input, textarea");
    let fields = html.select(&parts).filter_map(Field::of);
    let mut all = Vec::new();
    for field in fields.filter(|field| !NO_WORDS.contains(&field.kind)) {
        let Some(form) = owner(&html, &field.element) else { continue };
        let action = form.value().attr("action").unwrap_or(&page.path);
        all.push((action.to_owned(), field.name.to_owned()));
        let draft = form.value().attr("data-draft");
        all.extend(draft.map(|draft| (draft.to_owned(), String::new())));
    }
    all
}

fn send(html: &Html, form: ElementRef<'_>, button: ElementRef<'_>, done: &[Done]) -> Sending {
    let parts = selector("input, textarea, select");
    let fields: Vec<Field<'_>> = html
        .select(&parts)
        .filter(|field| owner(html, field).is_some_and(|owner| owner.id() == form.id()))
        .filter_map(Field::of)
        .collect();
    for done in done {
        let name = done.field();
        let there = fields.iter().any(|field| field.name == name && field.takes(done));
        assert!(there, "nobody can do this to the field {name}");
    }
    let mut sent: Vec<(String, String)> =
        fields.iter().filter_map(|field| field.sends(done)).collect();
    if let Some(name) = button.value().attr("name") {
        let value = button.value().attr("value").unwrap_or_default();
        sent.push((name.to_owned(), value.to_owned()));
    }
    let attr = |own: &str, other: &str| {
        button.value().attr(own).or(form.value().attr(other)).unwrap_or_default().to_owned()
    };
    Sending {
        post: attr("formmethod", "method").eq_ignore_ascii_case("post"),
        action: attr("formaction", "action"),
        fields: sent,
    }
}

struct Field<'a> {
    element: ElementRef<'a>,
    name: &'a str,
    kind: &'a str,
}

impl<'a> Field<'a> {
    fn of(element: ElementRef<'a>) -> Option<Field<'a>> {
        let value = element.value();
        let name = value.attr("name").filter(|name| !name.is_empty())?;
        let kind = match value.name() {
            "input" => value.attr("type").unwrap_or("text"),
            other => other,
        };
        let sends = !matches!(kind, "submit" | "button" | "reset" | "image");
        let disabled = value.attr("disabled").is_some();
        (sends && !disabled).then_some(Field { element, name, kind })
    }

    fn attr(&self, name: &str) -> Option<&'a str> {
        self.element.value().attr(name)
    }

    /// Whether a person can do this to it.
    fn takes(&self, done: &Done) -> bool {
        match (self.kind, done) {
            ("hidden", _) => false,
            ("checkbox", Done::Ticked(..)) => true,
            ("checkbox", Done::Typed(_, value)) => self.attr("value") == Some(value),
            ("radio", Done::Typed(_, value)) => self.attr("value") == Some(value),
            ("select", Done::Typed(_, value)) => self.options().iter().any(|(o, _)| o == value),
            (_, Done::Typed(_, value)) => {
                let most = self.attr("maxlength").and_then(|most| most.parse::<usize>().ok());
                most.is_none_or(|most| value.encode_utf16().count() <= most)
                    && self.attr("readonly").is_none()
            }
            (_, Done::Ticked(..)) => false,
        }
    }

    fn options(&self) -> Vec<(String, bool)> {
        let options = selector("option");
        let read = |option: ElementRef<'_>| {
            let value = option.value().attr("value").map(str::to_owned);
            (value.unwrap_or_else(|| text_of(&option)), option.value().attr("selected").is_some())
        };
        self.element.select(&options).map(read).collect()
    }

    fn sends(&self, done: &[Done]) -> Option<(String, String)> {
        let mine = done.iter().rev().filter(|done| done.field() == self.name);
        let typed = mine.clone().find_map(|done| match done {
            Done::Typed(_, value) => Some(value.clone()),
            Done::Ticked(..) => None,
        });
        let own = self.attr("value");
        let value = match self.kind {
            "checkbox" => {
                let ticked = mine.clone().find_map(|done| match done {
                    Done::Ticked(_, on) => Some(*on),
                    Done::Typed(_, value) => (own == Some(value)).then_some(true),
                });
                let on = ticked.unwrap_or(self.attr("checked").is_some());
                on.then(|| own.unwrap_or("on").to_owned())?
            }
            "radio" => {
                let on = typed.map_or(self.attr("checked").is_some(), |t| own == Some(&t));
                on.then(|| own.unwrap_or("on").to_owned())?
            }
            "select" => {
                let options = self.options();
                let first = || {
                    let chosen = options.iter().find(|(_, selected)| *selected);
                    chosen.or(options.first()).map(|(value, _)| value.clone())
                };
                typed.or_else(first)?
            }
            "textarea" => typed.unwrap_or_else(|| self.element.text().collect()),
            _ => typed.unwrap_or_else(|| own.unwrap_or_default().to_owned()),
        };
        let required = self.attr("required").is_some() && value.is_empty();
        assert!(!required, "a browser would not send the form: {} is empty", self.name);
        Some((self.name.to_owned(), lines(&value)))
    }
}

/// Line ends, as forms send them.
fn lines(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\n', "\r\n")
}
