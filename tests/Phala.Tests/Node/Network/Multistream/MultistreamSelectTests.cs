using System.Text;
using Phala.Node.Network.Framing;
using Phala.Node.Network.Multistream;
using Xunit;

namespace Phala.Tests.Node.Network.Multistream;

/// <summary>The agreement on a protocol, byte for byte.</summary>
public sealed class MultistreamSelectTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private const string Header = "\u0013/multistream/1.0.0\n";

    [Theory]
    [InlineData(Header + "\u0007/noise\n", Header + "\u0007/noise\n", nameof(MultistreamError.None))]
    [InlineData(Header + "\u0006/tls1\n\u0007/noise\n", Header + "\u0003na\n\u0007/noise\n", nameof(MultistreamError.None))]
    [InlineData("\u0013/multistream/2.0.0\n\u0007/noise\n", "", nameof(MultistreamError.NoHeader))]
    [InlineData(Header + "\u0007/noise ", Header, nameof(MultistreamError.NoLine))]
    [InlineData(Header + "\u0003/\u0001\n", Header, nameof(MultistreamError.NoText))]
    [InlineData(Header + "\u0001\n", Header, nameof(MultistreamError.NoText))]
    [InlineData(Header + "\u0007/noi", Header, nameof(MultistreamError.Ended))]
    [InlineData("", "", nameof(MultistreamError.Ended))]
    [InlineData("\u00ff\u0002" + Header, "", nameof(MultistreamError.TooLong))]
    public async Task AListenerSaysWhatTheTranscriptSays(string said, string answered, string error)
    {
        (Duplex here, Duplex there) = Duplex.Create();
        await there.WriteAsync(Encoding.Latin1.GetBytes(said), Stop);
        there.Dispose();
        using MemoryStream answers = new();
        (MultistreamError result, string protocol) = await MultistreamSelect.ListenAsync(new Recorded(here, answers), name => name == "/noise", Stop);
        Assert.Equal(error, result.ToString());
        Assert.Equal(answered, Encoding.Latin1.GetString(answers.ToArray()));
        Assert.Equal(result == MultistreamError.None ? "/noise" : "", protocol);
    }

    [Fact]
    public async Task WhatFollowsTheAgreementIsNotRead()
    {
        (Duplex here, Duplex there) = Duplex.Create();
        await there.WriteAsync(Encoding.Latin1.GetBytes(Header + "\u0007/noise\nrest"), Stop);
        await MultistreamSelect.ListenAsync(here, name => name == "/noise", Stop);
        byte[] rest = new byte[4];
        await here.ReadExactlyAsync(rest, Stop);
        Assert.Equal("rest"u8, rest);
    }

    [Theory]
    [InlineData(Header + "\u0007/noise\n", nameof(MultistreamError.None))]
    [InlineData(Header + "\u0003na\n", nameof(MultistreamError.NotAvailable))]
    [InlineData(Header + "\u0006/tls1\n", nameof(MultistreamError.WrongAnswer))]
    [InlineData("\u0007/noise\n", nameof(MultistreamError.NoHeader))]
    [InlineData(Header, nameof(MultistreamError.Ended))]
    public async Task ADialerTakesOnlyItsOwnProposal(string answer, string error)
    {
        (Duplex here, Duplex there) = Duplex.Create();
        await there.WriteAsync(Encoding.Latin1.GetBytes(answer), Stop);
        there.Dispose();
        using MemoryStream said = new();
        Assert.Equal(error, (await MultistreamSelect.DialAsync(new Recorded(here, said), "/noise", Stop)).ToString());
        Assert.Equal(Header + "\u0007/noise\n", Encoding.Latin1.GetString(said.ToArray()));
    }

    [Fact]
    public async Task NobodyMayProposeForEver()
    {
        (Duplex here, Duplex there) = Duplex.Create();
        await there.WriteAsync(Encoding.Latin1.GetBytes(Header + string.Concat(Enumerable.Repeat("\u0003/x\n", 9))), Stop);
        (MultistreamError error, _) = await MultistreamSelect.ListenAsync(here, _ => false, Stop);
        Assert.Equal(MultistreamError.TooManyProposals, error);
    }

    [Fact]
    public async Task FramesKeepTheirLengthsAndNoneIsTooLong()
    {
        foreach (int length in (int[])[0, 1, 127, 128, 16_383, 16_384, 70_000, 200_000])
        {
            byte[] frame = new byte[length];
            new Random(length).NextBytes(frame);
            using MemoryStream stream = new(LengthPrefix.Encode(frame));
            Assert.Equal((FrameStatus.Read, length), Sized(await LengthPrefix.ReadAsync(stream, length, Stop)));
            stream.Position = 0;
            if (length > 0) Assert.Equal((FrameStatus.TooLong, 0), Sized(await LengthPrefix.ReadAsync(stream, length - 1, Stop)));
            using MemoryStream cut = new(LengthPrefix.Encode(frame)[..^1]);
            Assert.Equal(length == 0 ? FrameStatus.Ended : FrameStatus.Truncated, (await LengthPrefix.ReadAsync(cut, length, Stop)).Status);
        }

        using MemoryStream endless = new([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]);
        Assert.Equal(FrameStatus.TooLong, (await LengthPrefix.ReadAsync(endless, int.MaxValue, Stop)).Status);
        static (FrameStatus, int) Sized((FrameStatus Status, byte[] Frame) read) => (read.Status, read.Frame.Length);
    }

    /// <summary>Reads from one stream and writes to another.</summary>
    private sealed class Recorded(Stream reads, Stream writes) : Phala.Node.Network.Transport.DuplexStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reads.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writes.WriteAsync(buffer, cancellationToken);
    }
}
