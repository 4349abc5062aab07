// 64-bit logic and rotations: Keccak-f[1600] as a sponge of rate 136 over one megabyte.
#include "kernels.h"

#define RATE_WORDS 17

static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static const uint8_t rotations[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
static const uint8_t lanes[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};

static inline uint64_t rotate(uint64_t value, uint32_t left) { return value << left | value >> (64 - left); }

static uint64_t state[25];

static void permute(void)
{
    uint64_t column[5];
    for (uint32_t round = 0; round < 24; round++)
    {
#pragma unroll
        for (uint32_t x = 0; x < 5; x++) column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
#pragma unroll
        for (uint32_t x = 0; x < 5; x++)
        {
            uint64_t mixed = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1);
#pragma unroll
            for (uint32_t y = 0; y < 25; y += 5) state[y + x] ^= mixed;
        }

        // Kept as a loop over the tables, so that the state lives in memory.
        uint64_t moved = state[1];
#pragma clang loop unroll(disable)
        for (uint32_t i = 0; i < 24; i++)
        {
            uint64_t next = state[lanes[i]];
            state[lanes[i]] = rotate(moved, rotations[i]);
            moved = next;
        }

#pragma unroll
        for (uint32_t y = 0; y < 25; y += 5)
        {
#pragma unroll
            for (uint32_t x = 0; x < 5; x++) column[x] = state[y + x];
#pragma unroll
            for (uint32_t x = 0; x < 5; x++) state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
        }

        state[0] ^= round_constants[round];
    }
}

EXPORT uint64_t run_keccak(uint32_t rounds)
{
    for (uint32_t i = 0; i < 25; i++) state[i] = 0;
    kernel_fill();
    const uint64_t *words = (const uint64_t *)kernel_buffer;
    for (uint32_t round = 0; round < rounds; round++)
    {
        for (uint32_t at = 0; at + RATE_WORDS <= KERNEL_BYTES / 8; at += RATE_WORDS)
        {
            for (uint32_t i = 0; i < RATE_WORDS; i++) state[i] ^= words[at + i];
            permute();
        }
    }

    return state[0];
}
