using Microsoft.CodeAnalysis;

namespace Phala.Contracts.Analyzers.Rules;

/// <summary>What the generator reports: declarations that no contract can be made of. All are errors.</summary>
internal static class ShapeRules
{
    internal static readonly DiagnosticDescriptor ContractForm = Rule.Error(
        "PHC001", "A contract's class", "'{0}' must be a sealed partial class without type parameters or a primary constructor, not inside of another, derived from Contract or Contract<TError>");

    internal static readonly DiagnosticDescriptor OneContract = Rule.Error(
        "PHC002", "One contract in an assembly", "'{0}' is the second contract of this assembly, but a module has the entry points of one: put it into a project of its own");

    internal static readonly DiagnosticDescriptor NoConstructor = Rule.Error(
        "PHC003", "No constructor", "'{0}' can't be made from outside: mark a constructor with [Constructor]");

    internal static readonly DiagnosticDescriptor NoEncoding = Rule.Error(
        "PHC004", "No encoding", "'{0}' has the type '{1}', which can't cross a contract's border or be stored: {2}");

    internal static readonly DiagnosticDescriptor SameSelector = Rule.Error(
        "PHC005", "Same selector", "'{0}' has the name '{1}' or the selector of '{2}': give one of them another name");

    internal static readonly DiagnosticDescriptor LostState = Rule.Error(
        "PHC006", "Lost state", "'{0}' is forgotten when the call ends: make it a partial property of type Value<T>, Map<TKey, TValue> or Vector<T>");

    internal static readonly DiagnosticDescriptor SameKey = Rule.Error(
        "PHC007", "Same key", "'{0}' is stored where '{1}' is: give one of them another name with [StorageKey]");

    internal static readonly DiagnosticDescriptor InterfaceForm = Rule.Error(
        "PHC008", "A contract's interface", "'{0}' must be a partial interface of methods alone, without type parameters, not inside of a type");

    internal static readonly DiagnosticDescriptor EventForm = Rule.Error(
        "PHC009", "An event's record", "'{0}' must be a partial positional record without type parameters, not inside of a type, with at most 3 topics");

    internal static readonly DiagnosticDescriptor ErrorForm = Rule.Error(
        "PHC010", "An error's enum", "'{0}' must be an enum whose members have numbers from 0 to 255, each another");

    internal static readonly DiagnosticDescriptor MessageForm = Rule.Error(
        "PHC011", "A message's method", "'{0}' must be public, of the object, without type parameters and without ref, in, out or params parameters");

    internal static readonly DiagnosticDescriptor CommandReachesOutside = Rule.Error(
        "PHC012", "A command that reaches outside", "'{0}' is computed by all workers alike and can't take a QueryContext: make what needs one a query, and let its answer be an argument of the command");

    internal static readonly DiagnosticDescriptor StoredForm = Rule.Error(
        "PHC013", "A stored property", "'{0}' must be a partial property of the object with nothing but a getter");

    internal static readonly DiagnosticDescriptor WithoutErrors = Rule.Error(
        "PHC014", "Errors of nobody", "'{0}' says that it fails, but '{1}' has no errors: derive it from Contract<TError>, or name the enum in [ContractInterface(Error = ...)]");

    internal static readonly DiagnosticDescriptor OtherErrors = Rule.Error(
        "PHC015", "Other errors than the interface's", "'{0}' has other errors than '{1}', whose callers would misread them: use the same enum");

    internal static readonly DiagnosticDescriptor MessageName = Rule.Error(
        "PHC016", "A message's name", "'{0}' must be letters, digits and underscores, a digit not first: tools make names of functions of it");
}
