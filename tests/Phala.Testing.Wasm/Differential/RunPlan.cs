using Phala.Testing.Wasm.Generator;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Differential;

/// <summary>What to do with a generated module: with how much fuel to begin, and what to call. A function of the module's seed.</summary>
/// <param name="Fuel">The fuel at the start, beyond what instantiation costs; negative where instantiation itself cannot be paid.</param>
/// <param name="Refill">The fuel that is added after a run that ended for want of it.</param>
/// <param name="Calls">The calls, in order.</param>
public sealed record RunPlan(long Fuel, long Refill, IReadOnlyList<PlannedCall> Calls)
{
    private const long Plenty = 60_000;
    private const int Rounds = 3;

    public static RunPlan Of(GeneratedModule module)
    {
        Choice choice = new(unchecked((module.Seed * 31) + 7));
        List<PlannedCall> calls = [];
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((string name, FunctionType type) in module.Functions)
            {
                calls.Add(new PlannedCall(name, choice.Between(1, 12), [.. type.Parameters.ToArray().Select(kind => Argument(choice, module, kind))]));
            }
        }

        long fuel = choice.Below(100) switch
        {
            < 1 => -1,
            < 25 => choice.Below(2_000),
            _ => Plenty,
        };
        return new RunPlan(fuel, choice.Percent(50) ? choice.Below(1_000) : Plenty / 4, calls);
    }

    private static PlannedValue Argument(Choice choice, GeneratedModule module, ValueKind kind) => kind switch
    {
        ValueKind.ExternRef => new PlannedValue(kind, 0, Text: choice.Percent(70) ? $"object {choice.Below(3)}" : null),
        ValueKind.FuncRef => new PlannedValue(kind, 0, Function: choice.Percent(70) ? choice.Of(module.Functions).Name : null),
        _ => new PlannedValue(kind, Constants.Pick(choice, kind)),
    };
}
