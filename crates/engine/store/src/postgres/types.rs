//! Our values in PostgreSQL's types.

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::error::Failure;
use crate::{Row, Value, error::Cause};

/// The argument is of another type than the parameter.
#[derive(Debug, thiserror::Error)]
#[error("{found} stands where {parameter} is expected")]
struct WrongArgument {
    found: &'static str,
    parameter: Type,
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        let wrong = |found| -> Result<IsNull, Cause> {
            Err(Box::new(WrongArgument {
                found,
                parameter: ty.clone(),
            }))
        };
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) => match *ty {
                Type::INT8 => value.to_sql(ty, out),
                // `limit $1` and arithmetic on literals may be narrower than our columns.
                Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
                _ => wrong("an integer"),
            },
            Self::Text(value) if <String as ToSql>::accepts(ty) => value.to_sql(ty, out),
            Self::Text(_) => wrong("text"),
            Self::Bytes(value) if *ty == Type::BYTEA => value.to_sql(ty, out),
            Self::Bytes(_) => wrong("octets"),
            Self::Bool(value) if *ty == Type::BOOL => value.to_sql(ty, out),
            Self::Bool(_) => wrong("a boolean"),
        }
    }

    /// Decided by value, in [`ToSql::to_sql`].
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Cause> {
        Ok(match *ty {
            Type::INT8 => Self::Int(FromSql::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::BYTEA => Self::Bytes(FromSql::from_sql(ty, raw)?),
            Type::BOOL => Self::Bool(FromSql::from_sql(ty, raw)?),
            _ => Self::Text(FromSql::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Cause> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::BYTEA | Type::BOOL)
            || <String as FromSql>::accepts(ty)
    }
}

/// Arguments as the driver takes them.
pub(super) fn borrowed(args: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}

/// A row of the driver as ours.
pub(super) fn row(row: &tokio_postgres::Row) -> Result<Row, Failure> {
    let columns = (0..row.len())
        .map(|column| row.try_get(column))
        .collect::<Result<_, _>>()?;
    Ok(Row::new(columns))
}
