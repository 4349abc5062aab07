using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Phala.Contracts.Analyzers.Analysis;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>Each rule of contracts: what it says, and that it says it where the mistake stands.</summary>
public sealed class RuleTests
{
    private const string Head = "using System; using System.Collections.Generic; using System.Linq; using Phala.Contracts; using Phala.Contracts.Queries; using Phala.Contracts.Storage; namespace Sample;\npublic enum E : byte { A, B }\n";

    /// <summary>Rule, the text at the place, the message, the members of a contract.</summary>
    public static TheoryData<string, string, string, string> Members => new()
    {
        { "PHC004", "price", "'price' has the type 'double', which can't cross a contract's border or be stored: floating point is not the same on every machine; count smaller units in a whole number", "[Command] public void M(double price) { }" },
        { "PHC004", "items", "'items' has the type 'List<int>', which can't cross a contract's border or be stored: use an array", "[Command] public void M(List<int> items) { }" },
        { "PHC004", "Prices", "'Prices' has the type 'Dictionary<string, int>', which can't cross a contract's border or be stored: use an array of tuples, or a Map in storage", "private partial Value<Dictionary<string, int>> Prices { get; }" },
        { "PHC004", "Get", "'Get' has the type 'object', which can't cross a contract's border or be stored: use a positional record, an enum, an array, a tuple or a number", "[Query] public object Get() => this;" },
        { "PHC005", "get", "'get' has the name 'get' or the selector of 'Get': give one of them another name", "[Query] public int Get() => 1; [Query] public int get() => 2;" },
        { "PHC006", "_count", "'_count' is forgotten when the call ends: make it a partial property of type Value<T>, Map<TKey, TValue> or Vector<T>", "private int _count;" },
        { "PHC006", "Count", "'Count' is forgotten when the call ends: make it a partial property of type Value<T>, Map<TKey, TValue> or Vector<T>", "public int Count { get; set; }" },
        { "PHC007", "B", "'B' is stored where 'A' is: give one of them another name with [StorageKey]", "private partial Value<int> A { get; } [StorageKey(\"a\")] private partial Value<int> B { get; }" },
        { "PHC011", "M", "'M' must be public, of the object, without type parameters and without ref, in, out or params parameters", "[Command] internal void M() { }" },
        { "PHC011", "M", "'M' must be public, of the object, without type parameters and without ref, in, out or params parameters", "[Query] public void M(ref int a) { }" },
        { "PHC012", "context", "'M' is computed by all workers alike and can't take a QueryContext: make what needs one a query, and let its answer be an argument of the command", "[Command] public void M(QueryContext context) { }" },
        { "PHC013", "Count", "'Count' must be a partial property of the object with nothing but a getter", "private Value<int> Count { get; } = null!;" },
        { "PHC016", "M", "'set-it' must be letters, digits and underscores, a digit not first: tools make names of functions of it", "[Command(\"set-it\")] public void M() { }" },
        { "PHC016", "M", "'' must be letters, digits and underscores, a digit not first: tools make names of functions of it", "[Query(\"\")] public int M() => 1;" },
        { "PHC101", "double half = 0.5", "'half = 0.5' is floating point, which is not the same on every machine: count smaller units in a whole number, such as cents in a ulong", "[Query] public int M(int a) { double half = 0.5; return a; }" },
        { "PHC101", "Half", "'Half' is floating point, which is not the same on every machine: count smaller units in a whole number, such as cents in a ulong", "private static decimal Half() => default;" },
        { "PHC101", "a * 0.5", "'a * 0.5' is floating point, which is not the same on every machine: count smaller units in a whole number, such as cents in a ulong", "[Query] public int M(int a) => (int)(a * 0.5);" },
        { "PHC102", "System.Threading.Thread.Sleep(1)", "'Thread.Sleep' belongs to threads and tasks, but a call of a contract runs alone, from its beginning to its end: call the method directly", "[Command] public void M() { System.Threading.Thread.Sleep(1); }" },
        { "PHC102", "lock", "'lock' belongs to threads and tasks, but a call of a contract runs alone, from its beginning to its end: call the method directly", "[Command] public void M() { lock (this) { } }" },
        { "PHC103", "System.IO.File.Delete(\"a\")", "'File.Delete' reaches the machine, which contracts have no way to: use storage, Log, or QueryContext.Http in a query", "[Command] public void M() { System.IO.File.Delete(\"a\"); }" },
        { "PHC103", "Console.WriteLine(1)", "'Console.WriteLine' reaches the machine, which contracts have no way to: use storage, Log, or QueryContext.Http in a query", "[Command] public void M() { Console.WriteLine(1); }" },
        { "PHC104", "DateTime.UtcNow", "'DateTime.UtcNow' is the machine's time, which differs from worker to worker: use Now, the block's time, or QueryContext.Clock in a query", "[Query] public bool M() => DateTime.UtcNow == default;" },
        { "PHC105", "Guid.NewGuid()", "'Guid.NewGuid' differs from worker to worker: use QueryContext.Random in a query, and let its answer be an argument of a command", "[Query] public bool M() => Guid.NewGuid() == default;" },
        { "PHC105", "new Random()", "'Random' differs from worker to worker: use QueryContext.Random in a query, and let its answer be an argument of a command", "[Query] public bool M() => new Random() == null;" },
        { "PHC106", "GetType()", "'Object.GetType' looks at code while it runs, but a compiled contract has no types to look at: write the code for each type", "[Query] public bool M() => GetType() == null;" },
        { "PHC107", "_count", "'_count' is shared and can change, but each call begins anew: keep it in storage, as a partial property of type Value<T>", "private static int _count;" },
        { "PHC107", "Table", "'Table' is shared and can change, but each call begins anew: keep it in storage, as a partial property of type Value<T>", "private static readonly int[] Table = new int[2];" },
        { "PHC107", "Seen", "'Seen' is shared and can change, but each call begins anew: keep it in storage, as a partial property of type Value<T>", "private static readonly List<int> Seen = new();" },
        { "PHC107", "Last", "'Last' is shared and can change, but each call begins anew: keep it in storage, as a partial property of type Value<T>", "private static Counter Last { get; } = new(); private sealed class Counter { public int Count { get; set; } }" },
        { "PHC108", "prices", "the order of 'prices' is not fixed on .NET, so that what follows from it can differ from the compiled contract: iterate over an array or a List", "[Query] public int M() { Dictionary<int, int> prices = new(); int sum = 0; foreach (var each in prices) sum += each.Key; return sum; }" },
        { "PHC109", "On.Set(true)", "'Set' changes something, but what the query 'M' changes is dropped: make it a command", "private partial Value<bool> On { get; } [Query] public void M() => On.Set(true);" },
        { "PHC109", "Ages[1]", "'the indexer' changes something, but what the query 'M' changes is dropped: make it a command", "private partial Map<int, int> Ages { get; } [Query] public void M() { Grow(); } private void Grow() => Ages[1] += 2;" },
        { "PHC110", "Require(false, E.A)", "'Require' ends with an error of the contract, but 'M' does not return one: mark it with [Query(Fails = true)]", "[Query] public void M() => Check(); private void Check() => Require(false, E.A);" },
        { "PHC111", "try", "'try' can't be compiled: what is thrown ends the call and undoes what it changed, so there is nothing to handle; test the condition before", "[Command] public void M() { try { M(); } catch { } }" },
        { "PHC112", "yield", "'yield' can't be compiled: fill an array or a List", "private static IEnumerable<int> M() { yield return 1; }" },
        { "PHC113", "new int[1].Sum()", "'Enumerable.Sum' is LINQ, which can't be compiled: write a loop", "[Query] public int M() => new int[1].Sum();" },
        { "PHC113", "from", "'from' is LINQ, which can't be compiled: write a loop", "private static object M(int[] a) => from each in a select each;" },
        { "PHC114", "Phala.Contracts.Hosting.Entry.Revert(\"a\")", "'Entry.Revert' is for generated code: use what Contract and its properties give", "[Command] public void M() => Phala.Contracts.Hosting.Entry.Revert(\"a\");" },
        { "PHC115", "default(QueryContext)", "a QueryContext is given to queries as a parameter, and can't be made: take it from the parameter", "[Command] public void M() => Ask(default(QueryContext)!); private static void Ask(QueryContext context) { }" },
        { "PHC115", "System.Runtime.CompilerServices.Unsafe.As<QueryContext>(this)", "a QueryContext is given to queries as a parameter, and can't be made: take it from the parameter", "[Command] public void M() => System.Runtime.CompilerServices.Unsafe.As<QueryContext>(this).Http.Get(\"a\");" },
        { "PHC115", "null", "a QueryContext is given to queries as a parameter, and can't be made: take it from the parameter", "[Command] public void M() => Ask(null!); private static void Ask(QueryContext context) { }" },
    };

