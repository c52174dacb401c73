# Sourced by ./run and ./test, which set ROOT to the checkout and STEPS to the number of steps
# they will announce. Finds Python, brings the installer (uv) and fills .venv. POSIX sh.
# Nothing here needs rights on the machine; all it makes is in .venv and .bootstrap.

export UV_PYTHON_DOWNLOADS=never
# uv keeps downloads in the home folder; a system account may have none it can write to.
[ -w "${HOME:-/nonexistent}" ] || export UV_CACHE_DIR="$ROOT/.bootstrap/cache"
VENV_PYTHON="$ROOT/.venv/bin/python"
STEP=0

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# For what was typed wrong.
refuse() {
    printf '%s\n' "$*" >&2
    exit 2
}

# step TEXT: closes the previous step with its time and announces the next.
step() {
    step_done
    STEP=$((STEP + 1))
    STEP_STARTED=$(date +%s)
    printf '%s/%s %s\n' "$STEP" "$STEPS" "$*"
}

step_done() {
    [ "$STEP" -eq 0 ] || printf '    done in %s s\n' "$(($(date +%s) - STEP_STARTED))"
}

# Candidates are tried, not only looked up: a version manager leaves commands that do not run.
find_python() {
    for candidate in "${METGEZEL_PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
        PYTHON=$("$candidate" -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' \
            2>/dev/null) || continue
        [ -z "$PYTHON" ] || return 0
    done
    stop "Metgezel needs Python 3.11 or newer and found none; on Debian 12 or Ubuntu 24.04 and later: apt-get install python3 python3-venv"
}

find_uv() {
    for UV in uv "$ROOT/.bootstrap/bin/uv"; do
        if "$UV" --version >/dev/null 2>&1; then return 0; fi
    done
    "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "Python's venv module is missing ($PYTHON); on Debian and Ubuntu: apt-get install python3-venv"
    rm -rf "$ROOT/.bootstrap/bin" "$ROOT/.bootstrap/lib" "$ROOT/.bootstrap/pyvenv.cfg"
    "$PYTHON" -m venv "$ROOT/.bootstrap" &&
        "$ROOT/.bootstrap/bin/python" -m pip install --quiet --disable-pip-version-check \
            --require-hashes --requirement "$ROOT/requirements/uv.txt" ||
        stop "The installer uv could not be fetched (see above); the first start needs the Python package index."
}

# A name for everything a filled .venv depends on: the pinned files, this project's own
# metadata, and the folder (the commands in .venv/bin hold its full path).
fingerprint() {
    cat "$ROOT/requirements/runtime.txt" "$ROOT/requirements/$1.txt" "$ROOT/pyproject.toml" |
        cksum | tr ' ' '-'
    printf '%s %s\n' "$1" "$ROOT"
}

is_filled_for() {
    [ -f "$ROOT/.venv/metgezel-$1" ] && "$VENV_PYTHON" -c '' 2>/dev/null &&
        [ "$(cat "$ROOT/.venv/metgezel-$1")" = "$(fingerprint "$1")" ]
}

# fill_environment runtime|test: nothing to do, and no network needed, when .venv already
# holds it. What ./test needs includes what ./run needs, so ./run never takes tools away.
fill_environment() {
    wanted=$1
    [ ! -f "$ROOT/.venv/metgezel-test" ] || wanted=test
    if is_filled_for "$wanted"; then return 0; fi
    find_uv
    case "$(cat "$ROOT/.venv"/metgezel-* 2>/dev/null)" in
    *" $ROOT") "$VENV_PYTHON" -c '' 2>/dev/null || rm -rf "$ROOT/.venv" ;;
    *) rm -rf "$ROOT/.venv" ;;
    esac
    rm -f "$ROOT/.venv"/metgezel-*
    [ -d "$ROOT/.venv" ] || "$UV" venv --quiet --no-project --python "$PYTHON" "$ROOT/.venv" ||
        stop "The folder .venv could not be made (see above)."
    "$UV" pip sync --quiet --python "$VENV_PYTHON" --require-hashes \
        "$ROOT/requirements/$wanted.txt" ||
        stop "The packages could not be installed (see above); the first start needs the Python package index."
    "$UV" pip install --quiet --python "$VENV_PYTHON" --no-deps --no-build-isolation --offline \
        --editable "$ROOT" ||
        stop "Metgezel itself could not be installed in .venv (see above)."
    fingerprint "$wanted" >"$ROOT/.venv/metgezel-$wanted"
}
