using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;

namespace Phala.Worker.Interface.Contracts;

/// <summary>Messages of the vault: selector and arguments, as commands and queries carry them.</summary>
public static class VaultCalls
{
    /// <summary>The constructor <c>new()</c>.</summary>
    public static byte[] New() => Message("new"u8);

    /// <summary><c>store(name, secret)</c>: keeps a secret of the caller under a name.</summary>
    public static byte[] Store(string name, ReadOnlySpan<byte> secret) => Message("store"u8, Scale.Encode<StringCodec, string>(name), Bytes(secret));

    /// <summary><c>grant(name, reader)</c>: lets an account read it.</summary>
    public static byte[] Grant(string name, in AccountId reader) => Message("grant"u8, Scale.Encode<StringCodec, string>(name), reader.AsSpan().ToArray());

    /// <summary><c>revoke(name, reader)</c>: lets it no longer.</summary>
    public static byte[] Revoke(string name, in AccountId reader) => Message("revoke"u8, Scale.Encode<StringCodec, string>(name), reader.AsSpan().ToArray());

    /// <summary><c>remove(name)</c>: forgets it.</summary>
    public static byte[] Remove(string name) => Message("remove"u8, Scale.Encode<StringCodec, string>(name));

    /// <summary><c>read(owner, name)</c>, for queries.</summary>
    public static byte[] Read(in AccountId owner, string name) => Message("read"u8, owner.AsSpan().ToArray(), Scale.Encode<StringCodec, string>(name));

    /// <summary><c>list()</c>, for queries: the names of the caller's secrets.</summary>
    public static byte[] List() => Message("list"u8);

    /// <summary><c>readers(name)</c>, for queries: who may read the caller's secret.</summary>
    public static byte[] Readers(string name) => Message("readers"u8, Scale.Encode<StringCodec, string>(name));

    private static byte[] Bytes(ReadOnlySpan<byte> bytes) => Scale.Encode<VecCodec<U8Codec, byte>, Vec<byte>>(Vec.Create(bytes));

    private static byte[] Message(ReadOnlySpan<byte> label, params ReadOnlySpan<byte[]> arguments) => InkMessage.Of(label, arguments);
}
