namespace Phala.Wasm.Binary;

/// <summary>The code of a function.</summary>
/// <param name="Locals">Its local variables beyond the parameters, in runs as encoded.</param>
/// <param name="Code">Its instructions with the closing <c>end</c>, as encoded.</param>
public sealed record FunctionBody(IReadOnlyList<LocalGroup> Locals, ReadOnlyMemory<byte> Code)
{
    /// <summary>The number of local variables beyond the parameters.</summary>
    public long LocalCount
    {
        get
        {
            long count = 0;
            foreach (LocalGroup group in Locals) count += group.Count;
            return count;
        }
    }
}
