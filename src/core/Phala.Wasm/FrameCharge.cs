namespace Phala.Wasm;

/// <summary>
/// The stack that a call is charged, in bytes: a function of the code alone, so that every machine runs out of stack at the same call. It is at
/// least the frame that the compiled function really takes, optimized or not; a test measures that.
/// </summary>
public static class FrameCharge
{
    /// <summary>Every frame: return address, saved registers, the engine's own variables.</summary>
    public const int Fixed = 256;

    /// <summary>Each parameter and local variable.</summary>
    public const int PerLocal = 16;

    /// <summary>Each value that the operand stack holds at its highest.</summary>
    public const int PerOperand = 32;

    /// <summary>Each byte of code: without optimization the compiler gives each intermediate result a place of its own.</summary>
    public const int PerCodeByte = 8;

    /// <summary>A call of a host function: what its own frames may take.</summary>
    public const int HostCall = 16_384;

    internal static int Of(int locals, int operandHeight, int codeBytes) =>
        Fixed + (PerLocal * locals) + (PerOperand * operandHeight) + (PerCodeByte * codeBytes);
}
