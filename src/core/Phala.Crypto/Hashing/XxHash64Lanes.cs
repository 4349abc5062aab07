namespace Phala.Crypto.Hashing;

/// <summary>The four lanes of XXH64 between two parts of a message.</summary>
internal struct XxHash64Lanes
{
    private ulong _a, _b, _c, _d;

    /// <inheritdoc cref="XxHash64.Begin"/>
    public static XxHash64Lanes Begin(ulong seed)
    {
        XxHash64Lanes lanes = default;
        XxHash64.Begin(seed, out lanes._a, out lanes._b, out lanes._c, out lanes._d);
        return lanes;
    }

    /// <inheritdoc cref="XxHash64.Absorb"/>
    public void Absorb(ReadOnlySpan<byte> data)
    {
        (ulong a, ulong b, ulong c, ulong d) = (_a, _b, _c, _d);
        XxHash64.Absorb(data, ref a, ref b, ref c, ref d);
        (_a, _b, _c, _d) = (a, b, c, d);
    }

    /// <summary>The lanes in one: step 3.</summary>
    public readonly ulong Merge() => XxHash64.Merge(_a, _b, _c, _d);
}
