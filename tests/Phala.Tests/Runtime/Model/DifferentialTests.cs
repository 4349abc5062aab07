using System.Globalization;
using Phala.Runtime.Interface.Shapes;
using Xunit;

namespace Phala.Tests.Runtime.Model;

/// <summary>Random blocks against the slow model. <c>PHALA_RANDOM_BLOCKS</c> says how many, <c>PHALA_RANDOM_SEED</c> which.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int BlocksPerChain = 30;

    /// <summary>The model knows pallets of accounts and validators; of workers it knows the queue's ticks.</summary>
    private static IEnumerable<PalletShape> Modelled => RuntimeShape.Pallets.Where(pallet => pallet.Index < 40);

    [Fact]
    public void RandomBlocksAreWhatTheModelSays()
    {
        int blocks = Setting("PHALA_RANDOM_BLOCKS", 1000), seed = Setting("PHALA_RANDOM_SEED", 3), included = 0, refused = 0;
        Reach reach = new();
        for (int made = 0, chain = 0; made < blocks; chain++)
        {
            DifferentialRun run = new((seed * 1000) + chain, reach);
            for (int at = 0; at < BlocksPerChain && made < blocks; at++, made++) run.MakeBlock();
            included += run.Included;
            refused += run.Refused;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{blocks} blocks, {included} transactions in them, {refused} refused\n{reach}"));
        Assert.InRange(included, 3 * blocks, 13 * blocks);
        string[] calls = [.. Modelled.SelectMany(pallet => pallet.Calls).Select(Reach.NameOf).Order(StringComparer.Ordinal)];
        Assert.Equal(calls, reach.Succeeded);
        // Whoever may call at all may remark.
        Assert.Equal(calls.Except(["System.remark"]), reach.Failed);
        Assert.Equal(Modelled.SelectMany(pallet => pallet.Events).Select(each => $"{each.Pallet.Name}.{each.Name}").Order(StringComparer.Ordinal), reach.Events);
        Assert.Equal(Errors(), reach.Errors);
        Assert.Equal(8, reach.Refusals.Count());
    }

    /// <summary>Every error of every pallet, and those that all pallets share as far as a call can end with them.</summary>
    private static IEnumerable<string> Errors() => Modelled
        .SelectMany(pallet => pallet.ErrorType is { } type ? Enum.GetNames(type).Select(name => $"{pallet.Name}.{name}") : [])
        .Concat(["Arithmetic: Overflow", "Arithmetic: Underflow", "BadOrigin", "CannotLookup", "ConsumerRemaining", "Token: BelowMinimum", "Token: Frozen", "Token: FundsUnavailable", "Token: NotExpendable"])
        .Order(StringComparer.Ordinal);

    private static int Setting(string name, int usual) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
