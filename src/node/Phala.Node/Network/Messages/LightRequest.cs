using System.Text;
using Phala.Trie;

namespace Phala.Node.Network.Messages;

/// <summary>Asks for a proof of what a state holds (<c>light/2</c>).</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Block">The block whose state it is.</param>
/// <param name="Method">The runtime's method, of a call.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="ChildKey">The key of the child trie's root, of a read in a child trie.</param>
/// <param name="Keys">The keys, of a read.</param>
internal sealed record LightRequest(LightRequestKind Kind, Hash256 Block, string Method, byte[] Arguments, byte[] ChildKey, IReadOnlyList<byte[]> Keys)
{
    /// <summary>The most keys of one request.</summary>
    public const int MaxKeys = 1024;

    private const int BlockField = 2, KeyField = 3, MethodField = 3, ArgumentsField = 4, ChildKeyField = 3, ChildKeysField = 6, MaxMethodLength = 256;

    /// <summary>Reads a request.</summary>
    public static ProtobufError TryDecode(ReadOnlySpan<byte> message, out LightRequest? request)
    {
        request = null;
        LightRequestKind? kind = null;
        ReadOnlySpan<byte> inner = default;
        ProtobufReader reader = new(message);
        while (reader.TryNext())
        {
            if (!Enum.IsDefined((LightRequestKind)reader.Field)) continue;
            if (kind is not null) reader.Fail(ProtobufError.BadValue);
            kind = (LightRequestKind)reader.Field;
            reader.TryBytes(out inner);
        }

        if (reader.Error != ProtobufError.None) return reader.Error;
        return kind is null ? ProtobufError.MissingField : TryDecode(kind.Value, inner, out request);
    }

    /// <summary>The request's bytes.</summary>
    public byte[] Encode()
    {
        ProtobufWriter inner = new ProtobufWriter().Bytes(BlockField, Block.AsSpan());
        if (Kind == LightRequestKind.Call) inner.Bytes(MethodField, Encoding.ASCII.GetBytes(Method)).Bytes(ArgumentsField, Arguments);
        if (Kind == LightRequestKind.ReadChild) inner.Bytes(ChildKeyField, ChildKey);
        foreach (byte[] key in Keys) inner.Bytes(Kind == LightRequestKind.Read ? KeyField : ChildKeysField, key);
        return new ProtobufWriter().Bytes((int)Kind, inner.Written).ToArray();
    }

    private static ProtobufError TryDecode(LightRequestKind kind, ReadOnlySpan<byte> inner, out LightRequest? request)
    {
        request = null;
        ReadOnlySpan<byte> block = default, named = default, arguments = default;
        List<byte[]> keys = [];
        ProtobufReader reader = new(inner);
        while (reader.TryNext())
        {
            bool isKey = reader.Field == (kind == LightRequestKind.Read ? KeyField : ChildKeysField) && kind != LightRequestKind.Call;
            if (reader.Field == BlockField) reader.TryBytes(out block);
            else if (isKey) TryAdd(ref reader, keys);
            else if (reader.Field == MethodField) reader.TryBytes(out named);
            else if (reader.Field == ArgumentsField) reader.TryBytes(out arguments);
        }

        if (reader.Error != ProtobufError.None) return reader.Error;
        if (block.IsEmpty || (kind != LightRequestKind.Read && named.IsEmpty)) return ProtobufError.MissingField;
        bool isCall = kind == LightRequestKind.Call;
        if (block.Length != Hash256.Size || named.Length > (isCall ? MaxMethodLength : MerkleTrie.MaxKeyLength) || (isCall && !Ascii.IsValid(named))) return ProtobufError.BadValue;
        request = new LightRequest(kind, new Hash256(block), isCall ? Encoding.ASCII.GetString(named) : "", isCall ? arguments.ToArray() : [], isCall ? [] : named.ToArray(), keys);
        return ProtobufError.None;
    }

    private static void TryAdd(ref ProtobufReader reader, List<byte[]> keys)
    {
        if (!reader.TryBytes(out ReadOnlySpan<byte> key)) return;
        if (keys.Count == MaxKeys || key.Length > MerkleTrie.MaxKeyLength) reader.Fail(ProtobufError.BadValue);
        else keys.Add(key.ToArray());
    }
}
