namespace Phala.Node.Rpc.Messages;

/// <summary>A batch: an array of requests. It is walked twice, to check it whole and to answer one request after the other, and never kept as a list.</summary>
internal static class Batch
{
    /// <summary>Whether the message is an array of at least one value and at most so many; the error if it is not.</summary>
    /// <param name="message">The message, whose first byte that is not white space opens an array.</param>
    /// <param name="maxLength">The most values; 0 for none at all, null for any number.</param>
    public static RpcError? Check(ReadOnlySpan<byte> message, int? maxLength)
    {
        if (maxLength == 0) return RpcError.BatchesDisabled;
        JsonScanner whole = new(message);
        if (!whole.TrySkipValue() || !whole.AtEnd()) return RpcError.NotJson;
        int count = 0, position = Start(message);
        while (TryNext(message, ref position, out _))
        {
            if (++count > maxLength) return RpcError.BatchTooLong(maxLength.Value);
        }

        return count == 0 ? RpcError.NotRequest : null;
    }

    /// <summary>Where the first value is looked for.</summary>
    public static int Start(ReadOnlySpan<byte> message)
    {
        JsonScanner scanner = new(message);
        scanner.TrySkip((byte)'[');
        return scanner.Position;
    }

    /// <summary>The next value of an array that is known to be valid.</summary>
    public static bool TryNext(ReadOnlySpan<byte> message, ref int position, out Slice value)
    {
        JsonScanner scanner = new(message) { Position = position };
        value = default;
        if (scanner.Peek() == (byte)']') return false;
        int start = scanner.Position;
        if (!scanner.TrySkipValue()) return false;
        value = new Slice(start, scanner.Position - start);
        scanner.TrySkip((byte)',');
        position = scanner.Position;
        return true;
    }
}
