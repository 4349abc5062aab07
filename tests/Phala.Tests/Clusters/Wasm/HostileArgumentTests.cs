using System.Globalization;
using Phala.Clusters;
using Phala.Codec;
using Phala.Testing.Chain.Clusters;
using Phala.Wasm.Binary;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Clusters.Wasm;

/// <summary>Any arguments of any function of the host give a result: at the ends of memory and of numbers, overlapping, and far too long. <c>PHALA_HOSTILE_CALLS</c> says how many calls.</summary>
public sealed class HostileArgumentTests(ITestOutputHelper output)
{
    private const int MemoryEnd = ProbeContract.Pages * 65_536, Most = 8;
    private static readonly int Calls = int.Parse(Environment.GetEnvironmentVariable("PHALA_HOSTILE_CALLS") ?? "6000", CultureInfo.InvariantCulture);
    private static readonly long[] Edges =
    [
        0, 1, 2, 15, 16, 31, 32, 33, 64, 127, 128, 129, 255, 256, 0x1000, 65_535, 65_536, MemoryEnd - 33, MemoryEnd - 32, MemoryEnd - 4, MemoryEnd - 1, MemoryEnd, MemoryEnd + 1, 1 << 20, (1 << 20) + 1,
        int.MaxValue - 1, int.MaxValue, int.MinValue, -1, -2, -32, long.MaxValue, long.MinValue, ProbeScript.OutputAt, ProbeScript.OutputAt - 4,
    ];

    [Fact]
    public void Nothing_passes_the_border()
    {
        ProbeWorld world = new();
        Random random = new(9);
        SortedDictionary<OutcomeStatus, int> commands = [];
        HashSet<int> returned = [];
        int queries = 0;
        for (int call = 0; call < Calls;)
        {
            ProbeScript script = new ProbeScript().Write(ProbeScript.OutputAt - 4, BitConverter.GetBytes((int)Pick(random))).Write(0x100, ClusterWorld.Bytes($"{random.Next(50)}")).Write(0x300, ProbeWorld.Second.AsSpan());
            int function = random.Next(ProbeContract.Functions.Count), count = random.Next(4) == 0 ? random.Next(2, Most) : 1;
            for (int at = 0; at < count; at++, call++) script.Call(function, [.. Arguments(random, function)]);
            byte[] bytes = script.End();
            if (random.Next(3) == 0)
            {
                QueryOutcome answer = world.World.View().Ask(ProbeWorld.First, new InkQueryData.InkMessage(Vec.Create<byte>(bytes), 0, 0, random.Next(2) == 0), ProbeWorld.Alice, 50_000_000_000).Outcome;
                Assert.IsType<QueryOutcome.Returned>(answer);
                queries++;
                continue;
            }

            Outcome outcome = world.Run(out EntryResult result, bytes, gas: 50_000_000_000);
            Assert.Null(result.Fault);
            commands[outcome.Status] = commands.GetValueOrDefault(outcome.Status) + 1;
            if (outcome.Status == OutcomeStatus.Succeeded) returned.Add(function);
            if (!world.World.View().HasContract(ProbeWorld.First)) world.World.Apply(ProbeWorld.Instantiate(0));
        }

        output.WriteLine($"{Calls} calls: {string.Join(", ", commands.Select(pair => $"{pair.Key} {pair.Value}"))}, {queries} queries; {returned.Count} of {ProbeContract.Functions.Count} functions returned");
        Assert.True(commands.Count >= 3 && returned.Count > 3 * ProbeContract.Functions.Count / 4, $"{returned.Count} of {ProbeContract.Functions.Count}");
    }

    private static IEnumerable<long> Arguments(Random random, int function)
    {
        bool mild = random.Next(2) == 0;
        foreach (ValueKind _ in ProbeContract.TypeOf(function).Parameters.ToArray()) yield return mild ? random.Next(3) == 0 ? random.Next(64) : 0x100 * random.Next(1, 5) : Pick(random);
    }

    private static long Pick(Random random) => Edges[random.Next(Edges.Length)];
}
