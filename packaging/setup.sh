#!/usr/bin/env bash
# Make everything ready for `make run`, `make test` and `make demo`; in about a second when it already is.
#
#   packaging/setup.sh run     what the window needs
#   packaging/setup.sh test    that, and what the tests under a virtual screen need
#   packaging/setup.sh tools   Python packages only: linters and benchmarks
#
# Three steps, each of which is skipped when its result is there, so an interrupted set-up is simply run again:
# the environment in .venv, the compiled wheel of llama-cpp-python in the person's cache, the system's libraries.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-run}
constraints=packaging/constraints.txt
python=.venv/bin/python
stamp=.venv/.confidant-stamp
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/confidant
wheels=$cache/wheels
UV_PYTHON_DOWNLOADS=never
UV_NO_PROGRESS=${UV_NO_PROGRESS:-1}
export UV_PYTHON_DOWNLOADS UV_NO_PROGRESS

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$@"; exit 3; }
has() { command -v "$1" >/dev/null 2>&1; }
may_install() { [ "$(id -u)" = 0 ] && has apt-get; }

pinned() { sed -n "s/^$1==//p" "$constraints"; }

# ---- the system's packages -------------------------------------------------------------------------------

# Prints the command that installs the Debian packages $1, or on Fedora $2.
install_command() {
    if has apt-get; then echo "sudo apt-get install -y --no-install-recommends $1"
    elif has dnf; then echo "sudo dnf install -y $2"
    else echo "(your system's package manager) install: $1"
    fi
}

apt_install() {
    say "Installing with apt-get: $*"
    log=$cache/apt.log
    mkdir -p "$cache"
    for attempt in at-once after-update; do
        if [ $attempt = after-update ]; then
            apt-get -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 || true
        fi
        # shellcheck disable=SC2086
        if DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y \
            --no-install-recommends "$@" >"$log" 2>&1; then return 0; fi
    done
    say "That did not work; the last lines of $log:"
    tail -n 5 "$log" >&2
    return 1
}

# Which package holds a shared library: "Debian-name Fedora-name".
package_of_library() {
    case $1 in
        libEGL.*) echo "libegl1 libglvnd-egl" ;;
        libGL.*) echo "libgl1 libglvnd-glx" ;;
        libOpenGL.*) echo "libopengl0 libglvnd-opengl" ;;
        libxkbcommon-x11.*) echo "libxkbcommon-x11-0 libxkbcommon-x11" ;;
        libxkbcommon.*) echo "libxkbcommon0 libxkbcommon" ;;
        libxcb-cursor.*) echo "libxcb-cursor0 xcb-util-cursor" ;;
        libxcb-icccm.*) echo "libxcb-icccm4 xcb-util-wm" ;;
        libxcb-image.*) echo "libxcb-image0 xcb-util-image" ;;
        libxcb-keysyms.*) echo "libxcb-keysyms1 xcb-util-keysyms" ;;
        libxcb-render-util.*) echo "libxcb-render-util0 xcb-util-renderutil" ;;
        libxcb-util.*) echo "libxcb-util1 xcb-util" ;;
        libxcb-sync.*) echo "libxcb-sync1 libxcb" ;;
        libxcb-xkb.*) echo "libxcb-xkb1 libxcb" ;;
        libxcb-*.so.0) name=${1%%.so*}; echo "${name}0 libxcb" ;;
        libxcb.*) echo "libxcb1 libxcb" ;;
        libX11-xcb.*) echo "libx11-xcb1 libX11-xcb" ;;
        libX11.*) echo "libx11-6 libX11" ;;
        libSM.*) echo "libsm6 libSM" ;;
        libICE.*) echo "libice6 libICE" ;;
        libdbus-1.*) echo "libdbus-1-3 dbus-libs" ;;
        libfontconfig.*) echo "libfontconfig1 fontconfig" ;;
        libfreetype.*) echo "libfreetype6 freetype" ;;
        libglib-2.0.*|libgthread-2.0.*) echo "libglib2.0-0 glib2" ;;
        libz.*) echo "zlib1g zlib" ;;
        *) echo "$1 $1" ;;
    esac
}

# Which package holds a program that the tests drive: "Debian-name Fedora-name".
package_of_program() {
    case $1 in
        Xvfb) echo "xvfb xorg-x11-server-Xvfb" ;;
        xprop) echo "x11-utils xprop" ;;
        import) echo "imagemagick ImageMagick" ;;
        gnome-keyring-daemon) echo "gnome-keyring gnome-keyring" ;;
        secret-tool) echo "libsecret-tools libsecret" ;;
        dbus-run-session) echo "dbus dbus-daemon" ;;
        ip) echo "iproute2 iproute" ;;
        xauth) echo "xauth xorg-x11-xauth" ;;
        *) echo "$1 $1" ;;
    esac
}

debian=''
fedora=''
need() {  # need DEBIAN FEDORA: note two package names, once
    case " $debian " in *" $1 "*) ;; *) debian="$debian $1" ;; esac
    case " $fedora " in *" $2 "*) ;; *) fedora="$fedora $2" ;; esac
}

