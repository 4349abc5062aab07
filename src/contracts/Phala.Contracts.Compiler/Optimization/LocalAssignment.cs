using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Lets variables that are never needed at the same time share a WebAssembly local.</summary>
internal static class LocalAssignment
{
    private const int MostForSharing = 1_200;

    public static void Run(FunctionBody body)
    {
        Usage.Count(body);
        Local[] used = [.. body.Locals.Where(local => local.Number < body.ParameterCount || local.Uses + local.Definitions > 0)];
        if (used.Length > MostForSharing) Separate(body, used);
        else Share(body, used);
    }

    private static void Separate(FunctionBody body, Local[] used)
    {
        int next = body.ParameterCount;
        foreach (Local local in used) local.Index = local.Number < body.ParameterCount ? local.Number : -1;
        foreach (WasmType type in new[] { WasmType.I32, WasmType.I64 })
        {
            foreach (Local local in used.Where(local => local.Index < 0 && local.Type == type)) local.Index = next++;
        }
    }

    private static void Share(FunctionBody body, Local[] used)
    {
        Dictionary<Local, HashSet<Local>> conflicts = Conflicts(body, used, out List<(Local, Local)> moves);
        Dictionary<Local, Local> partners = [];
        foreach ((Local to, Local from) in moves)
        {
            partners.TryAdd(to, from);
            partners.TryAdd(from, to);
        }

        // Numbers within each type first: WebAssembly wants locals of one type side by side.
        Dictionary<WasmType, int> counts = new() { [WasmType.I32] = 0, [WasmType.I64] = 0 };
        Dictionary<Local, int> colors = [];
        for (int i = 0; i < body.ParameterCount; i++) colors[body.Locals[i]] = counts[body.Locals[i].Type]++;
        foreach (Local local in used.Where(local => local.Number >= body.ParameterCount).OrderByDescending(static local => local.Uses + local.Definitions).ThenBy(static local => local.Number))
        {
            HashSet<int> taken = [.. conflicts[local].Where(colors.ContainsKey).Select(other => colors[other])];
            int color = partners.TryGetValue(local, out Local? partner) && partner.Type == local.Type && colors.TryGetValue(partner, out int wished) && !taken.Contains(wished) ? wished : 0;
            while (taken.Contains(color)) color++;
            colors[local] = color;
            counts[local.Type] = Math.Max(counts[local.Type], color + 1);
        }

        Number(body, used, colors);
    }

    private static void Number(FunctionBody body, Local[] used, Dictionary<Local, int> colors)
    {
        Dictionary<(WasmType, int), int> indices = [];
        for (int i = 0; i < body.ParameterCount; i++) indices[(body.Locals[i].Type, colors[body.Locals[i]])] = i;
        int next = body.ParameterCount;
        foreach (WasmType type in new[] { WasmType.I32, WasmType.I64 })
        {
            foreach (int color in used.Where(local => local.Type == type).Select(local => colors[local]).Distinct().Order())
            {
                if (indices.TryAdd((type, color), next)) next++;
            }
        }

        foreach (Local local in used) local.Index = indices[(local.Type, colors[local])];
    }

    private static Dictionary<Local, HashSet<Local>> Conflicts(FunctionBody body, Local[] used, out List<(Local To, Local From)> moves)
    {
        Dictionary<Local, HashSet<Local>> conflicts = used.ToDictionary(static local => local, static _ => new HashSet<Local>());
        moves = [];
        Liveness liveness = new(body);
        foreach (Block block in body.Blocks)
        {
            LocalSet live = liveness.After(block);
            if (block.Exit.Operand is { } deciding) Liveness.AddUses(deciding, live);
            for (int i = block.Statements.Count - 1; i >= 0; i--)
            {
                if (block.Statements[i] is SetLocalStatement set)
                {
                    Local? source = (set.Value as LocalExpression)?.Local;
                    if (source is not null) moves.Add((set.Local, source));
                    Add(body, conflicts, live, set.Local, source);
                }

                Liveness.Before(block.Statements[i], live);
            }
        }

        // Parameters, and what is read before it is written, are there from the beginning.
        LocalSet entering = liveness.After(body.Blocks[0]);
        if (body.Blocks[0].Exit.Operand is { } first) Liveness.AddUses(first, entering);
        for (int i = body.Blocks[0].Statements.Count - 1; i >= 0; i--) Liveness.Before(body.Blocks[0].Statements[i], entering);
        foreach (Local local in used.Where(local => entering.Contains(local) || local.Number < body.ParameterCount)) Add(body, conflicts, entering, local, null);
        return conflicts;
    }

    private static void Add(FunctionBody body, Dictionary<Local, HashSet<Local>> conflicts, LocalSet live, Local local, Local? except)
    {
        foreach (int number in live.Numbers())
        {
            Local other = body.Locals[number];
            if (other == local || other == except || other.Type != local.Type) continue;
            conflicts[local].Add(other);
            conflicts[other].Add(local);
        }
    }
}
