//! What is planted, and where. Whoever makes a page where people write adds a line and a step.

use crate::world::World;

/// What becomes of planted words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They are kept, sealed: a build without sealing shows them.
    Sealed,
    /// They open something or were refused, and are not kept at all.
    Nowhere,
}

/// Words to look for.
pub struct Planted {
    /// The words, as somebody types them.
    pub words: &'static str,
    /// What becomes of them.
    pub kept: Kept,
}

const NAME: &str = "zwergtaucherin";
const PASSPHRASE: &str = "Quillwort & basalt <regatta> “99”";
const NEXT_PASSPHRASE: &str = "Öljylamppu; gherkin / 47% thistle";
const WRONG_PASSPHRASE: &str = "brackish+lantern&museum=3";
const WRONG_NAME: &str = "schnabeligel-0042";
const REFUSED_NAME: &str = "two <b>marzipan</b> words";
const WEAK_PASSPHRASE: &str = "pumpernickel";
const NO_FIELD: &str = "nobody asked for “cardamom” here";

/// All of them.
pub const PLANTED: [Planted; 8] = [
    Planted { words: NAME, kept: Kept::Sealed },
    Planted { words: PASSPHRASE, kept: Kept::Nowhere },
    Planted { words: NEXT_PASSPHRASE, kept: Kept::Nowhere },
    Planted { words: WRONG_PASSPHRASE, kept: Kept::Nowhere },
    Planted { words: WRONG_NAME, kept: Kept::Nowhere },
    Planted { words: REFUSED_NAME, kept: Kept::Nowhere },
    Planted { words: WEAK_PASSPHRASE, kept: Kept::Nowhere },
    Planted { words: NO_FIELD, kept: Kept::Nowhere },
];

/// Types all of them into the pages where they belong.
pub async fn plant(world: &World) {
    let mut ana = world.browser();
    ana.open("/join?own=1").await;
    ana.fill([("own-word", REFUSED_NAME), ("passphrase", WEAK_PASSPHRASE)]);
    ana.press("Make my sign-in").await;
    assert_eq!(ana.page.issues().len(), 2);
    ana.fill([("own-word", NAME), ("passphrase", PASSPHRASE)]).press("Make my sign-in").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
    let name = ana.page.texts("#sheet-name").concat();

    ana.open("/me/passphrase?own=1").await;
    ana.fill([("old", PASSPHRASE), ("passphrase", NEXT_PASSPHRASE)]).press("Change it").await;
    assert!(ana.page.notice().starts_with("Your passphrase is changed"));
    let once = ana.once();
    ana.post("/me/sheet", &[("once", &once), ("note", NO_FIELD)]).await;
    assert_eq!(ana.page.heading(), "Your new recovery sheet");

    let mut stranger = world.browser();
    for (name, passphrase) in [(&*name, WRONG_PASSPHRASE), (WRONG_NAME, WRONG_PASSPHRASE)] {
        stranger.open("/sign-in").await;
        stranger.fill([("name", name), ("passphrase", passphrase)]);
        stranger.press_in("main", "Sign in").await;
        assert_eq!(stranger.page.status, 422);
    }
}