note_missing_libraries() {
    for library in $(ldd "$1" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u); do
        # shellcheck disable=SC2046
        need $(package_of_library "$library")
    done
}

note_missing_programs() {
    for program in Xvfb xdotool openbox xprop xauth import gnome-keyring-daemon secret-tool \
        dbus-run-session trayer ip; do
        # shellcheck disable=SC2046
        has "$program" || need $(package_of_program "$program")
    done
    [ -d /usr/share/fonts/truetype/noto ] || [ -d /usr/share/fonts/google-noto ] ||
        [ -d /usr/share/fonts/noto ] || need fonts-noto-core google-noto-sans-fonts
}

note_missing() {
    debian=''
    fedora=''
    [ "$(uname -s)" = Linux ] || return 0
    plugins=$(echo .venv/lib/python3.*/site-packages/PySide6/Qt/plugins/platforms)
    note_missing_libraries "$plugins/libqoffscreen.so"
    essential=$debian
    note_missing_libraries "$plugins/libqxcb.so"
    if [ "$purpose" = test ]; then note_missing_programs; fi
}

prepare_system() {
    note_missing
    # shellcheck disable=SC2086
    if [ -n "$debian" ] && may_install; then
        apt_install ${debian# } || true
        note_missing
    fi
    [ -n "$debian" ] || return 0
    command=$(install_command "${debian# }" "${fedora# }")
    if [ "$purpose" = run ] || [ -n "$essential" ]; then
        give_up "Some libraries that a window needs are missing. Please type this, then run make again:" "
    $command"
    fi
    say "Some programs that the tests use are missing; the tests that need them will be skipped. To install them:"
    say "    $command"
}

# ---- Python and uv ---------------------------------------------------------------------------------------

is_suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if has "$name" && is_suitable "$name"; then
            command -v "$name"
            return 0
        fi
    done
    [ -z "${PYTHON:-}" ] || say "PYTHON=$PYTHON is not a Python from 3.11 to 3.14."
    say "Confidant needs Python 3.11 to 3.14, and none was found. Please type this, then run make again:"
    if has apt-get; then say "    sudo apt-get install -y python3 python3-venv"
    elif has dnf; then say "    sudo dnf install -y python3.12"
    elif has brew; then say "    brew install python@3.12"
    else say "    (see www.python.org/downloads)"
    fi
    exit 3
}

find_uv() {  # find_uv PYTHON: print a uv that works, from the PATH or from a private environment in the cache
    private=$cache/uv/bin/uv
    for candidate in uv "$private"; do
        if has "$candidate" && "$candidate" --version >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    say "Installing uv (it installs the other packages) ..."
    if ! "$1" -m venv --clear "$cache/uv" >/dev/null 2>&1; then
        say "This Python cannot make virtual environments. Please type this, then run make again:"
        version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        say "    $(install_command "python$version-venv" "python$version")"
        exit 3
    fi
    "$cache/uv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check 'uv>=0.9,<1' >&2 ||
        give_up "uv could not be installed. Is there a network? Then run make again."
    echo "$private"
}

make_environment() {
    if [ ! -x "$python" ] || ! "$python" -c '' 2>/dev/null; then
        base=$(find_python) || exit $?
        uv=$(find_uv "$base") || exit $?
        say "Making .venv with $("$base" --version) ..."
        "$uv" venv --quiet --clear --python "$base" .venv
    else
        uv=$(find_uv "$python") || exit $?
    fi
}

# ---- the wheel of llama-cpp-python -----------------------------------------------------------------------

find_wheel() {
    # The wheel's own name says for which system and processor it is; it fits every Python 3.
    for wheel in "$wheels/llama_cpp_python-$(pinned llama-cpp-python)"-*"$(uname -m)".whl; do
        [ -f "$wheel" ] && return 0
    done
    return 1
}

find_compiler() {
    has c++ && has make && return 0
    if may_install && apt_install g++ make; then return 0; fi
    give_up "The local model's engine, llama.cpp, is compiled on this machine, and there is no C++ compiler." \
"Please type this, then run make again:

    $(install_command 'g++ make' 'gcc-c++ make')"
}

minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }

watch_build() {  # watch_build PID LOG: a line that moves on a terminal; elsewhere a line every half minute
    started=$(date +%s)
    told=0
    while kill -0 "$1" 2>/dev/null; do
        sleep 1
        elapsed=$(($(date +%s) - started))
        done=$(grep -aoE '\[ *[0-9]+(/[0-9]+|%)\]' "$2" 2>/dev/null | tail -n 1 || true)
        if [ -t 2 ]; then
            printf '\r  compiling llama.cpp %s, %s ' "$done" "$(minutes $elapsed)" >&2
        elif [ $((elapsed - told)) -ge 30 ]; then
            told=$elapsed
            say "  compiling llama.cpp $done, $(minutes $elapsed)"
        fi
    done
    if [ -t 2 ]; then printf '\r%60s\r' '' >&2; fi
}

