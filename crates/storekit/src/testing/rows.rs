use crate::testing::{Table, TestDb};
use crate::{Error, Sql, Tx, Value};

/// Rows that somebody who can write to the database takes out of a table, and others that they put
/// in.
#[derive(Clone)]
pub struct Exchange {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// The rows that go.
    pub out: Vec<Vec<Value>>,
    /// The rows that come.
    pub new: Vec<Vec<Value>>,
    /// Whether each row that goes becomes one that comes, so that rows which refer to it stay.
    pub in_place: bool,
}

impl Exchange {
    /// What undoes it.
    #[must_use]
    pub fn undone(&self) -> Exchange {
        Exchange { out: self.new.clone(), new: self.out.clone(), ..self.clone() }
    }

    fn run(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        if self.in_place {
            return self.out.iter().zip(&self.new).try_for_each(|(old, new)| {
                let set = self.places(&self.columns, 1, ", ");
                let at = self.places(&self.key, 1 + self.columns.len(), " AND ");
                let text = format!("UPDATE {} SET {set} WHERE {at}", self.table);
                let values = [new.clone(), self.key_of(old)].concat();
                one(tx.exec(Sql::made(text), &values)?)
            });
        }
        for old in &self.out {
            let text =
                format!("DELETE FROM {} WHERE {}", self.table, self.places(&self.key, 1, " AND "));
            one(tx.exec(Sql::made(text), &self.key_of(old))?)?;
        }
        self.new.iter().try_for_each(|new| tx.copy_in(&self.table, &self.columns, new))
    }

    fn places(&self, names: &[String], first: usize, between: &str) -> String {
        let places = names.iter().enumerate().map(|(at, name)| format!("{name} = ${}", first + at));
        places.collect::<Vec<_>>().join(between)
    }

    fn key_of(&self, row: &[Value]) -> Vec<Value> {
        let at = |name: &String| self.columns.iter().position(|column| column == name);
        self.key.iter().filter_map(at).map(|at| row[at].clone()).collect()
    }
}

fn one(changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::NoRow) }
}

impl TestDb {
    /// Takes rows out and puts others in, all or none.
    ///
    /// # Errors
    /// Whatever the engine refuses, such as a row whose key is taken.
    pub async fn exchange(&self, exchange: &Exchange) -> Result<(), Error> {
        let exchange = exchange.clone();
        self.write(move |tx| exchange.run(tx)).await
    }

    /// Puts tables back as a dump holds them. Give parents before their children.
    pub async fn put_back(&self, tables: &[&Table]) {
        let tables: Vec<Table> = tables.iter().map(|table| (*table).clone()).collect();
        let put = move |tx: &mut Tx<'_>| {
            for table in tables.iter().rev() {
                tx.exec(Sql::made(format!("DELETE FROM {}", table.name)), &[])?;
            }
            for table in &tables {
                for row in &table.rows {
                    tx.copy_in(&table.name, &table.columns, row)?;
                }
            }
            Ok::<_, Error>(())
        };
        self.write(put).await.expect("what was there fits");
    }
}
