/* The kernels that engines are compared with. Built by build.sh; kernels.wasm beside this file is the result. */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
#define EXPORT(name) __attribute__((export_name(name)))

static u8 data[1 << 20];

/* Calls. */
EXPORT("fib") u32 fib(u32 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

/* Byte stores with a stride: ten times the primes below 2^20, counted. */
EXPORT("sieve") u32 sieve(u32 rounds) {
    u32 count = 0;
    for (u32 round = 0; round < rounds; round++) {
        for (u32 i = 0; i < sizeof data; i++) data[i] = 1;
        for (u32 i = 2; i * i < sizeof data; i++)
            if (data[i])
                for (u32 j = i * i; j < sizeof data; j += i) data[j] = 0;
        count = 0;
        for (u32 i = 2; i < sizeof data; i++) count += data[i];
    }
    return count;
}

static void fill(void) {
    u32 x = 1;
    for (u32 i = 0; i < sizeof data; i++) {
        x = x * 1664525 + 1013904223;
        data[i] = (u8)(x >> 24);
    }
}

/* 64-bit logic: Keccak-f[1600] over 1 MiB in blocks of 136 bytes. */
static const u64 round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};
static const u8 rotations[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
static const u8 lanes[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};
static u64 state[25];

static inline u64 rotl64(u64 x, u32 n) { return (x << n) | (x >> (64 - n)); }

static void keccak_f(u64 *a) {
    for (u32 round = 0; round < 24; round++) {
        u64 c[5];
        for (u32 i = 0; i < 5; i++) c[i] = a[i] ^ a[i + 5] ^ a[i + 10] ^ a[i + 15] ^ a[i + 20];
        for (u32 i = 0; i < 5; i++) {
            u64 t = c[(i + 4) % 5] ^ rotl64(c[(i + 1) % 5], 1);
            for (u32 j = 0; j < 25; j += 5) a[j + i] ^= t;
        }
        u64 t = a[1];
        for (u32 i = 0; i < 24; i++) {
            u32 j = lanes[i];
            u64 next = a[j];
            a[j] = rotl64(t, rotations[i]);
            t = next;
        }
        for (u32 j = 0; j < 25; j += 5) {
            for (u32 i = 0; i < 5; i++) c[i] = a[j + i];
            for (u32 i = 0; i < 5; i++) a[j + i] ^= ~c[(i + 1) % 5] & c[(i + 2) % 5];
        }
        a[0] ^= round_constants[round];
    }
}

EXPORT("keccak") u64 keccak(u32 rounds) {
    fill();
    for (u32 i = 0; i < 25; i++) state[i] = 0;
    for (u32 round = 0; round < rounds; round++)
        for (u32 at = 0; at + 136 <= sizeof data; at += 136) {
            for (u32 i = 0; i < 17; i++) state[i] ^= *(const u64 *)(data + at + 8 * i);
            keccak_f(state);
        }
    return state[0];
}

/* 32-bit arithmetic: SHA-256 over 1 MiB. */
static const u32 k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
static u32 digest[8];

static inline u32 rotr32(u32 x, u32 n) { return (x >> n) | (x << (32 - n)); }

static void sha256_block(const u8 *block) {
    u32 w[64], s[8];
    for (u32 i = 0; i < 16; i++) w[i] = (u32)block[4 * i] << 24 | (u32)block[4 * i + 1] << 16 | (u32)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (u32 i = 16; i < 64; i++) {
        u32 a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotr32(a, 7) ^ rotr32(a, 18) ^ (a >> 3)) + w[i - 7] + (rotr32(b, 17) ^ rotr32(b, 19) ^ (b >> 10));
    }
    for (u32 i = 0; i < 8; i++) s[i] = digest[i];
    for (u32 i = 0; i < 64; i++) {
        u32 t1 = s[7] + (rotr32(s[4], 6) ^ rotr32(s[4], 11) ^ rotr32(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        u32 t2 = (rotr32(s[0], 2) ^ rotr32(s[0], 13) ^ rotr32(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        s[7] = s[6]; s[6] = s[5]; s[5] = s[4]; s[4] = s[3] + t1; s[3] = s[2]; s[2] = s[1]; s[1] = s[0]; s[0] = t1 + t2;
    }
    for (u32 i = 0; i < 8; i++) digest[i] += s[i];
}

EXPORT("sha256") u32 sha256(u32 rounds) {
    fill();
    for (u32 i = 0; i < 8; i++) digest[i] = k[i];
    for (u32 round = 0; round < rounds; round++)
        for (u32 at = 0; at < sizeof data; at += 64) sha256_block(data + at);
    return digest[0];
}

/* Nested loops: product of matrices of 128 x 128 words. */
static u32 left[128][128], right[128][128], product[128][128];

EXPORT("matmul") u32 matmul(u32 rounds) {
    for (u32 i = 0; i < 128; i++)
        for (u32 j = 0; j < 128; j++) left[i][j] = i * 7 + j, right[i][j] = i ^ (j * 5);
    for (u32 round = 0; round < rounds; round++) {
        for (u32 i = 0; i < 128; i++)
            for (u32 j = 0; j < 128; j++) {
                u32 sum = 0;
                for (u32 l = 0; l < 128; l++) sum += left[i][l] * right[l][j];
                product[i][j] = sum;
            }
        left[round & 127][0] = product[5][7];
    }
    return product[17][23];
}

/* Floating point: the five outer bodies of the solar system. */
typedef struct { double x, y, z, vx, vy, vz, mass; } body;
static body bodies[5];

static void start(void) {
    static const body initial[5] = {
        {0, 0, 0, 0, 0, 0, 39.47841760435743},
        {4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.606326392995832, 2.81198684491626016, -0.02521836165988763, 0.03769367487038949},
        {8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -1.01077434617879236, 1.82566237123041186, 0.008415761376584154, 0.011286326131968767},
        {12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 1.08279100644153536, 0.868713018169608220, -0.010832637401363636, 0.0017237240570597112},
        {15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.979090732243897976, 0.594698998647676060, -0.034755955504078104, 0.0020336868699246304}};
    for (u32 i = 0; i < 5; i++) bodies[i] = initial[i];
}

EXPORT("nbody") double nbody(u32 steps) {
    start();
    for (u32 step = 0; step < steps; step++) {
        for (u32 i = 0; i < 5; i++)
            for (u32 j = i + 1; j < 5; j++) {
                body *a = &bodies[i], *b = &bodies[j];
                double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
                double square = dx * dx + dy * dy + dz * dz;
                double pull = 0.01 / (square * __builtin_sqrt(square));
                a->vx -= dx * b->mass * pull; a->vy -= dy * b->mass * pull; a->vz -= dz * b->mass * pull;
                b->vx += dx * a->mass * pull; b->vy += dy * a->mass * pull; b->vz += dz * a->mass * pull;
            }
        for (u32 i = 0; i < 5; i++) {
            bodies[i].x += 0.01 * bodies[i].vx; bodies[i].y += 0.01 * bodies[i].vy; bodies[i].z += 0.01 * bodies[i].vz;
        }
    }
    return bodies[0].x;
}