    /// <summary>Rule, the text at the place, the message, whole declarations.</summary>
    public static TheoryData<string, string, string, string> Declarations => new()
    {
        { "PHC001", "C", "'C' must be a sealed partial class without type parameters or a primary constructor, not inside of another, derived from Contract or Contract<TError>", "[Contract] public partial class C : Contract { [Constructor] public C() { } }" },
        { "PHC001", "C", "'C' must be a sealed partial class without type parameters or a primary constructor, not inside of another, derived from Contract or Contract<TError>", "[Contract] public sealed partial class C { [Constructor] public C() { } }" },
        { "PHC002", "D", "'D' is the second contract of this assembly, but a module has the entry points of one: put it into a project of its own", "[Contract] public sealed partial class C : Contract { [Constructor] public C() { } } [Contract] public sealed partial class D : Contract { [Constructor] public D() { } }" },
        { "PHC003", "C", "'C' can't be made from outside: mark a constructor with [Constructor]", "[Contract] public sealed partial class C : Contract { }" },
        { "PHC008", "I", "'I' must be a partial interface of methods alone, without type parameters, not inside of a type", "[ContractInterface] public interface I { [Command] void M(); }" },
        { "PHC008", "I", "'I' must be a partial interface of methods alone, without type parameters, not inside of a type", "[ContractInterface] public partial interface I { void M(); }" },
        { "PHC009", "Happened", "'Happened' must be a partial positional record without type parameters, not inside of a type, with at most 3 topics", "[Event] public partial record Happened { public int A { get; init; } }" },
        { "PHC009", "Happened", "'Happened' must be a partial positional record without type parameters, not inside of a type, with at most 3 topics", "[Event] public partial record Happened([Topic] int A, [Topic] int B, [Topic] int D, [Topic] int F);" },
        { "PHC010", "Wide", "'Wide' must be an enum whose members have numbers from 0 to 255, each another", "public enum Wide { A = 256 } [Contract] public sealed partial class C : Contract<Wide> { [Constructor] public C() { } }" },
        { "PHC014", "M", "'M' says that it fails, but 'C' has no errors: derive it from Contract<TError>, or name the enum in [ContractInterface(Error = ...)]", "[Contract] public sealed partial class C : Contract { [Constructor] public C() { } [Query(Fails = true)] public void M() { } }" },
        { "PHC015", "C", "'C' has other errors than 'I', whose callers would misread them: use the same enum", "public enum F { A } [ContractInterface(Error = typeof(F))] public partial interface I { [Command] void M(); } [Contract] public sealed partial class C : Contract<E>, I { [Constructor] public C() { } public void M() { } }" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public Task A_mistake_in_a_contract_is_explained_where_it_stands(string id, string place, string message, string members) =>
        Check(id, place, message, $"[Contract] public sealed partial class C : Contract<E> {{ [Constructor] public C() {{ }} {members} }}");

    [Theory]
    [MemberData(nameof(Declarations))]
    public Task A_mistake_in_a_declaration_is_explained_where_it_stands(string id, string place, string message, string declarations) => Check(id, place, message, declarations);

    [Fact]
    public void Every_rule_is_tested_and_explained()
    {
        string[] tested = [.. Members.Concat(Declarations).Select(row => row.Data.Item1).Distinct().Order(StringComparer.Ordinal)];
        string[] rules = [.. File.ReadLines(Repository.Path("src/contracts/Phala.Contracts.Analyzers/AnalyzerReleases.Unshipped.md")).Where(line => line.StartsWith("PHC", StringComparison.Ordinal)).Select(line => line[..6])];
        Assert.Equal(rules, tested);
        string page = File.ReadAllText(Repository.Path("docs/guides/contract-rules.md"));
        Findings.None(rules.Where(rule => !page.Contains($"\n### {rule}\n", StringComparison.Ordinal)));
        Assert.All(new ContractAnalyzer().SupportedDiagnostics, rule => Assert.Equal($"docs/guides/contract-rules.md#{rule.Id.ToLowerInvariant()}", rule.HelpLinkUri));
    }

    /// <summary>A mistake is one error: what is generated is there for the rest of the author's code to be understood.</summary>
    [Theory]
    [InlineData("PHC005", "[Command] public void M() { } [Command] public void M(int a) { }")]
    [InlineData("PHC006", "private readonly int _count;")]
    [InlineData("PHC007", "private partial Value<int> A { get; } [StorageKey(\"a\")] private partial Value<int> B { get; }")]
    [InlineData("PHC004", "[Query] public List<int> M() => new();")]
    [InlineData("PHC011", "[Command] internal void M() { }")]
    [InlineData("PHC012", "[Command] public void M(QueryContext context) { }")]
    [InlineData("PHC016", "[Command(\"a b\")] public void M() { }")]
    public async Task A_mistake_is_the_only_error(string id, string members)
    {
        string source = Head + "[ContractInterface] public partial interface I { [Query] int Ask(); } [Event] public readonly partial record struct Happened(int A);"
            + "[Contract] public sealed partial class C : Contract<E> { private partial Value<AccountId> Owner { get; } [Constructor] public C() => Require(Owner.Get() == Caller, E.A);"
            + $" [Command] public void Tell(AccountId to) => Emit(new Happened(I.At(to).Ask())); {members} }}";
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> compiled) = await RuleRun.RunAsync(source, TestContext.Current.CancellationToken);
        Assert.Equal(id, Assert.Single(reported).Id);
        Assert.DoesNotContain(compiled, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_type_that_could_not_be_read_is_not_taken_for_one_that_contains_itself()
    {
        string source = Head + "public record Bad(double A); [Contract] public sealed partial class C : Contract<E> { [Constructor] public C() { } [Command] public void M(Bad a) { } [Command] public void N(Bad a) { } }";
        ImmutableArray<Diagnostic> reported = (await RuleRun.RunAsync(source, TestContext.Current.CancellationToken)).Reported;
        Assert.Equal(2, reported.Count(diagnostic => diagnostic.Id == "PHC004" && diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("floating point", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Types_whose_names_differ_in_where_a_dot_stands_have_encodings_of_their_own()
    {
        const string Types = "namespace Sample.A { public record B_C(int X); } namespace Sample.A_B { public record C(string X); } namespace Sample {";
        string source = Head + "}" + Types + "[Contract] public sealed partial class D : Contract<E> { private partial Value<A.B_C> One { get; } private partial Value<A_B.C> Two { get; } [Constructor] public D(A.B_C a, A_B.C b) { One.Set(a); Two.Set(b); } } }";
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> compiled) = await RuleRun.RunAsync(source.Replace("namespace Sample;", "namespace Sample {", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Empty(reported);
        Assert.Empty(compiled);
    }

    [Fact]
    public async Task Assemblies_without_a_contract_may_do_as_they_like()
    {
        ImmutableArray<Diagnostic> reported = (await RuleRun.RunAsync(Head + "public static class Tool { public static double Now = DateTime.UtcNow.Ticks / 2.0; }", TestContext.Current.CancellationToken)).Reported;
        Assert.Empty(reported);
    }

    [Fact]
    public async Task Good_contracts_are_left_alone_and_what_is_generated_compiles()
    {
        const string Good = """
            public readonly record struct Pair(int A, string? B);
            [Event] public readonly partial record struct Happened([Topic] Pair What, byte[]? Why);
            [ContractInterface("Things")] public partial interface IThings { [Command] void Put(Pair[] pairs); [Query] (int, Pair?) First(string name, AccountId? of); }
            [Contract] public sealed partial class C : Contract<E>, IThings
            {
                private const int Most = 5;
                private static readonly string Name = "name";
                private partial Map<(string, int), Pair[]> Things { get; }
                internal partial Vector<string?> Names { get; }
                [Constructor] public C(ulong[][] numbers) => Require(numbers.Length < Most, E.A);
                public void Put(Pair[] pairs) { Things[(Name, 1)] = pairs; Emit(new Happened(pairs[0], null)); }
                public (int, Pair?) First(string name, AccountId? of) => (Things[(name, 1)].Length, null);
                [Query] public ulong Ask(string a, QueryContext context, int b) => context.Clock.UntrustedMilliseconds;
                [Command] public void Forward(AccountId to) => IThings.At(to, value: 5).Put(new Pair[0]);
            }
            """;
        (ImmutableArray<Diagnostic> reported, ImmutableArray<Diagnostic> compiled) = await RuleRun.RunAsync(Head + Good, TestContext.Current.CancellationToken);
        Assert.Empty(reported);
        Assert.Empty(compiled);
    }

    [Fact]
    public void Edits_of_bodies_generate_nothing_again()
    {
        const string Body = "[Contract] public sealed partial class C : Contract {{ [Constructor] public C() {{ }} [Query] public int Get() => {0}; }}";
        GeneratorDriver driver = RuleRun.Driver().RunGenerators(RuleRun.Compile(Head + string.Format(CultureInfo.InvariantCulture, Body, 1)), TestContext.Current.CancellationToken);
        GeneratorDriver again = driver.RunGenerators(RuleRun.Compile(Head + string.Format(CultureInfo.InvariantCulture, Body, 2)), TestContext.Current.CancellationToken);
        Assert.All(again.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static async Task Check(string id, string place, string message, string declaration)
    {
        string source = Head + declaration + "\n";
        ImmutableArray<Diagnostic> reported = (await RuleRun.RunAsync(source, TestContext.Current.CancellationToken)).Reported;
        Diagnostic found = Assert.Single(reported, diagnostic => diagnostic.Id == id);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(2, found.Location.GetLineSpan().StartLinePosition.Line);
        string covered = source.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length);
        Assert.True(place == covered || place.EndsWith(covered, StringComparison.Ordinal), $"it stands at '{covered}'");
    }
}
