using System.Text.Json;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>transaction_v1_*</c>: keeps a transaction in the pool until the caller says stop, or is gone. What becomes of it the caller sees in the chain.</summary>
internal sealed class TransactionMethods(NodeContext context)
{
    private static readonly RpcError UnknownOperation = new(RpcErrorCode.InvalidParams, "Invalid operation id");

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("transaction_v1_broadcast", RpcAccess.Safe, Broadcast);
        registry.Method("transaction_v1_stop", RpcAccess.Safe, Stop);
    }

    /// <summary>Answers null where nothing is broadcast: too many are, the bytes have no length before them, or there is no connection whose end would end it.</summary>
    private RpcError? Broadcast(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryHex("transaction", out byte[] bytes)) return call.Parameters.Error;
        string? id = null;
        if (call.Session is { } session && Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic))
        {
            id = session.State(() => new Broadcasts(context.Entropy, session.Closed)).TryBegin(context.Pool, extrinsic);
        }

        if (id is null) result.WriteNullValue();
        else result.WriteStringValue(id);
        return null;
    }

    private RpcError? Stop(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryString("operationId", out string id)) return call.Parameters.Error;
        if (call.Session is not { } session || !session.State(() => new Broadcasts(context.Entropy, session.Closed)).TryEnd(id)) return UnknownOperation;
        result.WriteNullValue();
        return null;
    }

    /// <summary>The broadcasts of one connection, which end with it.</summary>
    private sealed class Broadcasts
    {
        private const int Limit = 16;
        private readonly Lock _gate = new();
        private readonly Dictionary<string, TransactionBroadcast> _running = new(StringComparer.Ordinal);
        private readonly Action<Span<byte>> _entropy;
        private bool _isClosed;

        public Broadcasts(Action<Span<byte>> entropy, CancellationToken closed)
        {
            _entropy = entropy;
            closed.Register(EndAll);
        }

        public string? TryBegin(TransactionPool pool, OpaqueExtrinsic extrinsic)
        {
            lock (_gate)
            {
                if (_isClosed || _running.Count >= Limit || !pool.TryBroadcast(extrinsic, out TransactionBroadcast? broadcast)) return null;
                string id = Messages.SubscriptionId.Make(_entropy);
                _running.Add(id, broadcast);
                return id;
            }
        }

        public bool TryEnd(string id)
        {
            lock (_gate)
            {
                if (!_running.Remove(id, out TransactionBroadcast? broadcast)) return false;
                broadcast.Dispose();
                return true;
            }
        }

        private void EndAll()
        {
            lock (_gate)
            {
                _isClosed = true;
                foreach (TransactionBroadcast broadcast in _running.Values) broadcast.Dispose();
                _running.Clear();
            }
        }
    }
}
