using Phala.Node.Network.Addresses;
using Phala.Testing;
using System.Text;

namespace Phala.Fuzz.Targets.Network;

/// <summary>Bytes as the text of an address. What is accepted must be written as it was read, up to the form of IPv6 addresses.</summary>
public sealed class MultiaddressTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "multiaddress";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. new[]
    {
        "/ip4/127.0.0.1/tcp/30333/ws/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN", "/ip6/2001:db8::1/tcp/1/wss", "/dns/node.example.org/tcp/443", "/dns4/a/tcp/443/quic", "/ip4/1.2.3.4/tcp/70000",
        "/dns4/some-node.with-a-long-name.example.org/tcp/443/wss/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
    }.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<MultiaddressError>().Where(name => name != nameof(MultiaddressError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 16_384 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Encoding.Latin1.GetString(input);
        MultiaddressError error = Multiaddress.TryParse(text, out Multiaddress? address);
        if (error == MultiaddressError.None && (Multiaddress.TryParse(address!.ToString(), out Multiaddress? again) != MultiaddressError.None || !again!.ToBytes().AsSpan().SequenceEqual(address.ToBytes()))) throw new InvalidOperationException("An accepted address is another one when it is written again.");
        return new FuzzOutcome(input.Length > 0 && input[0] == '/', error == MultiaddressError.None ? null : error.ToString());
    }
}
