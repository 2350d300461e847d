#!/usr/bin/env bash
# Everything that a person or CI runs. `./build.sh help` lists it.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
usage: ./build.sh COMMAND

  setup      install what is missing: wasm target, browsers, fonts, npm development tools (Debian, root)
  build      both extensions, unpacked, in target/extension/{chrome,firefox}
  demo       build, then open a browser with the extension on the demo shops
             [--browser chrome|firefox]; screenshots go to target/demo
  test       the gate: formatting, lints, tests, data, sizes, packages, both browsers
             [--full] with what is slow: parity and layout over saved real pages
  new        start a marketplace, a brand or a signal (CONTRIBUTING.md)
  package    one zip a browser in target/package, byte-identical on every machine
TEXT
}

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# Runs one step of the gate and says how long it took.
step() {
  local name=$1 start=$SECONDS
  shift
  say "$name"
  "$@" || fail "$name failed (the command was: $*)"
  printf -- '-- %s: %d s\n' "$name" $((SECONDS - start))
}

APT_PACKAGES=(chromium firefox-esr fonts-noto-core fonts-noto-cjk openssl)

setup() {
  command -v rustup >/dev/null || fail "rustup is missing: install Rust from https://rustup.rs, then run this again"
  command -v npm >/dev/null || fail "Node.js with npm is missing: install Node.js 20 or newer, then run this again"
  local missing=() package
  for package in "${APT_PACKAGES[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || fail "this system has no apt-get; install by hand: ${missing[*]}"
    [ "$(id -u)" = 0 ] || fail "root is needed to install ${missing[*]}: run 'sudo ./build.sh setup' once"
    say "setup installs Debian packages: ${missing[*]}"
    apt-get update -qq >/dev/null 2>&1 || fail "the package lists cannot be fetched; is there a network?"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
      fail "apt-get could not install ${missing[*]}; is there a network? 'apt-get install ${missing[*]}' says more"
  fi
  if ! rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown ||
    ! cargo clippy --version >/dev/null 2>&1 || ! cargo fmt --version >/dev/null 2>&1; then
    say "setup installs the Rust toolchain of rust-toolchain.toml with wasm32-unknown-unknown, clippy and rustfmt"
    rustup target add wasm32-unknown-unknown >/dev/null 2>&1 && rustup component add clippy rustfmt >/dev/null 2>&1 ||
      fail "rustup could not install the wasm32 target, clippy or rustfmt; is there a network?"
  fi
  if [ -L node_modules ]; then
    : # Somebody keeps the tools elsewhere; npm would empty that folder.
  elif [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    say "setup installs the npm development tools of package-lock.json"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1 ||
      fail "npm could not install the development tools; run 'npm ci --ignore-scripts' to see why"
  fi
}

xtask() { cargo run --quiet --locked --package xtask -- "$@"; }
# Every warning counts, also on code that only the browser runs.
lint() {
  cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
  cargo clippy --quiet --locked --lib --target wasm32-unknown-unknown -- -D warnings
}
lint_firefox() { node tests/extension/lint.mjs target/package/touchstone-*-firefox.zip; }
extension_tests() { node --test tests/extension/; }

demo() {
  setup
  xtask build
  node tests/e2e/demo.mjs "$@"
}

gate() {
  local start=$SECONDS
  [ $# -eq 0 ] || { [ $# -eq 1 ] && [ "$1" = --full ]; } || fail "test takes --full or nothing"
  setup
  step "formatting" cargo fmt --all --check
  step "lints" lint
  step "tests of the core and the command line" cargo test --quiet --locked --workspace
  step "data files" cargo run --quiet --locked -- data check
  step "packages" xtask package
  step "size budgets" xtask size
  step "types of the extension" npx --no-install tsc -p tsconfig.json
  step "Firefox's linter" lint_firefox
  step "tests of the extension" extension_tests
  # What is slow reads the saved pages with the command line as it is shipped.
  [ $# -eq 0 ] || step "command line, release" cargo build --quiet --locked --release --bin touchstone
  step "both browsers" node tests/e2e/run.mjs "$@"
  say "the gate is green after $((SECONDS - start)) s"
}

command=${1:-help}
[ $# -gt 0 ] && shift
case $command in
  setup) setup ;;
  build) setup && xtask build ;;
  demo) demo "$@" ;;
  test) gate "$@" ;;
  new) xtask new "$@" ;;
  package) setup && xtask package ;;
  help | --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
