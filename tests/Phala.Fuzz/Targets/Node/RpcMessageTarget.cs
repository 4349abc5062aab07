using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Node.Metrics;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Messages;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>
/// Bytes as a message, through to the reply, which must be JSON of the right form. The bytes are turned into printable ones, so that most mutants get past the check of
/// UTF-8; past the outermost check is what opens an object or an array.
/// </summary>
public sealed class RpcMessageTarget : FuzzTarget
{
    private const int MaxResponseSize = 2000;
    private readonly Dispatcher _dispatcher = MakeDispatcher();

    /// <inheritdoc/>
    public override string Name => "rpc-message";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. new[]
    {
        """{"jsonrpc":"2.0","id":1,"method":"add","params":[2,3]}""",
        """{"jsonrpc":"2.0","id":"a\u0041b","method":"ad\u0064","params":{"second":1,"first":7}}""",
        """{"jsonrpc":"2.0","id":1,"method":"text","params":[1900]}""",
        """{"jsonrpc":"2.0","id":1,"method":"text","params":[19000]}""",
        """{"id":-1.5e3,"params":null,"more":[{},[],true],"method":"echo","jsonrpc":"2.0"}""",
        """{"jsonrpc":"2.0","method":"echo"}""",
        """{"jsonrpc":"2.0","id":1,"method":"missing"}""",
        """[{"jsonrpc":"2.0","id":1,"method":"echo","params":[[1,"x"]]},{"jsonrpc":"2.0","id":2,"method":"add","params":[1]}]""",
        """[1,2,3,4]""",
        """[{"jsonrpc":"2.0","id":1,"method":"text","params":[1500]},{"jsonrpc":"2.0","id":2,"method":"text","params":[1500]}]""",
    }.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [.. new[] { -32700, -32600, -32601, -32602, -32008, -32010, -32011 }.Select(code => code.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 32_768 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        byte[] text = Array.ConvertAll(input, each => (byte)Math.Max(each & 0x7F, (int)' '));
        using Exchange exchange = new(new Caller(Protocol.Http, null), new RpcCall(null, mayUseUnsafe: false));
        ValueTask answering = _dispatcher.ExecuteAsync(text, exchange);
        if (!answering.IsCompletedSuccessfully) throw new InvalidOperationException("No method waits, and yet the reply does.");
        if (exchange.Reply.Length > MaxResponseSize + 512) throw new InvalidOperationException("The reply is longer than the limit.");
        bool passed = new JsonScanner(text).Peek() is (byte)'{' or (byte)'[';
        return new FuzzOutcome(passed, Verdict(exchange.Reply.Written));
    }

    // The error's code; null for a result, for a batch of replies and for no reply.
    private static string? Verdict(ReadOnlyMemory<byte> reply)
    {
        if (reply.IsEmpty) return null;
        using JsonDocument document = JsonDocument.Parse(reply);
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement each in document.RootElement.EnumerateArray()) Check(each);
            return null;
        }

        Check(document.RootElement);
        return document.RootElement.TryGetProperty("error"u8, out JsonElement error) ? error.GetProperty("code"u8).GetInt32().ToString(CultureInfo.InvariantCulture) : null;
    }

    private static void Check(JsonElement reply)
    {
        bool isWhole = reply.GetProperty("jsonrpc"u8).ValueEquals("2.0"u8) && reply.TryGetProperty("id"u8, out _)
            && reply.TryGetProperty("result"u8, out _) != reply.TryGetProperty("error"u8, out _);
        if (!isWhole) throw new InvalidOperationException("The reply is no reply.");
    }

    private static Dispatcher MakeDispatcher()
    {
        RpcRegistry registry = new();
        registry.Method("add", RpcAccess.Safe, (call, result) =>
        {
            if (!(call.Parameters.TryUInt32("first", out uint first) && call.Parameters.TryUInt32("second", out uint second))) return call.Parameters.Error;
            result.WriteNumberValue((ulong)first + second);
            return null;
        });
        registry.Method("text", RpcAccess.Safe, (call, result) =>
        {
            if (!call.Parameters.TryUInt32("length", out uint length)) return call.Parameters.Error;
            result.WriteStringValue(new string('x', (int)Math.Min(length, 4 * MaxResponseSize)));
            return null;
        });
        registry.Method("echo", RpcAccess.Safe, (call, result) =>
        {
            if (!call.Parameters.TryJson("value", out byte[] json)) return call.Parameters.Error;
            result.WriteRawValue(json);
            return null;
        });
        MethodTable methods = registry.Freeze();
        RpcOptions options = new() { MaxBatchLength = 3, MaxResponseSize = MaxResponseSize };
        return new Dispatcher(methods, options, new RpcMetrics(new MetricRegistry(), methods.Names), TimeProvider.System, NullLogger.Instance);
    }
}
