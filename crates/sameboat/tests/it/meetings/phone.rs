use super::evening;
use crate::world::World;

#[tokio::test]
async fn one_phone_takes_a_round_for_the_whole_room() {
    let world = World::new().await;
    let mut evening = evening(&world, &[]).await;
    evening.together().await;
    let phone = format!("{}/phone", evening.at);
    let ana = &mut evening.group.founder;
    ana.open(&phone).await;
    ana.fill([("name", " ")]).press("Sit down at this phone").await;
    assert_eq!(ana.page.status, 422);
    for name in ["Old Tom", "Мария", "Zoë <z>"] {
        ana.fill([("name", name)]).press("Sit down at this phone").await;
        assert!(ana.page.says(name), "{}", ana.page.text());
    }
    for _ in 0..3 {
        let begin = ana.page.texts("button");
        let begin = begin.iter().find(|text| text.starts_with("Begin:")).expect("a step").clone();
        ana.press(&begin).await;
        assert_eq!(ana.page.path, phone, "the phone stays on its page");
    }
    let mut heard = 0;
    while ana.page.texts("button").iter().any(|text| text == "Take the talking piece") {
        ana.press("Take the talking piece").await;
        ana.press("Pass it on").await;
        heard += 1;
    }
    assert_eq!(heard, 4, "three names and whose phone it is");
    assert!(ana.page.says("Everybody was asked."));
    ana.press("Goes home Old Tom").await;
    assert!(!ana.page.says("Old Tom"));
}

#[tokio::test]
async fn names_at_a_phone_are_gone_when_the_meeting_is_closed() {
    let world = World::new().await;
    let mut evening = evening(&world, &[]).await;
    evening.together().await;
    let at = evening.at.clone();
    let ana = &mut evening.group.founder;
    ana.open(&format!("{at}/phone")).await;
    ana.fill([("name", "Old Tom")]).press("Sit down at this phone").await;
    ana.open(&format!("{at}/close")).await;
    ana.untick("next").press("Close the meeting").await;
    assert!(ana.page.notice().starts_with("The meeting is closed"));
    assert!(!ana.page.says("Old Tom"));
    ana.open(&format!("{at}/phone")).await;
    assert_eq!(ana.page.path, at, "there is nothing to hand round");
}

#[tokio::test]
async fn a_name_at_a_phone_is_nobody_elses_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let phone = format!("{}/phone", evening.at);
    let ana = &mut evening.group.founder;
    ana.open(&phone).await;
    ana.fill([("name", "Old Tom")]).press("Sit down at this phone").await;
    for taken in ["BEN", "old  tom", "Ana"] {
        ana.fill([("name", taken)]).press("Sit down at this phone").await;
        assert_eq!(ana.page.status, 422, "{taken}");
        assert!(ana.page.issues()[0].contains("is called that already"));
        assert_eq!(ana.page.value("name"), taken);
    }
    ana.fill([("name", "Ben W")]).press("Sit down at this phone").await;
    assert!(ana.page.says("Ben W"));
}

#[tokio::test]
async fn whoever_leads_reads_at_whose_phone_a_name_sits() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    evening.together().await;
    let at = evening.at.clone();
    let phone = format!("{at}/phone");
    evening.others[0].open(&phone).await;
    evening.others[0].fill([("name", "Old Tom")]).press("Sit down at this phone").await;
    evening.until("Round: names, and what brought me").await;
    loop {
        let name = evening.asked().await.expect("all are asked");
        if name == "Old Tom" {
            break;
        }
        let person = evening.who(&name);
        person.open(&at).await;
        person.press("I'd like to pass this time").await;
    }
    let ana = &mut evening.group.founder;
    assert_eq!(ana.page.texts(".yours"), ["It is the turn of Old Tom · at the phone of ben"]);
    let ben = &mut evening.others[0];
    assert_eq!(ben.open(&phone).await.texts(".yours"), ["Give the phone to Old Tom"]);
}
