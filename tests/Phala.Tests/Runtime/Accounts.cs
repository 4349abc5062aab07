using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Tests.Runtime;

/// <summary>Reads all accounts of a state.</summary>
internal static class Accounts
{
    public static UInt128 Sum(StateSnapshot state)
    {
        UInt128 sum = 0;
        TrieCursor cursor = new(state.Main);
        cursor.Seek(FrameSystem.Account.Prefix);
        while (cursor.MoveNext() && cursor.Key.StartsWith(FrameSystem.Account.Prefix))
        {
            AccountInfo info = Scale.Decode<AccountInfo>(cursor.Value.Span).Value;
            sum += info.Data.Free + info.Data.Reserved;
        }

        return sum;
    }
}
