use sameboat::clock::DAY;
use storekit::{Value, sql};

use super::write;
use crate::meetings::evening;
use crate::world::World;

#[tokio::test]
async fn a_meeting_stands_and_begins_as_its_members_set_it() {
    let world = World::new().await;
    let mut evening = evening(&world, &["ben"]).await;
    let at = evening.at.clone();
    let ana = &mut evening.group.founder;
    ana.open(&at).await;
    let before = ana.page.text();
    let text = sql!("UPDATE meeting SET starts_at = starts_at + $1");
    write(&world, text, vec![Value::Int(9 * DAY)]).await;
    ana.open(&at).await;
    assert_eq!(ana.page.text(), before, "the time");
    for state in ["open", "closed"] {
        let text = sql!("UPDATE meeting SET state = $1");
        write(&world, text, vec![Value::Text(state.to_owned())]).await;
        ana.open(&at).await;
        assert_eq!(ana.page.text(), before, "{state}");
    }
}
