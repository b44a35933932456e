use crate::world::World;

#[tokio::test]
async fn ana_joins_with_the_five_words_she_was_given() {
    let world = World::new().await;
    let mut ana = world.person("ana").await;
    assert_eq!(ana.page.heading(), "You have a sign-in");
    assert_eq!(ana.page.texts(".code").len(), 3, "name, passphrase and code are shown");
    ana.open("/me").await;
    assert_eq!(ana.page.heading(), "Everything about me");
    assert!(ana.page.says(&ana.name));
    assert!(ana.page.says("You joined."));
}
