//! Every word that people read, from the Fluent files in `text/<lang>/<slice>.ftl`.

use std::borrow::Cow;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "text/"]
struct Texts;

/// A language that a page can be shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    English,
    /// English with accents and a third longer, to find bare text and tight boxes.
    Accented,
    /// English running from right to left, to find what only works one way.
    Mirrored,
}

impl Lang {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Lang; 3] = [Lang::English, Lang::Accented, Lang::Mirrored];

    /// The BCP 47 tag, for the `lang` attribute and the language cookie.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::English => "en",
            Lang::Accented => "en-XA",
            Lang::Mirrored => "ar-XB",
        }
    }

    /// Which way it runs: `ltr` or `rtl`.
    pub fn direction(self) -> &'static str {
        match self {
            Lang::English | Lang::Accented => "ltr",
            Lang::Mirrored => "rtl",
        }
    }

    /// The language with this tag, if there is one.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    fn transform(self) -> Option<fn(&str) -> Cow<'_, str>> {
        match self {
            Lang::English => None,
            Lang::Accented => Some(accented),
            Lang::Mirrored => Some(mirrored),
        }
    }
}

/// The words of one language. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    lang: Lang,
    bundle: Arc<FluentBundle<FluentResource>>,
}

impl Words {
    /// The words of every language.
    ///
    /// # Panics
    /// When a text file does not parse, which a test finds before anybody else.
    pub fn load() -> Vec<Words> {
        Lang::ALL.into_iter().map(Words::load_one).collect()
    }

    fn load_one(lang: Lang) -> Words {
        let id: LanguageIdentifier = "en".parse().expect("en is a language");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would stand in titles and mails; people's words get dir=auto instead.
        bundle.set_use_isolating(false);
        bundle.set_transform(lang.transform());
        for name in Texts::iter().filter(|name| name.starts_with("en/")) {
            let file = Texts::get(&name).expect("a listed file is there");
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text).expect("the text files parse");
            bundle.add_resource(resource).expect("no key stands in two text files");
        }
        Words { lang, bundle: Arc::new(bundle) }
    }

    /// The language of these words.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a sentence with this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The sentence with this key.
    pub fn say(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            // A test compares keys with files; a page with a hole is better than no page.
            tracing::error!(key, "no such words");
            return format!("[{key}]");
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, "words with a missing part");
        }
        text
    }
}

/// What can stand in a sentence: a text or a count.
pub trait Part {
    /// As Fluent takes it.
    fn part(&self) -> FluentValue<'_>;
}

impl Part for str {
    fn part(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Part for String {
    fn part(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: Part + ?Sized> Part for &T {
    fn part(&self) -> FluentValue<'_> {
        (**self).part()
    }
}

macro_rules! counts {
    ($($number:ty),+) => {$(
        impl Part for $number {
            fn part(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )+};
}
counts!(i64, i32, u32, usize, u8);

fn accented(text: &str) -> Cow<'_, str> {
    let mut longer: String = text
        .chars()
        .map(|c| match c {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ö',
            'u' => 'ü',
            'A' => 'Å',
            'E' => 'É',
            'I' => 'Î',
            'O' => 'Ö',
            'U' => 'Û',
            'n' => 'ñ',
            'y' => 'ý',
            other => other,
        })
        .collect();
    let words = text.split_whitespace().count();
    if words > 0 && text.trim().len() > 3 {
        longer.push_str(&" ~~~".repeat(words.div_ceil(3)));
    }
    Cow::Owned(longer)
}

fn mirrored(text: &str) -> Cow<'_, str> {
    if text.trim().is_empty() {
        return Cow::Borrowed(text);
    }
    // RIGHT-TO-LEFT OVERRIDE … POP DIRECTIONAL FORMATTING, as the usual bidi pseudo-locale does.
    Cow::Owned(format!("\u{202e}{text}\u{202c}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_text_files_load_in_all_languages() {
        let all = Words::load();
        assert_eq!(all.len(), Lang::ALL.len());
        assert!(all.iter().all(|w| w.has("layout-leave")));
    }

    #[test]
    fn the_accented_language_is_longer() {
        assert!(accented("My notebook").chars().count() > 11);
    }
}
