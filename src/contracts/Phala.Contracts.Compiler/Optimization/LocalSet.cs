using System.Numerics;
using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>A set of a function's variables, a bit for each.</summary>
internal sealed class LocalSet
{
    private const int WordBits = 64;

    private readonly ulong[] _words;

    public LocalSet(int count) => _words = new ulong[(count + WordBits - 1) / WordBits];

    public LocalSet(LocalSet other) => _words = [.. other._words];

    public bool Contains(Local local) => (_words[local.Number / WordBits] >> (local.Number % WordBits) & 1) != 0;

    public void Add(Local local) => _words[local.Number / WordBits] |= 1UL << (local.Number % WordBits);

    public void Remove(Local local) => _words[local.Number / WordBits] &= ~(1UL << (local.Number % WordBits));

    /// <summary>Adds all of another set.</summary>
    public void UnionWith(LocalSet other)
    {
        for (int i = 0; i < _words.Length; i++) _words[i] |= other._words[i];
    }

    public bool SetEquals(LocalSet other) => _words.AsSpan().SequenceEqual(other._words);

    /// <summary>The numbers of its variables, ascending.</summary>
    public IEnumerable<int> Numbers()
    {
        for (int i = 0; i < _words.Length; i++)
        {
            for (ulong word = _words[i]; word != 0; word &= word - 1) yield return (i * WordBits) + BitOperations.TrailingZeroCount(word);
        }
    }
}
