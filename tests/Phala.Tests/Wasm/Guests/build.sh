#!/bin/sh
# Builds the contracts of this folder: with clang and lld (Debian's packages clang and lld, version 14), and with the npm package assemblyscript 0.28.20.
cd "$(dirname "$0")" || exit 1
clang --target=wasm32 -Os -nostdlib -ffreestanding -Wl,--no-entry -Wl,--import-memory -Wl,--strip-all -Wl,-z,stack-size=16384 -o flipper.wasm flipper.c || exit 1
exec npx --yes --package=assemblyscript@0.28.20 asc incrementer.ts -O3 --runtime stub --importMemory --use abort= -o incrementer.wasm
