namespace Phala.Testing.Wasm.Generator;

/// <summary>Random decisions; equal seeds decide equally.</summary>
internal sealed class Choice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A number from 0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => _random.Next(end);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public int Between(int first, int last) => _random.Next(first, last + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int chance) => _random.Next(100) < chance;

    public T Of<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public ulong Bits() => ((ulong)_random.NextInt64() << 1) ^ (ulong)_random.NextInt64();
}
