#!/bin/sh
# Builds kernels.wasm from the C sources beside it. Needs clang and lld (Debian: apt-get install clang lld).
# Without vectors, because the profile has none; -ffp-contract=off and -fno-math-errno so that a square root is one instruction.
set -eu
cd "$(dirname "$0")"
clang --target=wasm32 -O3 -fno-vectorize -fno-slp-vectorize -nostdlib -ffreestanding -fno-builtin \
    -fvisibility=hidden -ffp-contract=off -fno-math-errno \
    -Wl,--no-entry -Wl,--export-dynamic -Wl,--strip-all -o kernels.wasm ./*.c
