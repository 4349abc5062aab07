#include "kernels.h"

uint8_t kernel_buffer[KERNEL_BYTES];

void kernel_fill(void)
{
    uint32_t state = 1;
    for (uint32_t i = 0; i < KERNEL_BYTES; i++)
    {
        state = state * 1664525 + 1013904223;
        kernel_buffer[i] = (uint8_t)(state >> 24);
    }
}
