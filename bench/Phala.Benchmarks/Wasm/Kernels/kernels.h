// What the kernels share. Each exports one function that takes the amount of work and returns a digest of its results.
#pragma once
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))
#define KERNEL_BYTES (1u << 20)

// One megabyte that the kernels use one after another.
extern uint8_t kernel_buffer[KERNEL_BYTES];

// Fills the buffer with the bytes of a linear congruential sequence.
void kernel_fill(void);
