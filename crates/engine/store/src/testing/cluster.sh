# Starts, and later stops, the PostgreSQL server that the tests of this machine's user share.
# Usage: cluster.sh start|watch FOLDER PROGRAMS; the folder is on no network, its server has one socket there.
set -eu
folder=$2
programs=$3

# The server refuses to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups "$@"
    else
        "$@"
    fi
}

stop() {
    if [ -f "$folder/server/data/postmaster.pid" ]; then
        as_owner "$programs/pg_ctl" stop -D "$folder/server/data" -m immediate -s || true
    fi
    rm -rf "$folder/server"
}

start() {
    stop
    mkdir -m 700 "$folder/server"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder/server"; fi
    cd /
    as_owner "$programs/initdb" -D "$folder/server/data" -U chancery -A trust -E UTF8 --locale=C --no-sync >/dev/null
    # Nothing here must survive a power failure.
    as_owner "$programs/pg_ctl" start -D "$folder/server/data" -l "$folder/server/log" -s -w -t 60 -o "\
        -c listen_addresses='' -k $folder/server -c fsync=off -c full_page_writes=off \
        -c max_connections=300 -c shared_buffers=64MB -c wal_level=minimal -c max_wal_senders=0 \
        -c autovacuum=off -c deadlock_timeout=200ms"
}

# Stops the server once no test has held `users` for a while. The kernel lets go of a test's lock however it ends.
watch() {
    exec 7<"$folder/watcher"
    flock -n 7 || exit 0
    while :; do
        flock -x "$folder/users" true
        used=$(stat -c %y "$folder/users")
        sleep 10
        exec 8<"$folder/gate"
        flock 8
        exec 9<"$folder/users"
        if [ "$used" = "$(stat -c %y "$folder/users")" ] && flock -n 9; then
            stop
            exit 0
        fi
        exec 9<&- 8<&-
    done
}

"$1"
