namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>The types of values, one of each.</summary>
public static class ProtoKinds
{
    /// <summary>Truth values.</summary>
    public static BoolKind Bool { get; } = new();

    /// <summary>Numbers of 32 bits.</summary>
    public static UInt32Kind UInt32 { get; } = new();

    /// <summary>Numbers of 64 bits.</summary>
    public static UInt64Kind UInt64 { get; } = new();

    /// <summary>Texts.</summary>
    public static TextKind Text { get; } = new();

    /// <summary>Bytes.</summary>
    public static BytesKind Bytes { get; } = new();
}
