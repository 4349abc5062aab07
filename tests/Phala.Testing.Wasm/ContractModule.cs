using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm;

/// <summary>The least module that is a contract: it does nothing.</summary>
public static class ContractModule
{
    /// <summary>Its bytes.</summary>
    public static byte[] Empty { get; } = ModuleWriter.Write(Definition);

    /// <summary>Its parts, to be changed.</summary>
    public static ModuleDefinition Definition => new()
    {
        Types = [FunctionType.Parse(":")],
        Imports = [new Import("env", "memory", ExternalKind.Memory, Memory: new Limits(1, 16))],
        Functions = [0],
        Exports = [new Export("deploy", ExternalKind.Function, 0), new Export("call", ExternalKind.Function, 0)],
        Bodies = [new FunctionBody([], new CodeWriter().Op(Opcode.End).ToArray())],
    };
}
