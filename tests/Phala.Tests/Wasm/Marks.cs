using Phala.Wasm.Binary;

namespace Phala.Tests.Wasm;

/// <summary>Leaves traces of how far code came.</summary>
internal static class Marks
{
    /// <summary>Sets a global to 1.</summary>
    public static CodeWriter Mark(this CodeWriter code, uint global) => code.I32(1).Op(Opcode.GlobalSet, global);
}
