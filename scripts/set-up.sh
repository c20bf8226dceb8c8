#!/usr/bin/env bash
# Looks for what a command of the Makefile needs; installs Debian's packages as root, and elsewhere
# says exactly what is missing.
#
#   scripts/set-up.sh run|test
set -euo pipefail
for_what=${1:?run or test}
missing=()
packages=()

if ! command -v cargo >/dev/null; then
  missing+=("Rust 1.94 or newer with cargo: https://rustup.rs")
fi
if ! command -v cc >/dev/null; then
  packages+=(build-essential)
fi
if ! command -v node >/dev/null || ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
  missing+=("Node.js 20.19 or newer with npm: https://nodejs.org (Debian's own is older)")
fi

has_postgres() {
  command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}
has_cjk_font() {
  command -v fc-list >/dev/null && [[ -n $(fc-list ':lang=zh-cn' family) ]]
}
if [[ $for_what == test ]]; then
  command -v chromium >/dev/null || [[ -n ${KEXUN_CHROMIUM:-} ]] || packages+=(chromium)
  has_cjk_font || packages+=(fontconfig fonts-noto-cjk)
  has_postgres || packages+=(postgresql)
fi

if [[ ${#packages[@]} -gt 0 ]]; then
  # Another one may be at it, and a download may be lost.
  patient=(-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "set-up: installing ${packages[*]}"
    apt-get "${patient[@]}" update -qq
    # A cluster of Debian's own is not wanted: the tests start theirs.
    mkdir -p /etc/postgresql-common
    [[ -e /etc/postgresql-common/createcluster.conf ]] ||
      echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get "${patient[@]}" install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    missing+=("Debian packages: sudo apt-get install ${packages[*]}")
  fi
fi
if [[ ${#missing[@]} -gt 0 ]]; then
  echo "set-up: this machine lacks" >&2
  printf '  - %s\n' "${missing[@]}" >&2
  exit 1
fi
