#!/usr/bin/env bash
# The pipeline's client, and the newcomer's one command. Needs bash, curl and a JDK (17 or later).
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: ./build.sh 2 [options]   enhance the discounts below the data directory
       ./build.sh 1 [options]   store what was enhanced before (enhanced_*.json); no model is asked

  --data-dir DIR     where the *.json files are (default: $DISCOUNT_DATA_DIR, else examples/discounts)
  --reset-tracking   forget what was processed or failed before
  --retry-failed     send again what failed in an earlier run
  --tracking-state FILE
                     take over the old script's groq_tracking_state.json first, and send each
                     discount_id once, as that script did: what the file lists is not sent again
  --log-level L      DEBUG, INFO, WARNING or ERROR, for the local service

BURNISH_URL    a running Burnish to talk to; without it a local one is built, started and stopped
BURNISH_STATE  where the local one keeps its database and its log (default: .burnish)
GROQ_API_KEY   your key, for the local one; without it the offline provider answers

exit status: 0 all succeeded, 2 some failed, 1 could not run, 130 interrupted
TEXT
}

say() { printf '%s\n' "$*"; }
fail() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${BURNISH_STATE:-$home/.burnish}
service_log=$state/burnish.$$.log
unfinished=$state/unfinished
service=
work=
id=
marked=false

# --- what is asked for ------------------------------------------------------------------------------------------------

action=${1:-}
case $action in
  1 | 2) shift ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 1 ;;
esac
data=${DISCOUNT_DATA_DIR:-$home/examples/discounts}
reset=false
retry=false
tracking_state=
while [ $# -gt 0 ]; do
  case $1 in
    --data-dir) [ $# -ge 2 ] || fail "--data-dir needs a directory"; data=$2; shift 2 ;;
    --data-dir=*) data=${1#*=}; shift ;;
    --log-level) [ $# -ge 2 ] || fail "--log-level needs a level"; LOG_LEVEL=$2; shift 2 ;;
    --log-level=*) LOG_LEVEL=${1#*=}; shift ;;
    --tracking-state) [ $# -ge 2 ] || fail "--tracking-state needs a file"; tracking_state=$2; shift 2 ;;
    --tracking-state=*) tracking_state=${1#*=}; shift ;;
    --reset-tracking) reset=true; shift ;;
    --retry-failed) retry=true; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "there is no option $1" ;;
  esac
done
case ${LOG_LEVEL:-INFO} in
  DEBUG | INFO | WARNING | ERROR) ;;
  *) fail "the log level is $LOG_LEVEL; it must be DEBUG, INFO, WARNING or ERROR" ;;
esac
[ "${RESET_GROQ_TRACKING:-}" != true ] || reset=true
[ -z "$tracking_state" ] || [ "$action" = 2 ] || fail "--tracking-state goes with ./build.sh 2: nothing is sent by ./build.sh 1"
[ -z "$tracking_state" ] || [ -r "$tracking_state" ] || fail "there is no file $tracking_state to read; name one with --tracking-state"
[ -d "$data" ] || fail "there is no directory $data; name one with --data-dir"
data=$(cd -P -- "$data" && pwd -P) || fail "$data can't be entered; name a directory with --data-dir"
command -v curl >/dev/null || fail "curl is not installed; install it"

# --- which files ------------------------------------------------------------------------------------------------------

work=$(mktemp -d) || fail "no directory for temporary files can be made"
trap 'rm -rf "$work"' EXIT

