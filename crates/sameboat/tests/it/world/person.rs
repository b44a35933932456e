//! Somebody who has joined.

use std::ops::{Deref, DerefMut};

use super::{Browser, World};

/// Somebody with a sign-in, and with the browser they joined in.
#[derive(Clone)]
pub struct Person {
    /// The browser.
    pub browser: Browser,
    /// The sign-in name, say `heron-4821`.
    pub name: String,
    /// The passphrase.
    pub passphrase: String,
    /// The recovery code.
    pub code: String,
}

impl Person {
    pub(super) async fn join(mut browser: Browser, word: &str, own_device: bool) -> Person {
        browser.open("/join").await;
        let passphrase = browser.page.value("passphrase");
        browser.fill([("own-word", word)]);
        if own_device {
            browser.tick("device");
        }
        browser.press("Make my sign-in").await;
        let shown = |part: &str| browser.page.texts(part).concat();
        let (name, code) = (shown("#sheet-name"), shown("#sheet-code"));
        assert!(name.starts_with(word), "{word} could not join: {}", browser.page.text());
        Person { browser, name, passphrase, code }
    }

    /// Signs in with this browser, as one does on a device that others use too.
    pub async fn sign_in_on<'a>(&self, browser: &'a mut Browser) -> &'a mut Browser {
        browser.open("/sign-in").await;
        browser.fill([("name", &self.name), ("passphrase", &self.passphrase)]);
        browser.press_in("main", "Sign in").await;
        browser
    }

    /// Signs in anew, after the sign-in of before has ended.
    pub async fn back(&mut self, world: &World) {
        let mut browser = world.browser();
        self.sign_in_on(&mut browser).await;
        self.browser = browser;
    }
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl DerefMut for Person {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }
}
