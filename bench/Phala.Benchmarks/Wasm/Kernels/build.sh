#!/bin/sh
# Builds kernels.wasm with clang and lld (Debian's packages clang and lld, version 14).
cd "$(dirname "$0")" || exit 1
exec clang --target=wasm32 -O3 -fno-vectorize -fno-slp-vectorize -nostdlib -ffreestanding -fno-builtin -Wl,--no-entry -Wl,--strip-all -o kernels.wasm kernels.c