# What has to be known before anything is sent, because a job is paid for once it is there.
in_the_way=()
look_before() {
  local file directory name output
  for file in "${files[@]}"; do
    directory=$(dirname "$file")
    name=${file##*/}
    [ -r "$file" ] || in_the_way+=("$file can't be read")
    [ "$action" = 2 ] || continue
    [ -w "$directory" ] || in_the_way+=("$directory can't be written to")
    for output in enhanced_ failed_; do
      [ ! -d "$directory/$output$name" ] || in_the_way+=("$directory/$output$name is a directory")
    done
  done
  [ ${#in_the_way[@]} -gt 0 ] || return 0
  printf '%s\n' "${in_the_way[@]}" | LC_ALL=C sort -u | awk 'NR <= 20 { print "  " $0 } END { if (NR > 20) print "  and " NR - 20 " more" }' >&2
  fail "nothing was sent: put right what is listed above"
}

files=()
left_out=()
find_files() {
  local file name
  find "$data" \( -type f -o -type l \) -print0 >"$work/found" || fail "a directory below $data can't be read (see above), so its files would be left out; nothing was sent"
  while IFS= read -r -d '' file; do
    [ -z "$tracking_state" ] || ! [ "$file" -ef "$tracking_state" ] || continue
    name=${file##*/}
    case $name in
      *.json) ;;
      *.[jJ][sS][oO][nN] | *.ndjson | *.jsonl) left_out+=("${file#"$data"/}"); continue ;;
      *) continue ;;
    esac
    [ ! -d "$file" ] || continue
    if [ "$action" = 1 ]; then
      case $name in enhanced_*) files+=("$file") ;; esac
    else
      case $name in enhanced_* | failed_* | groq_tracking_state.json) ;; *) files+=("$file") ;; esac
    fi
  done < <(LC_ALL=C sort -z "$work/found")
}
find_files
[ "$action" = 1 ] || [ ${#left_out[@]} -eq 0 ] ||
  say "Left out, because only *.json is sent: ${left_out[*]:0:10} (${#left_out[@]} in all)"
if [ ${#files[@]} -eq 0 ]; then
  [ "$action" = 1 ] && fail "no enhanced_*.json below $data; run ./build.sh 2 first"
  fail "no *.json below $data"
fi
look_before

# --- the service ------------------------------------------------------------------------------------------------------

java_bin=java
[ -z "${JAVA_HOME:-}" ] || java_bin=$JAVA_HOME/bin/java

stop_service() {
  [ -n "$service" ] || return 0
  kill -TERM "$service" 2>/dev/null || true
  wait "$service" 2>/dev/null || true
  service=
}

cleanup() {
  stop_service
  [ -z "$work" ] || rm -rf "$work"
}

interrupted() {
  trap '' INT TERM
  say ""
  if [ -z "$id" ]; then
    say "Interrupted. If the job was stored already, the next run goes on with it."
  elif [ -z "$service" ]; then
    say "Interrupted. The job $id is not cancelled: it goes on at $url, and is paid for."
  else
    say "Interrupted: $(done_of_total). The job $id is not cancelled: it stands still until the same command"
    say "is run again, which finishes it and pays for what is left; what was answered is not paid for again."
  fi
  cleanup
  trap - EXIT
  exit 130
}
trap cleanup EXIT
trap interrupted INT TERM

build_service() {
  local jar=$home/target/quarkus-app/quarkus-run.jar
  if [ ! -f "$jar" ] || [ -n "$(find "$home/src/main" "$home/pom.xml" -newer "$jar" -print -quit)" ]; then
    say "Building Burnish (the first time this fetches its libraries, and takes some minutes) ..."
    (cd "$home" && ./mvnw -q -B --no-transfer-progress -DskipTests package) || fail "the build failed; see above"
  fi
}

service_died() {
  tail -n 15 "$service_log" >&2
  service=
  mv -f "$service_log" "$state/burnish-failed.log"
  service_log=$state/burnish-failed.log
  fail "the local Burnish could not start; the end of $service_log is above"
}

start_service() {
  local tries other
  [ -z "${JAVA_HOME:-}" ] || [ -x "$java_bin" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/java; set it to a JDK, 17 or later, or unset it"
  command -v "$java_bin" >/dev/null || fail "no Java found; install a JDK, 17 or later, and put it on the PATH or set JAVA_HOME"
  if [ "$action" = 1 ]; then
    # Nothing is asked of a provider, so no key is needed.
    export BURNISH_PROVIDER=${BURNISH_PROVIDER:-simulated}
  elif [ -z "${GROQ_API_KEY:-}" ] && [ -z "${BURNISH_PROVIDER:-}" ]; then
    export BURNISH_PROVIDER=simulated
  fi
  if [ "$action" = 2 ] && [ "${BURNISH_PROVIDER:-groq}" = simulated ]; then
    say "*** SIMULATED PROVIDER: no model is asked. The answers are read by rules, for a trial only."
    say "*** Set GROQ_API_KEY for real ones."
  fi
  if [ -f "$unfinished" ] && [ "$(awk 'NR == 1' "$unfinished")" != "$data" ]; then
    other=$(awk 'NR == 1' "$unfinished")
    fail "an interrupted run of $other left a job that is not finished. This run would go on with it, and pay for it. Finish it with --data-dir $other first; or set BURNISH_STATE to another directory for this run; or remove $unfinished, and both go on"
  fi
  [ ! -f "$unfinished" ] || say "The job that was interrupted goes on too; what it has done already is not asked for again."
  build_service
  (umask 077 && mkdir -p "$state" && : >"$service_log") || fail "$state can't be written to; set BURNISH_STATE to a directory of yours"
  # A process group of its own, so that Ctrl-C reaches it through us, and its database stops after it.
  set -m
  BURNISH_DATABASE_DIRECTORY=$state/postgresql \
    QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=0 LOG_LEVEL=${LOG_LEVEL:-INFO} RESET_GROQ_TRACKING=$reset \
    "$java_bin" -jar "$home/target/quarkus-app/quarkus-run.jar" >"$service_log" 2>&1 </dev/null &
  service=$!
  set +m
  for ((tries = 0; tries < 240; tries++)); do
    kill -0 "$service" 2>/dev/null || service_died
    url=$(awk 'match($0, /Listening on: http:[^ ]*/) { if (!n++) print substr($0, RSTART + 14, RLENGTH - 14) }' "$service_log")
    if [ -n "$url" ] && curl -fs -o "$work/ready" "$url/q/health/ready"; then
      # Not before: the log of a run that is going on is not to be lost to one that is refused.
      mv -f "$service_log" "$state/burnish.log"
      service_log=$state/burnish.log
      return 0
    fi
    sleep 0.25
  done
  fail "the local Burnish did not get ready within a minute; see $service_log"
}

# --- talking to it ----------------------------------------------------------------------------------------------------

# One JSON string as text: enough for the sentences that the service writes.
unescape() { sed -e 's/\\"/"/g' -e 's/\\n/ /g' -e 's/\\\\/\\/g'; }

# $1 body, $2 what was sent, $3 HTTP status
problem() {
  local detail
  ! $marked || rm -f "$unfinished"
  detail=$({ grep -o '"detail":"\([^"\\]\|\\.\)*"' "$1" || true; } | awk 'NR == 1' | sed -e 's/^"detail":"//' -e 's/"$//' | unescape)
  if [ -z "$detail" ]; then
    say "build.sh: $url answered $2 with HTTP $3, not as Burnish does; is another server there, or a proxy before it?" >&2
    head -c 300 "$1" | tr -s '[:cntrl:]' ' ' >&2
    say "" >&2
    exit 1
  fi
  say "build.sh: Burnish refused $2 (HTTP $3): $detail" >&2
  { grep -o '"field":"\([^"\\]\|\\.\)*","message":"\([^"\\]\|\\.\)*"' "$1" || true; } |
    sed -e 's/^"field":"/  - /' -e 's/","message":"/: /' -e 's/"$//' | unescape >&2
  exit 1
}

# curl reads a name in double quotes, with a backslash before a quote or a backslash.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# $1 curl's exit status, $2 what it was about
curl_failed() {
  case $1 in
    23) fail "$2 could not be written; is the disk full?" ;;
    26) fail "a file can't be read any more; nothing was sent" ;;
    126) fail "${#files[@]} files are too many for one job; name a directory below $data with --data-dir" ;;
    *) fail "$url can't be reached; is Burnish running there? (curl $1; see \`man curl\`, Exit codes)" ;;
  esac
}

post_job() {
  local form=() file status mode=enhance dedupe=content
  [ "$action" = 2 ] || mode=store
  [ -z "$tracking_state" ] || dedupe=id
  for file in "${files[@]}"; do
    form+=(-F "file=@$(quoted "$file");filename=$(quoted "${file#"$data"/}");type=application/json")
  done
  status=$(curl -sS -o "$work/job" -w '%{http_code}' -X POST "$url/jobs" "${form[@]}" \
    -F "job={\"mode\":\"$mode\",\"options\":{\"dedupe\":\"$dedupe\",\"retryFailed\":$retry}};type=application/json") ||
    curl_failed $? "$url"
  [ "$status" = 202 ] || problem "$work/job" "the job" "$status"
}

import_state() {
  local status
  status=$(curl -sS -o "$work/imported" -w '%{http_code}' -X PUT --data-binary "@$tracking_state" \
    -H 'Content-Type: application/json' "$url/tracking/state") || curl_failed $? "$url"
  [ "$status" = 200 ] || problem "$work/imported" "$tracking_state" "$status"
  say "Took over $tracking_state: what it lists is not sent again"
}

# The first value of a name in the job's JSON; its order of names is fixed.
# All of the input is read each time: who stops early ends the command before it by a signal.
values_of() { { grep -o "\"$1\":\"[^\"]*\"" "$work/job" || true; } | cut -d'"' -f4; }
text_of() { values_of "$1" | awk 'NR == 1'; }
number_of() { { grep -o "\"$1\":[0-9]*" "$work/job" || true; } | awk -F: 'NR == 1 { print $2 }'; }

done_of_total() {
  local total
  total=$(number_of total)
  printf '%s of %s records done' "$((total - $(number_of pending) - $(number_of running)))" "$total"
}

show_progress() {
  local line
  line="$(done_of_total): $(number_of succeeded) succeeded ($(number_of reused) reused), $(number_of failed) failed"
  if [ -t 1 ]; then
    printf '\r\033[K%s' "$line"
  elif [ "$line" != "$shown" ] && [ $((SECONDS - shown_at)) -ge 3 ]; then
    say "$line"
    shown=$line shown_at=$SECONDS
  fi
}

watch_job() {
  local misses=0
  shown='' shown_at=$SECONDS
  while :; do
    case $(text_of state) in completed | cancelled | expired) break ;; esac
    show_progress
    sleep 0.5
    if curl -fs -o "$work/next" "$url/jobs/$id"; then
      mv "$work/next" "$work/job"
      misses=0
    else
      [ -z "$service" ] || kill -0 "$service" 2>/dev/null || service_died
      misses=$((misses + 1))
      [ $misses -ne 10 ] || say "No answer from $url; trying on ..."
      [ $misses -lt 600 ] || fail "no answer from $url for five minutes; the job $id goes on there, fetch it later"
    fi
  done
  [ ! -t 1 ] || printf '\r\033[K'
}

fetch() {
  local status=0
  curl -fsS -o "$2" "$url$1" || status=$?
  [ $status -ne 0 ] || return 0
  rm -f "$2"
  [ $status -eq 22 ] || curl_failed $status "$2"
  fail "$url$1 could not be fetched; the job $id is stored there, and the same command gets it without paying again"
}

# The directory, then the ids of its jobs. Written before the job is sent: it may be stored although nobody waits for it.
mark_unfinished() {
  [ -n "$service" ] && [ ! -f "$unfinished" ] || return 0
  marked=true
  printf '%s\n' "$data" >"$unfinished"
}

unmark_finished() {
  local job
  for job in $(tail -n +2 "$unfinished"); do
    if curl -fs -o "$work/earlier" "$url/jobs/$job"; then
      case $({ grep -o '"state":"[^"]*"' "$work/earlier" || true; } | awk 'NR == 1') in
        *completed* | *cancelled* | *expired*) ;;
        *) say "The job $job of an interrupted run is not finished; the next run goes on with it"; return 0 ;;
      esac
    fi
  done
  rm -f "$unfinished"
}

