#!/usr/bin/env bash
# Starts the client (io.burnish.client), which is the pipeline's and the newcomer's one command; builds it first where it
# is missing or older than its sources. Needs bash and a JDK (17 or later). What it can do: ./build.sh --help
set -euo pipefail

fail() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}
trap 'exit 130' INT TERM

home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/java; set it to a JDK, 17 or later, or unset it"
fi
command -v "$java" >/dev/null || fail "no Java found; install a JDK, 17 or later, and put it on the PATH or set JAVA_HOME"

app=$home/target/quarkus-app
if [ ! -f "$app/quarkus-run.jar" ] ||
  [ -n "$(find "$home/src/main" "$home/pom.xml" -newer "$app/quarkus-run.jar" -print -quit)" ]; then
  printf 'Building Burnish (the first time this fetches its libraries, and takes some minutes) ...\n'
  (cd "$home" && ./mvnw -q -B --no-transfer-progress -DskipTests package) || fail "the build failed; see above"
fi

# Java reads file names in the encoding of the locale; without one it could not read those that are not ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*) ;; *) export LC_ALL=C.UTF-8 ;; esac
[ -t 1 ] && terminal=true || terminal=false
# Only what the client uses of the service's libraries.
classes=$(printf '%s:' "$app"/app/*.jar "$app"/lib/main/{com.fasterxml.jackson.core,info.picocli,org.jspecify}.*.jar)
exec "$java" -XX:TieredStopAtLevel=1 "-Dburnish.home=$home" "-Dburnish.terminal=$terminal" \
  -cp "$classes" io.burnish.client.Client "$@"
