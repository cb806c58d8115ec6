#!/bin/sh
# Posts JSON files to Burnish as one job, waits for its end, and fetches results and failures.
#   BURNISH_URL=https://burnish.example.com OUT=enhanced ./enhance.sh discounts/*.json
# Exit status: 0 all succeeded, 2 some failed, 1 could not run. Needs a POSIX shell, curl and sha256sum.
set -eu

if [ $# -eq 0 ]; then
  echo "usage: BURNISH_URL=… $0 FILE.json …" >&2
  exit 1
fi
: "${BURNISH_URL:?set BURNISH_URL to the address of the service}"
out=${OUT:-enhanced}
mkdir -p "$out"

call() {
  curl --fail-with-body --silent --show-error --retry 8 --retry-delay 2 --retry-connrefused "$@"
}

# The same files are the same job: a step that is repeated goes on with the job that it posted before.
key=$(cat "$@" | sha256sum | cut -d ' ' -f 1)
for file in "$@"; do
  set -- "$@" --form "file=@\"$file\""
  shift
done
call --header "Idempotency-Key: ${BURNISH_RUN:-run}-$key" --output "$out/job.json" "$@" "$BURNISH_URL/jobs" || {
  cat "$out/job.json" >&2 2>/dev/null || true
  exit 1
}
id=$(grep -o '"id":"[0-9a-f-]*"' "$out/job.json" | head -n 1 | cut -d '"' -f 4)
echo "Job $id: $BURNISH_URL/jobs/$id"

state=queued
while [ "$state" != completed ] && [ "$state" != cancelled ] && [ "$state" != expired ]; do
  call --output "$out/job.json" "$BURNISH_URL/jobs/$id?wait=60" || exit 1
  state=$(grep -o '"state":"[a-z]*"' "$out/job.json" | head -n 1 | cut -d '"' -f 4)
  if [ "$state" = paused ]; then
    echo "Job $id is paused; POST $BURNISH_URL/jobs/$id/resume goes on with it" >&2
    sleep 10
  fi
done

call --output "$out/results.json" "$BURNISH_URL/jobs/$id/results" || exit 1
call --output "$out/failures.json" "$BURNISH_URL/jobs/$id/failures" || exit 1
call --header 'Accept: text/plain' "$BURNISH_URL/jobs/$id" || exit 1
grep -q '"outcome":"succeeded"' "$out/job.json" || exit 2