# What the old script enhanced is not sent again, and its file holds the only results there are.
keep_old() {
  if [ -f "$1" ] && [ ! -e "$1.old" ]; then
    mv "$1" "$1.old"
    say "Kept what the old script wrote as $1.old"
  fi
}

# Accepted files have links, in the order in which the files were sent; the job's own links come last.
write_files() {
  local states=() links=() value link i=0 next=0 directory name
  # No mapfile: the bash of macOS does not have it.
  while IFS= read -r value; do states+=("$value"); done < <(values_of state | grep -x 'accepted\|rejected')
  while IFS= read -r value; do links+=("$value"); done < <(values_of results)
  for ((i = 0; i < ${#files[@]}; i++)); do
    directory=$(dirname "${files[i]}")
    name=$(basename "${files[i]}")
    if [ "${states[i]}" != accepted ]; then
      [ ! -f "$directory/enhanced_$name" ] || say "${files[i]} was rejected: enhanced_$name beside it is of an earlier run"
      continue
    fi
    link=${links[next]}
    fetch "$link" "$directory/.enhanced_$name.part"
    [ -z "$tracking_state" ] || keep_old "$directory/enhanced_$name"
    mv "$directory/.enhanced_$name.part" "$directory/enhanced_$name"
    fetch "${link%/results\?*}/failures?format=records&${link#*\?}" "$directory/.failed_$name.part"
    if $only_before || [ "$(head -c 2 "$directory/.failed_$name.part")" = "[]" ]; then
      rm -f "$directory/.failed_$name.part" "$directory/failed_$name"
    else
      mv "$directory/.failed_$name.part" "$directory/failed_$name"
    fi
    next=$((next + 1))
  done
}

# --- the run ----------------------------------------------------------------------------------------------------------

if [ -n "${BURNISH_URL:-}" ]; then
  url=${BURNISH_URL%/}
  if $reset; then
    curl -fsS -o "$work/reset" -X DELETE "$url/tracking" || fail "$url/tracking could not be reset"
  fi
else
  start_service
fi
[ -z "$tracking_state" ] || import_state
say "Sending ${#files[@]} files below $data to $url"
mark_unfinished
post_job
id=$(text_of id)
[ -z "$service" ] || printf '%s\n' "$id" >>"$unfinished"
watch_job
[ -z "$service" ] || unmark_finished
curl -fsS -o "$work/summary" -H 'Accept: text/plain' "$url/jobs/$id" || curl_failed $? "$url"
before=$(awk '$2 == "x" && $3 ~ /^processed_before,?$/ { n += $1 } END { print n + 0 }' "$work/summary")
only_before=false
[ "$before" = 0 ] || [ "$before" != "$(number_of failed)" ] || only_before=true
[ "$action" = 1 ] || write_files
cat "$work/summary"
[ "$before" = 0 ] || say "$before of those that failed were not sent, because they were done before (--tracking-state)"
[ "$action" = 1 ] || say "enhanced_*.json and failed_*.json are beside the files in $data"
if ! $only_before; then
  [ "$(text_of state)/$(text_of outcome)" = completed/succeeded ] || exit 2
elif { grep -o '"state":"rejected"' "$work/job" || true; } | awk 'END { exit NR == 0 }'; then
  exit 2
fi
