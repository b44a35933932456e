use crate::Engine;

/// The text in the engine's own words. For PostgreSQL, outside of quotes and
/// comments: `INTEGER` → `BIGINT`, `BLOB` → `BYTEA`, `REAL` → `DOUBLE PRECISION`,
/// `TEXT` → `TEXT COLLATE "C"` (but not after `AS`, in a cast), and `STRICT` and
/// `WITHOUT ROWID` fall away. Only words in capitals are swapped.
pub fn swap_words(sql: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => sql.to_owned(),
        Engine::Postgres => for_postgres(sql),
    }
}

fn for_postgres(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + sql.len() / 4);
    let mut rest = sql;
    let mut before = "";
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(piece_length(rest));
        rest = after;
        match piece {
            "INTEGER" => out.push_str("BIGINT"),
            "BLOB" => out.push_str("BYTEA"),
            "REAL" => out.push_str("DOUBLE PRECISION"),
            "TEXT" if before != "AS" => out.push_str("TEXT COLLATE \"C\""),
            "STRICT" => drop_table_option(&mut out),
            "WITHOUT" if rest.trim_start().starts_with("ROWID") => drop_table_option(&mut out),
            "ROWID" if before == "WITHOUT" => drop_table_option(&mut out),
            _ => out.push_str(piece),
        }
        if !piece.trim().is_empty() {
            before = piece;
        }
    }
    out
}

// The comma between two options has nothing left to part.
fn drop_table_option(out: &mut String) {
    let kept = out.trim_end();
    let kept = kept.strip_suffix(',').unwrap_or(kept).len();
    out.truncate(kept);
}

/// How long the word, quoted text, comment or other character at the start is.
fn piece_length(text: &str) -> usize {
    let to = |end: &str| {
        text.get(1..).and_then(|tail| tail.find(end)).map_or(text.len(), |at| 1 + at + end.len())
    };
    match text.as_bytes()[0] {
        b'\'' => to("'"),
        b'"' => to("\""),
        b'-' if text.starts_with("--") => to("\n"),
        b'/' if text.starts_with("/*") => to("*/"),
        _ => {
            let word =
                text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
            if word > 0 { word } else { text.chars().next().map_or(1, char::len_utf8) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::swap_words;
    use crate::Engine;

    fn swapped(sql: &str) -> String {
        swap_words(sql, Engine::Postgres)
    }

    #[test]
    fn the_four_words_are_swapped_and_the_options_fall_away() {
        let one = "CREATE TABLE a (n INTEGER, b BLOB, r REAL, t TEXT NOT NULL)";
        let other =
            "CREATE TABLE a (n BIGINT, b BYTEA, r DOUBLE PRECISION, t TEXT COLLATE \"C\" NOT NULL)";
        assert_eq!(swapped(one), other);
        for options in
            [" STRICT", " WITHOUT ROWID", " STRICT, WITHOUT ROWID", " WITHOUT ROWID, STRICT"]
        {
            assert_eq!(swapped(&format!("{one}{options};")), format!("{other};"));
        }
    }

    #[test]
    fn quotes_comments_names_and_casts_stay() {
        let text = "SELECT 'TEXT ''BLOB''', \"REAL\", TEXTS, my_TEXT, CAST(x AS TEXT) /* BLOB */ -- INTEGER\n";
        assert_eq!(swapped(text), text);
        assert_eq!(swapped("CAST(SUM(x) AS INTEGER)"), "CAST(SUM(x) AS BIGINT)");
        assert_eq!(swapped("'unclosed TEXT"), "'unclosed TEXT");
        assert_eq!(swapped("ä TEXT é"), "ä TEXT COLLATE \"C\" é");
    }

    #[test]
    fn sqlite_keeps_its_words() {
        assert_eq!(swap_words("a TEXT", Engine::Sqlite), "a TEXT");
    }
}
