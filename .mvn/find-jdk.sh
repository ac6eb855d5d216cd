# Sourced by mvnw and by both `tramway`, that of the source tree and that of the distribution. POSIX sh.
#
# find_jdk MIN TOOL: sets java_home to the first Java of version MIN or newer that has bin/TOOL (`javac` to build,
# `java` to run), java_version and java_major to its version. Where there is none, tells what to install and answers 1.
find_jdk() {
    if try_jdks "$1" "$2" "${TRAMWAY_JAVA_HOME:-}" "${JAVA_HOME:-}" || try_jdks "$1" "$2" "$(java_home_on_path)" \
        /usr/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; then
        return 0
    fi
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

# try_jdks MIN TOOL HOME...: sets java_home to the first of them that will do.
try_jdks() {
    java_min=$1 java_tool=$2
    shift 2
    for java_home; do
        if [ -n "$java_home" ] && [ -x "$java_home/bin/$java_tool" ] && java_major "$java_home" && [ "$java_major" -ge "$java_min" ]; then
            return 0
        fi
    done
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

# java_major HOME: sets java_version to the version of a Java home and java_major to its feature number, 0 if it cannot be told. The file
# `release` is read first, and by the shell itself: starting other programs takes longer, a JVM most of all.
java_major() {
    java_version=
    if [ -r "$1/release" ]; then
        while IFS='=' read -r java_key java_value; do
            [ "$java_key" != JAVA_VERSION ] || java_version=${java_value#\"}
        done <"$1/release"
    fi
    if [ -z "$java_version" ]; then
        java_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    fi
    java_version=${java_version%%[!0-9.]*}
    java_major=${java_version%%.*}
    java_major=${java_major:-0}
}

# Sets java_options to those that every command runs with. On one core the JVM chooses the serial collector, which would copy each large message
# again and again while it is new: a message of 16 MiB took 83 ms instead of 23. Other collectors pass over that option.
find_java_options() {
    java_options="--enable-native-access=ALL-UNNAMED -XX:PretenureSizeThreshold=1m"
    # JDK 24 and newer warn about the memory access that Netty falls back to; older ones do not know the flag.
    [ "$java_major" -lt 24 ] || java_options="$java_options --sun-misc-unsafe-memory-access=allow"
}

# prepare_scripts DIRECTORY: has a JVM of 25 or newer start a script and keep what that took, classes linked, for all that start later:
# they need a quarter of the time. Only a JVM of the very same version can use it. It takes some seconds, and may fail.
prepare_scripts() {
    [ "$java_major" -ge 25 ] || return 0
    find_java_options
    echo 'А = Новый Массив; А.Добавить(1); Для Каждого Б Из А Цикл Сообщить("" + Б); КонецЦикла;' >"$1/prepare.os"
    # shellcheck disable=SC2086 # several words
    "$java_home/bin/java" $java_options -XX:AOTCacheOutput="$1/prepare.aot" -cp "$1/*" dev.tramway.cli.Main script "$1/prepare.os" \
        >/dev/null 2>&1 && mv "$1/prepare.aot" "$1/script-$java_version.aot" || true
}

# Sets class_data to the file with the classes of scripts, ready to be mapped, which halves the time they take to start: beside the jars,
# or in the user's cache where those cannot be written; to nothing where neither can.
find_class_data() {
    class_data=$1
    if [ ! -w "$class_data" ]; then
        class_data=${XDG_CACHE_HOME:-${HOME:-}/.cache}/tramway
        mkdir -p "$class_data" 2>/dev/null || true
    fi
    if [ -w "$class_data" ]; then class_data=$class_data/script.jsa; else class_data=; fi
}

# run_tramway CLASSPATH ARGUMENT...: becomes a JVM of java_home that runs the command. TRAMWAY_JAVA_OPTS holds further options.
run_tramway() {
    classpath=$1
    shift
    command=${1:-}
    find_java_options
    # shellcheck disable=SC2086 # both hold several words
    set -- $java_options ${TRAMWAY_JAVA_OPTS:-} -cp "$classpath" dev.tramway.cli.Main "$@"
    prepared=${classpath%/*}/script-$java_version.aot
    if [ "$command" = script ] && [ -f "$prepared" ]; then
        set -- -Xlog:disable "-XX:AOTCache=$prepared" "$@"
    elif [ "$command" = script ]; then
        find_class_data "${classpath%/*}"
        # The JVM checks that the file fits, and makes it anew at the end of a run for which it did not; what it would say about that
        # is nothing to the user.
        [ -z "$class_data" ] || set -- -Xlog:disable -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$class_data" "$@"
    fi
    exec "$java_home/bin/java" "$@"
}
