namespace Phala.Contracts.Queries;

/// <summary>What queries reach beyond the contract's storage: only queries are given one, as a parameter.</summary>
/// <remarks>What it gives may differ from worker to worker and from moment to moment. So commands, which all workers compute, have no way to it.</remarks>
public sealed class QueryContext
{
    private QueryContext()
    {
    }

    /// <summary>Servers on the internet.</summary>
    public Http Http => new();

    /// <summary>Numbers that nobody can foresee.</summary>
    public RandomSource Random => new();

    /// <summary>The machine's time.</summary>
    public Clock Clock => new();

    /// <summary>Keys that are the contract's alone, and signing.</summary>
    public ContractKeys Keys => new();

    /// <summary>What the worker remembers for the contract between queries.</summary>
    public Cache Cache => new();

    /// <summary>Makes one, where no command is executed. For generated code.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public static QueryContext Enter(Hosting.Loaded _)
    {
        Hosting.Entry.RequireQuery();
        return new QueryContext();
    }
}
