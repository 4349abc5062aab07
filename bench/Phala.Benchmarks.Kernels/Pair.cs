namespace Phala.Benchmarks.Kernels;

/// <summary>Two numbers that are added together, passed and returned by value.</summary>
internal readonly struct Pair(int x, int y)
{
    public int X { get; } = x;

    public int Y { get; } = y;

    public Pair Plus(Pair other) => new(X + other.X, Y ^ other.Y);
}
