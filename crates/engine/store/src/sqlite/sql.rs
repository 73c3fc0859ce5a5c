//! Our SQL and values in SQLite's terms.

use std::collections::HashMap;

use rusqlite::{
    CachedStatement, Connection, Error, ToSql, params_from_iter,
    types::{FromSqlError, ToSqlOutput, Type, ValueRef},
};

use crate::{Row, Value};

/// The SQL of the program with `$n` written as `?n`, translated once.
///
/// SQLite numbers `$n` by first appearance, as it does any named parameter, so that `$2` before `$1`
/// would take the first argument.
#[derive(Default)]
pub(super) struct Dialect {
    /// By address and length: static text does not move, and comparing addresses is cheaper than hashing it.
    translated: HashMap<(usize, usize), String>,
}

impl Dialect {
    /// The prepared statement for this SQL.
    pub(super) fn prepare<'c>(
        &mut self,
        connection: &'c Connection,
        sql: &'static str,
    ) -> Result<CachedStatement<'c>, Error> {
        let translated = self
            .translated
            .entry((sql.as_ptr().addr(), sql.len()))
            .or_insert_with(|| translate(sql));
        connection.prepare_cached(translated)
    }
}

/// `$n` as `?n` outside literals, quoted names and comments.
fn translate(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(next) = rest.chars().next() {
        let end = match next {
            '\'' | '"' => quoted_end(rest, next),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            _ => next.len_utf8(),
        };
        let (token, behind) = rest.split_at(end);
        let is_parameter = next == '$' && behind.starts_with(|c: char| c.is_ascii_digit());
        out.push_str(if is_parameter { "?" } else { token });
        rest = behind;
    }
    out
}

/// Where a quoted token ends; a doubled quote begins the next token, which comes to the same.
fn quoted_end(text: &str, quote: char) -> usize {
    text.char_indices()
        .skip(1)
        .find(|&(_, c)| c == quote)
        .map_or(text.len(), |(at, c)| at + c.len_utf8())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
            Self::Bool(value) => ValueRef::Integer(i64::from(*value)),
        }))
    }
}

/// Runs a statement that gives rows, to its end.
pub(super) fn query(
    statement: &mut CachedStatement<'_>,
    args: &[Value],
) -> Result<Vec<Row>, Error> {
    let columns = statement.column_count();
    let mut rows = statement.query(params_from_iter(args))?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns)
            .map(|column| value(row.get_ref(column)?, column))
            .collect::<Result<Vec<_>, Error>>()?;
        read.push(Row::new(values));
    }
    Ok(read)
}

fn value(value: ValueRef<'_>, column: usize) -> Result<Value, Error> {
    let wrong =
        |kind, error: FromSqlError| Error::FromSqlConversionFailure(column, kind, Box::new(error));
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(value) => Ok(Value::Int(value)),
        ValueRef::Text(value) => String::from_utf8(value.to_vec())
            .map(Value::Text)
            .map_err(|error| wrong(Type::Text, FromSqlError::Other(Box::new(error)))),
        ValueRef::Blob(value) => Ok(Value::Bytes(value.to_vec())),
        ValueRef::Real(_) => Err(wrong(Type::Real, FromSqlError::InvalidType)),
    }
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn parameters_are_numbered_and_the_rest_stays() {
        let cases = [
            (
                "update t set a = $2 where b = $1",
                "update t set a = ?2 where b = ?1",
            ),
            ("select '$1', \"$2\" from t", "select '$1', \"$2\" from t"),
            ("select 'it''s $1', $1", "select 'it''s $1', ?1"),
            ("select $1 -- $2\n, $3", "select ?1 -- $2\n, ?3"),
            ("select /* $1 */ $12", "select /* $1 */ ?12"),
            ("select 'ř' || $1 || '$'", "select 'ř' || ?1 || '$'"),
            ("select 'open $1", "select 'open $1"),
        ];
        for (ours, theirs) in cases {
            assert_eq!(translate(ours), theirs);
        }
    }
}
