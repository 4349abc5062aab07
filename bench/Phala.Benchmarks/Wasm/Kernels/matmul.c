// 32-bit loads and multiplications in nested loops: the product of two matrices of 128 by 128.
#include "kernels.h"

#define SIZE 128

EXPORT uint64_t run_matmul(uint32_t rounds)
{
    uint32_t (*left)[SIZE] = (void *)kernel_buffer;
    uint32_t (*right)[SIZE] = left + SIZE;
    uint32_t (*product)[SIZE] = right + SIZE;
    kernel_fill();
    uint64_t digest = 0;
    for (uint32_t round = 0; round < rounds; round++)
    {
        for (uint32_t row = 0; row < SIZE; row++)
        {
            for (uint32_t column = 0; column < SIZE; column++)
            {
                uint32_t sum = 0;
                for (uint32_t i = 0; i < SIZE; i++) sum += left[row][i] * right[i][column];
                product[row][column] = sum;
            }
        }

        digest = digest * 31 + product[round % SIZE][round * 7 % SIZE];
        left[0][round % SIZE] ^= (uint32_t)digest;
    }

    return digest;
}
