using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm;

/// <summary>Small valid modules to start from.</summary>
public static class Modules
{
    /// <summary>A module that exports one function of a signature such as <c>ii:i</c>, beside one page of memory and a table of four.</summary>
    public static ModuleDefinition Of(string signature, params byte[] code) => new()
    {
        Types = [FunctionType.Parse(signature)],
        Functions = [0],
        Tables = [new TableType(ValueKind.FuncRef, new Limits(4))],
        Memories = [new Limits(1)],
        Exports = [new Export("f", ExternalKind.Function, 0)],
        Bodies = [new FunctionBody([], code)],
    };

    /// <summary>As <see cref="Of(string, byte[])"/>, closing the code with <c>end</c>.</summary>
    public static ModuleDefinition Of(string signature, CodeWriter code) => Of(signature, code.Op(Opcode.End).ToArray());

    /// <summary>A header and these bytes.</summary>
    public static byte[] Raw(params ReadOnlySpan<byte> sections) => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00, .. sections];
}
