//! What somebody does to one row or column, made from the tables alone.

use std::collections::BTreeMap;
use std::fmt;

use storekit::Value;
use storekit::testing::{Exchange, Table};

use super::schema::{PARENTS, Shape};

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One bit of a blob is turned over.
    Bit,
    /// A value is replaced by one that never stood there.
    Other,
    /// A value is replaced by one that stands in another row.
    Borrowed,
    /// Two rows exchange a value.
    Swapped,
    /// A row is deleted.
    Deleted,
    /// A row stands there twice, under another key.
    Doubled,
    /// A value is what it was before.
    PutBack,
    /// A row is what it was before, or there again.
    RowPutBack,
}

/// One change by somebody who can write to the database.
#[derive(Clone)]
pub struct Tampering {
    /// The table.
    pub table: String,
    /// The column, if it is about one.
    pub column: Option<String>,
    /// What is done.
    pub kind: Kind,
    /// Which row, by its place in the dump.
    pub row: usize,
    /// The rows that go and come.
    pub exchange: Exchange,
}

impl fmt::Display for Tampering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column.as_deref().unwrap_or("*");
        write!(f, "{}.{column} row {} {:?}", self.table, self.row, self.kind)?;
        let at = self.exchange.columns.iter().position(|name| name == column);
        match at.and_then(|at| self.exchange.new.first().map(|row| &row[at])) {
            Some(Value::Int(number)) => write!(f, " {number}"),
            Some(Value::Text(text)) => write!(f, " {text}"),
            _ => Ok(()),
        }
    }
}

type Row = Vec<Value>;

/// Bytes of an id.
const ID: usize = 16;

/// The ids of groups, people and members, by the name of the column that refers to them.
pub type Ids = BTreeMap<String, Vec<Value>>;

/// The ids that stand anywhere.
pub fn ids(tables: &[Table]) -> Ids {
    let mut all = Ids::new();
    for table in tables {
        for (at, column) in table.columns.iter().enumerate() {
            let column =
                if table.name == "person" && column == "id" { "person_id" } else { column };
            if !["group_id", "person_id", "member_id"].contains(&column) {
                continue;
            }
            let known = all.entry(column.to_owned()).or_default();
            for row in &table.rows {
                if !known.contains(&row[at]) {
                    known.push(row[at].clone());
                }
            }
        }
    }
    all
}

/// Makes the changes of one table.
struct Maker<'a> {
    table: &'a Table,
    shape: &'a Shape,
    ids: &'a Ids,
    all: Vec<Tampering>,
}

/// Every change to a table: what it held before decides what can be put back.
pub fn tamperings(
    table: &Table,
    before: &[&Table],
    (shape, ids): (&Shape, &Ids),
) -> Vec<Tampering> {
    let mut maker = Maker { table, shape, ids, all: Vec::new() };
    let rows = picked(table.rows.len());
    for &row in &rows {
        for column in 0..table.columns.len() {
            maker.change(row, column);
        }
        maker.push(None, (Kind::Deleted, row), vec![table.rows[row].clone()], Vec::new());
        maker.double(row);
    }
    for pair in rows.windows(2) {
        maker.swap(pair[0], pair[1]);
    }
    for then in before {
        maker.put_back(then);
    }
    let mut seen = Vec::new();
    maker.all.retain(|one| {
        let change = (one.exchange.out.clone(), one.exchange.new.clone());
        let fresh = change.0 != change.1 && !seen.contains(&change);
        if fresh {
            seen.push(change);
        }
        fresh
    });
    maker.all
}

/// The first row, one in the middle and the last.
fn picked(rows: usize) -> Vec<usize> {
    let mut all = vec![0, rows / 2, rows.saturating_sub(1)];
    all.dedup();
    all.retain(|row| *row < rows);
    all
}

