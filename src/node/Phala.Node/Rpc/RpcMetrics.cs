using Phala.Node.Metrics;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc;

/// <summary>
/// Counts calls and sessions under Substrate's names. A series belongs to a registered method or to <c>unknown</c>, so that no caller can make new ones; all are
/// found by index, without a look-up on the way of a call.
/// </summary>
internal sealed class RpcMetrics
{
    private const string Unknown = "unknown";
    private static readonly string[] Protocols = ["http", "ws"], Flags = ["false", "true"];
    private static readonly double[] Buckets = [5, 25, 100, 500, 1_000, 2_500, 10_000, 25_000, 100_000, 1_000_000, 10_000_000];

    private readonly Counter[] _started, _finished;
    private readonly Histogram[] _time;
    private readonly Counter _opened, _closed, _cutOff, _failed;
    private readonly Histogram _sessionTime;
    private readonly int _unknown;

    public RpcMetrics(MetricRegistry registry, IReadOnlyList<string> methods)
    {
        _unknown = methods.Count;
        string[] names = [.. methods, Unknown];
        MetricFamily<Counter> started = registry.Counters("substrate_rpc_calls_started", "Number of received RPC calls (unique un-batched requests)", "protocol", "method");
        MetricFamily<Counter> finished = registry.Counters(
            "substrate_rpc_calls_finished", "Number of processed RPC calls (unique un-batched requests)", "protocol", "method", "is_error", "is_rate_limited");
        MetricFamily<Histogram> times = registry.Histograms("substrate_rpc_calls_time", "Total time [μs] of processed RPC calls", Buckets, "protocol", "method", "is_rate_limited");
        var calls = names.SelectMany(_ => Protocols, (method, protocol) => (method, protocol)).ToArray();
        _started = [.. calls.Select(call => started.With(call.protocol, call.method))];
        _finished = [.. calls.SelectMany(_ => Flags, (call, isError) => (call, isError))
            .SelectMany(_ => Flags, (pair, isLimited) => finished.With(pair.call.protocol, pair.call.method, pair.isError, isLimited))];
        _time = [.. calls.SelectMany(_ => Flags, (call, isLimited) => times.With(call.protocol, call.method, isLimited))];
        _opened = registry.Counter("substrate_rpc_sessions_opened", "Number of persistent RPC sessions opened");
        _closed = registry.Counter("substrate_rpc_sessions_closed", "Number of persistent RPC sessions closed");
        _sessionTime = registry.Histograms("substrate_rpc_sessions_time", "Total time [s] for each websocket session", Buckets, "protocol").With(Protocols[1]);
        _cutOff = registry.Counter("phala_rpc_sessions_cut_off", "Number of RPC sessions that were closed because their reader was too slow");
        _failed = registry.Counter("phala_rpc_handlers_failed", "Number of RPC calls that failed by a fault of the node");
    }

    public void CallStarted(Exchange exchange) => _started[Index(exchange)].Increment();

    public void CallFinished(Exchange exchange, bool isError, TimeSpan elapsed)
    {
        int call = Index(exchange), limited = exchange.WasRateLimited ? 1 : 0;
        _finished[(4 * call) + (isError ? 2 : 0) + limited].Increment();
        _time[(2 * call) + limited].Observe(elapsed.TotalMicroseconds);
    }

    public void HandlerFailed() => _failed.Increment();

    public void SessionOpened() => _opened.Increment();

    public void SessionClosed(TimeSpan elapsed)
    {
        _closed.Increment();
        _sessionTime.Observe(elapsed.TotalSeconds);
    }

    public void SessionCutOff() => _cutOff.Increment();

    private int Index(Exchange exchange) => (2 * (exchange.Method?.Index ?? _unknown)) + (int)exchange.Caller.Protocol;
}
