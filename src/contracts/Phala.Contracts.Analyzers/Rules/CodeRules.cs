using Microsoft.CodeAnalysis;

namespace Phala.Contracts.Analyzers.Rules;

/// <summary>What the analyzer reports: code that a contract may not have, and what to write instead.</summary>
internal static class CodeRules
{
    internal static readonly DiagnosticDescriptor FloatingPoint = Rule.Error(
        "PHC101", "Floating point", "'{0}' is floating point, which is not the same on every machine: count smaller units in a whole number, such as cents in a ulong");

    internal static readonly DiagnosticDescriptor Threads = Rule.Error(
        "PHC102", "Threads", "'{0}' belongs to threads and tasks, but a call of a contract runs alone, from its beginning to its end: call the method directly");

    internal static readonly DiagnosticDescriptor InputOutput = Rule.Error(
        "PHC103", "The machine's files, network or environment", "'{0}' reaches the machine, which contracts have no way to: use storage, Log, or QueryContext.Http in a query");

    internal static readonly DiagnosticDescriptor Time = Rule.Error(
        "PHC104", "The machine's time", "'{0}' is the machine's time, which differs from worker to worker: use Now, the block's time, or QueryContext.Clock in a query");

    internal static readonly DiagnosticDescriptor Randomness = Rule.Error(
        "PHC105", "Randomness", "'{0}' differs from worker to worker: use QueryContext.Random in a query, and let its answer be an argument of a command");

    internal static readonly DiagnosticDescriptor Reflection = Rule.Error(
        "PHC106", "Reflection", "'{0}' looks at code while it runs, but a compiled contract has no types to look at: write the code for each type");

    internal static readonly DiagnosticDescriptor StaticState = Rule.Error(
        "PHC107", "Static state", "'{0}' is shared and can change, but each call begins anew: keep it in storage, as a partial property of type Value<T>");

    internal static readonly DiagnosticDescriptor Unordered = Rule.Warning(
        "PHC108", "Unordered iteration", "the order of '{0}' is not fixed on .NET, so that what follows from it can differ from the compiled contract: iterate over an array or a List");

    internal static readonly DiagnosticDescriptor QueryWrites = Rule.Error(
        "PHC109", "A query that changes something", "'{0}' changes something, but what the query '{1}' changes is dropped: make it a command");

    internal static readonly DiagnosticDescriptor QueryFails = Rule.Error(
        "PHC110", "A message that fails without saying so", "'{0}' ends with an error of the contract, but '{1}' does not return one: mark it with [{2}(Fails = true)]");

    internal static readonly DiagnosticDescriptor Handlers = Rule.Error(
        "PHC111", "Exception handlers", "'{0}' can't be compiled: what is thrown ends the call and undoes what it changed, so there is nothing to handle; test the condition before");

    internal static readonly DiagnosticDescriptor Iterators = Rule.Error(
        "PHC112", "Iterators", "'yield' can't be compiled: fill an array or a List");

    internal static readonly DiagnosticDescriptor Linq = Rule.Error(
        "PHC113", "LINQ", "'{0}' is LINQ, which can't be compiled: write a loop");

    internal static readonly DiagnosticDescriptor Hosting = Rule.Error(
        "PHC114", "What generated code is made of", "'{0}' is for generated code: use what Contract and its properties give");

    internal static readonly DiagnosticDescriptor NullContext = Rule.Error(
        "PHC115", "A context of nobody", "a QueryContext is given to queries as a parameter, and can't be made: take it from the parameter");
}
