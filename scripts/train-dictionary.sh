#!/usr/bin/env bash
# Trains the dictionary of transcripts anew, of crates/service/src/conversations/phrases.txt (ADR 0020). Only for a
# dictionary with a NEW id: what was packed with the old one is unpacked with the old one. Needs `zstd`.
set -euo pipefail
cd "$(dirname "$0")/.."
id=${1:?usage: scripts/train-dictionary.sh ID FILE}
file=${2:?usage: scripts/train-dictionary.sh ID FILE}
samples=$(mktemp -d)
trap 'rm -rf "$samples"' EXIT
KEXUN_SAMPLES=$samples cargo test --locked --package kexun-service --lib -- --ignored samples_for_training
zstd --train -r "$samples" --maxdict=8192 --dictID="$id" -o "$file"
