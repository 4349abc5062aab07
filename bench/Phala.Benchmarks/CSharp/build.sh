#!/bin/sh
# Builds the kernels in C. Needs clang and lld (Debian: apt-get install clang lld).
set -eu
cd "$(dirname "$0")"
clang --target=wasm32 -O2 -nostdlib -ffreestanding -fno-builtin -mno-bulk-memory -mno-sign-ext -mno-mutable-globals -Wall -Wl,--no-entry,--initial-memory=262144,--max-memory=1048576,-z,stack-size=16384,--strip-all -o kernels.wasm kernels.c
