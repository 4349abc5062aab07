using Phala.Codec;

namespace Phala.Clusters.Pink;

/// <summary>What a script gave.</summary>
[Scale]
public abstract partial record JsValue
{
    private JsValue()
    {
    }

    /// <summary>It failed.</summary>
    /// <param name="Text">Why.</param>
    [Variant(5, Unnamed = true)]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "The name is that of the extension.")]
    public sealed record Exception(string Text) : JsValue;
}
