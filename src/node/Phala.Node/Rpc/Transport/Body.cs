using System.Buffers;
using System.IO.Pipelines;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc.Transport;

/// <summary>A request's body: where it lies in the connection's memory, or a copy where it came in several pieces.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="InPlace">Up to where the reader is to be advanced once the bytes are done with; null for a copy.</param>
internal readonly record struct Body(ReadOnlyMemory<byte> Bytes, SequencePosition? InPlace)
{
    /// <summary>Reads to the end, never holding more than the limit.</summary>
    /// <param name="reader">The body.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="copy">Takes the body where it comes in several pieces.</param>
    /// <returns>The body; null if it is longer than the limit.</returns>
    public static async ValueTask<Body?> ReadAsync(PipeReader reader, int limit, ReplyBuffer copy)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync().ConfigureAwait(false);
            ReadOnlySequence<byte> bytes = result.Buffer;
            if (bytes.Length > limit - copy.Length)
            {
                reader.AdvanceTo(bytes.End);
                return null;
            }

            if (result.IsCompleted && copy.Length == 0 && bytes.IsSingleSegment) return new Body(bytes.First, bytes.End);
            foreach (ReadOnlyMemory<byte> piece in bytes) copy.Append(piece.Span);
            reader.AdvanceTo(bytes.End);
            if (result.IsCompleted || result.IsCanceled) return new Body(copy.Written, null);
        }
    }
}