build_wheel() {
    find_compiler
    version=$(pinned llama-cpp-python)
    log=$cache/llama-cpp-python.log
    new=$wheels/.new.$$
    rm -rf "$wheels"/.new.*
    mkdir -p "$new"
    say "Compiling the local model's engine (llama.cpp). This takes about five minutes, once;"
    say "the result is kept in $wheels and used by later set-ups."
    "$uv" pip install --quiet --python "$python" -c "$constraints" pip
    # No GGML_NATIVE: the wheel also runs on the older processors to which a home folder may move.
    # No cache of pip's: it may hold a wheel that was built with other flags.
    set -m  # a process group of its own, so that the compilers end with it
    CMAKE_ARGS="-DGGML_NATIVE=OFF ${CMAKE_ARGS:-}" "$python" -m pip wheel --verbose --no-cache-dir --no-deps \
        --disable-pip-version-check --no-binary llama-cpp-python --wheel-dir "$new" \
        "llama-cpp-python==$version" >"$log" 2>&1 &
    build=$!
    set +m
    # A build that is stopped leaves no half wheel behind: it is moved into its place when it is whole.
    trap 'kill -- -$build 2>/dev/null; rm -rf "$new"; exit 130' INT TERM HUP
    watch_build $build "$log"
    if ! wait $build; then
        rm -rf "$new"
        tail -n 15 "$log" >&2
        give_up "llama.cpp could not be compiled. The whole record is in $log."
    fi
    trap - INT TERM HUP
    mv "$new"/*.whl "$wheels"/
    rmdir "$new"
}

# ---- packages --------------------------------------------------------------------------------------------

checksum() { cat pyproject.toml "$constraints" packaging/setup.sh | cksum; }

is_ready() {
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(checksum)" ] && [ -x .venv/bin/confidant ] &&
        "$python" -c '' 2>/dev/null
}

install_packages() {
    say "Installing the Python packages ..."
    "$uv" pip install --quiet --python "$python" -c "$constraints" -b "$constraints" \
        --find-links "$wheels" --only-binary llama-cpp-python -e '.[dev]' ||
        give_up "The Python packages could not be installed. Is there a network? Then run make again."
}

# A wheel from the cache may come from another system (a newer C library, say): then it is built here again.
check_engine() { "$python" -c 'import llama_cpp' >/dev/null 2>&1; }

prepare_python() {
    make_environment
    find_wheel || build_wheel
    install_packages
    if ! check_engine; then
        say "The llama.cpp in the cache does not run here."
        rm -f "$wheel"
        build_wheel
        "$uv" pip install --quiet --python "$python" --no-index --no-deps --reinstall "$wheels"/llama_cpp_python-"$(pinned llama-cpp-python)"-*"$(uname -m)".whl
        check_engine || give_up "llama.cpp was compiled but does not start: $python -c 'import llama_cpp' says why."
    fi
    checksum >"$stamp"
    say "Ready."
}

# ---- the extra [sentence-transformers], for its tests -----------------------------------------------------

# A torch from the usual index brings gigabytes of CUDA along. A CPU build has a version of its own, which only
# pip's own settings may know (uv does not read them); where they know none, the extra's tests are skipped.
prepare_extra() {
    torch=$(pinned torch)
    extra=.venv/.confidant-extra
    if [ -f "$extra" ] && [ "$(cat "$extra")" = "$(checksum)" ]; then return 0; fi
    uv=$(find_uv "$python") || return 0
    "$uv" pip install --quiet --python "$python" -c "$constraints" pip
    if ! "$python" -c 'import torch' >/dev/null 2>&1 && ! "$python" -m pip install --quiet --no-deps \
        --disable-pip-version-check "torch==$torch+cpu" >/dev/null 2>&1; then
        say "No CPU build of torch $torch is to be had here: the tests of [sentence-transformers] are skipped."
    elif ! "$uv" pip install --quiet --python "$python" -c "$constraints" -b "$constraints" \
        --find-links "$wheels" --only-binary llama-cpp-python -e '.[dev,sentence-transformers-test]'; then
        say "The extra [sentence-transformers] could not be installed: its tests are skipped."
    fi
    checksum >"$extra"
}

# ---- one at a time ---------------------------------------------------------------------------------------

wait_for_others() {
    has flock || return 0
    exec 9>"$cache/setup.lock"
    flock -n 9 && return 0
    say "Another set-up is at work; waiting for it ..."
    flock 9
}

has_screen() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; }

case $purpose in run|test|tools) ;; *) say "setup.sh takes run, test or tools."; exit 2 ;; esac
if ! is_ready; then
    mkdir -p "$wheels"
    wait_for_others
    is_ready || prepare_python
fi
case $purpose in
    test)
        prepare_extra
        prepare_system
        ;;
    run) if has_screen; then prepare_system; fi ;;  # without a screen the program itself says so
esac
