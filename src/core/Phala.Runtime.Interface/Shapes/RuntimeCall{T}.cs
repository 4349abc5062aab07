using Phala.Codec;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>A call whose arguments are a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The record of the arguments.</typeparam>
public sealed class RuntimeCall<T> : RuntimeCall
    where T : ICall<T>
{
    private readonly T _arguments;

    internal RuntimeCall(CallShape<T> shape, in T arguments)
        : base(shape) => _arguments = arguments;

    /// <summary>The arguments.</summary>
    public ref readonly T Arguments => ref _arguments;

    /// <inheritdoc/>
    public override string ToString() => $"{Shape.Pallet.Name}.{_arguments}";

    private protected override void EncodeArguments(ref ScaleWriter writer) => T.Encode(ref writer, _arguments);

    private protected override int ArgumentsLength() => T.EncodedLength(_arguments);
}
