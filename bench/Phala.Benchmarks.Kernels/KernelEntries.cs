using System.Runtime.CompilerServices;
using Phala.Contracts.Hosting;

namespace Phala.Benchmarks.Kernels;

/// <summary>Algorithms written as one writes them in C#, with the checks that C# has. <c>CSharp/kernels.c</c> has the same in C.</summary>
public static class KernelEntries
{
    /// <summary>Recursive Fibonacci.</summary>
    [ContractExport("fibonacci")]
    public static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

    /// <summary>Sums of structs by value.</summary>
    [ContractExport("structs")]
    public static int Structs(int n)
    {
        Pair sum = new(0, 0);
        for (int i = 0; i < n; i++) sum = Add(sum, new Pair(i, i * 3));
        return sum.X + sum.Y;
    }

    /// <summary>How many primes there are below a number.</summary>
    [ContractExport("sieve")]
    public static int Sieve(int n)
    {
        bool[] composite = new bool[n];
        int count = 0;
        for (int i = 2; i < n; i++)
        {
            if (composite[i]) continue;
            count++;
            for (int j = i * 2; j < n; j += i) composite[j] = true;
        }

        return count;
    }

    /// <summary>Greatest common divisors of numbers of 64 bits.</summary>
    [ContractExport("divisors")]
    public static int Divisors(int n)
    {
        ulong sum = 0, seed = 88172645463325252;
        for (int i = 0; i < n; i++)
        {
            ulong a = seed = Next(seed), b = seed = Next(seed);
            while (b != 0) (a, b) = (b, a % b);
            sum += a;
        }

        return (int)sum;
    }

    /// <summary>Sorts numbers.</summary>
    [ContractExport("quicksort")]
    public static int Quicksort(int n)
    {
        int[] numbers = new int[n];
        uint seed = 12345;
        for (int i = 0; i < numbers.Length; i++)
        {
            seed = (seed * 1103515245) + 12345;
            numbers[i] = (int)(seed >> 8);
        }

        Sort(numbers, 0, n - 1);
        int sum = 0;
        for (int i = 0; i < numbers.Length; i++) sum = (sum * 31) + numbers[i];
        return sum;
    }

    /// <summary>Sums and shifts of 128 bits.</summary>
    [ContractExport("wide")]
    public static int Wide(int n)
    {
        UInt128 sum = 1;
        for (int i = 0; i < n; i++) sum += ((sum << 7) ^ (sum >> 11)) + (uint)i;
        return (int)(uint)(sum ^ (sum >> 64));
    }

    /// <summary>The FNV-1a hash of bytes that are written first.</summary>
    [ContractExport("fnv")]
    public static int Fnv(int n)
    {
        byte[] bytes = new byte[n];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 7);
        uint hash = 2166136261;
        for (int i = 0; i < bytes.Length; i++) hash = (hash ^ bytes[i]) * 16777619;
        return (int)hash;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Pair Add(Pair left, Pair right) => left.Plus(right);

    private static ulong Next(ulong seed)
    {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        return seed ^ (seed << 17);
    }

    private static void Sort(int[] numbers, int low, int high)
    {
        if (low >= high) return;
        int pivot = numbers[(low + high) / 2], i = low, j = high;
        while (i <= j)
        {
            while (numbers[i] < pivot) i++;
            while (numbers[j] > pivot) j--;
            if (i > j) break;
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
            i++;
            j--;
        }

        Sort(numbers, low, j);
        Sort(numbers, i, high);
    }
}
