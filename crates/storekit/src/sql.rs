use std::borrow::Cow;

use crate::Error;

/// One statement, with the place in the source where it is written.
///
/// Made by [`sql!`](crate::sql!), so that tests can find every text.
#[derive(Clone, Debug)]
pub struct Sql {
    text: Cow<'static, str>,
    file: &'static str,
    line: u32,
}

/// A statement: `sql!("SELECT body FROM note WHERE group_id = $1")`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::Sql::at($text, file!(), line!())
    };
}

impl Sql {
    /// The longest list that [`Sql::with_list`] takes.
    pub const LONGEST_LIST: usize = 500;

    #[doc(hidden)]
    pub const fn at(text: &'static str, file: &'static str, line: u32) -> Sql {
        Sql { text: Cow::Borrowed(text), file, line }
    }

    pub(crate) fn made(text: String) -> Sql {
        Sql { text: Cow::Owned(text), file: file!(), line: line!() }
    }

    /// Puts `$first, $first+1, …` (`count` places) where the text says `$LIST`.
    ///
    /// # Errors
    /// [`Error::Wrong`] for an empty list, one of more than 500, or a text
    /// without `$LIST`.
    pub fn with_list(self, count: usize, first: usize) -> Result<Sql, Error> {
        if count == 0 || count > Self::LONGEST_LIST {
            return Err(self.wrong("a list holds 1 to 500 things"));
        }
        if !self.text.contains("$LIST") {
            return Err(self.wrong("the text has no $LIST"));
        }
        let places: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
        Ok(Sql { text: Cow::Owned(self.text.replace("$LIST", &places.join(", "))), ..self })
    }

    /// The statement as it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source file, as the compiler was given it.
    pub fn file(&self) -> &'static str {
        self.file
    }

    /// The line of the `sql!`.
    pub fn line(&self) -> u32 {
        self.line
    }

    pub(crate) fn wrong(&self, what: impl std::fmt::Display) -> Error {
        Error::Wrong(format!("{what} at {}:{}", self.file, self.line))
    }
}

/// The text with one place for its `$LIST`, after the highest one in use.
pub(crate) fn one_in_list(text: &str) -> String {
    let numbers = text.split('$').skip(1).filter_map(|after| {
        let digits = after.split(|c: char| !c.is_ascii_digit()).next();
        digits.and_then(|digits| digits.parse::<usize>().ok())
    });
    let next = numbers.max().unwrap_or(0) + 1;
    text.replace("$LIST", &format!("${next}"))
}

#[cfg(test)]
mod tests {
    use crate::Error;

    #[test]
    fn a_list_becomes_places() {
        let sql = sql!("SELECT 1 WHERE $1 IN ($LIST)").with_list(3, 2);
        assert_eq!(sql.expect("three is fine").text(), "SELECT 1 WHERE $1 IN ($2, $3, $4)");
    }

    #[test]
    fn an_empty_or_endless_list_is_refused() {
        for count in [0, 501] {
            let list = sql!("SELECT 1 WHERE 1 IN ($LIST)").with_list(count, 1);
            assert!(matches!(list, Err(Error::Wrong(_))));
        }
        assert!(sql!("SELECT 1").with_list(1, 1).is_err());
    }
}
