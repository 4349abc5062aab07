using Phala.Node.Network.Framing;

namespace Phala.Node.Network.Multistream;

/// <summary>
/// multistream-select 1.0: the side that opens a stream names the protocol that it wants to speak there, the other says it back or refuses.
/// </summary>
/// <remarks><b>Invariant.</b> Not a byte beyond the agreement is read: what follows belongs to the protocol, and may come with it.</remarks>
internal static class MultistreamSelect
{
    /// <summary>How many protocols a dialer may try on one stream.</summary>
    private const int MaxProposals = 8;

    /// <summary>Waits for a protocol that is spoken here.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="isSpoken">Which are.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async ValueTask<(MultistreamError Error, string Protocol)> ListenAsync(Stream stream, Func<string, bool> isSpoken, CancellationToken cancellation)
    {
        (MultistreamError error, string? line) = await ReadAsync(stream, cancellation).ConfigureAwait(false);
        if (error != MultistreamError.None) return (error, "");
        if (line != MultistreamMessage.Header) return (MultistreamError.NoHeader, "");
        await stream.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header), cancellation).ConfigureAwait(false);
        for (int proposals = 0; proposals < MaxProposals; proposals++)
        {
            (error, line) = await ReadAsync(stream, cancellation).ConfigureAwait(false);
            if (error != MultistreamError.None) return (error, "");
            bool spoken = isSpoken(line!);
            await stream.WriteAsync(MultistreamMessage.Encode(spoken ? line! : MultistreamMessage.NotAvailable), cancellation).ConfigureAwait(false);
            if (spoken) return (MultistreamError.None, line!);
        }

        return (MultistreamError.TooManyProposals, "");
    }

    /// <summary>Asks for a protocol.</summary>
    public static async ValueTask<MultistreamError> DialAsync(Stream stream, string protocol, CancellationToken cancellation)
    {
        byte[] proposal = [.. MultistreamMessage.Encode(MultistreamMessage.Header), .. MultistreamMessage.Encode(protocol)];
        await stream.WriteAsync(proposal, cancellation).ConfigureAwait(false);
        (MultistreamError error, string? line) = await ReadAsync(stream, cancellation).ConfigureAwait(false);
        if (error != MultistreamError.None) return error;
        if (line != MultistreamMessage.Header) return MultistreamError.NoHeader;
        (error, line) = await ReadAsync(stream, cancellation).ConfigureAwait(false);
        if (error != MultistreamError.None) return error;
        if (line == MultistreamMessage.NotAvailable) return MultistreamError.NotAvailable;
        return line == protocol ? MultistreamError.None : MultistreamError.WrongAnswer;
    }

    private static async ValueTask<(MultistreamError Error, string? Line)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        (FrameStatus status, byte[] frame) = await LengthPrefix.ReadAsync(stream, MultistreamMessage.MaxLength, cancellation).ConfigureAwait(false);
        if (status == FrameStatus.TooLong) return (MultistreamError.TooLong, null);
        if (status != FrameStatus.Read) return (MultistreamError.Ended, null);
        MultistreamError error = MultistreamMessage.TryRead(frame, out string? line);
        return (error, line);
    }
}
