// Byte stores with a stride: the primes below 2^20 by Eratosthenes' sieve.
#include "kernels.h"

EXPORT uint64_t run_sieve(uint32_t rounds)
{
    uint64_t primes = 0;
    for (uint32_t round = 0; round < rounds; round++)
    {
        for (uint32_t i = 0; i < KERNEL_BYTES; i++) kernel_buffer[i] = 1;
        for (uint32_t i = 2; i * i < KERNEL_BYTES; i++)
        {
            if (!kernel_buffer[i]) continue;
            for (uint32_t multiple = i * i; multiple < KERNEL_BYTES; multiple += i) kernel_buffer[multiple] = 0;
        }

        for (uint32_t i = 2; i < KERNEL_BYTES; i++) primes += kernel_buffer[i];
    }

    return primes;
}
