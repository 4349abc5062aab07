using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Clusters.Pink;

/// <summary>The extension as commands and estimates have it: nothing of the world outside.</summary>
internal sealed class CommandExtension(ClusterSecrets? root) : PinkExtension(root)
{
    private const int WorkerLength = 32;

    private protected override bool IsInTransaction => true;

    private protected override byte[] Worker => new byte[WorkerLength];

    private protected override ulong Clock => 0;

    private protected override ExtensionReply Send(CallContext call, ref ScaleReader reader) => Ok(HttpResponse.NotInCommands);

    private protected override ExtensionReply SendAll(CallContext call, ref ScaleReader reader) => new((uint)HttpFailure.NotAllowed + 1, []);

    /// <summary>sr25519 signatures are drawn at random: members would have different ones.</summary>
    private protected override byte[] SignSr25519(Sr25519KeyPair pair, ReadOnlySpan<byte> message) => [];

    private protected override ExtensionReply Remember(CallContext call, Vec<byte> key, Vec<byte> value) => Emit(call, new CacheOperation.Set(key, value));

    private protected override ExtensionReply SetExpiration(CallContext call, Vec<byte> key, ulong seconds) => Emit(call, new CacheOperation.SetExpiration(key, seconds));

    private protected override Vec<byte>? Recall(CallContext call, Vec<byte> key) => null;

    private protected override Vec<byte>? Forget(CallContext call, Vec<byte> key)
    {
        _ = Emit(call, new CacheOperation.Remove(key));
        return null;
    }

    private protected override byte[] Draw(int length) => [];

    /// <summary>What the command's workers do once it has returned.</summary>
    private static ExtensionReply Emit(CallContext call, CacheOperation operation)
    {
        call.Emit([PinkEvent.Topic], Scale.Encode<PinkEvent>(new PinkEvent.CacheOp(operation)));
        return Done;
    }
}
