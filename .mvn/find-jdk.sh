# Sourced by mvnw and by both `tramway`, that of the source tree and that of the distribution. POSIX sh.
#
# find_jdk MIN TOOL: sets java_home to the first Java of version MIN or newer that has bin/TOOL (`javac` to build,
# `java` to run). Where there is none, tells what to install and answers 1.
find_jdk() {
    for java_home in "${TRAMWAY_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(java_home_on_path)" \
        /usr/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
        if [ -n "$java_home" ] && [ -x "$java_home/bin/$2" ] && [ "$(java_major "$java_home")" -ge "$1" ]; then
            return 0
        fi
    done
    case $2 in
        javac) java_kind=JDK java_part=jdk java_fedora=devel ;;
        *) java_kind=JRE java_part=jre java_fedora=headless ;;
    esac
    cat >&2 <<END
Tramway needs a $java_kind of Java $1 or newer and found none. Install one, or set TRAMWAY_JAVA_HOME to one that is installed elsewhere:
  Debian, Ubuntu   apt-get install openjdk-$1-$java_part-headless   (or the package temurin-$1-$java_part of Eclipse Temurin)
  Fedora           dnf install java-$1-openjdk-$java_fedora
  macOS            brew install openjdk@$1
  Windows          winget install EclipseAdoptium.Temurin.$1.$java_kind
END
    return 1
}

# The home of the `java` on the path, through its symbolic links; nothing where there is none.
java_home_on_path() {
    java_link=$(command -v java) || return 0
    while [ -L "$java_link" ]; do
        java_target=$(readlink "$java_link")
        case $java_target in
            /*) java_link=$java_target ;;
            *) java_link=$(dirname "$java_link")/$java_target ;;
        esac
    done
    dirname "$(dirname "$java_link")"
}

# The feature number of a Java home, 0 if it cannot be told. The file `release` is read first: starting a JVM takes longer.
java_major() {
    java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    if [ -z "$java_version" ]; then
        java_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    fi
    echo "${java_version:-0}"
}

# run_tramway CLASSPATH ARGUMENT...: becomes a JVM of java_home that runs the command. TRAMWAY_JAVA_OPTS holds further options.
run_tramway() {
    classpath=$1
    shift
    quiet=--enable-native-access=ALL-UNNAMED
    # JDK 24 and newer warn about the memory access that Netty falls back to; older ones do not know the flag.
    [ "$(java_major "$java_home")" -lt 24 ] || quiet="$quiet --sun-misc-unsafe-memory-access=allow"
    # shellcheck disable=SC2086 # both hold several words
    exec "$java_home/bin/java" $quiet ${TRAMWAY_JAVA_OPTS:-} -cp "$classpath" dev.tramway.cli.Main "$@"
}
