#!/bin/sh
# The three roles and the database, made once when the cluster is empty. The owner migrates; web, worker and beat use
# the web role, which owns nothing; the sequencer alone takes pending events into the log.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner="$OWNER_PASSWORD" --set web="$WEB_PASSWORD" --set sequencer="$SEQUENCER_PASSWORD" <<'SQL'
CREATE ROLE bening_owner LOGIN PASSWORD :'owner';
CREATE ROLE bening_web LOGIN PASSWORD :'web';
CREATE ROLE bening_sequencer LOGIN PASSWORD :'sequencer';
CREATE DATABASE bening OWNER bening_owner TEMPLATE template0;
REVOKE ALL ON DATABASE bening FROM PUBLIC;
GRANT CONNECT ON DATABASE bening TO bening_web, bening_sequencer;
SQL
