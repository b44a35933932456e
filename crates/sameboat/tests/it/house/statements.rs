//! Every statement can be read by the engine that this run is for. That every one is executed too,
//! `bin/ci` asks after the suite, from the log that `SAMEBOAT_SQL_LOG` names.

use std::collections::BTreeSet;

use storekit::testing::statements_in;

use super::source::{crate_folder, files, pattern};
use crate::world::World;

/// Statements that name no group: what sweeps away what is past its limit, a link that says itself
/// which group it is of, a count of groups, what the host asks of all, and what a change of the instance key makes anew in all.
const OF_NO_GROUP: [&str; 15] = [
    "DELETE FROM invitation WHERE until_at <= $1",
    "DELETE FROM door WHERE day < $1",
    "SELECT group_id, member_id, link_id, new_id, until_at, words, tag FROM coming_back WHERE until_at",
    "SELECT group_id, member_id, link_id, new_id, until_at, words, tag FROM coming_back ORDER BY",
    "SELECT group_id, id, made_day, until_at, used, version, copy, words, tag FROM invitation WHERE id",
    "SELECT group_id, id, made_day, until_at, used, version, copy, words, tag FROM invitation ORDER BY",
    "SELECT group_id FROM invitation WHERE id = $1 AND used = 0 AND until_at > $2",
    "SELECT group_id, id, invitation_id, day, boxed, epoch, letter, tag FROM door ORDER BY",
    "SELECT group_id, member_id, words, tag FROM parting ORDER BY",
    "SELECT group_id, member_id, state, day, tag FROM member ORDER BY",
    "SELECT group_id FROM groups ORDER BY group_id",
    "UPDATE groups SET turn_after = (SELECT MAX(number) FROM epoch",
    "SELECT COUNT(*) AS count FROM groups WHERE turn_after >=",
    "SELECT (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM groups) AS rows",
    "SELECT (SELECT COUNT(*) FROM start_link) + (SELECT COUNT(*) FROM groups) AS count",
];

#[tokio::test]
async fn every_statement_can_be_read_by_the_engine() {
    let world = World::new().await;
    let all = statements_in(&crate_folder().join("src")).expect("source that can be read");
    assert!(all.len() > 20, "{} statements", all.len());
    for one in all {
        let read = world.db().prepare_only(&one.text).await;
        assert_eq!(read, Ok(()), "{}:{}", one.file.display(), one.line);
    }
}

/// The group's id is the first that is bound (P10).
#[test]
fn every_statement_on_a_groups_table_names_the_group() {
    let created = pattern(r"CREATE TABLE (\w+) \(\s*group_id BLOB");
    let all = files(&crate_folder().join("migrations"), &["sql"]);
    let tables: BTreeSet<String> = all
        .iter()
        .flat_map(|file| created.captures_iter(&file.text).map(|found| found[1].to_owned()))
        .collect();
    assert!(tables.len() > 20, "{tables:?}");
    let used = pattern(r"\b(?:FROM|JOIN|INTO|UPDATE) (\w+)");
    let named = pattern(r"\bgroup_id = \$1\b|INTO \w+ \(group_id,");
    let mut wrong = Vec::new();
    for one in statements_in(&crate_folder().join("src")).expect("source that can be read") {
        let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let of_a_group = used.captures_iter(&text).any(|found| tables.contains(&found[1]));
        let may = OF_NO_GROUP.iter().any(|known| text.starts_with(known.trim_end()));
        let right = !of_a_group || may || named.is_match(&text);
        if !right {
            wrong.push(format!("{}:{} names no group: {text}", one.file.display(), one.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
