namespace Phala.Wasm.Binary;

/// <summary>The parameters and results of a function or block. Two types are equal when their lists are.</summary>
public sealed class FunctionType : IEquatable<FunctionType>
{
    private readonly ValueKind[] _parameters;
    private readonly ValueKind[] _results;
    private readonly int _hash;

    /// <summary>Makes a type from copies of the two lists.</summary>
    public FunctionType(ReadOnlySpan<ValueKind> parameters, ReadOnlySpan<ValueKind> results)
    {
        _parameters = parameters.ToArray();
        _results = results.ToArray();
        int hash = _parameters.Length;
        foreach (ValueKind kind in _parameters) hash = unchecked((hash * 31) + (int)kind);
        foreach (ValueKind kind in _results) hash = unchecked((hash * 37) + (int)kind);
        _hash = hash;
    }

    /// <summary>The types of the parameters, first to last.</summary>
    public ReadOnlySpan<ValueKind> Parameters => _parameters;

    /// <summary>The types of the results, first to last.</summary>
    public ReadOnlySpan<ValueKind> Results => _results;

    internal static FunctionType Empty { get; } = new([], []);

    /// <summary>The type written as letters, such as <c>il:i</c> for two parameters and one result (i, l, f, d: numbers; r, x: references).</summary>
    internal static FunctionType Parse(string signature)
    {
        int colon = signature.IndexOf(':', StringComparison.Ordinal);
        return new FunctionType(Kinds(signature.AsSpan(0, colon)), Kinds(signature.AsSpan(colon + 1)));
    }

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null && (ReferenceEquals(this, other)
            || (_hash == other._hash && Parameters.SequenceEqual(other.Parameters) && Results.SequenceEqual(other.Results)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FunctionType);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(' ', _parameters)}) -> ({string.Join(' ', _results)})";

    private static ValueKind[] Kinds(ReadOnlySpan<char> letters)
    {
        ValueKind[] kinds = new ValueKind[letters.Length];
        for (int i = 0; i < kinds.Length; i++) kinds[i] = ValueKinds.FromLetter(letters[i]);
        return kinds;
    }
}
