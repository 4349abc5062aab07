// The same as bench/Phala.Benchmarks.Kernels in C, without checks.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned __int128 u128;

#define EXPORT(name) __attribute__((export_name(#name)))
#define APART __attribute__((noinline))

static u8 bytes[1 << 16];
static int numbers[1 << 12];

EXPORT(fibonacci) int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

struct pair { int x, y; };

static APART struct pair add(struct pair left, struct pair right)
{
    return (struct pair){left.x + right.x, left.y ^ right.y};
}

EXPORT(structs) int structs(int n)
{
    struct pair sum = {0, 0};
    for (int i = 0; i < n; i++) sum = add(sum, (struct pair){i, i * 3});
    return sum.x + sum.y;
}

EXPORT(sieve) int sieve(int n)
{
    int count = 0;
    for (int i = 2; i < n; i++)
    {
        if (bytes[i]) continue;
        count++;
        for (int j = i * 2; j < n; j += i) bytes[j] = 1;
    }
    return count;
}

static u64 next(u64 seed)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^ (seed << 17);
}

EXPORT(divisors) int divisors(int n)
{
    u64 sum = 0, seed = 88172645463325252ull;
    for (int i = 0; i < n; i++)
    {
        u64 a = seed = next(seed), b = seed = next(seed);
        while (b != 0)
        {
            u64 rest = a % b;
            a = b;
            b = rest;
        }
        sum += a;
    }
    return (int)sum;
}

static APART void sort(int *all, int low, int high)
{
    if (low >= high) return;
    int pivot = all[(low + high) / 2], i = low, j = high;
    while (i <= j)
    {
        while (all[i] < pivot) i++;
        while (all[j] > pivot) j--;
        if (i > j) break;
        int kept = all[i];
        all[i] = all[j];
        all[j] = kept;
        i++;
        j--;
    }
    sort(all, low, j);
    sort(all, i, high);
}

EXPORT(quicksort) int quicksort(int n)
{
    u32 seed = 12345, sum = 0;
    for (int i = 0; i < n; i++)
    {
        seed = seed * 1103515245 + 12345;
        numbers[i] = (int)(seed >> 8);
    }
    sort(numbers, 0, n - 1);
    for (int i = 0; i < n; i++) sum = sum * 31 + (u32)numbers[i];
    return (int)sum;
}

EXPORT(wide) int wide(int n)
{
    u128 sum = 1;
    for (int i = 0; i < n; i++) sum += ((sum << 7) ^ (sum >> 11)) + (u32)i;
    return (int)(u32)(sum ^ (sum >> 64));
}

EXPORT(fnv) int fnv(int n)
{
    for (int i = 0; i < n; i++) bytes[i] = (u8)(i * 7);
    u32 hash = 2166136261u;
    for (int i = 0; i < n; i++) hash = (hash ^ bytes[i]) * 16777619;
    return (int)hash;
}
