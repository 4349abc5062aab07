#!/bin/sh
# Builds flipper.wasm with clang and lld (Debian's packages clang and lld, version 14).
cd "$(dirname "$0")" || exit 1
exec clang --target=wasm32 -Os -nostdlib -ffreestanding -Wl,--no-entry -Wl,--import-memory -Wl,--strip-all -Wl,-z,stack-size=16384 -o flipper.wasm flipper.c
