namespace Phala.Contracts.Compiler.Code;

/// <summary>What evaluating an expression may do or depend on, beyond local variables.</summary>
[Flags]
internal enum Effects
{
    None = 0,
    ReadsMemory = 1,

    /// <summary>May end the call; what was stored before is then lost with everything else.</summary>
    Traps = 2,

    /// <summary>May do anything: read, write, call the host, end the call.</summary>
    Calls = 4,
    ReadsGlobal = 8,
}
