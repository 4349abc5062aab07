namespace Phala.Clusters.Execution;

/// <summary>How much gas is left. Once it did not suffice, none is.</summary>
internal sealed class FuelMeter
{
    private readonly ulong _limit;
    private ulong _heldBack;

    internal FuelMeter(ulong limit) => Left = _limit = limit;

    /// <summary>What the innermost call may still take.</summary>
    internal ulong Left { get; private set; }

    internal ulong Used => _limit - _heldBack - Left;

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

    /// <summary>Leaves no more than a limit until <see cref="GiveBack"/>; 0 for no limit.</summary>
    /// <returns>What is held back.</returns>
    internal ulong HoldBack(ulong limit)
    {
        ulong held = limit == 0 || limit >= Left ? 0 : Left - limit;
        Left -= held;
        _heldBack += held;
        return held;
    }

    /// <summary>Gives back what was held back, also where the rest did not suffice.</summary>
    internal void GiveBack(ulong held)
    {
        if (held == 0) return;
        _heldBack -= held;
        Left += held;
        IsExhausted = false;
    }

    /// <summary>Takes all gas but this much, which is not more than there is.</summary>
    internal void LeaveOnly(ulong left) => Left = Math.Min(Left, left);

    /// <summary>Takes all gas, as where it did not suffice.</summary>
    internal void Exhaust() => TrySpend(ulong.MaxValue);
}
