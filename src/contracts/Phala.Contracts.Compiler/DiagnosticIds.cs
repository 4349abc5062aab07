namespace Phala.Contracts.Compiler;

/// <summary>The kinds of diagnostics. Each stands in docs/guides/csharp-in-contracts.md with an example.</summary>
public static class DiagnosticIds
{
    /// <summary>Floating point.</summary>
    public const string FloatingPoint = "PH2001";

    /// <summary>LINQ.</summary>
    public const string Linq = "PH2002";

    /// <summary>Iterators.</summary>
    public const string Iterator = "PH2003";

    /// <summary>Asynchronous methods and tasks.</summary>
    public const string Async = "PH2004";

    /// <summary>Exception handlers.</summary>
    public const string Catch = "PH2005";

    /// <summary>Threads and locks.</summary>
    public const string Threads = "PH2006";

    /// <summary>Reflection and run-time type descriptions.</summary>
    public const string Reflection = "PH2007";

    /// <summary>Static fields that are written after initialization.</summary>
    public const string MutableStatic = "PH2008";

    /// <summary>Files, network, console, environment.</summary>
    public const string InputOutput = "PH2009";

    /// <summary>The machine's clock.</summary>
    public const string Time = "PH2010";

    /// <summary>The machine's randomness.</summary>
    public const string Randomness = "PH2011";

    /// <summary>A type that the library of contracts lacks.</summary>
    public const string MissingType = "PH2012";

    /// <summary>A member that the library of contracts lacks.</summary>
    public const string MissingMember = "PH2013";

    /// <summary>A struct with too many fields, or a layout of its own.</summary>
    public const string StructLayout = "PH2014";

    /// <summary>Generic types that contain one another without end.</summary>
    public const string GenericRecursion = "PH2015";

    /// <summary>CIL that does not verify.</summary>
    public const string InvalidCode = "PH2016";

    /// <summary>A method or program beyond the compiler's limits.</summary>
    public const string TooLarge = "PH2017";

    /// <summary>A static initializer that cannot be computed while building.</summary>
    public const string StaticInitializer = "PH2018";

    /// <summary>An entry point or host function with a signature that cannot be exported or imported.</summary>
    public const string EntryPoint = "PH2019";

    /// <summary>An instruction that contracts have no use for.</summary>
    public const string Instruction = "PH2020";

    /// <summary>An assembly that cannot be read.</summary>
    public const string UnreadableAssembly = "PH2021";

    /// <summary>A default of structs that relies on reflection.</summary>
    public const string StructDefaults = "PH2022";
}
