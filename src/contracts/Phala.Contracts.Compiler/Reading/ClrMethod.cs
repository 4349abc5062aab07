namespace Phala.Contracts.Compiler.Reading;

/// <summary>A method with the arguments of its type and its own. Interned.</summary>
internal sealed class ClrMethod
{
    public required MethodDef Definition { get; init; }

    public required ClrType Owner { get; init; }

    public required ClrType[] Arguments { get; init; }

    /// <summary>Instantiated.</summary>
    public required MethodShape Shape { get; init; }

    public required int Id { get; init; }

    public string Name => Definition.Name;

    public bool IsStatic => Definition.IsStatic;

    public override string ToString()
    {
        string arguments = Arguments.Length == 0 ? "" : $"<{string.Join(", ", (object[])Arguments)}>";
        return $"{Owner}.{Name}{arguments}({string.Join(", ", (object[])Shape.Parameters)})";
    }
}
