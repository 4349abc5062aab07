namespace Phala.Tests.Runtime.Model;

/// <summary>A weight: picoseconds, and bytes of proof.</summary>
internal readonly record struct ModelCost(ulong Time, ulong Proof = 0)
{
    public static ModelCost operator +(ModelCost left, ModelCost right) => new(checked(left.Time + right.Time), checked(left.Proof + right.Proof));
}
