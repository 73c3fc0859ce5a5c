//! One transaction in two round trips: everything up to the counts, then the commit.

use std::{future::poll_fn, pin::Pin, task::Poll};

use deadpool_postgres::Object;
use tokio_postgres::Statement as Prepared;

use super::{
    error::{Failure, Phase},
    types,
};
use crate::{Row, Statement, store::Answer};

type Touched = Result<(u64, Vec<Row>), Failure>;

/// Runs the statements, checks their counts and commits; on an error the caller rolls back.
pub(super) async fn transaction(
    client: &Object,
    statements: &[Statement],
    answer: Answer,
) -> Result<Vec<Row>, Phase> {
    let mut prepared = Vec::with_capacity(statements.len());
    for (position, statement) in statements.iter().enumerate() {
        // A round trip only where this connection meets the statement for the first time.
        let ready = client.prepare_cached(statement.sql).await;
        prepared.push(ready.map_err(|error| Phase::Statement(position, error.into()))?);
    }
    let mut sent: Vec<Pin<Box<dyn Future<Output = Touched> + Send + '_>>> =
        vec![Box::pin(begin(client))];
    for (statement, prepared) in statements.iter().zip(prepared) {
        sent.push(Box::pin(run(client, statement, prepared, answer)));
    }
    let mut outcomes = in_order(sent).await.into_iter();
    if let Some(Err(failure)) = outcomes.next() {
        return Err(Phase::Control(failure));
    }
    // The first failure is the cause; it aborts the transaction, and the statements behind it only say so.
    let mut rows = Vec::new();
    for (position, (statement, outcome)) in statements.iter().zip(outcomes).enumerate() {
        let (touched, returned) = outcome.map_err(|failure| Phase::Statement(position, failure))?;
        let counted = statement.expect.check(position, touched);
        counted.map_err(Phase::Count)?;
        rows = returned;
    }
    match client.batch_execute("commit").await.map_err(Failure::from) {
        Ok(()) => Ok(rows),
        Err(Failure::Lost(cause)) => Err(Phase::Unknown(cause)),
        Err(failure) => Err(Phase::Control(failure)),
    }
}

async fn begin(client: &Object) -> Touched {
    client.batch_execute("begin").await?;
    Ok((0, Vec::new()))
}

async fn run(
    client: &Object,
    statement: &Statement,
    prepared: Prepared,
    answer: Answer,
) -> Touched {
    match answer {
        Answer::Nothing => {
            let touched = client.execute_raw(&prepared, &statement.args).await?;
            Ok((touched, Vec::new()))
        }
        Answer::Rows => {
            let args = types::borrowed(&statement.args);
            let rows = client.query(&prepared, &args).await?;
            let rows: Vec<Row> = rows.iter().map(types::row).collect::<Result<_, _>>()?;
            Ok((rows.len() as u64, rows))
        }
    }
}

/// Polls the requests in their order until all are answered: a request is sent when it is first polled,
/// and the server answers in the order of sending.
async fn in_order<T>(mut requests: Vec<Pin<Box<dyn Future<Output = T> + Send + '_>>>) -> Vec<T> {
    let mut answers: Vec<Option<T>> = requests.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut waiting = false;
        for (request, answer) in requests.iter_mut().zip(&mut answers) {
            if answer.is_none() {
                match request.as_mut().poll(context) {
                    Poll::Ready(value) => *answer = Some(value),
                    Poll::Pending => waiting = true,
                }
            }
        }
        if waiting {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    answers.into_iter().flatten().collect()
}
