#!/bin/sh
# Builds the contracts from their sources. Needs clang and lld (Debian: apt-get install clang lld) and npm.
set -eu
cd "$(dirname "$0")"
clang --target=wasm32 -O2 -nostdlib -ffreestanding -fvisibility=hidden -mbulk-memory -msign-ext \
    -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=16384 -o ledger.wasm ledger.c

tools="$(mktemp -d)"
trap 'rm -rf "$tools"' EXIT
npm install --silent --no-save --prefix "$tools" assemblyscript@0.28.20
"$tools/node_modules/.bin/asc" poll.ts -O3 --runtime incremental --noAssert --outFile poll.wasm
