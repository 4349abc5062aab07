using Phala.Codec;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Messages;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Envelopes behind a byte 0, and contents behind another byte, which are sealed first: what the key stops is not worth a run. Past the outermost check is what has a byte.</summary>
internal sealed class CommandEnvelopeTarget : FuzzTarget
{
    private const byte Envelope = 0, Content = 1;

    private static readonly X25519KeyPair Key = X25519KeyPair.Derive(ClusterWorld.Bytes("key"));
    private static readonly CommandContext Context = new(ClusterWorld.Genesis, ClusterWorld.Id, ClusterWorld.Vault, ClusterWorld.Account("sender"));
    private static readonly CommandBody Body = new([1, 2, 3, 4], 5, 6, new(7), new(new Runtime.Interface.Keys.X25519PublicKey(Key.PublicKey)));

    /// <inheritdoc/>
    public override string Name => "command-envelope";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [Envelope, .. Sealed(Body)], [Envelope, .. new byte[300]], [Envelope, .. Sealed(Body).AsSpan(0, 60)],
        [Content, .. Padded(Body)], [Content, .. Padded(Body with { Message = [.. new byte[300]] })], [Content, .. Padded(Body with { ReplyKey = default })],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<EnvelopeError>().Except([nameof(EnvelopeError.None), nameof(EnvelopeError.TooLong)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (16 << 10) + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length == 0) return new FuzzOutcome(false, nameof(EnvelopeError.Truncated));
        byte[] envelope = input[0] == Envelope ? input[1..] : SealContent(input.AsSpan(1));
        SealedCommand command = new(0, default, 1, Vec.Create<byte>(envelope));
        EnvelopeError error = CommandEnvelope.TryOpen(Context, Key, command, out CommandBody? body);
        if (error != EnvelopeError.None) return new FuzzOutcome(true, error.ToString());
        if (input[0] != Envelope && !Padded(body!).AsSpan().SequenceEqual(input.AsSpan(1))) throw new InvalidOperationException("A body has two forms.");
        return new FuzzOutcome(true, null);
    }

    private static byte[] Padded(CommandBody body)
    {
        byte[] encoded = Scale.Encode(body);
        Array.Resize(ref encoded, Padding.LengthOf(encoded.Length));
        return encoded;
    }

    private static byte[] Sealed(CommandBody body)
    {
        CommandEnvelope.Seal(Context, new(Key.PublicKey), 0, default, 1, body, ClusterWorld.Bytes("entropy"), out SealedCommand? command);
        return command!.Ciphertext.ToArray();
    }

    /// <summary>The envelope's own info and associated data, as its format says.</summary>
    private static byte[] SealContent(ReadOnlySpan<byte> content)
    {
        byte[] info = [.. ClusterWorld.Sequence([.. "phala command v1"u8]), .. Context.Genesis.AsSpan(), .. Context.Cluster.AsSpan(), .. Context.Contract.AsSpan(), 0, 0, 0, 0];
        byte[] associated = [.. Context.Sender.AsSpan(), 0, .. new byte[CommandNonce.Size], 1, 0, 0, 0, 0, 0, 0, 0], envelope = new byte[content.Length + Hpke.Overhead];
        Hpke.Seal(Key.PublicKey, info, associated, content, ClusterWorld.Bytes("entropy"), envelope);
        return envelope;
    }
}
