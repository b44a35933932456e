//! The host asks that every group turns its key.

use sameboat::groups;

use crate::leaving::Three;
use crate::renewal::ring;
use crate::sharing::{reads, share};
use crate::world::World;

async fn waiting(world: &World) -> i64 {
    world.app.db.read(groups::count_waiting_turns).await.expect("a number")
}

#[tokio::test]
async fn every_group_turns_once_at_the_next_write_of_a_member() {
    let Three { world, mut ana, mut bo, mut cy, group } = Three::at_home().await;
    let before = share(&mut bo, &group, "from before").await;
    assert_eq!(waiting(&world).await, 0);
    let epochs = world.rows("epoch").await;
    assert_eq!(world.app.db.write(groups::ask_turns).await.expect("asked"), 1);
    assert_eq!(waiting(&world).await, 1);
    ana.open(&group).await;
    assert_eq!(world.rows("epoch").await, epochs, "looking changes nothing");
    let after = share(&mut ana, &group, "from after").await;
    assert_eq!((world.rows("epoch").await, waiting(&world).await), (epochs + 1, 0));
    share(&mut bo, &group, "and more").await;
    assert_eq!(world.rows("epoch").await, epochs + 1, "once is enough");
    for who in [&mut ana, &mut bo, &mut cy] {
        assert!(reads(who, &group, (&before, "from before")).await);
        assert!(reads(who, &group, (&after, "from after")).await);
    }
    assert_eq!(ring(&world, &bo).await.seats()[0].epoch as usize, epochs + 1);
}

#[tokio::test]
async fn a_sign_in_turns_it_as_well() {
    let Three { world, ana, .. } = Three::at_home().await;
    let epochs = world.rows("epoch").await;
    world.app.db.write(groups::ask_turns).await.expect("asked");
    let mut tablet = world.browser();
    ana.sign_in_on(&mut tablet).await;
    assert_eq!((world.rows("epoch").await, waiting(&world).await), (epochs + 1, 0));
}
