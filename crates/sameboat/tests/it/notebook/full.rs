//! A notebook has an end, so that nobody fills the disk; and nothing is lost there.

use axum::http::StatusCode;
use storekit::{Error, params, sql};

use super::{keep, leaves};
use crate::world::{Person, World};

const FULL: &str = "Your notebook is full. Your words are still here.";

/// Puts so many pages of so many bytes beside the one that is there.
async fn fill(world: &World, pages: i64, bytes: usize) {
    let add = move |tx: &mut storekit::Tx<'_>| -> Result<(), Error> {
        let owner = tx.one(sql!("SELECT person_id FROM notebook_page"), &[])?;
        let owner: Vec<u8> = owner.get("person_id")?;
        for number in 1000..1000 + pages {
            let (id, words) = (i128::from(number).to_be_bytes().to_vec(), vec![7_u8; bytes]);
            tx.exec(
                sql!(
                    "INSERT INTO notebook_page (person_id, id, number, day, words)
                     VALUES ($1, $2, $3, $4, $5)"
                ),
                params![owner.clone(), id, number, 0_i64, words],
            )?;
        }
        Ok(())
    };
    world.app.db.write(add).await.expect("somebody may write to the database");
}

/// There is no room, the words stay in the form, and a page deleted makes room again.
async fn is_full_until_something_goes(ana: &mut Person) {
    ana.open("/notebook").await;
    let first = leaves(ana).pop().expect("her first page");
    ana.open("/notebook/new?kind=page").await;
    ana.fill([("words", "one too many")]).press("Keep it").await;
    assert_eq!(ana.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ana.page.issues()[0].starts_with(FULL), "{:?}", ana.page.issues());
    assert_eq!(ana.page.value("words"), "one too many");
    let mut window = ana.browser.clone();
    window.open(&format!("{first}/remove")).await;
    window.press("Delete it").await;
    ana.press("Keep it").await;
    assert_eq!(ana.page.notice(), "Kept, for you alone.");
}

#[tokio::test]
async fn five_thousand_pages_are_all() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "the first").await;
    fill(&world, 4_998, 1).await;
    keep(&mut ana, "page", "the last").await;
    is_full_until_something_goes(&mut ana).await;
}

#[tokio::test]
async fn sixteen_megabytes_are_all() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    keep(&mut ana, "page", "the first").await;
    fill(&world, 16, 1024 * 1024 - 4).await;
    is_full_until_something_goes(&mut ana).await;
}
