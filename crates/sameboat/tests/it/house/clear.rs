//! Whoever reads `docs/threats.md` reads of every column what it says to a thief.

use std::collections::BTreeSet;

use super::source::{crate_folder, pattern};
use crate::world::World;

/// Section 2, list by list: the tables that it is about, and of each line the columns with the one
/// table that it speaks of, if it does not speak of all.
type List = (Vec<String>, Vec<(Vec<String>, Option<String>)>);

fn written() -> Vec<List> {
    let file = crate_folder().join("../../docs/threats.md");
    let text = std::fs::read_to_string(file).expect("a paper that can be read");
    let section = text.split("\n## ").find(|part| part.starts_with("2. ")).expect("section 2");
    let (word, only) = (pattern(r"`(\w+)`"), pattern(r"\((\w+)\)"));
    let line = |cell: &str| {
        let columns = word.captures_iter(cell).map(|found| found[1].to_owned()).collect();
        (columns, only.captures(cell).map(|found| found[1].to_owned()))
    };
    let list = |part: &str| {
        let (title, body) = part.split_once('\n').expect("a title and what stands under it");
        let tables = title.split(" (").next().expect("a title").split(", ");
        let cells = body.lines().filter(|line| line.starts_with("| `"));
        let cells = cells.filter_map(|line| line.split(" | ").next());
        (tables.map(str::to_owned).collect(), cells.map(line).collect())
    };
    let lists = section.split("\n### ").skip(1).map(list);
    lists.filter(|(_, lines): &List| !lines.is_empty()).collect()
}

#[tokio::test]
async fn every_column_of_every_table_stands_in_the_paper_on_threats() {
    let world = World::new().await;
    let there: BTreeSet<(String, String)> = world
        .db()
        .dump()
        .await
        .into_iter()
        .flat_map(|table| table.columns.into_iter().map(move |column| (table.name.clone(), column)))
        .collect();
    let mut told = BTreeSet::new();
    for (tables, lines) in written() {
        for (columns, only) in lines {
            let about =
                tables.iter().filter(|table| only.as_ref().is_none_or(|only| only == *table));
            let about: Vec<&String> = about.collect();
            for column in columns {
                let cells = about.iter().map(|table| ((*table).clone(), column.clone()));
                let cells: Vec<_> = cells.filter(|cell| there.contains(cell)).collect();
                assert!(!cells.is_empty(), "there is no {column} in {about:?}");
                told.extend(cells);
            }
        }
    }
    let untold: Vec<_> = there.difference(&told).collect();
    assert!(untold.is_empty(), "what these say in clear stands nowhere: {untold:?}");
}
