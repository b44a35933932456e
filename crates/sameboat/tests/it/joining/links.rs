use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{answer_all, found, knock, let_in, link, world};

#[tokio::test]
async fn a_link_shows_card_and_agreement_to_somebody_who_is_not_signed_in() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut guest = world.browser();
    for _ in 0..2 {
        guest.open(&link).await;
        assert_eq!(guest.page.path, "/joining", "the secret leaves the address bar");
        assert!(guest.page.says("The night watch"));
        assert!(guest.page.says("One voice at a time."));
        assert!(!guest.page.says("Ana"), "nobody is named before they knock");
        let title = guest.page.texts("title").concat();
        assert_eq!(title, "A card to read", "a preview shows nothing of the group");
    }
}

#[tokio::test]
async fn whoever_holds_a_link_is_not_told_where_the_group_meets() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    ana.open(&format!("{group}/card")).await;
    assert!(ana.page.says("Only members read where."));
    let link = link(&mut ana, &group).await;
    let secret = link.rsplit('/').next().and_then(|word| URL_SAFE_NO_PAD.decode(word).ok());
    let secret: [u8; 32] = secret.expect("a secret").try_into().expect("32 bytes");
    let here = world.app.clone();
    let read = move |tx: &mut storekit::Tx<'_>| {
        sameboat::door::find_copy(tx, &here.keys, &seal::LinkSecret::from_bytes(secret))
    };
    let opened = world.app.db.read(read).await.ok().flatten().expect("it opens");
    assert_eq!(opened.copy.papers.shape.place, "", "nor does the copy hold it");
    let mut rosa = world.person("rosa").await;
    rosa.open(&link).await;
    assert!(!rosa.page.says("library"), "{}", rosa.page.text());
    assert!(rosa.page.says("Where exactly, or how to get in, you read once you are let in."));
    knock(&mut rosa, &link, "Rosa", &[]).await;
    let_in(&mut ana, &group).await;
    rosa.open(&group).await;
    assert!(rosa.page.says("The library, room 4"));
}

#[tokio::test]
async fn whoever_holds_a_link_reads_that_a_worker_is_among_them() {
    let world = world().await;
    for (role, says) in [("worker", true), ("member", false)] {
        let mut ana = world.person(role).await;
        answer_all(&mut ana, "Ana", &[("role", role)]).await;
        let said = |page: &crate::world::Page| page.says("One of them is here as a worker.");
        assert_eq!(said(&ana.page), says, "the card that the founder reads");
        ana.press("Begin this group").await;
        let group = ana.page.path.clone();
        ana.open(&format!("{group}/card")).await;
        assert_eq!(said(&ana.page), says);
        let link = link(&mut ana, &group).await;
        let mut rosa = world.person(if says { "rosa" } else { "lily" }).await;
        rosa.open(&link).await;
        assert_eq!(said(&rosa.page), says);
    }
}

#[tokio::test]
async fn links_that_open_nothing_are_all_alike() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let used = link(&mut ana, &group).await;
    let back = link(&mut ana, &group).await;
    let mut bo = world.person("bo").await;
    knock(&mut bo, &used, "Bo", &[]).await;
    ana.open(&format!("{group}/invite")).await;
    let forms = ana.page.texts("form[action$='take-back']").len();
    assert_eq!(forms, 2, "whether a link was used is not shown");
    // The two links stand under each other without their secrets: both are taken back.
    for _ in 0..2 {
        ana.open(&format!("{group}/invite")).await;
        let once = ana.once();
        let first = ana.page.attribute("form[action$='take-back'] button", "value");
        let first = first.expect("a link to take back");
        ana.post(&format!("{group}/invite/take-back"), &[("once", &once), ("link", &first)]).await;
    }
    let late = link(&mut ana, &group).await;
    world.pass_days(8);
    let never = "https://circle.example/j/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE";
    let mut seen = Vec::new();
    for address in [used.as_str(), &back, &late, never, "/j/nothing"] {
        let mut guest = world.browser();
        guest.open(address).await;
        assert_eq!(guest.page.status, StatusCode::NOT_FOUND);
        seen.push(guest.page.text());
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(seen[0].contains("This link opens nothing now"));
}

#[tokio::test]
async fn a_new_person_comes_from_the_link_to_the_door_in_one_go() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let link = link(&mut ana, &group).await;
    let mut guest = world.browser();
    guest.open(&link).await;
    guest.follow("Go on, I am new here").await;
    assert!(
        guest.page.says("It does not erase the browser's history"),
        "said before anything else"
    );
    guest.follow("I know how to leave. Go on").await;
    guest.fill([("own-word", "heron")]);
    guest.press("Make my sign-in").await;
    guest.follow("I have kept it. Go on").await;
    assert_eq!(guest.page.heading(), "Before you come in");
    guest.fill([("name", "Rosa")]).accept_all();
    guest.press("Knock at the door").await;
    assert_eq!(guest.page.path, "/joining/waiting");
    assert!(guest.page.says("A member can let you in."));
    guest.open("/groups").await;
    assert!(guest.page.says("You are at the door"));
}

#[tokio::test]
async fn the_picture_of_a_link_is_the_link() {
    let world = world().await;
    let mut ana = world.person("ana").await;
    let group = found(&mut ana, "Ana").await;
    let address = link(&mut ana, &group).await;
    let side = ana.page.attribute(".invite .qr svg", "viewBox").expect("a picture");
    let side: usize = side.split(' ').next_back().expect("a side").parse().expect("a number");
    let path = ana.page.attribute(".invite .qr path", "d").expect("a path");
    assert_eq!(scan(side, &path), address);
    let strip = ana.page.texts(".strips").concat();
    assert!(strip.contains("Tuesdays") && strip.contains(&address));
    assert!(!strip.contains("night"), "the strip says nothing of what the group is for");
}

/// Draws `M{x} {y}h{n}v1h-{n}z…`, four dots a module, and reads it as a phone would.
fn scan(side: usize, path: &str) -> String {
    let mut dark = vec![false; side * side];
    for run in path.split('M').filter(|run| !run.is_empty()) {
        let (place, rest) = run.split_once('h').expect("a run");
        let (x, y) = place.split_once(' ').expect("a place");
        let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
        let length: usize = rest.split('v').next().expect("a length").parse().expect("length");
        dark[y * side + x..y * side + x + length].fill(true);
    }
    let white = |x: usize, y: usize| if dark[y / 4 * side + x / 4] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, white);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("a code that can be read").1
}
