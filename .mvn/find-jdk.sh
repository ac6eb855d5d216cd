# Sourced by mvnw and tramway. POSIX sh.
#
# find_jdk MIN TOOL: sets java_home to the first Java of version MIN or newer that has bin/TOOL (`javac` to build,
# `java` to run). Where there is none, tells what to install and answers 1.
find_jdk() {
    for java_home in "${TRAMWAY_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(java_home_on_path)" \
        /usr/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if [ -n "$java_home" ] && [ -x "$java_home/bin/$2" ] && [ "$(java_major "$java_home")" -ge "$1" ]; then
            return 0
        fi
    done
    cat >&2 <<END
Tramway needs JDK $1 or newer and found none. Install one, or set TRAMWAY_JAVA_HOME to one that is installed elsewhere:
  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless   (or the package temurin-25-jdk of Eclipse Temurin)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  Windows          winget install EclipseAdoptium.Temurin.25.JDK
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
