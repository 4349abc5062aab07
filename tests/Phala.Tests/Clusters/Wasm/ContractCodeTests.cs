using Phala.Clusters.Wasm;
using Phala.Testing.Wasm;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Which modules are contracts.</summary>
public sealed class ContractCodeTests
{
    public static TheoryData<CodeRefusal> Refusals => [.. Enum.GetValues<CodeRefusal>()];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_rule_is_kept(CodeRefusal refusal)
    {
        foreach (ModuleDefinition module in Of(refusal)) Assert.Equal(refusal, WasmContract.TryLoad(ModuleWriter.Write(module), isDeterministic: true, optimizes: true, out _, out _));
    }

    [Fact]
    public void Floating_point_is_for_queries_alone()
    {
        ModuleDefinition floats = ContractModule.Definition with { Bodies = [new FunctionBody([], new CodeWriter().F64(1).Op(Opcode.Drop).Op(Opcode.End).ToArray())] };
        Assert.Equal(CodeRefusal.BadModule, WasmContract.TryLoad(ModuleWriter.Write(floats), isDeterministic: true, optimizes: true, out _, out ModuleError error));
        Assert.Equal(ModuleError.FloatForbidden, error);
        Assert.Equal(CodeRefusal.None, WasmContract.TryLoad(ModuleWriter.Write(floats), isDeterministic: false, optimizes: true, out _, out _));
    }

    private static ModuleDefinition[] Of(CodeRefusal refusal)
    {
        ModuleDefinition good = ContractModule.Definition;
        Import memory = good.Imports[0];
        return refusal switch
        {
            CodeRefusal.None => [good, good with { Imports = [memory with { Memory = new Limits(0, 64) }] }],
            CodeRefusal.BadModule => [good with { Bodies = [new FunctionBody([], Array.Empty<byte>())] }],
            CodeRefusal.HasStart => [good with { Start = 0 }],
            CodeRefusal.UnknownImport =>
            [
                WithImport(new Import("seal0", "unheard_of", ExternalKind.Function)), WithImport(new Import("seal3", "input", ExternalKind.Function)), WithImport(new Import("seal0", "input", ExternalKind.Function)),
                good with { Imports = [memory, new Import("env", "table", ExternalKind.Table, Table: new TableType(ValueKind.FuncRef, new Limits(1)))] },
                good with { Imports = [memory, new Import("env", "global", ExternalKind.Global, Global: new GlobalType(ValueKind.I32, false))] },
            ],
            CodeRefusal.BadMemory =>
            [
                good with { Imports = [] }, good with { Imports = [], Memories = [new Limits(1, 2)] }, good with { Imports = [memory with { Memory = new Limits(1) }] },
                good with { Imports = [memory with { Memory = new Limits(1, 65) }] }, good with { Imports = [memory with { Module = "seal0" }] }, good with { Imports = [memory with { Name = "mem" }] },
            ],
            _ =>
            [
                good with { Exports = [good.Exports[0]] }, good with { Exports = [good.Exports[1]] }, good with { Types = [FunctionType.Parse("i:")] },
                good with { Types = [FunctionType.Parse(":i")], Bodies = [new FunctionBody([], new CodeWriter().I32(1).Op(Opcode.End).ToArray())] },
            ],
        };

        ModuleDefinition WithImport(Import import) => good with { Imports = [memory, import], Exports = [new Export("deploy", ExternalKind.Function, 1), new Export("call", ExternalKind.Function, 1)] };
    }
}
