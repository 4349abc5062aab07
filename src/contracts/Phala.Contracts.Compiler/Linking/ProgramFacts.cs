using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>What a first pass over the whole program found out.</summary>
internal sealed class ProgramFacts
{
    /// <summary>Types of which there are objects, in the order in which they were met.</summary>
    public List<ClrType> Constructed { get; } = [];

    /// <summary>How often a method is called by name.</summary>
    public Dictionary<ClrMethod, int> CallCounts { get; } = [];

    /// <summary>Methods that a method calls, through interfaces too.</summary>
    public Dictionary<ClrMethod, HashSet<ClrMethod>> Callees { get; } = [];

    /// <summary>Static initializers whose fields a method reads.</summary>
    public Dictionary<ClrMethod, HashSet<ClrMethod>> Initializers { get; } = [];

    /// <summary>Methods that end the call in every case.</summary>
    public HashSet<ClrMethod> NeverReturn { get; } = [];

    /// <summary>The number of each constructed type: derived types follow their base.</summary>
    public Dictionary<ClrType, int> TypeNumbers { get; } = [];

    /// <summary>Numbers the constructed types.</summary>
    public void NumberTypes(Hierarchy hierarchy)
    {
        Dictionary<ClrType, List<ClrType>> children = [];
        List<ClrType> roots = [];
        HashSet<ClrType> seen = [];
        foreach (ClrType type in Constructed)
        {
            ClrType? below = null;
            foreach (ClrType each in hierarchy.SelfAndBases(type))
            {
                if (below is not null) Add(children, each, below);
                if (!seen.Add(each)) break;
                below = each;
                if (hierarchy.BaseOf(each) is null) roots.Add(each);
            }
        }

        HashSet<ClrType> constructed = [.. Constructed];
        Stack<ClrType> open = new(Enumerable.Reverse(roots));
        while (open.TryPop(out ClrType? type))
        {
            if (constructed.Contains(type)) TypeNumbers[type] = TypeNumbers.Count + 1;
            foreach (ClrType child in Enumerable.Reverse(children.GetValueOrDefault(type) ?? [])) open.Push(child);
        }
    }

    /// <summary>The static initializers that a program needs, each behind those that it needs itself.</summary>
    /// <exception cref="CompilationException">Two need each other: which .NET runs first depends on which is asked for first.</exception>
    public List<ClrMethod> InitializersInOrder(IEnumerable<ClrMethod> roots)
    {
        List<ClrMethod> ordered = [];
        HashSet<ClrMethod> visited = [], finished = [];
        foreach (ClrMethod root in roots) Visit(root);
        return ordered;

        void Visit(ClrMethod initializer)
        {
            if (!visited.Add(initializer)) return;
            foreach (ClrMethod needed in Needs(initializer))
            {
                if (visited.Contains(needed) && !finished.Contains(needed)) throw Circle(initializer, needed);
                Visit(needed);
            }

            finished.Add(initializer);
            ordered.Add(initializer);
        }
    }

    private static CompilationException Circle(ClrMethod one, ClrMethod other) =>
        new(DiagnosticIds.StaticInitializer, $"the static fields of {one.Owner} and of {other.Owner} need each other, so that their order decides what they are: put them into one type") { Method = other.Definition };

    // Everything that an initializer's code may touch.
    private List<ClrMethod> Needs(ClrMethod initializer)
    {
        HashSet<ClrMethod> reached = [initializer];
        Queue<ClrMethod> open = new([initializer]);
        List<ClrMethod> needed = [];
        while (open.TryDequeue(out ClrMethod? method))
        {
            if (Initializers.TryGetValue(method, out HashSet<ClrMethod>? own)) needed.AddRange(own.Where(each => each != initializer && !needed.Contains(each)));
            foreach (ClrMethod callee in Callees.GetValueOrDefault(method) ?? [])
            {
                if (reached.Add(callee)) open.Enqueue(callee);
            }
        }

        return needed;
    }

    private static void Add(Dictionary<ClrType, List<ClrType>> children, ClrType parent, ClrType child)
    {
        if (!children.TryGetValue(parent, out List<ClrType>? list)) children[parent] = list = [];
        if (!list.Contains(child)) list.Add(child);
    }
}
