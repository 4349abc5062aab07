// 64-bit floating point: five bodies under gravity, integrated in equal steps.
#include "kernels.h"

#define BODIES 5
#define DAY 0.01

typedef struct { double x, y, z, vx, vy, vz, mass; } body;

// A sun and four planets with made-up orbits.
static const body initial[BODIES] = {
    {0, 0, 0, 0, 0, 0, 39.47841760435743},
    {4.84, -1.16, -0.10, 0.606, 2.81, -0.02, 0.037},
    {8.34, 4.12, -0.40, -1.01, 1.82, 0.008, 0.011},
    {12.89, -15.11, -0.22, 1.08, 0.868, -0.01, 0.0017},
    {15.37, -25.91, 0.17, 0.979, 0.594, -0.034, 0.002},
};

static body bodies[BODIES];

static void step(void)
{
    for (uint32_t i = 0; i < BODIES; i++)
    {
        body *a = &bodies[i];
        for (uint32_t j = i + 1; j < BODIES; j++)
        {
            body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            double square = dx * dx + dy * dy + dz * dz;
            double magnitude = DAY / (square * __builtin_sqrt(square));
            a->vx -= dx * b->mass * magnitude, a->vy -= dy * b->mass * magnitude, a->vz -= dz * b->mass * magnitude;
            b->vx += dx * a->mass * magnitude, b->vy += dy * a->mass * magnitude, b->vz += dz * a->mass * magnitude;
        }
    }

    for (uint32_t i = 0; i < BODIES; i++)
    {
        body *a = &bodies[i];
        a->x += DAY * a->vx, a->y += DAY * a->vy, a->z += DAY * a->vz;
    }
}

EXPORT uint64_t run_nbody(uint32_t steps)
{
    for (uint32_t i = 0; i < BODIES; i++) bodies[i] = initial[i];
    for (uint32_t i = 0; i < steps; i++) step();
    union { double number; uint64_t bits; } digest = {bodies[0].x + bodies[1].y + bodies[2].z + bodies[3].x + bodies[4].y};
    return digest.bits;
}
