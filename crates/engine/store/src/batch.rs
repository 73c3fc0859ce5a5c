//! A write as plain data.

/// One SQL argument or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// SQL `NULL`.
    Null,
    /// `bigint`; times are microseconds UTC.
    Int(i64),
    /// `text`.
    Text(String),
    /// `bytea`.
    Bytes(Vec<u8>),
    /// `boolean`.
    Bool(bool),
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $into:expr),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $into }
        }
    )+};
}
value_from! {
    i64 => |v| Self::Int(v),
    i32 => |v| Self::Int(i64::from(v)),
    u32 => |v| Self::Int(i64::from(v)),
    bool => |v| Self::Bool(v),
    String => |v| Self::Text(v),
    &str => |v| Self::Text(v.to_owned()),
    &String => |v| Self::Text(v.clone()),
    Vec<u8> => |v| Self::Bytes(v),
    &[u8] => |v| Self::Bytes(v.to_vec()),
    crate::Id => |v| Self::Bytes(v.as_bytes().to_vec()),
    crate::Timestamp => |v| Self::Int(v.as_micros()),
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(v: [u8; N]) -> Self {
        Self::Bytes(v.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// How many rows a statement must touch for its batch to commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Any number, none included.
    Any,
    /// Exactly this many; otherwise the whole batch is rolled back as [`crate::CommitError::Conflict`].
    Rows(u64),
}

impl Expect {
    /// Compares the rows that statement `statement` touched with what it expects.
    pub(crate) const fn check(
        self,
        statement: usize,
        actual: u64,
    ) -> Result<(), crate::CommitError> {
        match self {
            Self::Rows(expected) if expected != actual => Err(crate::CommitError::Conflict {
                statement,
                expected,
                actual,
            }),
            Self::Any | Self::Rows(_) => Ok(()),
        }
    }
}

/// One statement of a [`Batch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// SQL with `$1`, `$2`, … in the subset that both stores accept.
    pub sql: &'static str,
    /// The arguments, in the order of their numbers.
    pub args: Vec<Value>,
    /// How many rows it must touch.
    pub expect: Expect,
}

/// Builds the argument list of a statement or query: `args![id, name, now]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

/// Statements that are committed together or not at all, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "a batch does nothing until it is committed"]
pub struct Batch {
    statements: Vec<Statement>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a statement that must touch exactly one row (an insert, or an update guarded by its version).
    pub fn one(&mut self, sql: &'static str, args: Vec<Value>) -> &mut Self {
        self.push(Statement {
            sql,
            args,
            expect: Expect::Rows(1),
        })
    }

    /// Adds a statement that may touch any number of rows.
    pub fn any(&mut self, sql: &'static str, args: Vec<Value>) -> &mut Self {
        self.push(Statement {
            sql,
            args,
            expect: Expect::Any,
        })
    }

    /// Adds a statement.
    pub fn push(&mut self, statement: Statement) -> &mut Self {
        self.statements.push(statement);
        self
    }

    /// Adds all statements of another batch behind this one's.
    pub fn append(&mut self, other: Self) -> &mut Self {
        self.statements.extend(other.statements);
        self
    }

    /// Whether there is nothing to commit.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    pub(crate) fn into_statements(self) -> Vec<Statement> {
        self.statements
    }

    /// The statements in order.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}
