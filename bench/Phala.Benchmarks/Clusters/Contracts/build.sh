#!/bin/sh
# Builds the contracts from the C sources beside it. Needs clang and lld (Debian: apt-get install clang lld).
set -eu
cd "$(dirname "$0")"
for contract in flipper token gas; do
    memory=65536
    [ "$contract" = gas ] && memory=262144
    clang --target=wasm32 -O2 -nostdlib -ffreestanding -mno-bulk-memory -mno-sign-ext -mno-mutable-globals -Wall -Wl,--no-entry,--import-memory,--initial-memory=$memory,--max-memory=1048576,-z,stack-size=16384,--strip-all -o "$contract.wasm" "$contract.c"
done
