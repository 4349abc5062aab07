namespace Phala.Wasm;

/// <summary>The groups of <see cref="ModuleError"/>.</summary>
public static class ModuleErrors
{
    /// <summary>The bytes do not follow the binary format.</summary>
    public static bool IsMalformed(this ModuleError error) => error is > ModuleError.None and < ModuleError.UnsupportedSimd;

    /// <summary>The module uses something that this engine or its settings reject.</summary>
    public static bool IsUnsupported(this ModuleError error) => error is >= ModuleError.UnsupportedSimd and < ModuleError.ModuleTooLarge;

    /// <summary>The module is larger than a limit.</summary>
    public static bool IsLimit(this ModuleError error) => error is >= ModuleError.ModuleTooLarge and < ModuleError.TypeMismatch;

    /// <summary>The module is well-formed but breaks a validation rule.</summary>
    public static bool IsInvalid(this ModuleError error) => error >= ModuleError.TypeMismatch;
}
