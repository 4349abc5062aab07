using System.Buffers.Binary;
using System.Text;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;

namespace Phala.Clusters.Native;

/// <summary>Input and output as ink! 4 contracts have them: a selector of four bytes and SCALE arguments in, <c>Result&lt;T, LangError&gt;</c> out.</summary>
internal static class Ink
{
    /// <summary>The input has no message of the contract: <c>Err(LangError::CouldNotReadInput)</c>, reverted.</summary>
    internal static CallResult CouldNotReadInput { get; } = CallResult.Revert(new byte[] { 1, 1 });

    /// <summary><c>Ok(())</c>, of constructors and of messages without a result.</summary>
    internal static CallResult Unit { get; } = CallResult.Return(new byte[] { 0 });

    /// <summary><c>Ok(Ok(()))</c>.</summary>
    internal static CallResult OkUnit { get; } = CallResult.Return(new byte[] { 0, 0 });

    /// <summary>The selector of a message: the first four bytes of the label's BLAKE2b-256 hash, as a number, the first byte highest.</summary>
    internal static uint Selector(string label)
    {
        Span<byte> selector = stackalloc byte[InkMessage.SelectorLength];
        InkMessage.Selector(Encoding.UTF8.GetBytes(label), selector);
        return BinaryPrimitives.ReadUInt32BigEndian(selector);
    }

    /// <summary>Reads the selector.</summary>
    internal static bool TryReadSelector(ref ScaleReader input, out uint selector)
    {
        bool read = input.TryReadSpan(InkMessage.SelectorLength, out ReadOnlySpan<byte> bytes);
        selector = read ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads the only argument, after which the input must end.</summary>
    internal static bool TryReadLast<T>(ref ScaleReader input, out T value)
        where T : struct, IScale<T> => T.TryDecode(ref input, out value) && input.TryFinish();

    /// <summary><c>Ok(value)</c>.</summary>
    internal static CallResult Return<TCodec, T>(in T value)
        where TCodec : IScaleCodec<T> => CallResult.Return(Prefixed<TCodec, T>([0], value));

    /// <summary><c>Ok(value)</c>.</summary>
    internal static CallResult Return<T>(in T value)
        where T : IScale<T> => Return<T, T>(value);

    /// <summary><c>Ok(Ok(value))</c>.</summary>
    internal static CallResult ReturnOk<TCodec, T>(in T value)
        where TCodec : IScaleCodec<T> => CallResult.Return(Prefixed<TCodec, T>([0, 0], value));

    /// <summary><c>Ok(Err(error))</c>: what a message with an error changed is undone.</summary>
    internal static CallResult RevertWith(byte error) => CallResult.Revert(new byte[] { 0, 1, error });

    /// <summary>An event's first topic: an empty sequence and its name, padded.</summary>
    internal static Hash256 EventTopic(string name)
    {
        Span<byte> topic = stackalloc byte[Hash256.Size];
        topic.Clear();
        Encoding.ASCII.GetBytes(name, topic[1..]);
        return new Hash256(topic);
    }

    private static byte[] Prefixed<TCodec, T>(ReadOnlySpan<byte> prefix, in T value)
        where TCodec : IScaleCodec<T> => [.. prefix, .. Scale.Encode<TCodec, T>(value)];
}
