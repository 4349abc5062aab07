using System.Globalization;

namespace Phala.Fuzz.CompileTime;

/// <summary>A function to compile: phrases in a row, over and over, with so many local variables and within so many blocks.</summary>
/// <param name="Phrases">The phrases of one round.</param>
/// <param name="Rounds">How often they are written.</param>
/// <param name="Locals">Local variables, of all number types by turns.</param>
/// <param name="LocalStep">How far the next phrase moves on among them.</param>
/// <param name="Nesting">Blocks around each round.</param>
/// <param name="LoopsOfNesting">Whether those blocks are loops.</param>
/// <param name="Arity">Parameters and results of the calls and blocks of many.</param>
/// <param name="Operands">Operands that are on the stack at once.</param>
public sealed record CodeShape(
    IReadOnlyList<CodePhrase> Phrases, int Rounds, int Locals, int LocalStep = 1, int Nesting = 0, bool LoopsOfNesting = false, int Arity = 1, int Operands = 4)
{
    private const int MostPhrases = 6, MostArity = 32, MostOperands = 200, MostNesting = 500;

    private static readonly CodePhrase[] Kinds = Enum.GetValues<CodePhrase>();

    /// <summary>Any shape.</summary>
    public static CodeShape Any(Random random) => new(
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Kinds[random.Next(Kinds.Length)])],
        Size(random, 2_000), Size(random, 3_000), random.Next(1, 8), random.Next(4) == 0 ? Size(random, MostNesting) : 0, random.Next(2) == 0, Size(random, MostArity), Size(random, MostOperands));

    /// <summary>A shape that differs in one or two respects.</summary>
    public CodeShape Mutate(Random random)
    {
        CodeShape shape = this;
        for (int i = random.Next(1, 3); i > 0; i--) shape = shape.MutateOnce(random);
        return shape;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"new([{string.Join(", ", Phrases.Select(phrase => $"CodePhrase.{phrase}"))}], {Rounds}, {Locals}, {LocalStep}, {Nesting}, {(LoopsOfNesting ? "true" : "false")}, {Arity}, {Operands})");

    private CodeShape MutateOnce(Random random) => random.Next(10) switch
    {
        0 => this with { Phrases = [.. Phrases.Take(MostPhrases - 1), Kinds[random.Next(Kinds.Length)]] },
        1 when Phrases.Count > 1 => this with { Phrases = [.. Phrases.Skip(1)] },
        2 => this with { Phrases = [Kinds[random.Next(Kinds.Length)], .. Phrases.Skip(1)] },
        3 => this with { Locals = Vary(random, Locals, 3_900) },
        4 => this with { LocalStep = Vary(random, LocalStep, 64) },
        5 => this with { Nesting = Nesting == 0 ? random.Next(1, 20) : random.Next(4) == 0 ? 0 : Vary(random, Nesting, MostNesting) },
        6 => this with { LoopsOfNesting = !LoopsOfNesting },
        7 => this with { Arity = Vary(random, Arity, MostArity) },
        8 => this with { Operands = Vary(random, Operands, MostOperands) },
        _ => this with { Rounds = Vary(random, Rounds, 4_000) },
    };

    /// <summary>A number whose order of magnitude is random.</summary>
    private static int Size(Random random, int most) => (int)Math.Pow(most, random.NextDouble());

    private static int Vary(Random random, int value, int most) => Math.Clamp((int)(value * (0.5 + (1.5 * random.NextDouble()))) + random.Next(-1, 2), 1, most);
}
