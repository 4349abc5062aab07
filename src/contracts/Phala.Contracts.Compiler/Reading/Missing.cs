namespace Phala.Contracts.Compiler.Reading;

/// <summary>Says of a type or member that contracts lack what it belongs to and what to use instead.</summary>
internal static class Missing
{
    private static readonly (string Prefix, string Id, string What, string Instead)[] Known =
    [
        ("System.Linq.Expressions", DiagnosticIds.Reflection, "expression trees are", "pass a delegate"),
        ("System.Linq", DiagnosticIds.Linq, "LINQ is", "write a foreach loop"),
        ("System.Threading.Tasks", DiagnosticIds.Async, "tasks are", "write an ordinary method: a call runs from its beginning to its end"),
        ("System.Runtime.CompilerServices.Async", DiagnosticIds.Async, "asynchronous methods are", "write an ordinary method: a call runs from its beginning to its end"),
        ("System.Threading.Lock", DiagnosticIds.Threads, "locks are", "leave it out: a call runs alone"),
        ("System.Threading.Monitor", DiagnosticIds.Threads, "locks are", "leave it out: a call runs alone"),
        ("System.Threading", DiagnosticIds.Threads, "threads are", "leave them out: a call runs alone"),
        ("System.Reflection", DiagnosticIds.Reflection, "reflection is", "name types and members in the code"),
        ("System.Type", DiagnosticIds.Reflection, "reflection is", "use patterns (x is T) or generic methods"),
        ("System.Activator", DiagnosticIds.Reflection, "reflection is", "call a constructor"),
        ("Microsoft.CSharp", DiagnosticIds.Reflection, "dynamic is", "use static types"),
        ("System.Runtime.CompilerServices.CallSite", DiagnosticIds.Reflection, "dynamic is", "use static types"),
        ("System.Dynamic", DiagnosticIds.Reflection, "dynamic is", "use static types"),
        ("System.IO", DiagnosticIds.InputOutput, "files and streams are", "keep data in the contract's storage"),
        ("System.Net", DiagnosticIds.InputOutput, "the network is", "use Http of the SDK in a query"),
        ("System.Console", DiagnosticIds.InputOutput, "the console is", "use Log of the SDK"),
        ("System.Environment", DiagnosticIds.InputOutput, "the machine's environment is", "pass what you need as an argument"),
        ("System.Diagnostics.Stopwatch", DiagnosticIds.Time, "the machine's clock is", "use Now or Block of the SDK"),
        ("System.Diagnostics.Debug", DiagnosticIds.InputOutput, "debug output is", "use Log of the SDK"),
        ("System.DateTime", DiagnosticIds.Time, "the machine's clock and calendar are", "use Now of the SDK, milliseconds as ulong"),
        ("System.DateOnly", DiagnosticIds.Time, "the machine's clock and calendar are", "use Now of the SDK, milliseconds as ulong"),
        ("System.TimeOnly", DiagnosticIds.Time, "the machine's clock and calendar are", "use Now of the SDK, milliseconds as ulong"),
        ("System.TimeSpan", DiagnosticIds.Time, "the machine's clock and calendar are", "use milliseconds as ulong"),
        ("System.TimeProvider", DiagnosticIds.Time, "the machine's clock and calendar are", "use Now of the SDK"),
        ("System.Random", DiagnosticIds.Randomness, "the machine's randomness is", "use Random of the SDK in a query"),
        ("System.Guid", DiagnosticIds.Randomness, "the machine's randomness is", "derive identifiers from a hash or a counter"),
        ("System.Security.Cryptography", DiagnosticIds.Randomness, "the machine's cryptography is", "use the hashes of the SDK"),
    ];

    private static readonly (string Member, string Id, string What, string Instead)[] KnownMembers =
    [
        ("System.Delegate.Combine", DiagnosticIds.MissingMember, "delegates with several targets are", "keep a list of delegates"),
        ("System.Delegate.Remove", DiagnosticIds.MissingMember, "delegates with several targets are", "keep a list of delegates"),
        ("System.String.Format", DiagnosticIds.MissingMember, "composite formatting, of which the text of anonymous types is made, is", "use an interpolated string, a tuple or a record"),
        ("System.Enum.", DiagnosticIds.Reflection, "reflection on enums is", "write a switch"),
        ("System.Object.GetType", DiagnosticIds.Reflection, "reflection is", "use patterns (x is T) or generic methods"),
        ("System.Object.MemberwiseClone", DiagnosticIds.Reflection, "reflection is", "use a record and with, or copy the fields"),
    ];

    public static CompilationException Type(ClrType type)
    {
        if (type.Kind == TypeKind.Floating)
        {
            return new CompilationException(DiagnosticIds.FloatingPoint, $"floating point ({type}) is not available in contracts: use integers scaled by a power of ten");
        }

        if (type.Kind == TypeKind.Missing && type.Name.EndsWith(']'))
        {
            return new CompilationException(DiagnosticIds.MissingType, $"arrays with several dimensions ({type}) are not available in contracts: use one dimension, or arrays of arrays");
        }

        return ByName(type.Name, type.Name) ?? new CompilationException(DiagnosticIds.MissingType, $"{type} is not available in contracts: see docs/guides/csharp-in-contracts.md for the types that are");
    }

    public static CompilationException Member(ClrType type, string name, ClrType[] parameters)
    {
        ClrType? floating = parameters.FirstOrDefault(static parameter => parameter.Kind == TypeKind.Floating);
        if (floating is not null) return Type(floating);
        string member = name == ".ctor" ? $"the constructor {type}({string.Join(", ", (object[])parameters)})" : $"{type}.{name}({string.Join(", ", (object[])parameters)})";
        foreach ((string known, string id, string what, string instead) in KnownMembers)
        {
            if ($"{type}.{name}".StartsWith(known, StringComparison.Ordinal)) return new CompilationException(id, $"{what} not available in contracts ({member}): {instead}");
        }

        return ByName(type.Name, member) ?? new CompilationException(DiagnosticIds.MissingMember, $"{member} is not available in contracts: see docs/guides/csharp-in-contracts.md for the members that are");
    }

    private static CompilationException? ByName(string name, string member)
    {
        foreach ((string prefix, string id, string what, string instead) in Known)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return new CompilationException(id, $"{what} not available in contracts ({member}): {instead}");
        }

        return null;
    }
}
