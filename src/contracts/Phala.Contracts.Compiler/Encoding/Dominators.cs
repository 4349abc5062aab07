using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>Which block every way to a block leads through, by Cooper, Harvey and Kennedy's iteration.</summary>
internal sealed class Dominators
{
    private readonly int[] _immediate;

    /// <param name="blocks">Each behind one of its predecessors; the entry first.</param>
    public Dominators(IReadOnlyList<Block> blocks)
    {
        Numbers = [];
        for (int i = 0; i < blocks.Count; i++) Numbers[blocks[i]] = i;
        List<int>[] predecessors = new List<int>[blocks.Count];
        for (int i = 0; i < blocks.Count; i++) predecessors[i] = [];
        for (int i = 0; i < blocks.Count; i++)
        {
            foreach (Block target in blocks[i].Exit.Targets) predecessors[Numbers[target]].Add(i);
        }

        Predecessors = predecessors;
        _immediate = new int[blocks.Count];
        Array.Fill(_immediate, -1);
        _immediate[0] = 0;
        bool changes = true;
        while (changes)
        {
            changes = false;
            for (int i = 1; i < blocks.Count; i++)
            {
                int best = -1;
                foreach (int predecessor in predecessors[i])
                {
                    if (_immediate[predecessor] < 0) continue;
                    best = best < 0 ? predecessor : Meet(best, predecessor);
                }

                if (best == _immediate[i]) continue;
                _immediate[i] = best;
                changes = true;
            }
        }
    }

    public Dictionary<Block, int> Numbers { get; }

    /// <summary>By number, with repetitions where a block has several ways to another.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Predecessors { get; }

    public int Immediate(int block) => _immediate[block];

    public bool Dominates(int dominator, int block)
    {
        while (block > dominator) block = _immediate[block];
        return block == dominator;
    }

    private int Meet(int left, int right)
    {
        while (left != right)
        {
            while (left > right) left = _immediate[left];
            while (right > left) right = _immediate[right];
        }

        return left;
    }
}
