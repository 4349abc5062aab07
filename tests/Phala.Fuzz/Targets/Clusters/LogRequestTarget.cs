using System.Globalization;
using System.Text;
using Phala.Chain;
using Phala.Clusters;
using Phala.Clusters.Logs;
using Phala.Clusters.Queries;
using Phala.Codec;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Queries;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>
/// What is asked of a cluster's log. An input says who asks, and names members and values of a JSON object, two bytes each; or it is the request itself. Past the outermost check is what is JSON.
/// </summary>
internal sealed class LogRequestTarget : FuzzTarget
{
    private const byte Raw = 0xff;
    private const string InvalidInput = nameof(InvalidInput);

    private static readonly string[] Names = ["contract", "from", "count", "blockNumber", "action", "more"];

    private static readonly string[] Values =
    [
        "0", "1", "-1", "-5", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "4294967295", "4294967296", "1.5", "1e3", "null", "true", "\"\"", "\"GetInfo\"", "\"GetLog\"",
        $"\"{ClusterWorld.Vault}\"", "\"\\ud800\"", "[]", "{}", "[[[[[[[[[]]]]]]]]]",
    ];

    private static readonly ClusterView View = MakeView();

    /// <inheritdoc/>
    public override string Name => "log-request";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0], [1, 4, 14], [0, 0, 16, 1, 3, 2, 1], [1, 1, 5, 2, 6, 3, 7], [0, 4, 17], [1, 0, 17], [Raw, .. "{\"action\":\"GetLog\",\"from\":-3}"u8], [1, 5, 20, 1, 2],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [InvalidInput];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (256 << 10) + (256L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        bool isRaw = input.Length > 0 && input[0] == Raw;
        byte[] request = isRaw ? input[1..] : Written(input);
        AccountId? caller = (input.Length == 0 ? 0 : input[0] % 3) switch { 0 => ClusterWorld.Owner, 1 => ClusterWorld.Account("alice"), _ => null };
        QueryRun run = View.Query(ClusterWorld.System, new InkQueryData.SidevmQuery(Vec.Create<byte>(request)), caller, 0);
        string answer = Encoding.UTF8.GetString(((QueryOutcome.Returned)run.Outcome).Data.AsSpan());
        bool isRefused = answer == "{\"error\":\"Invalid input\"}";
        if (!isRefused && !answer.StartsWith("{\"records\":[", StringComparison.Ordinal) && !answer.StartsWith("{\"programVersion\":", StringComparison.Ordinal)) throw new InvalidOperationException(answer);
        return new FuzzOutcome(!isRaw || !isRefused, isRefused ? InvalidInput : null);
    }

    private static byte[] Written(byte[] input)
    {
        Dictionary<string, string> members = new() { ["action"] = "\"GetLog\"" };
        for (int at = 1; at + 2 <= input.Length; at += 2) members[Names[input[at] % Names.Length]] = Values[input[at + 1] % Values.Length];
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{{string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}"))}}}"));
    }

    private static ClusterView MakeView()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        LogRing log = new();
        for (int number = 0; number < 8; number++)
        {
            EntryResult result = world.Apply(ClusterWorld.Plain(ClusterWorld.Account("alice"), ClusterWorld.Vault, ClusterWorld.Call("store", ClusterWorld.Text($"{number}"), ClusterWorld.Sequence([1]))));
            log.Add(result.Journal, isOfQuery: number % 2 == 0);
        }

        return world.View(TestHost.Nothing with { Log = log });
    }
}
