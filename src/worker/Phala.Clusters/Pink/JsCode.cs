using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>A script.</summary>
[Scale]
public abstract partial record JsCode
{
    private JsCode()
    {
    }

    /// <summary>As text.</summary>
    /// <param name="Text">The text.</param>
    [Variant(0, Unnamed = true)]
    public sealed record Source(string Text) : JsCode;

    /// <summary>Compiled.</summary>
    /// <param name="Bytes">The code.</param>
    [Variant(1, Unnamed = true)]
    public sealed record Bytecode(Vec<byte> Bytes) : JsCode;
}