impl Maker<'_> {
    fn push(
        &mut self,
        column: Option<usize>,
        (kind, row): (Kind, usize),
        out: Vec<Row>,
        new: Vec<Row>,
    ) {
        let parent = PARENTS.contains(&self.table.name.as_str());
        let exchange = Exchange {
            table: self.table.name.clone(),
            columns: self.table.columns.clone(),
            key: self.shape.key.clone(),
            in_place: parent && out.len() == new.len(),
            out,
            new,
        };
        let column = column.map(|column| self.table.columns[column].clone());
        self.all.push(Tampering { table: self.table.name.clone(), column, kind, row, exchange });
    }

    fn set(&mut self, row: usize, column: usize, (kind, value): (Kind, Value)) {
        let old = self.table.rows[row].clone();
        let mut new = old.clone();
        new[column] = value;
        self.push(Some(column), (kind, row), vec![old], vec![new]);
    }

    fn change(&mut self, row: usize, column: usize) {
        let name = &self.table.columns[column];
        let old = self.table.rows[row][column].clone();
        let mut values: Vec<(Kind, Value)> = match &old {
            Value::Int(number) => {
                let far = if *number > 1 << 40 { 1 << 42 } else { 1000 };
                let near = match number {
                    0 | 1 => vec![1 - number],
                    _ => vec![number - 1, number + far],
                };
                near.into_iter().map(|number| (Kind::Other, Value::Int(number))).collect()
            }
            Value::Text(_) => {
                let words = self.shape.words.get(name).into_iter().flatten();
                words.map(|word| (Kind::Other, Value::from(word.as_str()))).collect()
            }
            Value::Blob(bytes) => {
                let turned = (Kind::Bit, Value::Blob(turned(bytes)));
                let other = (Kind::Other, Value::Blob(scattered(bytes)));
                // What is no id opens neither way: once is enough.
                let tries = if row == 0 || bytes.len() <= ID { 2 } else { 1 };
                [turned, other].into_iter().take(tries).collect()
            }
            Value::Null => {
                vec![(Kind::Other, Value::Int(0)), (Kind::Other, Value::Blob(vec![7; 32]))]
            }
            Value::Real(_) => Vec::new(),
        };
        if self.shape.optional.contains(name) {
            values.push((Kind::Other, Value::Null));
        }
        if !matches!(&old, Value::Blob(bytes) if bytes.len() > ID) {
            let rows = &self.table.rows;
            let next = rows[(row + 1) % rows.len()][column].clone();
            let elsewhere = self.ids.get(name).into_iter().flatten();
            let elsewhere = elsewhere.filter(|id| **id != old && **id != next).take(1).cloned();
            let others = [next.clone()].into_iter().chain(elsewhere);
            values.extend(others.map(|other| (Kind::Borrowed, other)));
        }
        for value in values {
            self.set(row, column, value);
        }
    }

    /// The same row under another key: each part of the key is another that stands there, or new.
    fn double(&mut self, row: usize) {
        for name in &self.shape.key {
            let Some(column) = self.table.columns.iter().position(|column| column == name) else {
                continue;
            };
            let old = &self.table.rows[row][column];
            let fresh = match old {
                Value::Int(number) => Value::Int(number + 40),
                Value::Text(text) => Value::from(format!("{text}-again")),
                Value::Blob(bytes) => Value::Blob(vec![0x5a; bytes.len()]),
                Value::Null | Value::Real(_) => continue,
            };
            let others =
                self.table.rows.iter().map(|row| &row[column]).filter(|other| *other != old);
            let mut values: Vec<Value> = others.cloned().chain([fresh]).collect();
            values.dedup();
            for at in [0, values.len() - 1] {
                let mut new = self.table.rows[row].clone();
                new[column] = values[at].clone();
                self.push(Some(column), (Kind::Doubled, row), Vec::new(), vec![new]);
            }
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        for column in 0..self.table.columns.len() {
            let old = [self.table.rows[one].clone(), self.table.rows[other].clone()];
            let mut new = old.clone();
            new[0][column] = old[1][column].clone();
            new[1][column] = old[0][column].clone();
            self.push(Some(column), (Kind::Swapped, one), old.to_vec(), new.to_vec());
        }
    }

    fn put_back(&mut self, then: &Table) {
        let key = |row: &Row| -> Row {
            let place = |name: &String| self.table.columns.iter().position(|column| column == name);
            self.shape.key.iter().filter_map(place).map(|at| row[at].clone()).collect()
        };
        let now: BTreeMap<Vec<u8>, usize> =
            self.table.rows.iter().enumerate().map(|(at, row)| (flat(&key(row)), at)).collect();
        let gone: Vec<&Row> =
            then.rows.iter().filter(|row| !now.contains_key(&flat(&key(row)))).collect();
        let changed: Vec<(usize, &Row)> = then
            .rows
            .iter()
            .filter_map(|row| now.get(&flat(&key(row))).map(|at| (*at, row)))
            .filter(|(at, row)| self.table.rows[*at] != **row)
            .collect();
        for &at in &picked(changed.len()) {
            let (row, old) = changed[at];
            for (column, value) in old.iter().enumerate() {
                self.set(row, column, (Kind::PutBack, value.clone()));
            }
            self.push(
                None,
                (Kind::RowPutBack, row),
                vec![self.table.rows[row].clone()],
                vec![old.clone()],
            );
        }
        for at in picked(gone.len()) {
            self.push(None, (Kind::RowPutBack, at), Vec::new(), vec![gone[at].clone()]);
        }
        if then.rows != self.table.rows {
            self.push(None, (Kind::RowPutBack, 0), self.table.rows.clone(), then.rows.clone());
        }
    }
}

/// Bytes of which one in the middle has one bit turned over.
fn turned(bytes: &[u8]) -> Vec<u8> {
    let mut turned = bytes.to_vec();
    let middle = turned.len() / 2;
    turned.get_mut(middle).into_iter().for_each(|byte| *byte ^= 1);
    turned
}

/// As many bytes that have nothing to do with these.
fn scattered(bytes: &[u8]) -> Vec<u8> {
    let places = (0_u8..=255).cycle();
    let scatter =
        |(byte, at): (&u8, u8)| byte.wrapping_mul(167).wrapping_add(at.wrapping_mul(59) ^ 13);
    bytes.iter().zip(places).map(scatter).collect()
}

/// Bytes to tell keys apart by.
fn flat(key: &[Value]) -> Vec<u8> {
    Table { name: String::new(), columns: Vec::new(), rows: vec![key.to_vec()] }.bytes()
}
