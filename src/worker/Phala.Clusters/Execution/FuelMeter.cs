namespace Phala.Clusters.Execution;

/// <summary>How much gas is left. Once it did not suffice, none is.</summary>
internal sealed class FuelMeter
{
    private readonly ulong _limit;

    internal FuelMeter(ulong limit) => Left = _limit = limit;

    internal ulong Left { get; private set; }

    internal ulong Used => _limit - Left;

    internal bool IsExhausted { get; private set; }

    /// <summary>Takes gas; false where it did not suffice.</summary>
    internal bool TrySpend(ulong amount)
    {
        if (amount > Left) IsExhausted = true;
        Left = IsExhausted ? 0 : Left - amount;
        return !IsExhausted;
    }

    /// <summary>Takes gas for something and its bytes.</summary>
    internal bool TrySpend(ulong once, ulong perByte, int bytes) => TrySpend(once + (perByte * (ulong)bytes));
}
