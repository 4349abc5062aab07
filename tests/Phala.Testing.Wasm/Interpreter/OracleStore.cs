using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>What all instances of a run share: limits, the fuel and stack that are left, and which instructions were executed.</summary>
/// <param name="limits">The most pages, elements and bytes of stack.</param>
/// <param name="fuel">The fuel at the start, in the units of <see cref="FuelCosts"/>.</param>
public sealed class OracleStore(ResourceLimits limits, long fuel)
{
    private readonly bool[] _executed = new bool[ushort.MaxValue + 1];

    public ResourceLimits Limits { get; } = limits;

    public long Fuel { get; set; } = fuel;

    /// <summary>The instructions that were executed at least once.</summary>
    public IEnumerable<Opcode> Executed => Enum.GetValues<Opcode>().Where(opcode => _executed[(int)opcode]);

    internal long StackLeft { get; set; } = limits.StackBytes;

    internal void MarkExecuted(Opcode opcode) => _executed[(int)opcode] = true;

    /// <summary>Takes fuel. Where it does not suffice the rest is taken, and execution stops.</summary>
    internal void Charge(long cost)
    {
        if (cost <= Fuel)
        {
            Fuel -= cost;
            return;
        }

        Fuel = 0;
        throw new OracleTrapException(OracleTrap.OutOfFuel);
    }
}
