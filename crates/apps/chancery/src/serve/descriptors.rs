//! The system's limit of open files, under which all connections must find their place.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What is open beside connections: listeners, the database, documents, a token's module.
const BESIDE: u64 = 128;
/// Connections that there are in any case.
const LEAST: usize = 8;

/// Raises the limit as far as these connections need it and the system allows. Gives how many of them there may be.
pub fn connections(wanted: usize) -> usize {
    let needed = u64::try_from(wanted)
        .unwrap_or(u64::MAX)
        .saturating_add(BESIDE);
    let limit = raise(getrlimit(Resource::Nofile), needed);
    let places = places(wanted, limit);
    if places < wanted {
        tracing::warn!(
            wanted,
            places,
            files = limit,
            "the system's limit of open files allows fewer connections than listen.connections: raise it (LimitNOFILE= in systemd, ulimit -n)"
        );
    }
    places
}

/// The limit after that; `None` where there is none.
fn raise(now: Rlimit, needed: u64) -> Option<u64> {
    let current = now.current?;
    let possible = now.maximum.unwrap_or(needed).min(needed);
    if possible <= current {
        return Some(current);
    }
    let raised = Rlimit {
        current: Some(possible),
        ..now
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => Some(possible),
        Err(_) => Some(current),
    }
}

fn places(wanted: usize, limit: Option<u64>) -> usize {
    let Some(limit) = limit else {
        return wanted;
    };
    let left = usize::try_from(limit.saturating_sub(BESIDE)).unwrap_or(usize::MAX);
    wanted.min(left.max(LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_the_rest() {
        assert_eq!(places(4096, None), 4096);
        assert_eq!(places(4096, Some(4096 + BESIDE)), 4096);
        assert_eq!(places(4096, Some(4095 + BESIDE)), 4095);
        assert_eq!(places(4096, Some(1024)), 896);
        assert_eq!(places(4096, Some(64)), LEAST);
        assert_eq!(places(20, Some(1024)), 20);
    }
}
