using Phala.Codec;
using Phala.Node.TxPool.Graph;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Node.TxPool;

/// <summary>The tag of a transaction that brings what a worker signed, whoever sent it. It can be read off the call, without state.</summary>
internal static class CallTag
{
    private static readonly CallShape Message = RuntimeShape.CallOf(typeof(PhalaMq.SyncOffchainMessage));
    private static readonly CallShape Session = RuntimeShape.CallOf(typeof(PhalaRegistry.RecordSession));
    private static readonly CallShape Report = RuntimeShape.CallOf(typeof(PhalaPhatContracts.ReportEntry));

    /// <summary>The tag; null where the call is another.</summary>
    public static Tag? Of(ReadOnlySpan<byte> call)
    {
        if (!Is(call, Message) && !Is(call, Session) && !Is(call, Report)) return null;
        return !Scale.Decode<RuntimeCall>(call).TryGet(out RuntimeCall? decoded) ? null : decoded switch
        {
            RuntimeCall<PhalaMq.SyncOffchainMessage> { Arguments.SignedMessage: var signed } => new Tag(Runtime.Interface.Messages.SignedMessage.PoolTag(signed.Message.Sender, signed.Sequence)),
            RuntimeCall<PhalaRegistry.RecordSession> { Arguments.Claim.Claim: var claim } => new Tag(claim.PoolTag()),
            RuntimeCall<PhalaPhatContracts.ReportEntry> { Arguments.Report: var report } => new Tag(report.PoolTag()),
            _ => null,
        };
    }

    private static bool Is(ReadOnlySpan<byte> call, CallShape shape) => call.Length >= 2 && call[0] == shape.Pallet.Index && call[1] == shape.Index;
}
